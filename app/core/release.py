"""One immutable, numbered, checked version of a program: what `app/content` compiles and the core follows."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from app.core.reading.model import Expect

Goal: TypeAlias = Literal[
    "educational",
    "feedback",
    "change_of_perspective",
    "trigger_action",
    "skill_acquisition",
    "load_reduction",
    "symptom_relief",
    "social_support",
]
GOALS: tuple[Goal, ...] = (
    "educational",
    "feedback",
    "change_of_perspective",
    "trigger_action",
    "skill_acquisition",
    "load_reduction",
    "symptom_relief",
    "social_support",
)

Text: TypeAlias = dict[str, str]
"""A Jinja template per language: {"en": "Hi {{ own_goal | quote }}"}."""

END = "end"


class Part(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Fields that every way on has: what is said, what is changed, where it leads.

    `go` is an event id of the same intervention, or `end`; compiled content always says it.
    """

    say: Text | None = None
    go: str = END
    start: str = ""  # another intervention that follows
    snooze: int = 0  # seconds until the same intervention is offered again
    keep: str = ""  # a saved own word that becomes a moment of the narrative
    forget: str = ""  # a saved value that is deleted


class Branch(Part, frozen=True, omit_defaults=True, kw_only=True):
    """Where an answer leads. The first branch that fits is taken; the last one always fits.

    `low` to `high` (scale, number), `values` (choice keys, yes/no/unsure, done/later/skip), `none` (an answer
    that says "nothing") and `when` (Jinja over everything else) all have to hold; one without any is `otherwise`.
    """

    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    none: bool = False
    when: str = ""


class Silence(Part, frozen=True, omit_defaults=True, kw_only=True):
    """What happens when no answer came `after` so many seconds, counted from the question.

    With `ends` false it is a reminder: the question stays open.
    """

    after: int
    ends: bool = True


class Unclear(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is said to an answer that was not understood, how often, and where it then leads."""

    say: Text
    times: int = 1
    gives_up: Text | None = None
    go: str = END


class Ask(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The question of an event: what it expects, where the answer is kept, where each way leads."""

    expect: Expect
    item: str = ""  # the item whose wording and range this is
    save: str = ""  # the variable that takes the answer
    answered: tuple[Branch, ...] = ()
    silence: tuple[Silence, ...] = ()
    unclear: Unclear
    skip: str = END  # where SKIP leads


class Event(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One in-the-moment contact with exactly one goal."""

    id: str
    goal: Goal
    say: Text
    ask: Ask | None = None
    forget_at_end: str = ""  # a saved value that is deleted when the intervention ends
    wait: int = 0  # seconds before the next event, when nothing is asked
    go: str = END  # the way on when nothing is asked


class Assess(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An intervention's own proximal assessment, for when the participant started it."""

    item: str
    after: int  # seconds after its end


class Intervention(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A digital micro intervention: self-contained, low burden, made of events."""

    id: str
    title: str
    goal: Goal
    minutes: float
    events: tuple[Event, ...]
    strategy: str = ""
    evidence: str = ""
    because: Text | None = None
    because_plain: Text | None = None
    avoid_when: str = ""
    assess: Assess | None = None


class Item(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A question with its wording, written once and used by many."""

    id: str
    say: Text
    expect: Expect


class Variable(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A tailoring variable: declared, typed, usable in rules and texts."""

    name: str
    kind: Literal[
        "text", "yes_no", "scale", "number", "choice", "time", "moment", "duration", "days", "computed"
    ]
    default: str | float | bool | None = None
    low: int = 0
    high: int = 10
    of: tuple[str, ...] = ()
    keep: int = 1  # how many values are remembered (at most 28)
    set_by: Literal["participant", "answer", "staff", "computed"] = "answer"
    computed: str = ""  # a Jinja expression over other variables
    stale_after: int = 0  # seconds after which the default counts again


class Proximal(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A proximal assessment of a decision point: asked whatever was chosen, with a draw of its own."""

    item: str
    after: int  # seconds after the decision
    within: int  # seconds it may come later than that, and stay open
    chance: float = 1.0


class Rule(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A decision rule: when it fits, one of its options is taken with its probability.

    Options are intervention ids or `nothing`; probabilities add up to 1.
    """

    id: str
    when: str = "true"
    choose: dict[str, float]
    because_staff: str = ""


class DecisionPoint(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A time, or something that happened, at which it is decided what to offer.

    `at` is a clock time (`19:00`) or the name of a time variable; `happens` is `consented`, `answered:NAME`,
    `finished:INTERVENTION` or `returned`. Exactly one of the two is set.
    """

    id: str
    at: str = ""
    days: tuple[str, ...] = ()  # of the week; none means every day
    happens: str = ""
    when: str = "true"  # with `happens`: also this must hold
    after: int = 0  # with `happens`: seconds later
    begins_day: int = 0  # first local day in care on which it exists
    decide_within: int = 1800  # seconds; later it is a missed row
    level: str = "care"
    proximal: Proximal | None = None
    rules: tuple[Rule, ...] = ()


class Limits(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Caps that hold whatever else says."""

    unprompted_per_day: int = 2
    unprompted_per_week: int = 9
    all_per_day: int = 40
    asks_per_day: int = 6
    reserve_for_proximal: int = 1
    same_text_again: int = 14 * 86_400
    conversation_ends_after: int = 20 * 3_600
    replies_per_hour: int = 100  # loop guard; 0 is off
    same_reply_per_10_minutes: int = 6  # loop guard: the same text from them; 0 is off


class Hours(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """When unprompted texts may leave, in the participant's zone: from `opens` until before `closes`."""

    opens: str = "09:00"
    closes: str = "21:00"


class Consent(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The words that are agreed to. `version` names them in the record."""

    version: str
    say: Text
    word: str = "AGREE"
    agreed: Text
    unclear: Text
    declined: Text


class MenuEntry(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line of the menu: what it is called, what it starts."""

    label: str
    start: str


class Hub(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What holds a participant's care together between interventions."""

    menu: tuple[MenuEntry, ...] = ()
    unprompted: Text
    unprompted_every: int = 6 * 3_600
    nothing_open: Text
    paused: Text


class Helpline(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Whom HELP names: the service, and whom to ask."""

    service: str
    contact: str


class Release(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A whole program as it was checked and published."""

    program: str
    number: int
    title: str
    sender_name: str
    languages: tuple[str, ...]
    default_zone: str
    consent: Consent
    help: Helpline
    hub: Hub
    limits: Limits = Limits()
    hours: Hours = Hours()
    variables: dict[str, Variable] = {}
    items: dict[str, Item] = {}
    interventions: dict[str, Intervention] = {}
    decision_points: tuple[DecisionPoint, ...] = ()
    keywords: dict[str, str] = {}  # upper-case word -> intervention that it starts
    because_line: dict[
        str, float
    ] = {}  # a factor drawn at each offer: full and plain with their probabilities
    checksum: str = ""  # of everything above but the number
