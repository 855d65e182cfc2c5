"""The spine: a signal in, one decision, one commit. Nothing else changes a participant."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Sequence

import msgspec

from app.adapters.records.participants import Committed, Loaded, Participants
from app.core.decide import decide, newcomer
from app.core.effects import Alert, Effect, Record, Send
from app.core.fallback import decide_without_content
from app.core.shared import Shared
from app.core.signals import ReplyReceived, Signal, TimeCame
from app.core.state import State
from app.ports import RecordError, Unreadable
from app.snapshots import NoRelease, Snapshots

log = logging.getLogger("cairn.handle")

TRIES = 60  # a commit is tried again when someone else committed first; each time somebody got through
FAULTS_BEFORE_PARKED = 3


class Crowded(Exception):
    """Somebody else committed first, again and again; the signal was not handled."""


class Undecided(Exception):
    """Deciding failed, and so did the answer that needs no content; a person was paged."""


class Spine:
    """Loads, decides and commits; `ring` is told the classes of the texts that now wait."""

    def __init__(
        self,
        participants: Participants,
        snapshots: Snapshots,
        ring: Callable[[set[str]], None],
        seconds: Callable[[], float],
        new_id: Callable[[], str],
        code: str,
    ) -> None:
        self._participants, self._snapshots = participants, snapshots
        self._ring, self._seconds, self._new_id, self._code = ring, seconds, new_id, code

    def hear(self, number: str, signal: ReplyReceived) -> str:
        """Handle a text from a number; `done`, or `seen` when it was handled before.

        Raises Crowded, Undecided or Unreadable when it was not handled; of the last two a person was told.
        """
        for _ in range(TRIES):
            answer = self._turn(self._load_by_number(number, signal.id), signal, number)
            if answer != "changed":
                return answer
        raise Crowded(signal.id)

    def handle(self, participant: str, signal: Signal) -> str:
        """Handle a signal about a known participant; `done`, `seen`, or `gone` when there is nobody."""
        for _ in range(TRIES):
            loaded = self._participants.load(participant, signal.id)
            answer = self._turn(loaded, signal)
            if answer != "changed":
                return answer
        raise Crowded(signal.id)

    def wake_many(self, due: Sequence[tuple[str, int]]) -> None:
        """Handle many wake-ups in two round trips; one that fails or is overtaken is handled by itself."""
        wanted = [(who, wake_signal(who, at)) for who, at in due]
        loads = self._participants.load_many([(who, signal.id) for who, signal in wanted])
        decisions = [
            self._try_wake(who, loaded, signal) for (who, signal), loaded in zip(wanted, loads, strict=True)
        ]
        ready = [decided for decided in decisions if decided is not None]
        for decided, answer in zip(ready, self._participants.commit_many(ready), strict=True):
            self._after(decided, answer)
            if answer == "changed":
                self._wake_alone(decided.loaded.id, _due(decided))

    def _wake_alone(self, participant: str, due: int) -> None:
        try:
            self.handle(participant, wake_signal(participant, due))
        except (Crowded, NoRelease, Unreadable) as fault:  # their lease brings them back
            log.error("%s was not woken up: %s", participant, type(fault).__name__)

    def _try_wake(self, participant: str, loaded: Loaded | None, signal: Signal) -> Committed | None:
        if loaded is None:
            self._note_fault(participant, "what is kept cannot be opened")
            return None
        try:
            return self._try_decide(loaded, signal)
        except NoRelease:  # their lease brings them back
            log.error("%s was not woken up: their program has no release", participant)
            return None

    def _load_by_number(self, number: str, signal: str) -> Loaded:
        try:
            return self._participants.load_by_number(number, signal, self._new_id)
        except Unreadable as unreadable:
            log.error("what is kept of %s cannot be opened", unreadable.participant)
            self._participants.page(
                unreadable.participant, "unreadable", "a text came in and is not answered"
            )
            raise

    def _turn(self, loaded: Loaded, signal: Signal, number: str = "") -> str:
        if loaded.seen:
            return "seen"
        if loaded.state is None and not number:
            return "gone"
        decided = self._try_decide(loaded, signal, number)
        if decided is None:
            return "done"
        answer = self._participants.commit(decided)
        self._after(decided, answer)
        return answer

    def _try_decide(self, loaded: Loaded, signal: Signal, number: str = "") -> Committed | None:
        """What to commit; None when there is nothing to."""
        if loaded.seen or (loaded.state is None and not number):
            self._index(loaded)
            return None
        started = self._seconds()
        signal = _with_unsent(signal, loaded)
        program = loaded.state.program if loaded.state else self._snapshots.program_of(_sender(signal))
        shared = self._snapshots.of(program)
        state = loaded.state or _newcomer(loaded, signal, shared)
        try:
            after, effects = self._decide(state, signal, shared, loaded.care_now)
        except RecordError:
            raise
        except Exception as fault:  # one poisoned participant never stops a batch, nor a webhook
            return self._poisoned(loaded, state, signal, shared, number, fault)
        if not effects:
            self._index(loaded)
            return None
        spent = (self._seconds() - started) * 1000
        return Committed(loaded, signal.id, after, effects, self._code, spent, number)

    def _decide(
        self, state: State, signal: Signal, shared: Shared, now: int
    ) -> tuple[State, Sequence[Effect]]:
        release = self._snapshots.pinned(state.program, state.release, shared)
        return decide(state, signal, release, shared, now)

    def _poisoned(
        self, loaded: Loaded, state: State, signal: Signal, shared: Shared, number: str, fault: Exception
    ) -> Committed | None:
        log.error("fault in %s of %s at %s", type(signal).__name__, loaded.id, where(fault))
        if isinstance(signal, TimeCame):
            self._note_fault(loaded.id, where(fault))
            return None
        try:
            after, effects = decide_without_content(state, signal, shared, loaded.care_now, where(fault))
        except Exception as second:  # not even that: somebody must look, and nothing is written
            self._participants.page(loaded.id, "undecided", where(second))
            raise Undecided(signal.id) from second
        return Committed(loaded, signal.id, after, effects, self._code, 0.0, number)

    def _note_fault(self, participant: str, why: str) -> None:
        faults = self._participants.note_fault(participant, why, FAULTS_BEFORE_PARKED)
        if faults >= FAULTS_BEFORE_PARKED:
            log.error("%s is parked: %s", participant, why)

    def _index(self, loaded: Loaded) -> None:
        """A wake-up that changed nothing: the index follows the state."""
        self._participants.settle_wake(loaded, loaded.state.wake if loaded.state else 0)

    def _after(self, decided: Committed, answer: str) -> None:
        if answer != "done":
            return
        classes = {effect.cls for effect in decided.effects if isinstance(effect, Send)}
        log.info(
            "%s %s %s rows=%s texts=%s alerts=%s %.1f ms",
            decided.signal,
            decided.loaded.id,
            _kinds(decided.effects),
            sum(isinstance(effect, Record) for effect in decided.effects),
            ",".join(sorted(classes)) or "none",
            sum(isinstance(effect, Alert) for effect in decided.effects),
            decided.milliseconds,
        )
        if classes:
            self._ring(set(classes))


def wake_signal(participant: str, due: int) -> TimeCame:
    """The signal of a wake-up time; its id names the participant and the time, so that it counts once."""
    return TimeCame(id=f"t-{participant}-{due}", due=due)


def _due(decided: Committed) -> int:
    return int(decided.signal.rsplit("-", 1)[1])


def _sender(signal: Signal) -> str:
    return signal.sender if isinstance(signal, ReplyReceived) else ""


def _with_unsent(signal: Signal, loaded: Loaded) -> Signal:
    if isinstance(signal, ReplyReceived) and loaded.unsent:
        return msgspec.structs.replace(signal, unsent=loaded.unsent)
    return signal


def _newcomer(loaded: Loaded, signal: Signal, shared: Shared) -> State:
    zones = signal.zones if isinstance(signal, ReplyReceived) else ()
    return newcomer(
        loaded.id,
        shared.newest,
        sender=_sender(signal),
        zones=zones,
        language=shared.newest.languages[0],
        now=loaded.care_now,
    )


def where(fault: Exception) -> str:
    """The kind of a fault and the line that raised it; never its message, which may hold words of theirs."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} {last.filename.rsplit('/', 1)[-1]}:{last.lineno}"


def _kinds(effects: Iterable[Effect]) -> str:
    return ",".join(dict.fromkeys(effect.kind for effect in effects if isinstance(effect, Record)))
