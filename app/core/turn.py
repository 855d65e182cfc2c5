"""One decision in the making: a draft of the next state, and the effects so far."""

from __future__ import annotations

import hashlib
from typing import Any

from app.core import timing
from app.core.effects import Alert, Effect, MessageClass, Record, Send, Wake
from app.core.limits import MAX_RISK_ANSWERS_PER_HOUR, note_sent, too_much
from app.core.release import Release, Text
from app.core.segments import segments
from app.core.shared import Shared
from app.core.signals import ReplyReceived, Signal
from app.core.state import MAX_OUTGOING, Outgoing, State, copy
from app.core.wording import Name, built_in

REPLY_EXEMPT = 10 * timing.MINUTE  # an answer may leave at any hour for so long after their text
REPLY_VALID = 4 * timing.HOUR
URGENT_VALID = 10 * timing.HOUR  # as long as the carrier would keep it


class Turn:
    """The draft of one participant's next state; lives for one call of `decide`."""

    def __init__(self, state: State, signal: Signal, release: Release, shared: Shared, now: int) -> None:
        self.state = copy(state)
        self.signal = signal
        self.shared = shared
        self.newest = shared.newest
        self.now = max(now, state.last_now)
        self.state.last_now = self.now
        self.release = release if state.conversation is not None else shared.newest
        if release.number in shared.recalled:
            self.release = shared.newest
        self.state.release = self.release.number
        self.effects: list[Effect] = []
        self._messages = 0

    @property
    def prompted(self) -> bool:
        """Whether this decision answers a text of theirs."""
        return isinstance(self.signal, ReplyReceived)

    def text(self, text: Text) -> str:
        """The template in the participant's language, or in the program's first."""
        return text.get(self.state.language) or text[self.release.languages[0]]

    def record(self, kind: str, **data: Any) -> None:
        """Add a row to the journal; empty fields are left out."""
        self.state.seq += 1
        kept = {name: value for name, value in data.items() if value not in (None, "", [], {}, ())}
        self.effects.append(Record(self.state.seq, kind, kept))

    def alert(self, kind: str, severity: str = "warn", detail: str = "") -> None:
        """Tell a person; a row of the journal says so too."""
        self.effects.append(Alert(kind, "page" if severity == "page" else "warn", detail))
        self.record("alert", alert=kind, severity=severity, detail=detail)

    def say_built_in(self, name: Name, cls: MessageClass, language: str = "") -> str:
        """Send a text that content cannot change; returns its message id, or empty when it was not sent."""
        text = built_in(
            name,
            language or self.state.language,
            sender=self.newest.sender_name,
            contact=self.newest.help.contact,
        )
        return self.send(text, cls, f"builtin/{name}")

    def send(self, body: str, cls: MessageClass, source: str, decision: str = "", asks: bool = False) -> str:
        """Put a text into the outbox; returns its message id, or empty when the loop guard kept it back."""
        refused = self._guarded(cls)
        if refused:
            self.record("withheld", reason="loop_guard", source=source, cls=cls, detail=refused)
            return ""
        unprompted = cls == "scheduled"
        message = self._next_message()
        counted = segments(body)
        note_sent(self.state, self.now, unprompted, asks)
        self.state.outgoing.append(Outgoing(message, cls, self.now, unprompted))
        self._bound_outgoing()
        valid = self._valid_until(cls)
        self.effects.append(
            Send(
                message=message,
                cls=cls,
                body=body,
                sender=self.state.sender,
                release=self.release.number,
                valid_until=valid,
                exempt_until=0 if unprompted else self.now + REPLY_EXEMPT,
                unprompted=unprompted,
                segments=counted.segments,
                source=source,
                decision=decision,
            )
        )
        self.record(
            "said",
            message=message,
            cls=cls,
            body=body,
            source=source,
            decision=decision,
            segments=counted.segments,
            encoding=counted.encoding,
            unprompted=unprompted,
            valid_until=valid,
            release=self.release.number,
        )
        return message

    def _bound_outgoing(self) -> None:
        """The oldest are not wanted any more, and the journal says so."""
        for entry in self.state.outgoing[:-MAX_OUTGOING]:
            self.record("withheld", message=entry.id, cls=entry.cls, reason="stale", detail="too many waited")
        del self.state.outgoing[:-MAX_OUTGOING]

    def drop_outgoing(
        self, reason: str, keep: tuple[str, ...] = (), only: tuple[str, ...] | None = None
    ) -> None:
        """Take back texts that have not left: those of `only` when given, never those of a class in `keep`."""
        kept: list[Outgoing] = []
        dropped: list[Outgoing] = []
        for entry in self.state.outgoing:
            wanted = entry.cls in keep or (only is not None and entry.id not in only)
            (kept if wanted else dropped).append(entry)
        self.state.outgoing = kept
        for entry in dropped:
            self.record("withheld", message=entry.id, cls=entry.cls, reason=reason)

    def _guarded(self, cls: MessageClass) -> str:
        guard = self.state.guard
        if cls == "scheduled":
            return ""
        if cls == "risk":
            refused = "risk_per_hour" if guard.replies >= 100 + MAX_RISK_ANSWERS_PER_HOUR else ""
        else:
            refused = too_much(guard, self.newest.limits)
        if not refused:
            guard.replies += 1
        return refused

    def _next_message(self) -> str:
        name = f"{self.state.participant}|{self.signal.id}|{self._messages}"
        self._messages += 1
        return "m_" + hashlib.sha256(name.encode()).hexdigest()[:20]

    def _valid_until(self, cls: MessageClass) -> int:
        match cls:
            case "risk" | "confirmation":
                return self.now + URGENT_VALID
            case "reply":
                return self.now + REPLY_VALID
            case "scheduled":
                return timing.closing(self.now, self.newest.hours, self.state.zones)

    def wake_at(self, at: int | None, why: str) -> None:
        """Set the next wake-up time."""
        self.state.wake = at or 0
        self.effects.append(Wake(at, why))
