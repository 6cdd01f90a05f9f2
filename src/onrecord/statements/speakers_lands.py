"""A page's countries → which of them an office or body that names none belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property

from onrecord.model import Place
from onrecord.statements import sides
from onrecord.statements.draft import MentionDraft
from onrecord.statements.mentions_words import singular, words
from onrecord.statements.speakers_context import Context, clear

_PAGE, _BESIDE, _LAST, _NEXT, _ABOUT, _TOWN = 0.8, 0.8, 0.2, 0.4, 0.6, 0.5
"""What the page, the words before a mention and the last speaker count, beside the post, which counts 1; what of it
is taken off a country that the speaker's own words name, and added for a town."""
_PERSON = 0.6
"""What somebody counts who is known to be of a country."""
_MARGIN = 1.15
_ABOVE = 2
"""How often what stands above the posts counts: it tells where the story plays."""
_SCANT = 2.0
"""Less than this is told of all countries together: it counts for less."""


class Lands:
    """The countries of a page."""

    def __init__(
        self, contexts: Sequence[Context], placed: Sequence[Mapping[int, Place]], year: int | None, outlet: str | None
    ) -> None:
        self.home = _home(outlet)
        """The country of whoever made the page."""
        self._contexts = contexts
        self._placed = placed
        self._year = year
        self._countries: dict[str, str] | None = None

    def against(self, side: str, role: str) -> str:
        """The side of an office that stands against the government: "shadow minister", "opposition spokesman"."""
        told = set(role.lower().split())
        if not sides.is_country(side):
            return side
        if "shadow" in told:
            rows = [party for year, party in words().shadow.get(side, ()) if self._year and year <= self._year]
            return rows[-1] if rows else sides.opposition(side)
        return sides.opposition(side) if words().opposition & told else side

    def shared(self, office: str | None, told: str | None = None) -> str | None:
        """The country whose office words such as "defence secretary" mean on this page; `told`: whose they are held."""
        text = (office or "").lower()
        lands = next((named for part, named in words().shared.items() if part in text), None)
        if lands is None or (told and told != lands[0]):
            return None
        return max(lands, key=lambda land: self._named[land])

    @cached_property
    def _named(self) -> Counter[str]:
        """How often the page names each side."""
        return Counter(side for context in self._contexts for _, side, _ in context.refs)

    def main_of(self, context: Context) -> str | None:
        """The side that a post is about: the page's own, where the post names it as often as any other."""
        own = self.page_side
        if own is None or context.main == own or not context.refs:
            return context.main
        count = Counter(side for _, side, _ in context.refs if sides.is_country(side))
        return own if count[own] and count[own] >= max(count.values()) else context.main

    def meet(self, side: str, posts: Iterable[int]) -> None:
        """These posts tell of somebody who is known to be of that side, or of the opposition there."""
        adjective, _, last = side.rpartition(" ")
        known = sides.of(adjective if last == "opposition" else side)
        land = side if sides.is_country(side) else (known and (known.home or known.side)) or sides.home_of(side)
        if land and sides.is_country(land):
            for i in posts:
                self._contexts[i].met[land] += _PERSON  # type: ignore[assignment]

    def of_office(
        self, context: Context, m: MentionDraft, last: str | None = None, *, close: bool = False
    ) -> str | None:
        """The country of an office or body that the words give none: by the page, its post and what stands beside it.

        Whom a speaker speaks of is seldom whose he is; `last` is the side that spoke last, `close` by: "Chad said … The
        army said".
        """
        score: Counter[str] = Counter()
        post = context.told + context.met
        own_words = context.own_words(m)
        abroad = {side for side, kind in own_words if kind != "place"}  # whose towns one names with them
        home = {side for side, kind in own_words if kind == "place"} - abroad
        for side, kind in own_words:  # of countries one tells abroad, of towns at home
            if kind != "place":
                post[side] -= _ABOUT  # type: ignore[assignment]
            elif side in home:
                post[side] += _TOWN  # type: ignore[assignment]
        _share(score, post, 1.0)
        _share(score, self.page, _PAGE)
        beside = {last} if last and close else context.beside_it(m)
        beside = beside if not home or home & beside else set()
        for side in beside:
            score[side] += _BESIDE / len(beside)  # type: ignore[assignment]
        if last:
            score[last] += _NEXT if close else _LAST  # type: ignore[assignment]
        if not _may_be_allied(m):
            score = _countries(score)
        if _armed(m):
            score = Counter({side: n for side, n in score.items() if side not in words().sets["no_army"]})
        own = clear(score, _MARGIN)
        page = clear(self.page, _MARGIN) if own is None else None
        return own or (page if score[page or ""] else None)

    @cached_property
    def page(self) -> Counter[str]:
        """How much the whole page tells of each country and alliance."""
        count: Counter[str] = Counter()
        for context in self._contexts:
            for _ in range(_ABOVE if context.above else 1):
                count.update(context.told + context.met)
        return count

    def near(self, context: Context, m: MentionDraft, at: int) -> str | None:
        """The country of the place nearest before; one named but once gives way to the one the post is about."""
        near, main = context.near(at), self.of_office(context, m)
        if near is None:
            return main
        if main is None or near == main or main != self.page_side or context.beside(at):
            return near
        there = [at for at, side in context.grounds if side == near]
        return main if len(there) == 1 or not context.placed.intersection(there) else near

    @cached_property
    def movement(self) -> str | None:
        """The only known movement that the page names: "Houthis"."""
        named = {side for context in self._contexts for _, side, _ in context.refs} & words().armed
        return named.pop() if len(named) == 1 else None

    @cached_property
    def risen(self) -> str | None:
        """That movement, else the rebels of a country ("Chadian rebels"), where they are the only ones."""
        own = {m.side for context in self._contexts for m in context.draft.mentions if m.side and sides.is_own(m.side)}
        found = {side for side in own if side.rpartition(" ")[2] not in {"opposition", "campaign"}}
        return self.movement or (found.pop() if len(found) == 1 else None)

    @cached_property
    def broken_away(self) -> str | None:
        """The only region with a side of its own that the page names."""
        found = {context.broken_away(len(context.post.text)) for context in self._contexts} - {None}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def page_side(self) -> str | None:
        """The country that the page is mostly about, for posts that name none."""
        told = Counter(side for context in self._contexts for _, side, _ in context.refs if sides.is_country(side))
        return clear(told)

    def side_of_place(self, key: str) -> str | None:
        if self._countries is None:
            placed = [p for at in self._placed for p in at.values() if p.country]
            self._countries = {sides.fold(p.span.text): p.country or "" for p in placed}
            self._countries.update({sides.fold(p.name): p.country or "" for p in placed})
        code = self._countries.get(key)
        return sides.of_country(code) if code else None


def _countries(score: Counter[str]) -> Counter[str]:
    return Counter({side: n for side, n in score.items() if sides.is_country(side)})


def _may_be_allied(m: MentionDraft) -> bool:
    """Officials, diplomats and leaders may be an alliance's; armies, ministers and mayors are a country's."""
    told = {singular(w) for w in (m.role or m.name or "").lower().split()}
    return bool(told & _ALLIED)


def _armed(m: MentionDraft) -> bool:
    text = (m.role or m.name or "").lower()
    return any(text.startswith(w) or f" {w}" in text for w in words().sets["armies"])


_ALLIED = words().sets["allied_offices"]


def _share(score: Counter[str], told: Counter[str], weight: float) -> None:
    total = max(_SCANT, sum(n for n in told.values() if n > 0))
    for side, n in told.items():
        if n > 0:
            score[side] += weight * n / total  # type: ignore[assignment]


@cache
def _home(outlet: str | None) -> str | None:
    known = sides.of(outlet) or sides.of(f"The {outlet}") if outlet else None
    return known.home if known else None
