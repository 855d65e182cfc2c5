"""What one participant cannot know alone: a small immutable snapshot that a decision is made with."""

from __future__ import annotations

import msgspec

from app.core.draws import StudyKey
from app.core.reading.reader import Reader
from app.core.release import Release


class Sender(msgspec.Struct, frozen=True):
    """One of our numbers: its program, and who answers STOP, START and HELP on it."""

    id: str
    program: str
    answers_stop: str = "cairn"  # or carrier


class Shared(msgspec.Struct, frozen=True):
    """The newest release rules over risk, opt-out, HELP, hours and caps, whatever release is pinned."""

    newest: Release
    reader: Reader
    study_key: StudyKey
    senders: dict[str, Sender]
    policy: str = "rules"
    recalled: frozenset[int] = frozenset()
    someone_on_call: bool = False
