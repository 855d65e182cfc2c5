"""What is kept about one participant between two signals, and nothing else.

Instants are UTC milliseconds of care time. Every list and mapping has a stated bound, so that the whole stays
small however long somebody is in care.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

SCHEMA = 1

MAX_RING = 28  # values remembered of one variable
MAX_SENT = 96  # marks of texts sent, at least a week of them
MAX_OUTGOING = 24  # texts that have not left
MAX_MOMENTS = 10  # moments of the narrative
MAX_WORDS = 80  # characters kept of own words: more than a quote shows; the journal has them all
MAX_RECENT = 3  # texts read joined for risk
MAX_USED = 80  # interventions and when they were last offered


class Saved(msgspec.Struct, omit_defaults=True, array_like=True):
    """A value of a tailoring variable, when and from where it came."""

    value: str | int | float | tuple[str, ...] | None
    at: int
    source: str = ""
    quotable: bool = False


class Agreement(msgspec.Struct, omit_defaults=True):
    """What was agreed, when, in which words, language, channel and sender."""

    at: int
    version: str
    language: str
    channel: str
    sender: str
    release: int


class Stopped(msgspec.Struct, omit_defaults=True):
    """An opt-out, and how it was said."""

    at: int
    how: Literal["word", "meaning", "carrier"]
    scope: str = "all"


class Hold(msgspec.Struct, omit_defaults=True):
    """Care stands still until a named condition clears it."""

    kind: Literal["risk", "staff"]
    since: int
    case: str = ""
    tier: str = ""
    about: str = ""
    risk_kind: str = ""
    cleared_by: str = "person"
    answer: str = ""  # the id of the risk answer, so that a reply that crossed it does not count


class Reach(msgspec.Struct, omit_defaults=True):
    """Whether texts reach the number, from the carrier's codes."""

    status: Literal["ok", "later", "never"] = "ok"
    since: int = 0
    code: int = 0


class OpenAsk(msgspec.Struct, omit_defaults=True):
    """A question that waits for its answer."""

    of: Literal["event", "item", "consent", "menu"]
    name: str  # event or item id; empty for the others
    message: str  # the text that asked
    at: int
    decision: str = ""
    expires: int = 0
    tries: int = 0
    step: int = 0  # how many steps of silence are behind it


class Conversation(msgspec.Struct, omit_defaults=True):
    """The intervention that is going on."""

    intervention: str
    event: str
    started: int
    ends: int
    how: Literal["offered", "asked_for"]
    decision: str = ""
    resume_at: int = 0  # when the next event follows without an answer
    because: str = ""  # the because-line that was drawn: full, plain
    saved: dict[str, Saved] = {}
    forget: list[str] = []


class Snoozed(msgspec.Struct, omit_defaults=True):
    """An intervention that was put off."""

    intervention: str
    at: int
    decision: str = ""


class PointState(msgspec.Struct, omit_defaults=True):
    """How often a decision point has occurred, and when it does next."""

    occurrences: int = 0
    next_at: int = 0
    clock: str = ""  # the clock time and zone that `next_at` was planned with
    last_day: str = ""  # the local day it last occurred on


class Due(msgspec.Struct, omit_defaults=True):
    """A decision point that follows from something that happened."""

    point: str
    at: int


class Pending(msgspec.Struct, omit_defaults=True):
    """A proximal assessment that is to be asked."""

    item: str
    due: int
    expires: int
    decision: str = ""
    source: str = ""  # the intervention that carries it, when the participant started that


class Outgoing(msgspec.Struct, omit_defaults=True):
    """A text that is wanted and has not left; one that is not listed here any more is not wanted."""

    id: str
    cls: str
    at: int
    unprompted: bool = False


class Recent(msgspec.Struct, omit_defaults=True, array_like=True):
    """A text of theirs of the last two minutes."""

    at: int
    text: str


class Guard(msgspec.Struct, omit_defaults=True):
    """Counters that bound how often one number is answered."""

    since: int = 0
    replies: int = 0
    same_since: int = 0
    same: int = 0
    digest: str = ""


class State(msgspec.Struct, omit_defaults=True):
    """One participant. Nothing here is shared with another."""

    participant: str
    program: str
    schema: int = SCHEMA
    release: int = 0
    seq: int = 0  # of the journal, without gaps
    last_now: int = 0  # the latest instant seen; decisions never go back behind it
    wake: int = 0  # the next wake-up time, 0 for none; the truth that the index copies
    language: str = "en"
    zones: list[str] = []  # candidates; the first is used for days and clock times
    zone_history: list[tuple[str, int]] = []
    enrolled_on: str = ""  # local date of the consent to care
    channel: str = "sms"
    sender: str = ""
    reach: Reach = msgspec.field(default_factory=Reach)
    consent: dict[str, Agreement] = {}  # care, study
    stopped: Stopped | None = None
    paused_until: int = 0
    holds: list[Hold] = []
    arm: str = ""
    stratum: str = ""
    factors: dict[str, Saved] = {}  # slow factors and since when they stand
    asks: list[OpenAsk] = []  # the last one is the one that a reply answers
    conversation: Conversation | None = None
    snoozed: list[Snoozed] = []
    points: dict[str, PointState] = {}
    happened: list[Due] = []
    pending: list[Pending] = []
    values: dict[str, list[Saved]] = {}  # newest last, at most MAX_RING
    moments: list[Saved] = []
    outgoing: list[Outgoing] = []
    sent: list[tuple[int, bool, bool]] = []  # when decided, unprompted?, asked something?
    used: dict[str, int] = {}  # intervention -> when it was last started
    said: dict[str, int] = {}  # built-in texts that are bounded in time -> when last said
    recent: list[Recent] = []
    guard: Guard = msgspec.field(default_factory=Guard)
    counters: dict[str, int] = {}  # occurrences of what is drawn outside decision points
    answered_n: int = 0
    finished_n: int = 0
    unanswered_in_a_row: int = 0
    entry: str = ""  # the intervention whose keyword they came in by

    def zone(self) -> str:
        """The zone that days and clock times are reckoned in."""
        return self.zones[0]

    def in_care(self) -> bool:
        """Whether they agreed to care and have not stopped."""
        return "care" in self.consent and self.stopped is None

    def value(self, name: str) -> Saved | None:
        """The newest value of a variable, or None when there is none."""
        ring = self.values.get(name)
        return ring[-1] if ring else None


Plain: TypeAlias = dict[str, Any]
_decoder = msgspec.json.Decoder(State)
_encoder = msgspec.json.Encoder()


def encode(state: State) -> bytes:
    """The state as JSON."""
    return _encoder.encode(state)


def decode(data: bytes) -> State:
    """The state that `encode` wrote; raises msgspec.ValidationError when it is none."""
    return _decoder.decode(data)


def copy(state: State) -> State:
    """A state of its own that can be changed without changing this one."""
    return decode(encode(state))
