"""The word lists of this stage → sets and tuples, read once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import filterfalse

from onrecord import words as word_files

_ASCII_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
"""White space among ASCII but the single space."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def plain(line: str) -> str:
    """The line in lower case with straight quotes, as the word lists are written."""
    return (line if line.isascii() else line.translate(_QUOTES)).lower().strip()


def lowered(text: str) -> str:
    """The same at the same offsets: letters that grow in lower case stay as they are."""
    straight = text if text.isascii() else text.translate(_QUOTES)
    low = straight.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in straight)


def one_line(text: str) -> str:
    """The text with single spaces between its words, and none around them."""
    if text.isprintable() and "  " not in text:  # no white space but single spaces
        return text.strip(" ")
    return " ".join(text.split())


def neat(texts: Sequence[str], signs: str = "") -> bool:
    """Whether each is just what `one_line` gives for it, none is empty, and none holds one of the signs."""
    if not all(texts) or list(map(str.strip, texts)) != list(texts):
        return False
    latin, others = "/".join(filter(str.isascii, texts)), "/".join(filterfalse(str.isascii, texts))
    if any(map(latin.__contains__, _ASCII_BLANKS + signs)) or any(map(others.__contains__, signs)):
        return False
    return others.isprintable() and "  " not in others and "  " not in latin


def one_lines(texts: Sequence[str]) -> Sequence[str]:
    """What `one_line` gives for each; the texts themselves where all are neat."""
    return texts if neat(texts) else list(map(one_line, texts))


@cache
def table(name: str) -> dict[str, object]:
    """A TOML file of `onrecord/data`."""
    return word_files.table(name)


@cache
def listing(name: str, key: str) -> tuple[str, ...]:
    """A list of words in a TOML file of `onrecord/data`."""
    found = table(name)[key]
    return tuple(str(word) for word in found) if isinstance(found, list) else ()


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(listing(name, key))


@cache
def weights(name: str) -> dict[str, float]:
    """The weight of each sign in such a file, in log-odds."""
    found = table(name)["weights"]
    assert isinstance(found, dict)
    return {str(sign): float(weight) for sign, weight in found.items()}


@dataclass(frozen=True, slots=True)
class Outlet:
    """What we know of an outlet beside its pages."""

    name: str
    hosts: tuple[str, ...]
    tz: str | None = None


@cache
def _outlets() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    rows = table("outlets.toml")["outlet"]
    assert isinstance(rows, list)
    found = [Outlet(row["name"], tuple(row["hosts"]), row.get("tz")) for row in rows]
    found.reverse()  # the first of a file counts
    return {h: o for o in found for h in o.hosts}, {folded(o.name): o for o in found}


def outlet_at(url: str | None) -> Outlet | None:
    """The known outlet whose host serves that address."""
    host = re.match(r"(?:https?:)?//([^/:?#\s]+)", url or "")
    parts = host[1].lower().split(".") if host else []
    by_host = _outlets()[0]
    return next((by_host[h] for i in range(len(parts)) if (h := ".".join(parts[i:])) in by_host), None)


def outlet_named(name: str | None) -> Outlet | None:
    """The known outlet of that name, with or without an article."""
    return _outlets()[1].get(folded(name)) if name else None


def folded(name: str) -> str:
    """A name for comparing: lower case, letters and digits only, without a leading article."""
    return " ".join(re.findall(r"\w+", plain(name).removeprefix("the ")))
