"""What a good program is compiled to."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.content.compile import checksum
from app.content.load import load_program
from app.core.reading.model import Option
from app.core.release import Ask, Branch, Event, Release, Silence
from tests.small_program import FILES, small_release, write_small_program


def event(intervention: str, name: str) -> Event:
    found = small_release().interventions[intervention].events
    return next(each for each in found if each.id == name)


def ask(intervention: str, name: str) -> Ask:
    found = event(intervention, name).ask
    assert found is not None
    return found


def test_a_good_program_has_a_release_and_no_problems(tmp_path: Path) -> None:
    loaded = load_program(write_small_program(tmp_path / "small-steps"))
    assert loaded.problems == ()
    assert loaded.release is not None
    assert loaded.release.program == "small-steps"
    assert (loaded.counts.interventions, loaded.counts.events, loaded.counts.items) == (4, 11, 1)


def test_a_line_break_becomes_a_space_and_an_empty_line_a_line_break(tmp_path: Path) -> None:
    write_small_program(tmp_path)
    text = FILES["items/mood_now.yaml"].replace("mood right now", "mood\n  right\n\n  now")
    (tmp_path / "items/mood_now.yaml").write_text(text, encoding="utf-8")
    release = load_program(tmp_path).release
    assert release is not None
    assert release.items["mood_now"].say["en"].startswith("How is your mood right\nnow, 0")


def test_a_choice_is_shown_with_letters_in_its_order() -> None:
    said = event("walk", "pick").say["en"]
    assert said == "Which one fits today?\nA) A 5 minute walk\nB) One song, loud\nC) Not today"
    assert ask("walk", "pick").expect.options == (
        Option("walk", "A 5 minute walk"),
        Option("song", "One song, loud"),
        Option("leave", "Not today"),
    )


def test_a_range_a_value_none_and_otherwise_become_branches() -> None:
    assert ask("three-good-things", "rate").answered[0] == Branch(
        low=0, high=3, say={"en": "Thanks for telling me."}, go="end"
    )
    assert ask("walk", "pick").answered[1] == Branch(values=("walk", "song"), go="done")
    assert ask("three-good-things", "notice").answered == (
        Branch(none=True, go="small"),
        Branch(go="helped"),
    )


def test_a_question_always_has_a_branch_that_fits() -> None:
    for intervention in small_release().interventions.values():
        for each in intervention.events:
            if each.ask is not None:
                last = each.ask.answered[-1]
                assert (last.low, last.high, last.values, last.none, last.when) == (None, None, (), False, "")


def test_what_an_event_leaves_out_comes_from_the_program() -> None:
    filled = ask("welcome", "hello")
    assert filled.silence == (Silence(after=20 * 3_600, go="end"),)
    assert filled.unclear.say["en"].startswith("I didn't get that.")
    assert filled.unclear.gives_up == {"en": "Fine, we leave it for now."}


def test_a_reminder_keeps_its_question_open() -> None:
    first, second = ask("three-good-things", "notice").silence
    assert (first.ends, first.after, second.ends, second.after) == (False, 4 * 3_600, True, 16 * 3_600)


def test_an_answer_that_becomes_a_moment_has_a_name_and_says_nothing_when_none() -> None:
    helped = ask("three-good-things", "helped")
    assert helped.save == "helped_words"
    assert [branch.keep for branch in helped.answered] == ["helped_words"]


def test_decision_points_keywords_and_factors_are_compiled() -> None:
    release = small_release()
    evening, first = release.decision_points
    assert (evening.at, evening.decide_within, first.happens) == ("evening", 1_800, "consented")
    assert evening.proximal is not None
    assert (evening.proximal.item, evening.proximal.after, evening.proximal.chance) == (
        "mood_now",
        7_200,
        0.6,
    )
    assert evening.rules[1].choose == {"three-good-things": 0.4, "walk": 0.3, "nothing": 0.3}
    assert release.keywords == {"CALM": "one-slow-breath"}
    assert release.because_line == {"full": 0.5, "plain": 0.5}


def test_a_release_is_the_same_after_it_was_stored() -> None:
    release = small_release()
    assert msgspec.json.decode(msgspec.json.encode(release), type=Release) == release


def test_the_checksum_names_the_content_and_not_the_number(tmp_path: Path) -> None:
    release = small_release()
    numbered = msgspec.structs.replace(release, number=7)
    assert release.checksum == checksum(numbered)
    write_small_program(tmp_path / "small-steps")
    path = tmp_path / "small-steps/interventions/walk.yaml"
    path.write_text(FILES["interventions/walk.yaml"].replace("Well done.", "Well done!"), encoding="utf-8")
    changed = load_program(tmp_path / "small-steps").release
    assert changed is not None
    assert changed.checksum != release.checksum


def test_a_remark_changes_no_checksum(tmp_path: Path) -> None:
    folder = write_small_program(tmp_path / "small-steps")
    path = folder / "interventions/walk.yaml"
    path.write_text("# A remark.\n" + FILES["interventions/walk.yaml"], encoding="utf-8")
    again = load_program(folder).release
    assert again is not None
    assert again.checksum == small_release().checksum


@pytest.mark.parametrize(
    ("say", "known"),
    [
        ("It was {{ mood_now }}.", False),
        ("It was {{ mood_now | default('new') }}.", True),
        ("{% if mood_now is not none %}It was {{ mood_now }}.{% endif %}", True),
        ("{% if mood_now is none %}New.{% else %}It was {{ mood_now }}.{% endif %}", True),
        ("{% if mood_now > 3 %}It was {{ mood_now }}.{% endif %}", True),
        ("{% if mood_now > 3 or hour > 3 %}It was {{ mood_now }}.{% endif %}", False),
        ("Day {{ days_in }}, {{ weekday }}, from {{ sender_name }}.", True),
    ],
)
def test_a_value_is_shown_only_where_it_is_sure(tmp_path: Path, say: str, known: bool) -> None:
    folder = write_small_program(tmp_path)
    text = FILES["interventions/one-slow-breath.yaml"].replace("Breathe in slowly", say + " Breathe in")
    (folder / "interventions/one-slow-breath.yaml").write_text(text, encoding="utf-8")
    names = [problem.name for problem in load_program(folder).problems]
    assert names == ([] if known else ["may-be-unknown"])


def test_what_earlier_conditions_rule_out_is_sure_afterwards(tmp_path: Path) -> None:
    folder = write_small_program(tmp_path)
    (folder / "interventions/walk.yaml").write_text(COMPARED, encoding="utf-8")
    assert load_program(folder).problems == ()


COMPARED = """\
title: Then and now
goal: feedback
minutes: 1
events:
  - event: today
    say: |
      How is it now, 0 (low) to 10 (good)?
    ask: scale 0 to 10
    save: now_n
    answered:
      - if: mood_now is none
        go: first
      - if: now_n > mood_now
        say: |
          Up from {{ mood_now }}.
        go: end
      - otherwise: same
  - event: first
    say: |
      Thanks for {{ now_n }}.
    go: end
  - event: same
    say: |
      It was {{ mood_now }}, now {{ now_n }}.
    go: end
"""
