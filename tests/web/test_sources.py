"""Which file, and which line of it, a text came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.web.sources import find_source
from tests.small_program import write_small_program


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of the small program."""
    return write_small_program(tmp_path / "small-steps")


@pytest.mark.parametrize(
    ("source", "path", "marked"),
    [
        ("walk/pick", "small-steps/interventions/walk.yaml", "- event: pick"),
        ("walk/pick/reminder", "small-steps/interventions/walk.yaml", "- event: pick"),
        ("items/mood_now", "small-steps/items/mood_now.yaml", "say: |"),
        ("consent/say", "small-steps/program.yaml", "consent:"),
        ("hub/menu", "small-steps/program.yaml", "hub:"),
        ("program/evening", "small-steps/program.yaml", "- id: evening"),
    ],
)
def test_a_text_is_shown_at_the_line_it_stands_at(program: Path, source: str, path: str, marked: str):
    found = find_source(program, source)
    assert found is not None
    assert found.path == path
    assert found.text.splitlines()[found.line - 1].strip() == marked


def test_a_built_in_text_has_no_file(program: Path):
    found = find_source(program, "builtin/risk")
    assert found is not None
    assert (found.text, found.path) == ("", "built in: risk. Content cannot change this text.")


@pytest.mark.parametrize(
    "source", ["../../etc/passwd", "..%2f/x", "/etc/passwd", "nothing/here", "", "a", "Walk/pick"]
)
def test_no_other_file_is_found(program: Path, source: str):
    assert find_source(program, source) is None


def test_a_link_that_leads_out_of_the_program_is_not_followed(program: Path, tmp_path: Path):
    (tmp_path / "outside.yaml").write_text("secret", encoding="utf-8")
    (program / "interventions" / "linked.yaml").symlink_to(tmp_path / "outside.yaml")
    assert find_source(program, "linked/event") is None
