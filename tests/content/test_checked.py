"""What `cairn check` prints."""

from __future__ import annotations

import json
from pathlib import Path

from app.content.checked import check_json, check_lines
from app.content.load import load_program
from tests.small_program import FILES, write_small_program

SEGMENTS = "2 segments a text at most, 3 when quoted words hold emoji"
GOALS = "5 of 8 goals (missing: educational, skill_acquisition, load_reduction)"


def test_a_good_program_is_counted_proven_and_publishable(tmp_path: Path) -> None:
    printed = check_lines(load_program(write_small_program(tmp_path / "small-steps")))
    assert printed.splitlines() == [
        "small-steps   4 interventions, 11 events, 1 language",
        "  proven   no dead end, no loop without a wait or a question",
        f"           3 unprompted texts a day, 12 a week at most · {SEGMENTS}",
        f"           en complete · {GOALS} · not reachable: none",
        "0 errors, 0 warnings. Publishable.",
    ]


def test_a_mistake_is_one_line_and_nothing_is_called_proven(tmp_path: Path) -> None:
    folder = write_small_program(tmp_path / "small-steps")
    text = FILES["interventions/walk.yaml"].replace("snooze: 2 h", "snooze: soon")
    (folder / "interventions/walk.yaml").write_text(text, encoding="utf-8")
    lines = check_lines(load_program(folder)).splitlines()
    assert lines[1].split() == ["error", "walk.yaml:37:17", "duration", "soon", "is", "no", "duration."]
    assert lines[-1] == "1 error, 0 warnings. Not publishable."
    assert len(lines) == 3


def test_the_json_form_has_its_schema_errors_warnings_and_what_is_proven(tmp_path: Path) -> None:
    folder = write_small_program(tmp_path / "small-steps")
    plain = json.loads(json.dumps(check_json(load_program(folder))))
    assert (plain["schema"], plain["errors"], plain["warnings"]) == ("cairn.check/1", [], [])
    assert len(plain["proven"]) == 3
    (folder / "items/mood_now.yaml").write_text("say: x\nask: scale 0 to 10\nb: 1\n", encoding="utf-8")
    plain = check_json(load_program(folder))
    assert [(found["name"], found["line"], found["column"]) for found in plain["errors"]] == [
        ("unknown-key", 3, 1)
    ]
    assert [found["name"] for found in plain["warnings"]] == ["range-not-named"]
