"""A folder of YAML files, or one file, made into a release with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from app.content.alone import program_round, without_other_starts
from app.content.check import check
from app.content.compile import compiled
from app.content.drafts import InterventionDraft, ItemDraft
from app.content.problems import Findings, Place, Problem, errors, in_order
from app.content.read_intervention import read_intervention, read_item
from app.content.read_program import read_program
from app.content.whole import Whole
from app.core.release import Release

MOST_FILES = 500


class Counts(msgspec.Struct, frozen=True):
    """How much there is in a program."""

    interventions: int = 0
    events: int = 0
    items: int = 0
    languages: int = 0
    goals: int = 0


class Loaded(msgspec.Struct, frozen=True):
    """What a folder or file came to: a release only when nothing in it is an error."""

    name: str
    release: Release | None
    problems: tuple[Problem, ...]
    counts: Counts = Counts()
    proven: tuple[str, ...] = ()


def load_program(folder: Path) -> Loaded:
    """Return what a program's folder comes to; never raises for what stands in it."""
    program, found = read_program(folder / "program.yaml", "program.yaml")
    items, items_found = _read_items(folder, folder)
    interventions, interventions_found = _read_interventions(folder)
    all_found = (found, *items_found, *interventions_found)
    if program is None:
        return Loaded(folder.name, None, _problems(all_found))
    whole = Whole(program=program, items=items, interventions=interventions, findings=all_found)
    return _finished(whole, folder.resolve().name)


def load_intervention(path: Path) -> Loaded:
    """Return what one intervention comes to without its program, with a tiny program round it.

    Its saves imply the variables; declared ones and items come from the program that it stands in, if any.
    """
    draft, found = read_intervention(path, path.name)
    folder = path.resolve().parent.parent
    if draft is None:
        return Loaded(path.stem, None, in_order(found.problems))
    draft = without_other_starts(draft)
    items, _ = _read_items(folder, folder)
    used = {
        event.ask.item.text for event in draft.events if event.ask is not None and event.ask.item is not None
    }
    used |= {draft.assess_item.text} if draft.assess_item is not None else set()
    near = {name: item for name, item in items.items() if name in used}
    home, _ = read_program(folder / "program.yaml", "program.yaml")
    findings = (found, *(item.findings for item in near.values()))
    program = program_round(draft, near, home.variables if home is not None else ())
    whole = Whole(program=program, items=near, interventions={draft.id: draft}, findings=findings)
    return _finished(whole, path.stem)


def _finished(whole: Whole, name: str) -> Loaded:
    proven = check(whole)
    problems = _problems(whole.findings)
    release = None if errors(problems) else compiled(whole, name)
    return Loaded(name, release, problems, _counts(whole), () if errors(problems) else proven)


def _problems(all_findings: Iterable[Findings]) -> tuple[Problem, ...]:
    return in_order(problem for findings in all_findings for problem in findings.problems)


def _counts(whole: Whole) -> Counts:
    drafts = whole.interventions.values()
    events = [(draft, event) for draft in drafts for event in draft.events]
    goals = {event.goal.text if event.goal is not None else draft.goal.text for draft, event in events}
    return Counts(len(drafts), len(events), len(whole.items), len(whole.program.languages), len(goals))


def _read_items(folder: Path, root: Path) -> tuple[dict[str, ItemDraft], list[Findings]]:
    read = [
        (_outside(path, root) or read_item(path, f"items/{path.name}")) for path in _files(folder / "items")
    ]
    return {item.id: item for item, _ in read if item is not None}, [found for _, found in read]


def _read_interventions(folder: Path) -> tuple[dict[str, InterventionDraft], list[Findings]]:
    read = [
        (_outside(path, folder) or read_intervention(path, f"interventions/{path.name}"))
        for path in _files(folder / "interventions")
    ]
    return {draft.id: draft for draft, _ in read if draft is not None}, [found for _, found in read]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    return found[:MOST_FILES]


def _outside(path: Path, root: Path) -> tuple[None, Findings] | None:
    """Return a problem when a file is a link that leads out of the program's folder."""
    if path.resolve().is_relative_to(root.resolve()):
        return None
    findings = Findings(f"{path.parent.name}/{path.name}", [])
    findings.error(
        "path-outside", Place(), "This file is a link that leads out of the program.", "Copy the file here."
    )
    return None, findings
