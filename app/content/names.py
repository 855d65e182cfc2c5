"""Names and words that mean something wherever they stand."""

from __future__ import annotations

# What every text and condition may use, with the longest it gets in a text.
ALWAYS: dict[str, str] = {
    "because_line": "",
    "hint": "a number from 0 to 10",
    "weekday": "mon",
    "hour": "23",
    "days_in": "365",
    "answered_n": "9999",
    "finished_n": "999",
    "unanswered_in_a_row": "99",
    "language": "en",
    "sender_name": "",
}

# Carriers act on these words themselves: an answer that is one of them may never reach us, or opts out.
CARRIERS_WORDS = frozenset(
    ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "START", "UNSTOP", "YES")
) | {"HELP", "INFO"}
OUR_WORDS = frozenset(["MENU", "SKIP", "LATER", "PAUSE", "RESUME", "MORE", "LESS", "NOW", "DONE"])
CRISIS_WORDS = frozenset(["SUICIDE", "KILL", "DIE", "CRISIS"])
