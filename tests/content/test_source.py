"""Files that are no good YAML are told, never raised."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.content.load import load_intervention, load_program
from app.content.problems import printed
from app.content.source import LARGEST_FILE, Mapping, Scalar, read_bytes
from tests.small_program import FILES, write_small_program

BROKEN = [
    (b"because: Your words: {{ why }}", "yaml-colon", 1, 20),
    (b"say: {{ name }} hello", "yaml-braces", 1, 7),
    (b"a:\n  b: 1\n\tc: 2", "yaml-tab", 3, 1),
    (b"a: 1\na: 2", "duplicate-key", 2, 1),
    (b"a: &x 1\nb: *x", "yaml-anchor", 1, 4),
    (b"a: !!python/object/apply:os.system [ls]", "yaml-tag", 1, 4),
    (b"a: 1\n---\nb: 2", "yaml", 3, 1),
    (b"? [a]\n: b", "yaml-braces", 1, 3),
    (b"a:\n  b: 1\n c: 2", "yaml", 3, 2),
    (b"a: one\nb: caf\xe9", "not-utf-8", 2, 7),
    (b"a: 1\nb: \x00", "yaml-letter", 2, 4),
    (b"", "empty-file", 1, 1),
    (b"# only a remark", "empty-file", 1, 1),
    (b"a" * (LARGEST_FILE + 1), "file-too-large", 1, 1),
    (b"[" * 100_000, "too-deep", 1, 14),
    (b"{a: " * 20_000, "too-deep", 1, 50),
    (b"- " * 10_000, "too-deep", 1, 27),
]


@pytest.mark.parametrize(
    ("raw", "name", "line", "column"), BROKEN, ids=lambda value: str(value)[:30] if value else "empty"
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    raw: bytes, name: str, line: int, column: int
) -> None:
    node, findings = read_bytes(raw, "a.yaml")
    assert node is None
    told = [(found.name, found.line, found.column) for found in findings.problems]
    assert told[0] == (name, line, column)
    assert len(told) == len({found[1] for found in told})


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "19:00", "09:00", "1e3", "0x10", "null", "none", "2026-11-23", "~"]
)
def test_a_word_stays_what_was_typed(word: str) -> None:
    node, _ = read_bytes(f"a: {word}\n".encode(), "a.yaml")
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.text == word


def test_a_long_line_is_shown_round_its_mistake() -> None:
    _, findings = read_bytes(b"a: " + b"x" * 5_000 + b": y: z", "a.yaml")
    assert all(len(line) < 130 for line in printed(findings.problems).splitlines()[:3])


@pytest.mark.parametrize(
    "name", ["Welcome.yaml", "two words.yaml", "a.b.yaml", "end.yaml", "-.yaml", "wild\u202e.yaml"]
)
def test_a_file_name_that_cannot_be_an_id_is_told(tmp_path: Path, name: str) -> None:
    write_small_program(tmp_path)
    (tmp_path / "interventions" / name).write_text(FILES["interventions/welcome.yaml"], encoding="utf-8")
    loaded = load_program(tmp_path)
    assert [problem.name for problem in loaded.problems if problem.severity == "error"] == ["bad-name"]
    assert loaded.release is None


def test_a_link_out_of_the_program_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(FILES["interventions/welcome.yaml"], encoding="utf-8")
    folder = write_small_program(tmp_path / "program")
    (folder / "interventions/linked.yaml").symlink_to(outside)
    assert [problem.name for problem in load_program(folder).problems] == ["path-outside"]


def test_a_start_that_looks_like_a_path_opens_nothing(tmp_path: Path) -> None:
    write_small_program(tmp_path)
    text = FILES["program.yaml"].replace("CALM: one-slow-breath", "CALM: ../../etc/passwd")
    (tmp_path / "program.yaml").write_text(text, encoding="utf-8")
    assert [problem.name for problem in load_program(tmp_path).problems] == ["unknown-intervention"]


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_folder_without_a_program_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    loaded = load_program(tmp_path / folder)
    assert [problem.name for problem in loaded.problems] == ["file-not-readable"]
    assert loaded.release is None


def test_files_that_were_damaged_at_random_are_told_and_never_raise(tmp_path: Path) -> None:
    chance = random.Random(7)
    write_small_program(tmp_path)
    for _ in range(120):
        name = chance.choice(sorted(FILES))
        (tmp_path / name).write_text(damaged(FILES[name], chance), encoding="utf-8")
        loaded = load_program(tmp_path)
        assert loaded.release is not None or loaded.problems
        if name.startswith("interventions"):
            alone = load_intervention(tmp_path / name)
            assert alone.release is not None or alone.problems
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")


def damaged(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines[at], lines[other] = lines[other], lines[at]
        case 2:
            lines[at] = lines[at].partition(":")[0] + ":"
        case 3:
            lines[at] = chance.choice(["", " ", "   "]) + lines[at]
        case 4:
            lines[at] = (
                lines[at].partition(":")[0]
                + ": "
                + chance.choice(["[a, [b]]", "{a: b}", "-1", "~", '""', "|"])
            )
        case _:
            cut = chance.randrange(len(text))
            return text[:cut] + chance.choice("{}[]:#&*!|>'\"%@`,-?\t{{") + text[cut + chance.randrange(3) :]
    return "\n".join(lines) + "\n"
