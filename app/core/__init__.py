"""What care is and how it decides.

Pure: no Redis, Flask, RQ, Twilio, files, clock, randomness or logging in here, nor on the way through here.
Time, ids and chance come in as arguments or derive from the state.
"""
