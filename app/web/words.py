"""Codes of the journal in the words that the pages show; an unknown code stands for itself."""

from __future__ import annotations

REASONS = {
    # why nothing was offered, or a text did not leave
    "no_consent": "no consent yet",
    "stopped": "they texted STOP",
    "opted_out": "they texted STOP",
    "paused": "they paused the texts",
    "risk_hold": "held after a sign of danger",
    "staff_hold": "held by the team",
    "in_conversation": "in the middle of a conversation",
    "outside_hours": "outside the hours for texts",
    "cap_day": "enough texts for this day",
    "cap_week": "enough texts for this week",
    "burden": "enough questions for this day",
    "unreachable": "the number cannot be reached",
    "zone_unknown": "their time zone is not known",
    "content_fault": "a mistake in the content",
    "late": "too late to be asked",
    "missed": "its time had passed before anybody could decide",
    "stale": "something newer made it wrong",
    "recalled": "its release was called back",
    "expired": "it was not valid any more",
    "loop_guard": "too many answers to one number",
    "unclear": "nobody knows whether it left, and it may not leave twice",
    "unclear twice": "nobody knows whether it left, two times",
    # why a conversation ended
    "ran_out": "its time was over",
    "silence": "no answer came",
    "snoozed": "they put it off",
    "interrupted": "they asked for something else",
    "skipped": "they skipped it",
    "question withheld": "its question did not leave",
    "question failed": "its question did not arrive",
    "question undelivered": "its question did not arrive",
    "question unclear": "nobody knows whether its question left",
}

READ_AS = {
    "answer": "an answer",
    "command": "a command",
    "unprompted": "a text that nobody asked for",
    "small_talk": "small talk",
    "correction": "a correction",
    "reaction": "a reaction to one of our texts",
    "auto_reply": "an automatic reply",
    "media": "a picture or recording",
    "empty": "an empty text",
}

RISK_KINDS = {
    "suicide": "suicide",
    "self_harm": "self-harm",
    "violence_to": "violence against somebody",
    "violence_by": "violence by somebody",
    "abuse": "abuse",
    "medical": "a medical emergency",
    "eating": "eating",
    "psychosis": "psychosis",
}

ABOUT = {"self": "about themselves", "other": "about somebody else", "unclear": "unclear about whom"}

ALERTS = {
    "content_fault": "a mistake in the content was met, and nothing wrong was sent",
    "fault": "a fault was met, and nothing wrong was sent",
    "risk": "a page for whoever is on call",
    "risk_misread": "a person is asked to look",
    "carrier_filters_us": "the carrier filters our texts",
    "risk_answer_not_delivered": "the answer to danger did not arrive: a page for whoever is on call",
    "opted_out_while_held": "they stopped while held: somebody is to call them",
}

OPTED_OUT = {"word": "by the word", "meaning": "by its meaning", "carrier": "at the carrier"}

ENCODINGS = {"gsm7": "GSM-7", "gsm-7": "GSM-7", "ucs2": "UCS-2", "ucs-2": "UCS-2"}


def reason_words(code: str) -> str:
    """A reason in words."""
    return REASONS.get(code, code.replace("_", " "))


def reasons_words(codes: list[str]) -> str:
    """Several reasons in words."""
    return ", ".join(reason_words(code) for code in codes)


def encoding_words(code: str) -> str:
    """The name of an encoding as people write it."""
    return ENCODINGS.get(code.lower(), code)


def counted(count: int, what: str) -> str:
    """A number of things, as 1 text or 2 texts."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
