"""How much of a source may be shown → its words as far as that. The one place where rights are applied.

`full` shows the whole post, `quote` the words that a line rests on with at most 40 words around them, `link` none: only
where they stand. A page that no source of the record names may be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag

from onrecord.model import Rights, Source, Statement

AROUND = 40
"""Words around a quoted span, both sides together."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rights of a story's sources."""

    by_url: Mapping[str, Rights]
    by_outlet: Mapping[str, Rights]

    @classmethod
    def of(cls, sources: Iterable[Source], led: Iterable[tuple[str, Rights]] = ()) -> Allowed:
        """The rights that these sources state, of several of one outlet the narrowest; `led` names where they led."""
        known = list(sources)
        by_url: dict[str, Rights] = {urldefrag(source.url).url: source.rights for source in known}
        for address, rights in led:
            by_url[address] = narrower(by_url.get(address, "full"), rights)
        by_outlet: dict[str, Rights] = {}
        for source in known:
            if source.outlet:
                by_outlet[source.outlet] = narrower(by_outlet.get(source.outlet, "full"), source.rights)
        return cls(by_url, by_outlet)

    @property
    def any_linked(self) -> bool:
        """Whether a source may only be linked."""
        return "link" in self.by_url.values() or "link" in self.by_outlet.values()

    def rights(self, outlet: str, where: str) -> Rights:
        """Of a page: by its address, else by its outlet, else `quote`."""
        return self.by_url.get(urldefrag(where).url) or self.by_outlet.get(outlet) or "quote"


def narrower(a: Rights, b: Rights) -> Rights:
    """The one that allows less."""
    order: tuple[Rights, ...] = ("link", "quote", "full")
    return min(a, b, key=order.index)


def quoted(statement: Statement, rights: Rights) -> str:
    """The statement's own words, or nothing where only a link may be shown."""
    return "" if rights == "link" else statement.text


def window(text: str, start: int, end: int, rights: Rights) -> tuple[int, int]:
    """The part of a post's text that may be shown with the span in it, as offsets; empty for `link`."""
    if rights == "link":
        return start, start
    if rights == "full":
        return 0, len(text)
    before = [m.start() for m in _WORD.finditer(text, max(0, start - 40 * AROUND), start)]
    after = [m.end() for m in _WORD.finditer(text, end, end + 40 * AROUND)]
    left = min(len(before), max(AROUND // 2, AROUND - len(after)))
    right = min(len(after), AROUND - left)
    return (before[-left] if left else start), (after[right - 1] if right else end)
