"""What the README says is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from app.cli import GROUPS, cairn
from app.settings import settings_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_settings_table_is_the_one_that_the_code_makes():
    found = re.search(r"<!-- settings -->\n(.*?)<!-- /settings -->", README, re.DOTALL)
    assert found
    assert found.group(1).strip() == settings_table().strip()


def test_every_command_stands_in_its_group_and_in_the_documents():
    grouped = {name for _, names in GROUPS for name in names}
    assert grouped == set(cairn.commands)
    for name in grouped:
        assert re.search(rf"\b{name}\b", README + OPERATIONS + CHANGELOG), name


def test_every_file_that_the_documents_link_to_is_there():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "content" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} -> {target}"


def test_every_place_that_the_architecture_names_is_there():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for place in re.findall(r"`((?:app|workers|content|tests)/[\w/.-]*)`", text):
        assert (ROOT / place).exists(), place
