"""Drafts of place names → places: which Pokrovsk, by what is named with it, the story and the rest of the page."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from onrecord.model import Place, Post, Setting, Span
from onrecord.statements.draft import Draft, PlaceDraft
from onrecord.statements.gazetteer import Entry, areas, gazetteer, normal
from onrecord.statements.places_mend import Candidate, mend, unplaced
from onrecord.statements.places_people import full_names, last_names
from onrecord.statements.places_rivals import FITS, KNOWN, TABLES, Rivals, size
from onrecord.statements.places_words import people_of, words

_PASSES = 3
_FITS_ABROAD = 1.0
"""What the words beside a name say for a place of a country that the page has nothing else of."""
_CUE, _CUES = 0.8, 2.5
_SIBLING = 1.5
_SPOKEN = 2.0
"""For a place in a country, times that country's share of all that the page names, or whose people it names."""
_RULES_FROM = 4.0
"""For a capital that acts as its government would."""
_AGAIN = 2.0
"""For a place that the page calls by another name too."""
_SIZEABLE = 50_000
"""People from which a city keeps its name from a town that has only been called so."""
_ACCENT = 2.0
"""For a name written with the accents that the text has."""
_FAMOUS = 100_000
"""People from which a town outside the area named with it is still taken: the area may be misread."""
_WHOLE = frozenset({"facility", "water", "land"})
"""Forms whose word is part of the name: `Vnukovo airport`."""
_LIST = re.compile(r"\W*(?:,|and|or|&|/)\W*(?:and |or )?(?:the )?\W*")
_MANY = 3
_MUCH = 6
"""Names of countries and their people on a page from which a town of none of them is a doubtful reading."""
_CAPITALISED = re.compile(r"\b[A-Z]\w+")
_NEAR_KM = 120.0
_SPOTS = 300
"""Spots of a page that nearness is measured to, at most."""
_REACH = 4.0
"""Degrees beyond which nearness counts for nothing."""


def choose(page: Sequence[tuple[Post, Draft]], setting: Setting) -> list[list[Place]]:
    """For each post its places."""
    candidates = _candidates(page)
    _link(page, candidates)
    votes = _Votes(candidates, setting, [post.text for post, _ in page])
    votes.people = last_names(page)
    votes.named_people = full_names(page)
    for _ in range(_PASSES):
        alike: dict[tuple[str, str, frozenset[str], frozenset[str]], Entry | None] = {}
        picks = []
        for candidate in candidates:
            beside = _beside(candidate)
            key = (candidate.form, candidate.draft.form, candidate.within, beside)
            if key not in alike:
                alike[key] = votes.best(candidate, beside)
            picks.append(alike[key])
        if all(candidate.pick is pick for candidate, pick in zip(candidates, picks, strict=True)):
            break  # the next would give the same
        for candidate, pick in zip(candidates, picks, strict=True):
            candidate.pick = pick
        votes.count(candidates)
    votes.send_home(candidates, [post.text for post, _ in page])
    mend(candidates, votes.countries)
    out: list[list[Place]] = [[] for _ in page]
    for candidate in candidates:
        if votes.keeps(candidate):
            out[candidate.post].append(_place(page[candidate.post][0], candidate))
    return out


def _candidates(page: Sequence[tuple[Post, Draft]]) -> list[Candidate]:
    drafts = [(i, d, normal(d.name)) for i, (_, draft) in enumerate(page) for d in draft.places]
    whole = {id(d): normal(page[i][0].text[d.start : d.end]) for i, d, _ in drafts if d.form in _WHOLE}
    known = gazetteer().find([form for _, _, form in drafts] + list(whole.values()))
    out = []
    for i, draft, form in drafts:
        options = known.get(whole.get(id(draft), ""), ()) or _fitting(known.get(form, ()), draft)
        out.append(Candidate(i, draft, form, options, _within(draft), sure=draft.certain))
    return out


def _link(page: Sequence[tuple[Post, Draft]], candidates: list[Candidate]) -> None:
    """Tie names that stand side by side in a list: they are of one kind."""
    for left, right in pairwise(candidates):
        if left.post == right.post and not left.within and not right.within:
            text = page[left.post][0].text
            if right.draft.start - left.draft.end < 12 and _LIST.fullmatch(text, left.draft.end, right.draft.start):
                left.beside.append(right)
                right.beside.append(left)


def _spoken(candidates: list[Candidate], texts: Sequence[str]) -> dict[str, float]:
    count = _peoples(texts)
    for c in candidates:
        count.update(e.country for e in c.options if e.level == "country" and e.main and e.country and c.sure)
    return {code: n / (count.total() + 1) for code, n in count.items()}


def _peoples(texts: Sequence[str]) -> Counter[str]:
    """Country → how often its people are named."""
    people = people_of()
    found = (word for text in texts for word in map(str.lower, _CAPITALISED.findall(text)))
    return Counter(people[word] for word in found if word in people)


def _beside(candidate: Candidate) -> frozenset[str]:
    """Levels (and the country of regions) of the picks listed with it."""
    picks = (other.pick for other in candidate.beside if other.sure)
    return frozenset(f"{p.level}:{p.country if p.level != 'country' else ''}" for p in picks if p)


def _fitting(options: tuple[Entry, ...], draft: PlaceDraft) -> tuple[Entry, ...]:
    """A river is not the town that it has its name from, nor is a street."""
    if draft.form == "street":
        return ()
    if draft.form in {"water", "land"}:
        return tuple(e for e in options if e.level == "feature" or (_bears(e) and draft.form == "land"))
    return options


def _bears(entry: Entry) -> bool:
    """A region by its own name, which no river or old name gave it."""
    return entry.level == "region" and entry.main


def _within(draft: PlaceDraft) -> frozenset[str]:
    return frozenset(e.key for e in areas(draft.within)) if draft.within else frozenset()


class _Votes:
    """What the page says of where it plays: each name gives its weight to the regions and countries it may lie in."""

    def __init__(self, candidates: list[Candidate], setting: Setting, texts: list[str]) -> None:
        self.story = frozenset(setting.countries)
        lists = words()
        cues = Counter(lists.cues[word] for text in texts for word in lists.cue.findall(text))
        self.cues = {code: _CUE * math.log1p(count) for code, count in cues.items()}
        self.named: Counter[str] = Counter()
        self.people: frozenset[str] = frozenset()
        self.named_people: list[list[tuple[int, int]]] = []
        self.countries: Counter[str] = Counter()
        self.by_form: Counter[tuple[str, str]] = Counter()
        """(Country, name) → how often that name was read as a place of it."""
        self.spoken = _spoken(candidates, texts)
        """Country → its share of the names of countries and peoples on the page, of which one more is taken to be."""
        self.leading: str | None = None
        """The country of at least half the page's places."""
        self.forms: dict[str, set[str]] = defaultdict(set)
        """Country → the names that were read as places of it."""
        self.firm: dict[str, set[str]] = defaultdict(set)
        """Those of them that are no names of places elsewhere, or of large ones here."""
        self.told: Counter[str] = Counter()
        """Countries named as such, or by one of their regions."""
        self.regions: dict[str, float] = defaultdict(float)
        self.spots: dict[tuple[float, float], int] = {}
        self.sure: set[str] = set()
        self.names: dict[str, set[str]] = {}
        """Place → the names by which the page calls it."""
        self.explicit = frozenset(c.form for c in candidates if c.draft.form == "region")
        self._own: dict[str, dict[str, float]] = {}
        self._vote(candidates)

    def _vote(self, candidates: list[Candidate]) -> None:
        """Names with few readings speak louder; a name counts once a page."""
        for form, candidate in {c.form: c for c in candidates if c.options and c.sure}.items():
            regions = {e.region for e in candidate.options if e.region and (e.main or len(candidate.options) == 1)}
            own = {r: 1.0 / len(regions) for r in regions}
            self._own[form] = own
            for region, weight in own.items():
                self.regions[region] += weight
        for candidate in candidates:
            for key in candidate.within:
                if key.startswith("region:"):
                    self.regions[key] += 0.5
                    self._own.setdefault(candidate.form, {})

    def count(self, candidates: list[Candidate]) -> None:
        """Take the picks in: countries, and spots smaller than a country."""
        chosen = [c for c in candidates if c.pick and c.sure]
        self.countries = Counter(c.pick.country for c in chosen if c.pick and c.pick.country)
        self.by_form = Counter((c.pick.country, c.form) for c in chosen if c.pick and c.pick.country)
        top = self.countries.most_common(1)
        self.leading = top[0][0] if top and top[0][1] > 2 and 2 * top[0][1] >= self.countries.total() else None
        self.told = Counter(c.pick.country or "" for c in chosen if c.pick and c.pick.level in {"country", "region"})
        self.forms, self.firm = defaultdict(set), defaultdict(set)
        for c in chosen:
            if c.pick and c.pick.country:
                self.forms[c.pick.country].add(c.form)
                if c.pick.level != "country" and _is_firm(c, c.pick):
                    self.firm[c.pick.country].add(c.form)
        self.spots = {}
        self.names = defaultdict(set)
        for c in chosen:
            if c.pick:
                self.names[c.pick.key].add(c.form)
        for c in chosen:
            e = c.pick
            if e and e.lat is not None and e.lon is not None and (e.radius_km or 0) < 700 and e.level != "country":
                self.spots[e.lat, e.lon] = self.spots.get((e.lat, e.lon), 0) + 1
        if len(self.spots) > _SPOTS:
            self.spots = dict(sorted(self.spots.items(), key=lambda s: (-s[1], s[0]))[:_SPOTS])
        self.sure = {c.form for c in chosen}
        regions = {c.pick for c in chosen if c.pick and c.pick.level == "region"}
        self.named = Counter(e.country or "" for e in regions)

    def best(self, candidate: Candidate, beside: frozenset[str]) -> Entry | None:
        """The likeliest of the candidate's options."""
        options = candidate.options
        if not options:
            return None
        if candidate.within and candidate.draft.form in {"name", "town", "village", "quarter"}:
            inside = tuple(e for e in options if _inside(e, candidate.within) or e.key in candidate.within)
            options = inside or tuple(
                e for e in options if e.population >= _FAMOUS or e.level in {"country", "feature"}
            )
        if not options:
            return None
        if candidate.form in words().compass:
            return self._by_country(options)
        rivals = self._rivals(candidate, options)
        return self._famous(max(options, key=lambda e: self._rank(e, candidate, rivals, beside)), candidate)

    def _rivals(self, candidate: Candidate, options: Sequence[Entry]) -> Rivals:
        form, spots = candidate.draft.form, [e for e in options if e.level == "geonames"]
        towns: dict[str | None, int] = {}
        for e in spots:
            towns[e.region] = max(e.population, towns.get(e.region, 0))
        return Rivals(
            largest=max((e.population for e in options if e.main), default=0),
            largest_town=max((e.population for e in candidate.options if e.main and e.level == "geonames"), default=0),
            nations={e.country for e in options if e.level == "country"} if form == "name" else set(),
            country=form != "region" and any(e.main and e.level == "country" for e in options),
            capital=any(e.capital for e in options),
            towns=towns,
            town=any(e.main and e.country == self.leading for e in spots),
            others=any(self.others(e, candidate) for e in options),
        )

    def _rank(self, e: Entry, candidate: Candidate, rivals: Rivals, beside: frozenset[str]) -> tuple[float, int, str]:
        total = self.score(e, candidate, rivals) + self._known(e, candidate, rivals)
        if f"{e.level}:{e.country if e.level != 'country' else ''}" in beside:
            total += 2.0 if e.level != "region" else 0.0 if rivals.capital else 4.5 if e.region in rivals.towns else 2.0
        return total, e.population, e.key

    def _known(self, e: Entry, candidate: Candidate, rivals: Rivals) -> float:
        """How far it goes by this name, as it is written and called here, beside all else that does."""
        draft = candidate.draft
        total = 0.0 if e.main or e.level in TABLES or e.population > rivals.largest else -3.0
        if not e.main and e.level not in TABLES and rivals.largest >= _SIZEABLE:
            total = -3.0  # a town of that name, against a city that has been called so
        if not draft.name.isascii() and e.name == draft.name:
            total += _ACCENT
        if e.level != "country" and rivals.country and (not e.main or e.country in rivals.nations):
            total = -10.0
        fits = FITS.get((draft.form, e.level), 0.0)
        total += min(fits, _FITS_ABROAD) if rivals.others and not self.others(e, candidate) else fits
        if e.capital and draft.actor:
            total += _RULES_FROM
        if e.level == "region" and not e.main and e.country != self.leading:
            return total - 2.0
        own = e.level in {"region", "district"} and e.country == self.leading and not rivals.town
        return total + 2.0 if own else total

    def _by_country(self, options: tuple[Entry, ...]) -> Entry | None:
        """Of regions called by the compass alone, the one of a country that the page speaks of most."""

        def votes(e: Entry) -> float:
            country = e.country or ""
            return self.countries[country] + self.cues.get(country, 0.0) + 3.0 * (country in self.story)

        top = max(options, key=lambda e: (votes(e), e.level != "geonames", e.population, e.key))
        return top if votes(top) > 0.0 else None

    def _famous(self, pick: Entry, candidate: Candidate) -> Entry:
        """A town far larger of the same name, unless the page speaks of the small one's country or region."""
        if pick.level != "geonames" or candidate.within or not self.leading or pick.country == self.leading:
            return pick
        if pick.country in self.story or self.cues.get(pick.country or "", 0.0) > _CUE or self.told[pick.country or ""]:
            return pick
        large = [e for e in candidate.options if e.main and e.level == "geonames" and e.population >= KNOWN]
        top = max(large, key=lambda e: (e.population, e.key), default=pick)
        return top if top.population > 20 * pick.population else pick

    def score(self, entry: Entry, candidate: Candidate, rivals: Rivals) -> float:
        """Sum of what speaks for it, in units of a power of ten of people."""
        near = self.closeness(entry)
        total = size(entry) + self._against_towns(entry, candidate, rivals)
        if candidate.within:
            total += 12.0 if _inside(entry, candidate.within) else -6.0
        if entry.country:
            total += self._for_country(entry, entry.country, candidate, not near and rivals.dwarf(entry))
        if entry.region:
            own = self._own.get(candidate.form, {}).get(entry.region, 0.0)
            total += 2.0 * min(2.0, self.regions[entry.region] - own)
        if self.names.get(entry.key, frozenset()) - {candidate.form}:
            total += _AGAIN
        return total + 2 * near

    def _against_towns(self, entry: Entry, candidate: Candidate, rivals: Rivals) -> float:
        """For a region that bears the name of a town in it, which a bare name means."""
        if entry.level != "region" or candidate.draft.form != "name":
            return 0.0
        share = rivals.towns.get(entry.region, 0) / max(1, entry.population)
        if share > 0.6:
            return -6.0
        if share > 0.01 and rivals.capital:
            return -3.0
        return 0.0 if share <= 0.1 else 4.0 if candidate.form in self.explicit else -3.0

    def _for_country(self, entry: Entry, code: str, candidate: Candidate, dwarfed: bool) -> float:
        """For being in a country: how much the story, and the rest of the page, is about it."""
        itself = self.by_form[code, candidate.form] if entry.level != "country" else 0
        said = min(2.5, math.log1p(self.countries[code] - itself)) + _SPOKEN * self.spoken.get(code, 0.0)
        total = min(_CUES, self.cues.get(code, 0.0)) + (0.3 if dwarfed else 1.0) * said
        if code in self.story:
            total += 3.0
        return total + _SIBLING if entry.level == "region" and self.named[code] > 1 else total

    def others(self, entry: Entry, candidate: Candidate) -> int:
        """How often the page names something else of the entry's country."""
        return self.countries[entry.country or ""] - self.by_form[entry.country or "", candidate.form]

    def closeness(self, entry: Entry) -> float:
        """0 to 3: how near the page's other spots are."""
        if entry.lat is None or entry.lon is None or entry.level == "country":
            return 0.0
        total, narrow = 0.0, math.cos(math.radians(entry.lat))
        for (lat, lon), count in self.spots.items():
            north, east = lat - entry.lat, (lon - entry.lon) * narrow
            if (north or east) and -_REACH < north < _REACH and -_REACH < east < _REACH:
                total += min(count, 2) * math.exp(-111.2 * math.hypot(north, east) / _NEAR_KM)
        return min(3.0, total)

    def send_home(self, candidates: list[Candidate], texts: Sequence[str]) -> None:
        """A small town of a country that the page has nothing else of is no place, or some other place of that name.

        With "in" or its like before it, it goes to the country that the page is about, which may have it in no table.
        """
        for candidate in candidates:
            if not candidate.pick or not self._namesake(candidate, candidate.pick):
                continue
            if candidate.draft.form == "land" and self.leading:
                candidate.pick, candidate.flag = unplaced(candidate, self.leading), "near"
            else:
                own = [e for e in candidate.options if e.country == self.leading and e.level != "feature"]
                candidate.pick = max(
                    own, key=lambda e: (e.main, e.level == "geonames", e.population, e.key), default=None
                )
        strange = [c for c in candidates if c.pick and self._stranger(c, c.pick)]
        weight = self._spoken_of(texts) if strange else Counter[str]()
        top, most = max(weight.items(), key=lambda w: (w[1], w[0]), default=("", 0))
        home = top if most > 2 and 2 * most >= weight.total() else None
        for candidate in strange:
            pick = candidate.pick
            if pick is None or pick.country == top or weight[pick.country or ""] > self.countries[pick.country or ""]:
                continue
            put = _put_there(texts[candidate.post], candidate.draft)
            if home:
                own = [e for e in candidate.options if e.country == home and e.level in {"geonames", "district"}]
                candidate.pick = max(own, key=lambda e: (e.main, e.population, e.key), default=None)
                if candidate.pick is None and put:
                    candidate.pick, candidate.flag = unplaced(candidate, home), candidate.flag or "near"
            elif not put and weight.total() >= _MUCH:
                candidate.pick = None

    def _spoken_of(self, texts: Sequence[str]) -> Counter[str]:
        """Country → how often the page names its places, its people ("Peruvian") or what only it has."""
        weight = Counter(self.countries)
        for code, cue in self.cues.items():
            weight[code] += round(math.expm1(cue / _CUE))
        return weight + _peoples(texts)

    def _namesake(self, candidate: Candidate, pick: Entry) -> bool:
        """A town abroad on a page that names nothing else there for certain, when its own country has one so called.

        A neighbourhood or an island is no town abroad whether or not a table has it.
        """
        at_home = candidate.draft.form in {"quarter", "land"} or any(
            e.country == self.leading for e in candidate.options
        )
        return (
            self.leading not in {None, pick.country}
            and at_home
            and (pick.level in {"geonames", "district"} or _is_island(candidate, pick))
            and not (pick.capital and pick.population >= _SEAT)
            and pick.population < _FAMOUS
            and not candidate.within
            and pick.country not in self.story
            and not self.firm[pick.country or ""] - {candidate.form}
        )

    def _anywhere(self, candidate: Candidate, code: str) -> bool:
        """Towns of many countries bear its name, and nothing else on the page is for certain in the one picked."""
        many = len({e.country for e in candidate.options if e.main}) >= _MANY
        return many and self.leading not in {None, code} and not self.firm[code] - {candidate.form}

    def _stranger(self, candidate: Candidate, pick: Entry) -> bool:
        code = pick.country or ""
        return (
            (pick.level in {"geonames", "district", "airport"} or _is_island(candidate, pick))
            and not pick.capital
            and pick.population < KNOWN
            and not candidate.within
            and code not in self.story
            and not self.cues.get(code)
            and ((not self.told[code] and len(self.forms[code]) < 2) or self._anywhere(candidate, code))
        )

    def keeps(self, candidate: Candidate) -> bool:
        """Sure, or borne out by the page: the name is sure elsewhere, or its place lies among the page's places."""
        pick = candidate.pick
        if self._is_person(candidate) or (not candidate.sure and self._in_name(candidate)):
            return False
        if candidate.sure:
            return pick is not None or candidate.draft.form != "name"
        if pick is None:
            return False
        if candidate.form in self.sure:
            return True
        return (
            candidate.draft.flag is None
            and pick.main
            and pick.level in {"geonames", "district"}
            and self.closeness(pick) > 1.0
        )

    def _in_name(self, candidate: Candidate) -> bool:
        draft = candidate.draft
        return any(a <= draft.start and draft.end <= b for a, b in self.named_people[candidate.post])

    def _is_person(self, candidate: Candidate) -> bool:
        """A small town whose name a person of the page bears."""
        pick = candidate.pick
        if not pick or pick.level not in {"geonames", "district"} or pick.capital or pick.population >= KNOWN:
            return False
        return candidate.draft.flag == "person" or (candidate.form in self.people and not candidate.within)


def _is_firm(candidate: Candidate, pick: Entry) -> bool:
    """The name leaves no doubt which country's place it is."""
    large = pick.population >= _FAMOUS and not any(
        e.main and e.population >= pick.population // 4 and e.country != pick.country for e in candidate.options
    )
    return large or bool(candidate.within) or all(e.country == pick.country for e in candidate.options if e.main)


def _is_island(candidate: Candidate, pick: Entry) -> bool:
    """A region bears an island's name: Hamilton Island need not be Bermuda's Hamilton."""
    return candidate.draft.form == "land" and pick.level == "region"


def _put_there(text: str, draft: PlaceDraft) -> bool:
    """Words before or beside the name say that it is a place."""
    before = text[max(0, draft.start - 24) : draft.start].split()
    return draft.form != "name" or bool(before and before[-1].lower() in words().strong)


_SEAT = 20_000
"""People of a capital that a page means which names nothing else of its country; smaller ones have many namesakes."""


def _inside(entry: Entry, within: frozenset[str]) -> bool:
    if f"country:{entry.country}" in within:
        return True
    return entry.region in within and entry.key not in within


def _place(post: Post, candidate: Candidate) -> Place:
    draft, pick = candidate.draft, candidate.pick
    span = Span(post.id, draft.start, draft.end, post.text[draft.start : draft.end])
    if pick is None:
        return Place(span, draft.name, None, "other", metonym=draft.actor, flag=candidate.flag)
    return Place(
        span=span,
        name=pick.name,
        country=pick.country,
        kind=pick.kind,
        lat=pick.lat,
        lon=pick.lon,
        radius_km=pick.radius_km,
        metonym=draft.actor,
        id=pick.key,
        region=pick.region,
        flag=candidate.flag,
    )
