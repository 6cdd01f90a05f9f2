"""Two tellings → whether they tell one event, with the parts of the verdict kept for `why`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import count
from math import asin, cos, fsum, radians, sin, sqrt

from onrecord import words as word_files
from onrecord.events.lexicon import content_words, groups_of, rarity, trigger
from onrecord.events.memo import Memo, pair
from onrecord.model import Figure, Place, Telling

_UNDONE = frozenset({"planned", "threatened", "possible"})
_SPOTS = frozenset({"city", "town", "village", "facility"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two tellings tell one event, and what spoke for and against it."""

    same: bool
    total: float
    """Sum of the weights and the bias: log-odds."""
    parts: tuple[tuple[str, str, str, float], ...]
    """Each (feature, left value, right value, weight)."""


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What comparing needs of a telling, worked out once."""

    number: int
    """Another one for each, to remember scores by."""
    source: Callable[[], Telling]
    """Gives the telling, of which only those are kept whole that were asked for of late."""
    id: str
    kind: str
    page: str
    post_id: str
    sentence_at: int
    time: datetime | None
    earliest: datetime | None
    latest: datetime | None
    figures: tuple[Figure, ...]
    dated: bool
    placed: bool
    anchored: bool
    reports: bool
    family: str
    undone: bool
    place: Place | None
    places: frozenset[str]
    """Ids of its first place and what that lies in."""
    named: frozenset[str]
    """Ids of the towns and regions that its own sentence names."""
    groups: frozenset[int]
    word: str
    """Its trigger for comparing (`lexicon.trigger`)."""
    by: frozenset[str]
    on: frozenset[str]
    by_sides: frozenset[str]
    on_sides: frozenset[str]
    tally: bool
    """It counts the weapons of one attack, or is the word for stopping them."""
    names: frozenset[str]
    scope: dict[str, float]
    scope_norm: float
    post: PostWords
    reach: timedelta | None
    """Length of the range in which it happened."""

    @property
    def telling(self) -> Telling:
        """The telling itself."""
        return self.source()


_numbers = count()


class PostWords:
    """A post's words, for cosines to other posts."""

    __slots__ = ("norm", "number", "words")

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.norm = sqrt(fsum(map(_squared, words)))
        self.number = next(_numbers)


@lru_cache(maxsize=1 << 16)
def _squared(word: str) -> float:
    return rarity(word) ** 2


_cosines = Memo(1 << 17)


def cosine(a: PostWords, b: PostWords) -> float:
    """Cosine of two posts' rarity-weighted words, 0 to 1; symmetric: the sum is exact, whatever the words' order."""
    both = pair(a.number, b.number)
    known = _cosines.get(both)
    if known is None:
        shared = fsum(map(_squared, a.words & b.words))
        known = shared / (a.norm * b.norm) if shared else 0.0
        _cosines.put(both, known)
    return known


@cache
def weights() -> dict[str, dict[str, float]]:
    """The shipped weights, by group (`data/fold.toml`)."""
    table = _table()
    return {name: group for name, group in table.items() if isinstance(group, dict) and name != "families"}


@cache
def _table() -> dict[str, object]:
    return word_files.table("fold.toml")


@cache
def number(name: str) -> float:
    """A weight that stands alone: `bias`, `no`, `unmet`."""
    value = _table()[name]
    assert isinstance(value, float)
    return value


@cache
def family_of(kind: str) -> str:
    """The family of kinds that one happening may be called by; a kind without one is its own."""
    families = _table()["families"]
    assert isinstance(families, dict)
    return next((name for name, kinds in families.items() if kind in kinds), kind)


@cache
def _kind_weights() -> dict[str, float]:
    table = word_files.table("kinds.toml")
    return {kind: float(row.get("weight", 0.1)) for kind, row in table.items()}


def kind_weight(kind: str) -> float:
    """How much a kind weighs by itself, 0 to 1 (`data/kinds.toml`)."""
    return _kind_weights().get(kind, 0.1)


@cache
def listed(group: str, name: str) -> frozenset[str]:
    """A list of words in the shipped table."""
    section = _table()[group]
    assert isinstance(section, dict)
    return frozenset(section[name])


def counts_weapons(telling: Telling) -> bool:
    """It gives a number of drones or missiles that were launched, downed or lost."""
    return any(f.what in listed("figure", "counted") for f in telling.figures)


def family_for(telling: Telling) -> str:
    """The family of a telling's kind; a count of weapons tells of an attack, whatever its verb."""
    return "attack" if counts_weapons(telling) else family_of(telling.happening.kind)


def _sides(telling: Telling, word: str) -> tuple[frozenset[str], frozenset[str]]:
    """(sides that did it, sides that suffered it).

    The speaker stands behind a pronoun; whoever downs drones suffers the attack.
    """
    speaker = telling.statement.speaker
    own = speaker.side if speaker and telling.statement.voice == "attributed" else None
    by: set[str] = set()
    on: set[str] = set()
    for party in telling.happening.parties:
        side = party.side or (own if party.name.casefold() in listed("figure", "speakers") else None)
        if side and party.role in ("by", "on"):
            (by if party.role == "by" else on).add(side)
    if word in listed("figure", "defence"):
        by, on = on, by or ({own} if own else set())
    return frozenset(by), frozenset(on)


def traits(telling: Telling, post: PostWords, source: Callable[[], Telling] | None = None) -> Traits:
    """What comparing needs of a telling, which `source` gives again; tellings of one post share its words."""
    happening = telling.happening
    scope = {w: rarity(w) for w in telling.words if rarity(w) > 0}
    word = trigger(happening.lemma, happening.span.text)
    doers, sufferers = _sides(telling, word)
    place = telling.places[0] if telling.places else None
    ids = {i for p in telling.places[:1] for i in (p.id, p.region, p.country and f"country:{p.country}") if i}
    return Traits(
        number=next(_numbers),
        source=source or (lambda: telling),
        id=telling.id,
        kind=happening.kind,
        page=telling.page,
        post_id=telling.post,
        sentence_at=telling.sentence_at,
        time=telling.time,
        earliest=telling.earliest,
        latest=telling.latest,
        figures=telling.figures,
        dated=telling.dated,
        placed=telling.placed,
        anchored=telling.anchored,
        reports=telling.reports,
        family=family_for(telling),
        undone=happening.reality in _UNDONE,
        place=place,
        places=frozenset(ids),
        named=frozenset(p.id for p in telling.places if p.id and p.kind != "country" and telling.placed),
        groups=groups_of(word),
        word=word,
        by=frozenset(p.side or p.name for p in happening.parties if p.role == "by"),
        on=frozenset(p.side or p.name for p in happening.parties if p.role == "on"),
        by_sides=doers,
        on_sides=sufferers,
        tally=counts_weapons(telling) or (word in listed("figure", "defence") and family_for(telling) == "attack"),
        names=frozenset(w for p in happening.parties for w in content_words(p.name) if rarity(w) >= 1),
        scope=scope,
        scope_norm=sqrt(fsum(x * x for x in scope.values())),
        post=post,
        reach=telling.latest - telling.earliest if telling.latest and telling.earliest else None,
    )


def all_traits(tellings: Iterable[Telling]) -> list[Traits]:
    """The traits of each, with what they share worked out once."""
    told = list(tellings)
    posts = {words: PostWords(words) for words in {t.post_words for t in told}}
    return [traits(t, posts[t.post_words]) for t in told]


def compare(a: Telling, b: Telling) -> Verdict:
    """The verdict on two tellings, with its parts; symmetric."""
    return verdict(*all_traits((a, b)))


def verdict(a: Traits, b: Traits) -> Verdict:
    """The same of their traits."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    parts = [(name, *shown(left, right), round(w, 3)) for name, weigh, shown in FEATURES if (w := weigh(left, right))]
    total = score(left, right)
    return Verdict(total >= 0, round(total, 3), tuple(parts))


_scores = Memo(1 << 18)


def score(a: Traits, b: Traits) -> float:
    """Log-odds that two tellings tell one event; symmetric. Those of late are remembered."""
    both = pair(a.number, b.number)
    known = _scores.get(both)
    if known is None:
        known = _score(a, b) if a.id <= b.id else _score(b, a)
        _scores.put(both, known)
    return known


def keep_score(a: Traits, b: Traits, value: float) -> None:
    """Remember the score of two, worked out elsewhere."""
    _scores.put(pair(a.number, b.number), value)


def scores(known: Sequence[Traits], least: float) -> Iterator[list[float]]:
    """For each its scores with those after it, none below `least`."""
    for at, one in enumerate(known, 1):
        number, young, row = one.number, _scores.young, []
        for other in known[at:]:
            beyond = other.number
            value = young.get(number << 32 | beyond if number < beyond else beyond << 32 | number)
            row.append(score(one, other) if value is None else value)
        yield [max(least, value) for value in row]


def _score(a: Traits, b: Traits) -> float:
    total = number("bias")
    for _, weigh, _ in FEATURES:
        total += weigh(a, b)
    return total


# -- features: each a weight, nought where it says nothing -------------------------------------------------------------


def _kind(a: Traits, b: Traits) -> float:
    w = weights()["kind"]
    left, right = a.kind, b.kind
    lemma = a.word != "" and a.word == b.word
    synonym = bool(a.groups & b.groups)
    light = w["light"] if lemma and rarity(a.word) == 0 else 1.0
    if (left == right != "other") or (a.tally and b.tally):
        alike = light * w["lemma_in_kind"] if lemma else w["synonym_in_kind"] if synonym else 0.0
        return w["same"] + alike + (0.0 if a.scope.keys() & b.scope.keys() else _unmeasured(left, right))
    family = w["family"] if a.family == b.family != "other" else w["unlike"]
    if lemma or synonym:
        return family + (light * w["lemma"] if lemma else w["synonym"])
    return family if family != w["unlike"] else w["none"]


def _unmeasured(left: str, right: str) -> float:
    """Statements are compared by what they measure; sharing no word for it, they measure different things."""
    return weights()["kind"]["measure"] if left == right == "statement" else 0.0


def _reality(a: Traits, b: Traits) -> float:
    return weights()["reality"]["undone"] if a.undone != b.undone else 0.0


def _place(a: Traits, b: Traits) -> float:
    if not a.place or not b.place or _one_tally(a, b):
        return 0.0
    value = _place_weight(a.place, b.place, a, b)
    return value if a.placed and b.placed else value * weights()["place"]["inherited"]


def _place_weight(left: Place, right: Place, a: Traits, b: Traits) -> float:
    w = weights()["place"]
    if left.id and left.id == right.id:
        return w["country"] if left.kind == "country" else w["spot"] if left.kind in _SPOTS else w["region"]
    if (left.id and left.id in b.places) or (right.id and right.id in a.places):
        return w["wide"] if "country" in (left.kind, right.kind) else w["inside"]
    if a.named & b.named:
        return w["shared"]
    spotted = {a.family, b.family} & listed("place", "spotted")
    gap = distance_km(left, right)
    abroad = bool(left.country and right.country and left.country != right.country)
    if gap is not None and gap <= _reach(left, right, a) and not (abroad and "country" in (left.kind, right.kind)):
        return w["near"]
    if abroad:
        return w["countries"] if spotted else w["abroad"]
    if gap is None:
        return 0.0
    return w["apart"] if spotted else w["elsewhere"]


def _reach(left: Place, right: Place, a: Traits) -> float:
    """How far apart (km) two places may be that stand for one."""
    if a.family == "mishap":
        return weights()["place"]["mishap_km"]
    return 8.0 if _spot(left) and _spot(right) else max(25.0, (left.radius_km or 0) + (right.radius_km or 0))


def _spot(place: Place) -> bool:
    return place.kind in _SPOTS


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance (haversine), None where a place has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, east = radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2
    h = sin(north) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def _date(a: Traits, b: Traits) -> float:
    w, left, right = weights()["date"], a, b
    if left.dated and right.dated:
        if not _overlap(left, right):
            return w["apart"]
        longest = max(a.reach or timedelta.max, b.reach or timedelta.max)
        return w["day"] if longest <= 2 * _DAY else w["month"] if longest <= 45 * _DAY else w["loose"]
    if left.dated or right.dated:
        if not left.earliest or not right.earliest:
            return 0.0
        return w["inherited"] if _overlap(left, right) else w["inherited_apart"]
    if left.time and right.time and left.earliest and right.earliest:
        return w["posts_apart"] if abs(left.time - right.time) > 2 * _DAY else w["inherited"]
    return 0.0


def _overlap(a: Traits, b: Traits) -> bool:
    return _before(a.earliest, b.latest) and _before(b.earliest, a.latest)


def _before(start: datetime | None, end: datetime | None) -> bool:
    return start is None or end is None or start <= end


def _figure(a: Traits, b: Traits) -> float:
    if _one_tally(a, b):
        return 0.0
    w, best, worst = weights()["figure"], 0.0, 0.0
    for left in a.figures:
        for right in b.figures:
            if (left.what, left.unit) == (right.what, right.unit) and _counts_alike(left, right):
                value = _figure_weight(left, right, w)
                best, worst = max(best, value), min(worst, value)
    return best or worst


def _counts_alike(a: Figure, b: Figure) -> bool:
    """Open-ended counts ("other: …") are compared only where both name the same thing."""
    if not a.what.startswith("other") or a.what in listed("figure", "named"):
        return True
    return (a.of or "").casefold() == (b.of or "").casefold()


def _figure_weight(a: Figure, b: Figure, w: dict[str, float]) -> float:
    if a.value == b.value and (a.value_max, a.bound) == (b.value_max, b.bound):
        return w["telling"] if a.value >= 10 and a.value % 10 else w["equal"]
    if compatible(a, b):
        return w["close"]
    if a.what in listed("figure", "counted"):
        return w["counts"]
    ratio = min(a.value, b.value) / max(a.value, b.value) if max(a.value, b.value) > 0 else 0.0
    return w["close"] if ratio >= 0.75 else w["differ"]


_SLACK = 0.1


def limits(figure: Figure) -> tuple[float, float]:
    """The least and the most that a figure allows."""
    low, high = figure.value, figure.value if figure.value_max is None else figure.value_max
    if figure.bound in ("at_least", "more_than"):
        return low, float("inf")
    if figure.bound in ("at_most", "fewer_than", "up_to"):
        return float("-inf"), high
    if figure.bound == "about":
        return low - abs(low) * _SLACK, high + abs(high) * _SLACK
    return low, high


def compatible(a: Figure, b: Figure) -> bool:
    """Both can hold at one time."""
    (low, high), (low2, high2) = limits(a), limits(b)
    return low <= high2 and low2 <= high


def _party(a: Traits, b: Traits) -> float:
    w = weights()["party"]
    total = w["name"] if a.names & b.names else 0.0
    if _differ(a.by_sides, b.by_sides) or _differ(a.on_sides, b.on_sides):
        return total + w["sides"]
    if a.by and b.by:
        total += w["by_side"] if a.by & b.by else w["by_other"]
    if a.on and b.on:
        total += w["on_side"] if a.on & b.on else w["on_other"]
    return total


def _differ(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and not a & b


def _one_tally(a: Traits, b: Traits) -> bool:
    """Both count the weapons of an attack in one post."""
    return a.tally and b.tally and (a.page, a.post_id) == (b.page, b.post_id)


def _scope(a: Traits, b: Traits) -> float:
    if not a.scope or not b.scope:
        return 0.0
    shared = fsum(x * x for word, x in a.scope.items() if word in b.scope)
    w = weights()["words"]
    return w["scope"] * shared / (a.scope_norm * b.scope_norm) if shared else w["none"]


def _post(a: Traits, b: Traits) -> float:
    if a.post is b.post or a.post.words == b.post.words:
        return 0.0
    w, alike = weights()["words"], cosine(a.post, b.post)
    if alike and _elsewhere(a, b):
        return 0.0  # one desk's reports of two places are worded alike
    return alike * (w["post"] - w["post_bend"] * alike)


def _elsewhere(a: Traits, b: Traits) -> bool:
    """Each names its own place beside it, and the two lie apart."""
    if not (a.placed and b.placed and {a.family, b.family} & listed("place", "spotted")):
        return False
    return a.place is not b.place and _place(a, b) <= weights()["place"]["apart"]


def _where(a: Traits, b: Traits) -> float:
    w = weights()["where"]
    if (a.page, a.post_id) != (b.page, b.post_id):
        return 0.0
    if _one_tally(a, b):
        return w["tally"]
    return w["same_sentence"] if a.sentence_at == b.sentence_at >= 0 else w["same_post"]


def _report(a: Traits, b: Traits) -> float:
    w = weights()["report"]
    if a.reports != b.reports:
        return w["other"]
    return w["strangers"] if a.reports and not (a.names & b.names) else 0.0


# -- the values compared, in words -------------------------------------------------------------------------------------

Shown = Callable[[Traits, Traits], tuple[str, str]]


def _each(show: Callable[[Traits], str]) -> Shown:
    return lambda a, b: (show(a), show(b))


def _shown_range(t: Traits) -> str:
    if not t.earliest and not t.latest:
        return "no date"
    ends = [m.isoformat(timespec="minutes") if m else "…" for m in (t.earliest, t.latest)]
    return "/".join(ends) + ("" if t.dated else " (time of the post)")


def _shown_place(t: Traits) -> str:
    if not t.place:
        return "no place"
    return t.place.name + ("" if t.placed else " (elsewhere in the post)")


def _shown_shared(a: Traits, b: Traits) -> tuple[str, str]:
    shared = " ".join(sorted(a.scope.keys() & b.scope.keys(), key=lambda w: (-rarity(w), w))[:8])
    return shared or " ".join(sorted(a.scope)[:8]), shared or " ".join(sorted(b.scope)[:8])


def _shown_posts(a: Traits, b: Traits) -> tuple[str, str]:
    shared = sorted(a.post.words & b.post.words, key=lambda w: (-rarity(w), w))[:8]
    return (" ".join(shared) or "nothing shared",) * 2


Weigh = Callable[[Traits, Traits], float]

FEATURES: tuple[tuple[str, Weigh, Shown], ...] = (
    ("kind", _kind, _each(lambda t: f"{t.telling.happening.kind}: {t.telling.happening.span.text}")),
    ("reality", _reality, _each(lambda t: t.telling.happening.reality)),
    ("place", _place, _each(_shown_place)),
    ("date", _date, _each(_shown_range)),
    ("figures", _figure, _each(lambda t: ", ".join(f.span.text for f in t.figures) or "none")),
    (
        "parties",
        _party,
        _each(lambda t: ", ".join(f"{p.role} {p.side or p.name}" for p in t.telling.happening.parties)),
    ),
    ("words", _scope, _shown_shared),
    ("posts", _post, _shown_posts),
    ("report", _report, _each(lambda t: "says that somebody spoke" if t.reports else "tells what happened")),
    ("where", _where, _each(lambda t: f"{t.telling.outlet} {t.telling.post}")),
)
"""Every feature: its name, its weight, and the values compared. `compare` and `score` use this one list."""
