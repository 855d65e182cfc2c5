"""The answers with which Twilio refuses a request."""

from __future__ import annotations

from typing import Any

WORDS = {
    20001: "Invalid parameter",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    20503: "Service Unavailable",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid 'From' Phone Number",
    21266: "'To' and 'From' numbers cannot be the same",
    21602: "Message body is required",
    21603: "A 'From' or 'MessagingServiceSid' parameter is required",
    21604: "A 'To' phone number is required",
    21610: "Attempt to send to unsubscribed recipient",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21660: "Mismatch between the 'From' number and the account",
    21703: "The Messaging Service contains no phone numbers",
    30045: "Validity Period is outside 1 to 36000 seconds",
}


class Refusal(Exception):
    """A request that the carrier does not take, with Twilio's code and the HTTP status."""

    def __init__(self, code: int, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status

    def resource(self) -> dict[str, Any]:
        """Return the JSON that Twilio answers with."""
        return {
            "code": self.code,
            "message": WORDS.get(self.code, "The request was refused"),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
