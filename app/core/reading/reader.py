"""Reads a reply: command, opt-out, risk, what kind of text it is, and the answer to what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from app.core.reading.answer import Answer, read_answer
from app.core.reading.commands import LEGAL, command
from app.core.reading.model import Expect, Reading, Risk, TextKind
from app.core.reading.normalize import Plain, plain, undisguised
from app.core.reading.opt_out import asks_to_stop
from app.core.reading.risk import gravest, risk_of
from app.core.reading.text_kind import corrected, kind_without_question, said
from app.core.reading.words import Words

LONGEST = 65_536
REACTION = "a phone's reaction that quotes us; its words are not read"


class Reader(msgspec.Struct, frozen=True):
    """Reads texts by its word tables. The same text, question and locale always give the same reading."""

    words: Words

    def read(self, text: str, expect: Expect | None, locale: str, now: datetime | int) -> Reading:  # noqa: ARG002
        """What a text is read as; never raises. `now` is the participant's local time, for moments."""
        own, is_reaction = said(text[:LONGEST], self.words.answers)
        words = plain(own)
        risk = self._risk(own, words)
        if is_reaction and not words.words:
            return Reading(kind="reaction", risk=risk, why=REACTION)
        legal = command(words, self.words.commands)
        stopping = legal == "stop" or bool(asks_to_stop(words, self.words.opt_out))
        answer = self._answer(own, words, risk, expect, locale)
        return explained(self._reading(own, words, risk, legal, stopping, answer))

    def risk(self, texts: Sequence[str], locale: str) -> Risk:  # noqa: ARG002
        """The gravest risk of the last texts, each by itself and all read as one ("I want to" / "die")."""
        # People mix languages in distress, so every table is read whatever the locale.
        own = [said(text[:LONGEST], self.words.answers)[0] for text in texts]
        return gravest(self._risk(text, plain(text)) for text in (*own, " ".join(own)))

    def _risk(self, own: str, words: Plain) -> Risk:
        behind = undisguised(own)
        found = [risk_of(words, self.words.risk)]
        return gravest(found if behind is None else [*found, risk_of(behind, self.words.risk)])

    def _answer(self, own: str, words: Plain, risk: Risk, expect: Expect | None, locale: str) -> Answer:
        if expect is None:
            return Answer()
        instead = corrected(own)
        if instead and expect.kind != "text":
            answer = read_answer(instead, plain(instead), risk, expect, locale, self.words.answers)
            return msgspec.structs.replace(answer, instead=True)
        return read_answer(own, words, risk, expect, locale, self.words.answers)

    def _reading(
        self, own: str, words: Plain, risk: Risk, found: str | None, stopping: bool, answer: Answer
    ) -> Reading:
        if stopping:
            return Reading(kind="command", command="stop", opt_out=True, risk=risk)
        if found in LEGAL or (found and (answer.value is None or answer.free)):
            return Reading(kind="command", command=found, risk=risk)
        kind = self._kind(own, words, answer)
        if answer.value is None or kind == "auto_reply":
            return Reading(kind=kind, risk=risk)
        return Reading(
            kind=kind,
            risk=risk,
            understood=True,
            value=answer.value,
            none=answer.none,
            quotable=answer.quotable,
        )

    def _kind(self, own: str, words: Plain, answer: Answer) -> TextKind:
        alone = kind_without_question(words, own, self.words.answers)
        if answer.instead or (alone == "unprompted" and corrected(own)):
            return "correction"
        if alone == "auto_reply":
            return alone
        if answer.value is not None:
            return "answer"
        return "answer" if alone == "unprompted" and answer.asked else alone


def explained(reading: Reading) -> Reading:
    """The reading with its line for an operator."""
    return msgspec.structs.replace(reading, why="; ".join(reasons(reading)))


def reasons(reading: Reading) -> list[str]:
    """Why a text was read so, one reason each; no words but the matched ones."""
    lines = []
    if reading.risk.tier != "none":
        risk = reading.risk
        lines.append(
            f"risk {risk.tier} ({risk.kind or 'help'}, {risk.about}): row {risk.row}, words '{risk.words}'"
        )
    if reading.command:
        how = "asks us to stop" if reading.opt_out else "the whole text is a command"
        lines.append(f"{reading.command}: {how}")
    elif reading.understood:
        lines.append("answers what was asked" + (", with nothing" if reading.none else ""))
    elif reading.kind == "answer":
        lines.append("not understood as an answer to what was asked")
    else:
        lines.append(reading.kind.replace("_", " "))
    return lines
