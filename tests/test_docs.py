"""The docs name every command and option that exists, and no other; links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from onrecord.cli import COMMANDS, onrecord

ROOT = Path(__file__).resolve().parent.parent
DOCS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OF_OTHERS = {"--help", "--version", "--force-reinstall", "--split", "--misses", "--limit"}


def options_of(name: str) -> set[str]:
    command = onrecord.get_command(click.Context(onrecord), name)
    assert command is not None
    all_of_it = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
    options = [p for c in all_of_it for p in c.params if isinstance(p, click.Option)]
    return {word for p in options for word in (*p.opts, *p.secondary_opts) if word.startswith("--")}


def sections() -> dict[str, str]:
    parts = re.split(
        r"^## onrecord (\w+)$", (ROOT / "docs/commands.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_commands_are_documented() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_options_are_documented(name: str) -> None:
    assert set(OPTION.findall(sections()[name])) == options_of(name)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_docs_name_no_option_that_is_not_there(path: Path) -> None:
    known = set().union(*(options_of(name) for name in COMMANDS)) | OF_OTHERS
    assert set(OPTION.findall(path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_docs_name_no_command_that_is_not_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^\s*|\$ )onrecord ([a-z]+)\b", text, flags=re.MULTILINE))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
