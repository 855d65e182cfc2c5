"""Every mistake that an author can make has a name, stands at its line, and keeps content from being used."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content.load import Loaded, load_program
from tests.small_program import FILES, write_small_program

PROGRAM = "program.yaml"
WELCOME = "interventions/welcome.yaml"
GOOD = "interventions/three-good-things.yaml"
WALK = "interventions/walk.yaml"
BREATH = "interventions/one-slow-breath.yaml"
MOOD = "items/mood_now.yaml"

# file, what stands there, what is written instead, the problem, a part of the line where it is told
ERRORS = [
    (WALK, "title: A short walk", "title: Walk: short", "yaml-colon", "title: Walk: short"),
    (
        GOOD,
        "because_plain: |\n  Noticing",
        "because_plain: Noticing: {{ x }}\nx: |\n  a",
        "yaml-colon",
        "ing: {{",
    ),
    (WALK, "minutes: 5", "minutes: 5\nassess:\n\tx: 1", "yaml-tab", "x: 1"),
    (WALK, "title: A short walk", "title: {{ own_goal }}", "yaml-braces", "title: {{"),
    (WALK, "minutes: 5", "minutes: 5\nminutes: 6", "duplicate-key", "minutes: 6"),
    (WALK, "    save: step", "    save: step\n    save: pace", "duplicate-key", "save: pace"),
    (WALK, "minutes: 5", "minutes: &m 5", "yaml-anchor", "minutes: &m"),
    (WALK, "minutes: 5", "minutes: !!int 5", "yaml-tag", "minutes: !!int"),
    (WALK, "    save: step", "    saves: step", "unknown-key", "saves: step"),
    (WALK, "minutes: 5\n", "", "missing-key", "title: A short"),
    (WALK, "minutes: 5", "minutes: five", "wrong-type", "minutes: five"),
    (WALK, "minutes: 5", "minutes: [5]", "wrong-type", "minutes: [5]"),
    (WALK, "goal: trigger_action", "goal: triger_action", "unknown-goal", "goal: triger_action"),
    (GOOD, "goal: feedback", "goal: feeling", "unknown-goal", "goal: feeling"),
    (WELCOME, "- otherwise: thanks", "- otherwise: thank", "unknown-event", "otherwise: thank"),
    (GOOD, "        go: small", "        go: smal", "unknown-event", "go: smal"),
    (WELCOME, "        go: end\n      - otherwise", "      - otherwise", "falls-into-branch", "- is: none"),
    (WELCOME, "is a good reason to begin.\n    go: end", "is good.", "missing-end", "event: thanks"),
    (WELCOME, "- otherwise: thanks", "- otherwise: end", "unreachable-event", "event: thanks"),
    (WELCOME, "begin.\n    go: end", "begin.\n    go: thanks", "loop", "event: thanks"),
    (
        BREATH,
        "count to four.\n    wait: 20 s",
        "count to four.\n    wait: 20 s\n    go: in",
        "never-ends",
        "event: in",
    ),
    (GOOD, "      - is: 4 to 10", "      - is: 5 to 10", "scale-gap", "is: 5 to 10"),
    (GOOD, "      - is: 4 to 10", "      - is: 3 to 10", "scale-overlap", "is: 3 to 10"),
    (GOOD, "      - is: 4 to 10", "      - is: 4 to 11", "scale-range", "is: 4 to 11"),
    (GOOD, "      - is: 4 to 10", "      - is: high", "unknown-answer", "is: high"),
    (WALK, "- is: [walk, song]", "- is: [walk, sing]", "unknown-answer", "[walk, sing]"),
    (WALK, "- is: [walk, song]", "- is: walk", "choice-uncovered", "- is: walk"),
    (WALK, "- is: [walk, song]", "- is: [walk, song, leave]", "answer-twice", "[walk, song, leave]"),
    (WALK, "      - is: skip\n        go: end\n", "", "answer-uncovered", "- is: later"),
    (BREATH, "      - otherwise: end", '      - is: "no"\n        go: end', "answer-uncovered", 'is: "no"'),
    (GOOD, "      - is: none", "      - otherwise: small\n      - is: none", "never-reached", "- is: none"),
    (WELCOME, "      - otherwise: thanks\n", "", "not-covered", "- is: none"),
    (GOOD, "That was a {{ helped_n }}", "That was a {{ help_n }}", "unknown-variable", "{{ help_n }}"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: hours >= 20", "unknown-variable", "hours >= 20"),
    (PROGRAM, "when: tired_of_us", "when: tired_of_me", "unknown-variable", "when: tired_of_me"),
    (PROGRAM, "is: unanswered_in_a_row >= 3", "is: unanswered >= 3", "unknown-variable", "is: unanswered"),
    (GOOD, "That was a {{ helped_n }}", "{% for a in b %}{% endfor %}", "forbidden-jinja", "{% for"),
    (GOOD, "That was a {{ helped_n }}", "{{ helped_n | upper }}", "forbidden-jinja", "| upper"),
    (GOOD, "That was a {{ helped_n }}", "{{ helped_n", "forbidden-jinja", "{{ helped_n"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: hour() >= 20", "forbidden-jinja", "hour() >= 20"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: hour >= 20 then", "forbidden-jinja", "20 then"),
    (WALK, "leave: Not today", 'leave: "{{ hour }}"', "forbidden-jinja", "{{ hour }}"),
    (WELCOME, "{{ own_goal | quote }}{% else", "{{ own_goal }}{% else", "own-words-raw", "{{ own_goal }}"),
    (GOOD, "{{ good_thing | quote }}{% else", "{{ good_thing | lower }}{% else", "own-words-raw", "| lower"),
    (WELCOME, "{% if own_goal is quotable %}", "{% if days_in > 1 %}", "quote-unguarded", "own_goal | quote"),
    (GOOD, "That was a {{ helped_n }}", "{{ helped_n | quote }}", "quote-not-own", "helped_n | quote"),
    (GOOD, "How much did this help", "It was {{ helped_n }}. How much", "may-be-unknown", "It was {{"),
    (GOOD, "How much did this help", "{{ hint }} How much", "hint-outside", "{{ hint }}"),
    (PROGRAM, "when: tired_of_us", 'when: evening and weekday == "sut"', "unknown-value", '"sut"'),
    (GOOD, "item: mood_now", "item: mood", "unknown-item", "item: mood"),
    (PROGRAM, "item: mood_now", "item: mood_then", "unknown-item", "item: mood_then"),
    (PROGRAM, "three-good-things: 0.4", "three-good-thing: 0.4", "unknown-intervention", "thing: 0.4"),
    (PROGRAM, "CALM: one-slow-breath", "CALM: breath", "unknown-intervention", "CALM: breath"),
    (PROGRAM, "start: three-good-things", "start: good", "unknown-intervention", "start: good"),
    (WALK, "snooze: 2 h", "start: run", "unknown-intervention", "start: run"),
    (PROGRAM, "walk: 0.3", "walk: 0.2", "probabilities", "three-good-things: 0.4"),
    (PROGRAM, "walk: 0.3", "walk: 1.3", "probability", "walk: 1.3"),
    (PROGRAM, "walk: 0.3", "walk: some", "probability", "walk: some"),
    (PROGRAM, "chance: 0.6", "chance: 60", "probability", "chance: 60"),
    (PROGRAM, "full: 0.5", "full: 0.6", "probabilities", "full: 0.6"),
    (PROGRAM, "CALM: one", "STOP: one", "reserved-word", "STOP: one"),
    (PROGRAM, "CALM: one", "MENU: one", "reserved-word", "MENU: one"),
    (PROGRAM, "CALM: one", "calm now: one", "bad-name", "calm now: one"),
    (PROGRAM, "word: AGREE", "word: YES", "reserved-word", "word: YES"),
    (WALK, "leave: Not today", "leave: Stop", "reserved-word", "leave: Stop"),
    (WALK, "      song: One", "      quit: One", "reserved-word", "quit: One"),
    (WALK, "      song: One song, loud", "      song: A 5 minute walk", "same-label", "song: A 5"),
    (GOOD, "after: 30 min", "after: 30 minutes", "duration", "after: 30 minutes"),
    (WALK, "snooze: 2 h", "snooze: soon", "duration", "snooze: soon"),
    (PROGRAM, "    at: evening\n", "", "point-begins", "- id: evening"),
    (
        PROGRAM,
        "    happens: consented",
        "    happens: consented\n    at: evening",
        "point-begins",
        "happens: cons",
    ),
    (PROGRAM, "    at: evening", "    at: 25:00", "time", "at: 25:00"),
    (PROGRAM, "    at: evening", "    at: morning", "time", "at: morning"),
    (PROGRAM, "    at: evening", "    at: mood_now", "time", "at: mood_now"),
    (PROGRAM, 'default: "19:00"\n    set_by: participant', "set_by: participant", "time", "at: evening"),
    (PROGRAM, 'default: "19:00"', "default: 7 pm", "bad-default", "default: 7 pm"),
    (PROGRAM, 'opens: "09:00"', "opens: nine", "time", "opens: nine"),
    (PROGRAM, 'opens: "09:00"', 'opens: "22:00"', "hours", 'closes: "21:00"'),
    (PROGRAM, "zone: America/Chicago", "zone: America/Chicgo", "unknown-value", "zone: America/Chicgo"),
    (PROGRAM, "    kind: time", "    kind: tme", "unknown-value", "kind: tme"),
    (PROGRAM, "  skip: end", "  skip: end\n  x: 1", "unknown-key", "  x: 1"),
    (PROGRAM, "  silence:\n    - after: 20 h\n      go: end\n", "", "missing-key", "  unclear:"),
    (PROGRAM, "happens: consented", "happens: agreed", "unknown-value", "happens: agreed"),
    (PROGRAM, "happens: consented", "finished: run", "unknown-intervention", "finished: run"),
    (PROGRAM, "  mood_now:", "  hour:", "taken-name", "  hour:"),
    (PROGRAM, "languages: [en]", "languages: [en, es]", "missing-language", "  say: |"),
    (GOOD, "    save: helped_n", "    save: own_goal", "save-kind", "save: own_goal"),
    (GOOD, "    save: good_thing", "    save: hour", "taken-name", "save: hour"),
    (GOOD, "    keep: moment", "    keep: words", "unknown-value", "keep: words"),
    (GOOD, "    save: helped_n", "    keep: moment", "keep-not-own", "keep: moment"),
    (WALK, "    ask: done", "    ask: dune", "unknown-ask", "ask: dune"),
    (MOOD, "ask: scale 0 to 10", "ask: scale 10 to 0", "unknown-ask", "scale 10 to 0"),
    (MOOD, "ask: scale 0 to 10", "ask: scale", "unknown-ask", "ask: scale"),
    (BREATH, "    wait: 60 s", "    answered:\n      - otherwise: end", "nothing-asked", "answered:"),
    (GOOD, "      - after: 16 h\n        go: end\n", "", "silence-open", "- after: 4 h"),
    (GOOD, "      - after: 16 h", "      - after: 2 h", "silence-order", "- after: 2 h"),
    (
        WALK,
        "    silence:\n      - after: 3 h\n        go: end",
        "    silence:\n      - after: 3 h\n        go: pick",
        "silence-loop",
        "event: pick",
    ),
    (WALK, "event: done", "event: pick", "duplicate-event", "event: pick"),
    (WALK, "event: done", "event: Done It", "bad-name", "event: Done It"),
    (PROGRAM, "    at: evening", "    at: evening\n    when: hour > 3", "key-without-use", "when: hour > 3"),
    (PROGRAM, "happens: consented", "happens: consented\n    days: [sat]", "key-without-use", "days: [sat]"),
    (PROGRAM, "happens: consented", "finished: welcome", "decision-loop", "- id: first"),
    (PROGRAM, "STOP ends them, HELP helps. Reply AGREE", "Reply FINE", "consent-word", "  say: |"),
    (PROGRAM, "CALM: one", "AGREE: one", "reserved-word", "AGREE: one"),
    (WALK, "      song: One", "      Song A: One", "bad-name", "Song A: One"),
    (WALK, "avoid_when: hour >= 20", 'avoid_when: hour >= "20"', "wrong-kind", "avoid_when"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: evening >= 20", "wrong-kind", "avoid_when"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: evening + 1 > 20", "wrong-kind", "avoid_when"),
    (WALK, "avoid_when: hour >= 20", 'avoid_when: own_goal == "rest"', "wrong-kind", "avoid_when"),
    (WALK, "avoid_when: hour >= 20", 'avoid_when: step == "wlk"', "unknown-value", "avoid_when"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: step", "word-as-truth", "avoid_when"),
    (WALK, "avoid_when: hour >= 20", "avoid_when: hour > 3 and step", "word-as-truth", "avoid_when"),
    (GOOD, "That was a {{ helped_n }}", "{{ helped_n > 3 }}", "not-sayable", "helped_n > 3"),
    (GOOD, "That was a {{ helped_n }}", "{{ tired_of_us }}", "not-sayable", "{{ tired_of_us"),
    (PROGRAM, "    kind: scale\n", "    kind: moment\n    default: now\n", "bad-default", "default: now"),
    (WELCOME, "In a few words", "word " * 140, "too-long", "word word"),
]

WARNINGS = [
    (WELCOME, "In a few words", "word " * 62, "too-long", "word word"),
    (WALK, "Which one fits today?", "Which one fits today? \U0001f600", "costs-segment", "\U0001f600"),
    (WALK, "Which one fits today?", "Which one\u2019s for today?", "curly-quotes", "\u2019"),
    (PROGRAM, "          nothing: 0.3\n", "          one-slow-breath: 0.3\n", "no-nothing", "things: 0.4"),
    (PROGRAM, "keywords:\n  CALM: one-slow-breath\n", "", "", ""),
    (MOOD, "0 (very low) to 10 (very good)", "low or high", "range-not-named", "say: |"),
    (WALK, "title: A short walk", "title: A walk", "", ""),
    (WALK, "walk: A 5 minute walk", "walk: Walk #1", "yaml-hash", "walk: Walk #1"),
]


def with_change(folder: Path, file: str, old: str, new: str) -> tuple[Loaded, str]:
    assert FILES[file].count(old) >= 1, f"{old!r} is not in {file}"
    write_small_program(folder)
    text = FILES[file].replace(old, new, 1)
    (folder / file).write_text(text, encoding="utf-8")
    return load_program(folder), text


def lines_with(text: str, part: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if part in line]


@pytest.mark.parametrize(("file", "old", "new", "name", "at"), ERRORS, ids=lambda value: str(value)[:24])
def test_a_mistake_is_told_at_its_line_and_nothing_is_released(
    tmp_path: Path, file: str, old: str, new: str, name: str, at: str
) -> None:
    loaded, text = with_change(tmp_path, file, old, new)
    told = [(found.file, found.line) for found in loaded.problems if found.name == name]
    assert told, [found.printed() for found in loaded.problems]
    assert {(file, line) for line in lines_with(text, at)} & set(told)
    assert loaded.release is None


@pytest.mark.parametrize(("file", "old", "new", "name", "at"), WARNINGS, ids=lambda value: str(value)[:24])
def test_a_warning_is_told_and_content_is_still_released(
    tmp_path: Path, file: str, old: str, new: str, name: str, at: str
) -> None:
    loaded, text = with_change(tmp_path, file, old, new)
    told = [(found.name, found.file) for found in loaded.problems]
    assert told == ([(name, file)] if name else [])
    assert not name or loaded.problems[0].line in lines_with(text, at)
    assert loaded.release is not None


def test_an_intervention_that_nothing_starts_is_a_warning(tmp_path: Path) -> None:
    write_small_program(tmp_path)
    (tmp_path / "interventions/lonely.yaml").write_text(FILES[BREATH], encoding="utf-8")
    assert [(found.name, found.file) for found in load_program(tmp_path).problems] == [
        ("never-started", "interventions/lonely.yaml")
    ]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    write_small_program(tmp_path)
    for file, old, new in (
        (WALK, "goal: trigger_action", "goal: action"),
        (GOOD, "item: mood_now", "item: mood"),
        (PROGRAM, "walk: 0.3", "walk: 0.4"),
    ):
        (tmp_path / file).write_text(FILES[file].replace(old, new, 1), encoding="utf-8")
    assert {found.name for found in load_program(tmp_path).problems} == {
        "unknown-goal",
        "unknown-item",
        "probabilities",
    }


def test_a_message_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    loaded, _ = with_change(tmp_path, GOOD, "      - is: 4 to 10", "      - is: 5 to 10")
    assert loaded.problems[0].printed() == (
        "interventions/three-good-things.yaml:49:13  scale-gap\n"
        "   49 |       - is: 5 to 10\n"
        "      |             ^^^^^^^\n"
        "   rate goes from 0 to 10, and nothing here catches 4. "
        "Widen a line, or end with:  - otherwise: EVENT"
    )


def test_a_misspelt_name_is_told_with_the_event_that_saves_it(tmp_path: Path) -> None:
    loaded, _ = with_change(tmp_path, GOOD, "That was a {{ helped_n }}", "That was a {{ help_n }}")
    assert loaded.problems[0].fix == "Did you mean helped_n, saved by event rate (line 38)?"
