"""One intervention runs without its program."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content.load import load_intervention
from tests.small_program import FILES, write_small_program


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("interventions/")])
def test_every_intervention_of_a_program_runs_alone(tmp_path: Path, name: str) -> None:
    loaded = load_intervention(write_small_program(tmp_path) / name)
    assert loaded.problems == ()
    assert loaded.release is not None
    started = loaded.release.decision_points[0]
    assert (started.happens, list(started.rules[0].choose)) == ("consented", [Path(name).stem])


def test_a_file_without_any_program_implies_its_variables(tmp_path: Path) -> None:
    path = tmp_path / "anything.yaml"
    path.write_text(FILES["interventions/walk.yaml"], encoding="utf-8")
    loaded = load_intervention(path)
    assert loaded.problems == ()
    assert loaded.release is not None
    assert [line.start for line in loaded.release.hub.menu] == ["anything"]


def test_an_item_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "anything.yaml"
    path.write_text(FILES["interventions/three-good-things.yaml"], encoding="utf-8")
    assert [problem.name for problem in load_intervention(path).problems] == ["unknown-item"]


def test_another_intervention_that_it_would_start_is_the_end_here(tmp_path: Path) -> None:
    path = tmp_path / "anything.yaml"
    text = FILES["interventions/walk.yaml"].replace("snooze: 2 h", "start: welcome")
    path.write_text(text, encoding="utf-8")
    loaded = load_intervention(path)
    assert [(problem.name, problem.severity) for problem in loaded.problems] == [
        ("start-elsewhere", "warning")
    ]
    assert loaded.release is not None


@pytest.mark.parametrize("raw", [b"", b"a: [", b"\xff", b"- 1", b"events: []", b"events:\n  - 1"])
def test_a_file_that_is_no_intervention_is_told(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "anything.yaml"
    path.write_bytes(raw)
    loaded = load_intervention(path)
    assert loaded.release is None
    assert loaded.problems
