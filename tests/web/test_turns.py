"""What the cards and bubbles say of the rows of a journal."""

from __future__ import annotations

import pytest

from app.web.bubbles import bubbles
from app.web.crisis_panel import crisis_panel
from app.web.deliveries import deliveries
from app.web.local_time import after_text, span_text
from app.web.turns import Card, cards
from tests.web.rows import CHICAGO, FIRST, Rows

TITLES = {"walk": "A short walk"}
WOKE = "t-p_1-1790000000000"


def of(rows: Rows) -> list[Card]:
    return cards(rows.all, CHICAGO, TITLES)


def lines(card: Card) -> dict[str, str]:
    return {line.label: line.text for line in card.lines}


def test_all_rows_of_one_signal_are_one_card():
    rows = (
        Rows()
        .add("heard", text="7", read_as="answer")
        .add("answered", intervention="walk", event="pick")
        .said()
    )
    (card,) = of(rows)
    assert (card.title, card.quote, card.turn) == ("You wrote", "7", 1)
    assert len(card.rows) == 3


def test_a_delivery_report_belongs_to_the_card_of_its_text():
    rows = (
        Rows().add("heard", text="7").said().delivery("accepted", later=40).delivery("delivered", later=210)
    )
    (card,) = of(rows)
    steps = [(step.words, step.after) for step in card.texts[0].delivery.steps]
    assert steps == [("decided", ".00"), ("outbox", ".00"), ("at the carrier", ".04"), ("delivered", ".21")]


def test_what_a_lost_text_closed_stands_on_its_card():
    rows = Rows().add("heard", text="7").said().delivery("failed", reason="unknown number", code=30005)
    rows.add("closed", "m_1:failed", intervention="walk", reason="question failed")
    (card,) = of(rows)
    assert lines(card)["then"] == "walk ends: its question did not arrive"


@pytest.mark.parametrize(
    ("status", "data", "fate", "words"),
    [
        ("accepted", {}, "carrier", "at the carrier"),
        ("accepted", {"maybe_twice": True}, "carrier", "at the carrier, maybe twice"),
        ("delivered", {}, "delivered", "delivered"),
        (
            "undelivered",
            {"reason": "unknown number", "code": 30005},
            "failed",
            "failed: unknown number (30005)",
        ),
        ("withheld", {"reason": "risk_hold"}, "withheld", "withheld: held after a sign of danger"),
        ("withheld", {"reason": "stale"}, "stale", "not sent: something newer made it wrong"),
        (
            "unclear",
            {"reason": "unclear twice"},
            "unclear",
            "unclear: nobody knows whether it left, two times",
        ),
    ],
)
def test_each_end_of_a_text_is_said_in_words(status, data, fate, words):
    found = deliveries(Rows().said().delivery(status, **data).all)["m_1"]
    assert (found.fate, found.words) == (fate, words)


def test_a_text_without_a_report_waits_in_the_outbox():
    assert deliveries(Rows().said().all)["m_1"].words == "waiting in the outbox"


def test_a_report_that_comes_late_never_takes_a_text_back():
    found = deliveries(Rows().said().delivery("delivered", later=20).delivery("accepted", later=30).all)[
        "m_1"
    ]
    assert found.fate == "delivered"
    assert [step.fate for step in found.steps] == ["decided", "outbox", "carrier", "delivered"]


def test_a_later_commit_that_takes_a_text_back_shows_on_the_card_of_that_text():
    rows = Rows().said("m_1", WOKE, cls="scheduled").add("heard", text="hi", later=900)
    rows.add("withheld", message="m_1", cls="scheduled", reason="stale", later=900)
    first, second = of(rows)
    assert (first.kind, first.texts[0].delivery.fate) == ("withheld", "stale")
    assert lines(second)["held back"] == "1 text that had not left: something newer made it wrong"


def decision(**more: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "decision": "d_1",
        "point": "evening",
        "planned_at": 1_790_035_200_000,
        "available": True,
        "rule": "usual",
        "rule_trace": [{"rule": "tired", "when": "tired_of_us", "fits": False}],
        "options": {"walk": 0.3, "nothing": 0.7},
        "draws": [{"factor": "option", "u": 0.61, "key": "ab12", "taken": "nothing"}],
        "randomized": True,
        "taken": "nothing",
        "p": 0.7,
        "occurrence": 4,
    }
    return {**usual, **more}


def test_nothing_offered_is_a_card_with_its_planned_local_time():
    (card,) = of(Rows().add("decision", WOKE, **decision()))
    assert (card.kind, card.title, card.clock) == ("nothing", "Nothing offered", "19:00")
    assert lines(card)["planned"] == "Mon 19:00, their clock"
    assert lines(card)["decided"] == "rule evening.usual → nothing, p 0.70  3.0 ms"


def test_nothing_offered_names_every_reason():
    (card,) = of(Rows().add("decision", WOKE, **decision(reasons=["cap_day", "outside_hours"])))
    assert "enough texts for this day, outside the hours for texts" in lines(card)["decided"]


def test_why_not_others_shows_rules_options_and_the_draw():
    (card,) = of(Rows().add("decision", WOKE, **decision(left_out=["breath"], because_staff="Less is more.")))
    (why,) = card.why_not
    assert why.rules == ("tired: does not fit (tired_of_us)",)
    assert [(option.name, option.chance, option.taken) for option in why.options] == [
        ("walk", 0.3, False),
        ("nothing", 0.7, True),
    ]
    assert why.notes == (
        "Less is more.",
        "left out, not right at this time: breath",
        "drawn u 0.6100, key ab12, occurrence 4",
    )


def test_an_offer_is_named_by_its_title():
    rows = Rows().add("decision", WOKE, **decision(taken="walk")).said("m_1", WOKE)
    assert of(rows)[0].title == "Offered A short walk"


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (
            {"text": "7", "read_as": "answer", "understood": True, "value": 7.0, "why": "a number"},
            "an answer: 7 (a number)",
        ),
        (
            {
                "text": "a walk with my kids",
                "read_as": "answer",
                "understood": True,
                "value": "a walk with my kids",
            },
            "an answer: in own words",
        ),
        ({"text": "hm", "read_as": "answer", "ask": "event:rate"}, "an answer, not understood"),
        ({"text": "stop", "read_as": "command", "command": "stop"}, "the command STOP"),
        ({"text": "no more pls", "read_as": "unprompted", "opt_out": True}, "a wish to stop"),
        ({"text": "thx", "read_as": "small_talk", "why": "thanks"}, "small talk (thanks)"),
        ({"text": "x", "read_as": "unprompted", "why": "unprompted"}, "a text that nobody asked for"),
        ({"text": "x", "read_as": "answer", "risk": {"tier": "active"}, "why": "row 3"}, "a sign of danger"),
    ],
)
def test_a_card_says_what_a_text_was_read_as(heard, words):
    assert lines(of(Rows().add("heard", **heard))[0])["read as"] == words


def test_a_text_that_leads_to_nothing_says_so():
    assert lines(of(Rows().add("heard", text="ok"))[0])["decided"] == "to do nothing more  3.0 ms"


def test_the_phone_shows_a_text_that_was_not_sent_as_a_line_with_its_reason():
    rows = Rows().said("m_1", WOKE, body="A short walk?").delivery("withheld", reason="outside_hours")
    (bubble,) = bubbles(of(rows))
    assert (bubble.side, bubble.text, bubble.fate) == ("line", "A short walk?", "withheld")
    assert bubble.words == f"not sent {bubble.clock}: outside the hours for texts"


def test_an_answer_that_the_loop_guard_kept_back_is_a_line_too():
    rows = (
        Rows()
        .add("heard", text="ping")
        .add("withheld", reason="loop_guard", source="hub/unprompted", cls="reply")
    )
    theirs, line = bubbles(of(rows))
    assert (theirs.side, line.side, line.words) == (
        "theirs",
        "line",
        "not sent: too many answers to one number",
    )


def test_a_decision_without_a_text_is_only_a_quiet_line():
    (bubble,) = bubbles(of(Rows().add("decision", WOKE, **decision())))
    assert (bubble.quiet, bubble.words) == (True, "19:00 nothing offered")


def test_every_bubble_names_the_card_that_explains_it():
    rows = Rows().add("heard", text="7").said().said("m_2", WOKE)
    found = of(rows)
    assert {bubble.card for bubble in bubbles(found)} == {card.id for card in found}


def held() -> Rows:
    rows = Rows().said("m_0", WOKE, cls="scheduled").add("heard", text="x", risk={"tier": "active"})
    rows.add("withheld", message="m_0", cls="scheduled", reason="risk_hold")
    rows.said("m_1", cls="risk", body="Call or text 988, or 911.", source="builtin/risk")
    rows.add("hold", hold="risk", case="c", tier="active")
    return rows.add(
        "risk", tier="active", kind_of_risk="suicide", about="self", words="end it", row="r1", message="m_1"
    )


def test_a_risk_hold_says_what_was_answered_and_what_is_held():
    panel = crisis_panel(held().delivery("accepted", later=40).all, CHICAGO)
    assert panel is not None
    said = {line.label: line.text for line in panel.lines}
    assert (panel.card, panel.title) == (FIRST, "active, suicide, about themselves")
    assert said["answered"] == "names 988 and 911, at the carrier after .04. Hours and caps do not apply."
    assert said["held"] == (
        "1 cheerful text and all offers, until a person clears it (or they say WRONG, when it is not imminent)"
    )
    assert said["words"] == '"end it"; risk table, r1'


def test_a_cleared_hold_leaves_no_panel():
    assert crisis_panel(held().add("hold_cleared", "s1", hold="risk", by="demo").all, CHICAGO) is None


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(0, ".00"), (44, ".04"), (994, ".99"), (1300, "1.3 s"), (150_000, "2 min")]
)
def test_how_long_after(milliseconds, words):
    assert after_text(milliseconds) == words


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(5_000, "5 s"), (81_600_000, "22 h 40 min"), (86_400_000, "1 d")]
)
def test_how_long(milliseconds, words):
    assert span_text(milliseconds) == words
