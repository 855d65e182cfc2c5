"""One participant on the pure core, with a clock that tests move."""

from __future__ import annotations

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from app.content.words import load_words
from app.core.decide import decide, newcomer
from app.core.draws import StudyKey
from app.core.effects import Alert, Effect, Record, Send
from app.core.leaving import may_leave
from app.core.reading.reader import Reader
from app.core.release import Release
from app.core.shared import Sender, Shared
from app.core.signals import DeliveryReported, ReplyReceived, Signal, TimeCame
from app.core.state import State, decode, encode
from tests.small_program import small_release

READER = Reader(load_words())
KEY = StudyKey("test", b"t" * 32)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def at(text: str, zone: str = "America/Chicago") -> int:
    """UTC milliseconds of a local `2026-03-02 10:30`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def changed(release: Release, **fields: object) -> Release:
    return msgspec.structs.replace(release, **fields)


class Person:
    """Texts, waits, and remembers everything that was said and recorded.

    The state goes through JSON at every turn, as it does in life.
    """

    def __init__(
        self,
        release: Release | None = None,
        now: int | None = None,
        zones: tuple[str, ...] = ("America/Chicago",),
        name: str = "p_ana",
    ) -> None:
        self.release = release or changed(small_release(), number=1)
        self.now = now if now is not None else at("2026-03-02 10:30")
        self.shared = Shared(self.release, READER, KEY, {"s": Sender("s", self.release.program)})
        self.state: State = newcomer(name, self.release, sender="s", zones=zones, language="en", now=self.now)
        self.said: list[Send] = []
        self.left: list[Send] = []
        self.withheld: list[tuple[str, str]] = []
        self.rows: list[Record] = []
        self.alerts: list[Alert] = []
        self.delivers = True
        self._ids = itertools.count(1)

    def signal(self, signal: Signal) -> list[Effect]:
        """One decision; what it says leaves at once, unless `delivers` is off."""
        before = encode(self.state)
        state, effects = decide(self.state, signal, self.release, self.shared, self.now)
        assert encode(self.state) == before, "decide never changes the state that it is given"
        self.state = decode(encode(state))
        self.rows += [effect for effect in effects if isinstance(effect, Record)]
        self.alerts += [effect for effect in effects if isinstance(effect, Alert)]
        new = [effect for effect in effects if isinstance(effect, Send)]
        self.said += new
        if self.delivers:
            self.deliver(new)
        return effects

    def deliver(self, texts: list[Send] | None = None) -> None:
        """Let texts leave through the last-moment check, and report what became of them."""
        for text in texts if texts is not None else self.waiting():
            reason = may_leave(self.state, text, self.shared, self.now)
            if reason == "stale":
                self.withheld.append((text.message, reason))
                continue
            status = "withheld" if reason else "accepted"
            if reason:
                self.withheld.append((text.message, reason))
            else:
                self.left.append(text)
            report = DeliveryReported(
                f"{text.message}:{status}", text.message, status, reason=reason, cls=text.cls
            )
            self.signal(report)

    def waiting(self) -> list[Send]:
        done = {text.message for text in self.left} | {message for message, _ in self.withheld}
        return [text for text in self.said if text.message not in done]

    def text(self, body: str, **fields: object) -> str:
        """A text of theirs; returns everything that was answered, a line each."""
        before = len(self.said)
        unsent = tuple(text.message for text in self.waiting())
        known = {"unsent": unsent, "sender": "s", **fields}
        self.signal(ReplyReceived(id=f"SM{next(self._ids)}", text=body, at=self.now, **known))  # type: ignore[arg-type]
        return "\n".join(text.body for text in self.said[before:])

    def wait(self, milliseconds: int) -> str:
        """Time passes; everybody's wake-ups come in order. Returns what was said meanwhile."""
        return self.until(self.now + milliseconds)

    def until(self, instant: int) -> str:
        before = len(self.said)
        for _ in range(2000):
            if not self.state.wake or self.state.wake > instant:
                break
            self.now = max(self.now, self.state.wake)
            self.signal(TimeCame(f"t{self.state.wake}", self.state.wake))
        self.now = max(self.now, instant)
        return "\n".join(text.body for text in self.said[before:])

    def enroll(self) -> str:
        self.text("START")
        return self.text("AGREE")

    def of(self, kind: str) -> list[dict]:
        """The data of all rows of a kind."""
        return [row.data for row in self.rows if row.kind == kind]
