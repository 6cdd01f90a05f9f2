"""Letters that a page explains ("the Lagoa Dockers' Union (LDU)") → whom they mean there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from onrecord.statements import sides
from onrecord.statements.draft import MentionDraft

_EXPLAINED = re.compile(r"\(([A-Z]{2,7})\)")
_REACH = 90
"""Characters before a bracket in which the whole name stands."""


def told(texts: Iterable[str]) -> dict[str, str]:
    """Letters → the name before the bracket in which they stand, where its capitals spell them."""
    out: dict[str, str] = {}
    for text in texts:
        for found in _EXPLAINED.finditer(text) if "(" in text else ():
            before = text[max(0, found.start() - _REACH) : found.start()].rstrip().rpartition("\n")[2]
            if (name := _name(before, found[1])) is not None:
                out.setdefault(found[1], name)
    return out


def _name(before: str, letters: str) -> str | None:
    """The shortest tail of the words whose capitals are the letters."""
    words = re.split(r"(?<=[ -])", before)
    for first in range(len(words) - 1, max(-1, len(words) - 10), -1):
        name = "".join(words[first:])
        capitals = "".join(word[0] for word in re.split(r"[ -]", name) if word[:1].isupper())
        if capitals == letters:
            return name.strip()
        if len(capitals) > len(letters):
            return None
    return None


def spelt(m: MentionDraft, text: str, letters: Mapping[str, str]) -> MentionDraft:
    """The mention with the name that the page gives its letters, where the lists give them another."""
    words = text[m.start : m.end].rpartition(" ")[2]
    full = letters.get(words) if words == m.name or " " not in text[m.start : m.end].removeprefix("the ") else None
    if full is None or m.name == full or sides.fold(m.name or "").startswith(sides.fold(full)):
        return m
    known = sides.of(full)
    if known is None:
        return replace(m, kind="body", name=full, side=full, gender="n", alias=words)
    return m if known.name == m.name else replace(m, kind="body", name=full, side=known.side, gender="n", alias=words)
