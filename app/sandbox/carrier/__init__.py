"""The sandbox carrier: Twilio's REST API as far as Cairn uses it, over real HTTP, on this computer only."""
