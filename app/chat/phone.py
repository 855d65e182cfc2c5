"""A world of one participant on the pure core: what they text, what reaches them, a clock that moves on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from app.core.decide import decide, newcomer
from app.core.draws import StudyKey
from app.core.effects import Effect, Record, Send, Wake
from app.core.fallback import decide_without_content
from app.core.leaving import may_leave
from app.core.reading.reader import Reader
from app.core.release import Release
from app.core.shared import Sender, Shared
from app.core.signals import Delivery, DeliveryReported, ReplyReceived, Signal, StaffActed, TimeCame
from app.core.state import Agreement, State
from app.core.timing import local_day

PARTICIPANT = "p_chat"
SENDER = "chat"
CLASSES = ("risk", "confirmation", "reply", "scheduled")
MOST_WAKES_A_MINUTE = 200
MINUTE = 60_000


class Spinning(Exception):
    """Waking up again and again without moving on; names what for."""


class Withheld(msgspec.Struct, frozen=True):
    """A text that was decided and did not leave."""

    text: Send
    reason: str


class Happened(msgspec.Struct, frozen=True):
    """One thing that came of a signal; a Send is a text that arrived."""

    at: int
    what: Send | Withheld | Record


Turn: TypeAlias = list[Happened]


class Phone:
    """One participant and their phone; chance comes from `seed`, time from `begin` and what moves it."""

    def __init__(self, release: Release, reader: Reader, begin: int, seed: str) -> None:
        senders = {SENDER: Sender(SENDER, release.program)}
        self.shared = Shared(release, reader, StudyKey("chat", seed.encode()), senders)
        self.now = begin
        self.ahead = ""
        self._count = 0
        self._minute = self._wakes = 0
        language = release.languages[0]
        self.state = newcomer(PARTICIPANT, release, sender=SENDER, zones=(), language=language, now=begin)

    @property
    def release(self) -> Release:
        """The content that is spoken."""
        return self.shared.newest

    @property
    def zone(self) -> str:
        """The participant's zone."""
        return self.state.zone()

    def agree(self) -> None:
        """Consent to care, without a word."""
        state, consent = self.state, self.release.consent
        state.consent["care"] = Agreement(
            self.now, consent.version, state.language, state.channel, state.sender, self.release.number
        )
        state.enrolled_on = local_day(self.now, state.zone())

    def text(self, words: str) -> Turn:
        """What comes of a text of theirs."""
        return self._take(ReplyReceived(self._id("SM"), words, self.now, SENDER))

    def picture(self) -> Turn:
        """What comes of a picture without words."""
        return self._take(ReplyReceived(self._id("MM"), "", self.now, SENDER, media=1))

    def clear_hold(self) -> Turn:
        """What comes of a person who clears every hold."""
        return self._take(StaffActed(self._id("staff"), "clear_hold", by="you"))

    def live_until(self, until: int) -> Iterator[Turn]:
        """What comes of each wake-up on the way, in order; then the clock shows `until`. Raises Spinning."""
        while self.state.wake and self.state.wake <= until:
            self._refuse_to_spin()
            self.now = max(self.now, self.state.wake)
            yield self._take(TimeCame(f"wake:{PARTICIPANT}:{self.state.wake}", self.state.wake))
        self.now = max(self.now, until)

    def _refuse_to_spin(self) -> None:
        """Content is checked for loops without a wait; this ends one that was missed."""
        minute = self.state.wake // MINUTE
        self._wakes = self._wakes + 1 if minute == self._minute else 0
        self._minute = minute
        if self._wakes > MOST_WAKES_A_MINUTE:
            raise Spinning(self.ahead)

    def _take(self, signal: Signal) -> Turn:
        self.state, effects = self._decided(signal)
        turn: Turn = []
        for effect in _as_they_leave(effects):
            match effect:
                case Send():
                    turn += self._leave(effect)
                case Record():
                    turn.append(Happened(self.now, effect))
                case Wake():
                    self.ahead = effect.why if effect.at == self.state.wake else self.ahead
        return turn

    def _decided(self, signal: Signal) -> tuple[State, list[Effect]]:
        try:
            return decide(self.state, signal, self.release, self.shared, self.now)
        except Exception as fault:  # as in life: a fault never leaves danger or STOP unanswered
            return decide_without_content(self.state, signal, self.shared, self.now, type(fault).__name__)

    def _leave(self, text: Send) -> Turn:
        reason = may_leave(self.state, text, self.shared, self.now)
        if reason:
            later = [] if reason == "stale" else self._report(text, "withheld", reason)
            return [Happened(self.now, Withheld(text, reason)), *later]
        came = Happened(self.now, text)
        return [came, *self._report(text, "accepted"), *self._report(text, "delivered")]

    def _report(self, text: Send, status: Delivery, reason: str = "") -> Turn:
        return self._take(
            DeliveryReported(f"{text.message}:{status}", text.message, status, reason, cls=text.cls)
        )

    def _id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count:06}"


def _as_they_leave(effects: Sequence[Effect]) -> list[Effect]:
    """The effects with their texts in the order of their classes, as they are claimed in life."""
    sends = [effect for effect in effects if isinstance(effect, Send)]
    sends.sort(key=lambda text: CLASSES.index(text.cls))
    following = iter(sends)
    return [next(following) if isinstance(effect, Send) else effect for effect in effects]
