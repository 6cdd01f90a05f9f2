"""A page's country names and places → the side that a post's "local officials" or "the ministry" stand on."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property

from onrecord.model import Place, Post
from onrecord.statements import sides
from onrecord.statements.draft import Draft, MentionDraft, Range
from onrecord.statements.mentions_words import words

_LEAD = 2
"""How often a subject, or the first side named, counts."""
_GROUNDS = frozenset({"place", "capital", "country"})
_IN_NAME = re.compile(r"(?<![.!?:”\"] )\b(?!The |In |At |Near |From |And |But |South |North |East |West )[A-Z][a-z]+ $")
"""A capital stands before: "Hidden Island TOURS"."""
_OWNER, _SUBJECT, _FIRST = 0.4, 0.5, 1.0
"""What a country counts that owns a speaker, what more a subject and the post's first do."""
_HOME, _OUTLET = 0.8, 0.1
"""What the home of a party or union, and of an outlet, counts."""
_FEW = 12
"""How many countries of a sentence or statement are looked at."""
_CLEAR = 1.4
"""The main side must be named this many times as often as the next."""

_OWNED = re.compile(r"(?:its|his|her|their|our)\b", re.IGNORECASE)
_IN = re.compile(r"\s*In (?:the )?")
_WIDE = 40
"""Characters of a country's name, or of a place and its region, at most."""
_CLOSE = 2
"""Sentences in which those who spoke tell whose the next speaker is."""
THE_LAND = r"(?:the|this|that) (?:country|nation|republic|kingdom|island nation)"
"""A pattern for a country that is not called by its name."""
_THE_LAND = re.compile(rf"\W?{THE_LAND}(?:[’']s |$)", re.IGNORECASE)
_NO_LAND = re.compile(
    r"[A-Z][a-z]+ (?:(?:[A-Z][a-z]+ )?(?:Summer|Standard|Daylight|Winter|Double) Time|Ocean|Sea|Channel"
    r"|(?:[Dd]ollar|[Ff]ranc|[Pp]ound|[Rr]upee|[Kk]ron|[Yy]en|[Pp]eso|[Rr]eal)\w{0,3})\b"
)
"""Zones of time, seas and currencies: they tell of no country."""


class Context:
    """What one post says of sides, looked up when first asked for."""

    def __init__(self, post: Post, draft: Draft, places: Sequence[Place], lone: frozenset[str] = frozenset()) -> None:
        """`lone` are countries that only one place name of the page is put in: too little to go by."""
        self.lone = lone
        self.post = post
        self.draft = draft
        self.places = places
        self.met: Counter[str] = Counter()
        """What known people tell of countries."""
        self.page_side: str | None = None
        """The country that the whole page is mostly about."""
        self.leaving = False
        """The page tells of a nation's independence."""
        self.above = not post.id
        """It stands above the posts: title and summary."""

    @cached_property
    def shouted(self) -> bool:
        """The post is all in capitals, so that capitals tell no names."""
        letters = self.post.text[:2000]
        return sum(map(str.isupper, letters)) > 4 * sum(map(str.islower, letters))

    @cached_property
    def speaking(self) -> set[Range | None]:
        """Where somebody speaks."""
        return {s.speaker for s in self.draft.statements}

    @cached_property
    def gendered(self) -> bool:
        """The post speaks of a "he" or "she"."""
        return any(m.kind == "pronoun" and m.gender in {"m", "f"} for m in self.draft.mentions)

    @cached_property
    def refs(self) -> list[tuple[int, str, str]]:
        """(where, side, kind) of every country, people, alliance and placed name, in text order."""
        text = self.post.text
        out = [
            (at, self.elsewhere.get(at, k.side), "place" if at in self.elsewhere else k.kind)
            for at, k in sides.found(text)
            if k.side and k.kind != "outlet" and not (k.kind == "demonym" and _NO_LAND.match(text, at))
        ]
        seen = {at for at, _, _ in out} | {at for at, k in sides.found(text) if k.kind == "outlet"}
        starts = sorted(seen)
        for place in self.places:
            side = sides.of_country(place.country) if place.country else None
            if (
                side
                and place.span.start not in seen
                and place.country not in self.lone
                and not self._within_name(starts, place)
                and not _IN_NAME.search(self.post.text, max(0, place.span.start - 20), place.span.start)
            ):
                out.append((place.span.start, side, "place"))
        return sorted(out)

    @cached_property
    def elsewhere(self) -> dict[int, str]:
        """Where a country's name means a place of another: "GEORGIA's governor", "the mayor of BRUSSELS"."""
        out = self._nations() if self.leaving else {}
        placed = sorted(
            ((p.span.start, p.span.end, p) for p in self.places if p.country and not p.metonym), key=lambda row: row[:2]
        )
        starts = [start for start, _, _ in placed]
        for at, known in sides.found(self.post.text) if placed else ():
            i = bisect_right(starts, at) - 1
            if i < 0 or at >= placed[i][1] or not known.side:
                continue
            place = placed[i][2]
            side = sides.of_country(place.country or "")
            if side is None or side == known.side:
                continue
            capital = known.kind == "capital" and (place.kind == "region" or place.span.start < at)
            if (
                capital
                or known.kind == "country"
                or (
                    known.kind == "body"
                    and (known.side != known.name or known.side in words().alliances)
                    and sides.of(place.span.text)
                )
            ):
                out[at] = side
        return out

    def _nations(self) -> dict[int, str]:
        """Where nations are named that want to leave their country: a side of their own."""
        named = [(at, known) for at, known in sides.found(self.post.text) if known.kind == "nation"]
        return {at: words().leaving[known.name] for at, known in named if known.name in words().leaving}

    def moved(self, start: int, end: int) -> str | None:
        """The side of the first such name between two offsets."""
        if not self.elsewhere:
            return None
        at = bisect_left(self._moved, start)
        return self.elsewhere[self._moved[at]] if at < len(self._moved) and self._moved[at] < end else None

    @cached_property
    def _moved(self) -> list[int]:
        return sorted(self.elsewhere)

    def _within_name(self, starts: list[int], place: Place) -> bool:
        """The place's name is a part of a body's: "Lok Sabha" is no town."""
        i = bisect_left(starts, place.span.start)
        begin = starts[i - 1] if i else -1
        near = begin >= 0 and place.span.start - begin < 30
        return near and sides.of(self.post.text[begin : place.span.end]) is not None

    @cached_property
    def main(self) -> str | None:
        """The side that the post is mostly about, when one stands out."""
        subjects = {start for m in self.draft.mentions if m.subject for start in (m.start, m.start + 4)}
        count: Counter[str] = Counter()
        allied = words().alliances
        for i, (at, side, _) in enumerate(r for r in self.refs if sides.is_country(r[1]) or r[1] in allied):
            count[side] += 1 + (_LEAD - 1) * (at in subjects) + _LEAD * (i == 0)
        return clear(count)

    @cached_property
    def told(self) -> Counter[str]:
        """How much the post tells of each country and alliance: who is named as a speaker's owner tells little."""
        count: Counter[str] = Counter()
        allied = words().alliances
        for _, known in sides.found(self.post.text):
            if known.home:
                count[known.home] += _OUTLET if known.kind == "outlet" else _HOME  # type: ignore[assignment]
        subjects = self._subjects
        rows = [row for row in self.refs if sides.is_country(row[1]) or row[1] in allied]
        for i, (at, side, kind) in enumerate(rows):
            little = kind != "place" and (self._labelled(at, kind) or self._of_its_own(at, side))
            little = (little and not self.above) or (kind != "place" and self._from_abroad(at, side))
            weight = _OWNER if little else 1 + _SUBJECT * (at in subjects) + _FIRST * (i == 0)
            count[side] += weight  # type: ignore[assignment]
        return count

    @cached_property
    def _subjects(self) -> set[int]:
        """Where subjects begin, with and without an article."""
        return {start for m in self.draft.mentions if m.subject for start in (m.start, m.start + 4)}

    @cached_property
    def _owners(self) -> list[Range]:
        """The words for those who speak, hold an office or are a ministry; of nested ones the outer."""
        held = [(m.start, m.end) for m in self.draft.mentions if m.side and _abroad(m)]
        out: list[Range] = []
        for start, end in sorted({*held, *(s for s in self.speaking if s)}):
            if not out or end > out[-1][1]:
                out.append((start, end))
        return out

    def owned(self, at: int) -> bool:
        """The place in the text lies in the words for somebody in office: "CHINA's foreign ministry"."""
        i = bisect_right(self._owners, (at, sys.maxsize)) - 1
        return i >= 0 and at < self._owners[i][1]

    def _labelled(self, at: int, kind: str) -> bool:
        """It tells whose somebody is who needs telling; a country's own bodies need no label, unless all know them."""
        return self.owned(at) and (kind != "body" or at in self._famous)

    @cached_property
    def _famous(self) -> set[int]:
        famous = words().sets["famous"]
        return {at for at, k in sides.found(self.post.text) if k.kind == "body" and k.name.lower() in famous}

    def _of_its_own(self, at: int, side: str) -> bool:
        """A speaker with a label tells of the own country: "Chad's minister said 24 CHADIANS"."""
        i = bisect_right(self._told_by, (at, sys.maxsize, "")) - 1
        return i >= 0 and at < self._told_by[i][1] and self._told_by[i][2] == side

    def _from_abroad(self, at: int, side: str) -> bool:
        """A country of which somebody speaks who has no label: "The council said KENYA's police would come"."""
        i = bisect_right(self._unlabelled, (at, sys.maxsize)) - 1
        return self.page_side not in {None, side} and i >= 0 and at < self._unlabelled[i][1]

    @cached_property
    def _unlabelled(self) -> list[Range]:
        """What those in office say whose words name no country."""
        held = (m for m in self.draft.mentions if not m.side and m.kind in {"person", "office", "body"})
        named = {(m.start, m.end) for m in held if not _OWNED.match(self.post.text, m.start)}
        return sorted(span for who, spans in self._contents.items() if who in named for span in spans)

    @cached_property
    def _told_by(self) -> list[tuple[int, int, str]]:
        """(start, end, side) of what those say whose words name their country."""
        named = {(m.start, m.end): m.side for m in self.draft.mentions if sides.is_country(m.side)}
        return sorted(
            (a, b, named[who] or "") for who, spans in self._contents.items() if who in named for a, b in spans
        )

    @cached_property
    def _contents(self) -> dict[Range, list[Range]]:
        out: dict[Range, list[Range]] = {}
        for s in self.draft.statements:
            if s.speaker:
                out.setdefault(s.speaker, []).extend(s.content)
        return out

    def own_words(self, mention: MentionDraft) -> list[tuple[str, str]]:
        """(side, kind) of the first countries and places that a speaker's own words name."""
        spans = self._contents.get((mention.start, mention.end), ())[:_FEW]
        return [(side, kind) for a, b in spans for _, side, kind in self._between(a, b)]

    def beside_it(self, mention: MentionDraft) -> set[str]:
        """The countries in the mention's sentence and the one before, outside its own words and others' offices.

        Behind the mention they tell most ("Ana Reis, who heads the CHADIAN guards"), then as subjects before it.
        """
        spans = self.draft.sentences
        if mention.sentence >= len(spans):
            return set()
        said = self._contents.get((mention.start, mention.end), [])[:_FEW]
        behind = self._between(mention.end, spans[mention.sentence][1])
        if after := {side for at, side, _ in behind if not any(a <= at < b for a, b in said)}:
            return after
        if opening := self._opening(mention.start):
            return {opening}
        before = self._between(spans[max(0, mention.sentence - 1)][0], mention.start)
        near = [(at, side) for at, side, _ in before if not (self.owned(at) or self._of_its_own(at, side))]
        return {side for at, side in near if at in self._subjects} or {side for _, side in near}

    def _opening(self, at: int) -> str | None:
        """The country with which the sentence of `at` opens: "In CHAD, which borders Libya, the head of …"."""
        number = bisect_right(self.draft.sentences, (at, sys.maxsize)) - 1
        opens = _IN.match(self.post.text, self.draft.sentences[number][0], at) if number >= 0 else None
        if opens is None or self.post.text.find(",", opens.end(), min(at, opens.end() + _WIDE)) < 0:
            return None
        first = self.refs[bisect_left(self.refs, (opens.end(), "", "")) :][:1]
        return next((side for where, side, _ in first if where == opens.end() and sides.is_country(side)), None)

    def _between(self, start: int, end: int) -> list[tuple[int, str, str]]:
        first = bisect_left(self.refs, (start, "", ""))
        return [row for row in self.refs[first : first + _FEW] if row[0] < end and sides.is_country(row[1])]

    @cached_property
    def grounds(self) -> list[tuple[int, str]]:
        kinds = {"place", "country", "capital"}
        rows = [row for row in self.refs if row[2] in kinds and sides.is_country(row[1])]
        return [(at, side) for at, side, kind in rows if kind == "place" or not self.owned(at)]

    @cached_property
    def placed(self) -> set[int]:
        """Where towns and regions are named."""
        return {at for at, _, kind in self.refs if kind == "place"}

    def near(self, at: int) -> str | None:
        """The country of the place named last before `at`, else first after it.

        Beside a place, a country in one sentence with it is told of: "RUSSIA shelled Kharkiv. Local officials said".
        """
        if not self.grounds:
            return None
        if opening := self._opening(at):
            return opening
        i = bisect_left(self.grounds, (at, ""))
        if i == 0:
            return next((side for start, side in self.grounds if start in self.placed), None)
        last, side = self.grounds[i - 1]
        number = bisect_right(self.draft.sentences, (last, sys.maxsize)) - 1
        begin = self.draft.sentences[number][0] if number >= 0 else 0
        here = self.grounds[bisect_left(self.grounds, (begin, "")) : i]
        return next((land for start, land in reversed(here) if start in self.placed), side)

    def called(self, start: int, end: int) -> str | None:
        """The country of "the country", "the country's ministry": the first of the sentence, else the last before; not
        one of whose people the post speaks but once, beside the country that it is about."""
        if not _THE_LAND.match(self.post.text, max(0, start - 1), end):
            return None
        before = [row for row in self.refs[: bisect_left(self.refs, (start, "", ""))] if sides.is_country(row[1])]
        number = bisect_right(self.draft.sentences, (start, sys.maxsize)) - 1
        begin = self.draft.sentences[number][0] if number >= 0 else 0
        here = next((side for at, side, _ in before if at >= begin), None)
        if here or not before:
            return here
        _, last, kind = before[-1]
        if kind not in {"demonym", "people"} or any(side == last for _, side in self.grounds):
            return last
        if sides.is_country(self.main):
            return self.main
        return self.page_side or clear(Counter(side for _, side in self.grounds)) or last

    def spoke_before(self, mention: MentionDraft) -> str | None:
        """The country whose people spoke last before, close by, where their words name it: "Chadian police say"."""
        for i in range(bisect_left(self._spoken, mention.start, key=_start) - 1, -1, -1):
            last = self._spoken[i]
            if mention.sentence - last.sentence > _CLOSE:
                return None
            if sides.is_country(last.side):
                return last.side
        return None

    @cached_property
    def _spoken(self) -> list[MentionDraft]:
        speak = (m for m in self.draft.mentions if (m.start, m.end) in self.speaking and m.kind != "place")
        return sorted(speak, key=_start)

    def broken_away(self, at: int) -> str | None:
        """The region with a side of its own that is named last before `at`."""
        before = reversed(self.refs[: bisect_left(self.refs, (at, "", ""))])
        return next((side for _, side, kind in before if kind == "nation" and not sides.is_country(side)), None)

    def accused(self, mention: MentionDraft) -> frozenset[str]:
        """The countries of which the speaker tells a hostile act: hardly the speaker's own."""
        whole = (mention.start, mention.end)
        starts = {s.content[0] for s in self.draft.statements if s.speaker == whole and s.mode != "direct"}
        return frozenset(side for span in starts if (side := self._accused_in(*span)))

    def _accused_in(self, start: int, end: int) -> str | None:
        text = self.post.text
        at = start + (4 if text[start : start + 4].lower() == "the " else 0)
        if under := self._under_fire(start, end):
            return under
        side = next((side for where, side, _ in self.refs if at <= where <= at + 5), None)
        told = [w.lower() for w in text[at : min(end, at + 60)].split()[1:4]]
        return side if side and any(_stem(w) in _hostile() for w in told) else None

    def _under_fire(self, start: int, end: int) -> str | None:
        """The side whose fire the words tell of: "Chadian strikes killed", "hit by a Chadian drone"."""
        at = bisect_left(self.refs, (start, "", ""))
        for where, side, kind in self.refs[at : at + 8]:
            if where >= end:
                return None
            if kind == "demonym" and sides.is_country(side):
                near = self.post.text[where : where + 50].lower().split()[1:3]
                if words().sets["fire"] & {w.strip(".,;:") for w in near}:
                    return side
        return None

    def but(self, sides_: frozenset[str]) -> str | None:
        """The one country of the post besides these; of several, the one most places are in."""
        left = {side for _, side, _ in self.refs if sides.is_country(side) and side not in sides_}
        if len(left) < 2:
            return next(iter(left), None)
        told = Counter(side for _, side, kind in self.refs if side in left and kind in _GROUNDS)
        return clear(told)

    def beside(self, at: int) -> bool:
        """A place stands in the sentence of `at`, or in the one before it."""
        spans = self.draft.sentences
        number = bisect_right(spans, (at, sys.maxsize)) - 1
        start = spans[max(0, number - 1)][0] if spans else 0
        return any(start <= place <= at for place, _ in self.grounds)


def _abroad(m: MentionDraft) -> bool:
    """Words for somebody in office, a ministry or embassy: whose they are says little of where the post is at home."""
    if m.kind in {"person", "office", "name"}:
        return not m.plural  # "159 Chadian soldiers" are told of
    return m.kind == "body" and bool(_MINISTRIES & set((m.role or m.name or "").lower().split()))


_MINISTRIES = frozenset({"ministry", "embassy", "government", "consulate", "delegation", "mission", "office"})


def _stem(word: str) -> str:
    """One stem for `launch`, `launches`, `launched`, `launching`; for comparing."""
    word = word.strip(".,;:'’")
    for end in ("ing", "ed", "es", "s", "e"):
        if word.endswith(end) and len(word) > len(end) + 2:
            return word[: -len(end)]
    return word


@cache
def _hostile() -> frozenset[str]:
    return frozenset(_stem(w) for w in words().sets["hostile"])


def clear(count: Counter[str], by: float = _CLEAR) -> str | None:
    """The side that stands out in a count, or None."""
    top = count.most_common(2)
    return top[0][0] if top and (len(top) == 1 or top[0][1] >= by * top[1][1]) else None


def _start(mention: MentionDraft) -> int:
    return mention.start
