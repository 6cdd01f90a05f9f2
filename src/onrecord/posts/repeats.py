"""The posts of one page → the same without what repeats in them: names that sign, words of buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from onrecord.posts.entry import Entry
from onrecord.posts.people import is_name, signers
from onrecord.posts.words import folded

_FIRST = 3
"""A name that signs a post stands among so many first or last pieces."""
_ROLE = 50
"""What somebody is, beside the name, is no longer than this."""
_BUTTON = 40
"""Repeated words of furniture are no longer than this."""


def without_repeats(entries: Sequence[Entry], authors: Sequence[str] = ()) -> list[Entry]:
    """The posts with bare names that sign several of them as their authors, and without pieces that most of them share.

    `authors` are the page's own: one of their names signs a post even when it stands there once.
    """
    signing = _signing(entries, authors) if not all(e.authors for e in entries) else set()
    names = {name for e in entries for name in e.authors}
    longest = max(_BUTTON, max(map(len, names), default=0) + _ROLE)
    short = [text for e in entries for _, text in e.pieces if len(text) <= longest]
    buttons = _buttons(entries) if len(short) > 2 and 2 * len(short) > len(entries) else set()
    if not signing and not buttons and not _named(short, names) and all(e.authors for e in entries):
        return list(entries)
    return [_tidied(e, signing, buttons) for e in entries]


def _named(texts: Iterable[str], names: Collection[str]) -> list[str]:
    """The texts that are one of these names, or one with what that person is right behind it: `Ana SousaReporter`."""
    sizes = {len(name) for name in names}
    least = min(sizes, default=0)
    starts, known = {name[:least] for name in names}, frozenset(names)
    near = [text for text in texts if text[:least] in starts]  # of many names none is tried on its own
    return [text for text in near if any(text[:size] in known and _is_role(text, size) for size in sizes)]


def _is_role(text: str, at: int) -> bool:
    """Whether nothing stands behind the name that ends there, or what somebody is."""
    role = text[at:]
    return not role or (" " in text[:at] and role[0].isupper() and len(role) <= _ROLE)


def _signing(entries: Sequence[Entry], authors: Sequence[str]) -> set[str]:
    """The bare names that sign posts."""
    named = Counter([text for e in entries if not e.authors for text in _names(e)])
    known = {folded(name) for name in authors}
    return {text for text, count in named.items() if count > 1 or folded(text) in known} | _in_one_place(entries)


def _buttons(entries: Sequence[Entry]) -> set[str]:
    """Short pieces that most posts share."""
    short: Counter[str] = Counter()
    for e in entries:
        if own := [text for _, text in e.pieces if len(text) <= _BUTTON]:
            short.update(set(own))
    return {text for text, count in short.items() if count > 2 and 2 * count > len(entries)}


def _in_one_place(entries: Sequence[Entry]) -> set[str]:
    """Names that stand in elements of one shape in most posts."""
    places = Counter([place for e in entries if e.signs for place in {place for place, _ in e.signs}])
    if not places:
        return set()
    usual = {place for place, count in places.items() if count > 1 and 2 * count > len(entries)}
    return {text for e in entries for place, text in e.signs if place in usual}


def _names(shown: Entry) -> list[str]:
    """Pieces that are nothing but a name, at the post's head or foot."""
    own = [text for text in _ends(shown) if is_name(text) and not signers(text)]
    if own or not shown.signs:
        return own
    said = {words for _, words in shown.pieces}
    return [text for _, text in shown.signs if text in said]


def _ends(shown: Entry) -> list[str]:
    """The pieces where names stand that sign a post."""
    ends = [*shown.pieces[:_FIRST], *shown.pieces[_FIRST:][-1:]]
    return [text for kind, text in ends if kind in ("paragraph", "title")]


def _tidied(shown: Entry, signing: set[str], buttons: set[str]) -> Entry:
    authors = shown.authors or tuple(dict.fromkeys(text for text in _names(shown) if text in signing))
    dropped = buttons.union(_named((text for _, text in shown.pieces), authors))
    byline = next((text for text in _ends(shown) if signers(text)), None) if not authors else None
    if byline is not None:
        authors = signers(byline)
        dropped.add(byline)
    if authors is shown.authors:
        for _, text in shown.pieces:
            if text in dropped:
                break
        else:
            return shown
    return replace(shown, authors=authors, pieces=tuple(p for p in shown.pieces if p[1] not in dropped))
