"""Whether the options of a choice can be told apart, and none is a word that carriers or we act on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.content.drafts import ChoiceDraft
from app.content.names import CARRIERS_WORDS, OUR_WORDS
from app.content.problems import Findings
from app.content.source import Scalar


def check_choices(choices: Sequence[ChoiceDraft], findings: Findings) -> None:
    """Note options that nobody can choose."""
    seen: dict[str, Scalar] = {}
    for choice in choices:
        check_reserved(choice.key, findings)
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,31}", choice.key.text):
            fix = "Use lower-case letters, digits, - and _."
            findings.error("bad-name", choice.key.place, f"{choice.key.text} cannot be a key.", fix)
        for language, label in choice.label.items():
            check_reserved(label, findings)
            same = f"{language} {label.text.strip().casefold()}"
            if same in seen:
                findings.error("same-label", label.place, f"Two options are called {label.text.strip()}.")
            seen[same] = label
            if "{{" in label.text or "{%" in label.text:
                message = "What is chosen from is plain words."
                findings.error("forbidden-jinja", label.place, message, "Take the braces out.")


def check_reserved(word: Scalar, findings: Findings) -> None:
    """Note a word that carriers take for themselves when it is the whole answer."""
    if word.text.strip().upper() in CARRIERS_WORDS:
        message = f"{word.text.strip()} is a word that carriers act on, as an answer it may end all texts."
        findings.error("reserved-word", word.place, message, "Choose another word.")


def check_keyword(word: Scalar, findings: Findings) -> None:
    """Note a keyword that has a meaning already, or cannot be texted as one word."""
    plain = word.text.strip()
    check_reserved(word, findings)
    if plain in OUR_WORDS:
        message = f"{plain} has a meaning of its own."
        findings.error("reserved-word", word.place, message, "Choose another word.")
    elif not (plain.isalnum() and plain.isascii() and plain.isupper() and 2 <= len(plain) <= 20):
        message = f"{plain} cannot be a keyword."
        findings.error("bad-name", word.place, message, "Use one word in capitals.")
