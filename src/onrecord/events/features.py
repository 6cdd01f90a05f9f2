"""Two tellings' traits → the features of the verdict on them: each a weight, nought where it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from math import asin, cos, fsum, radians, sin, sqrt

from onrecord.events.gist import signs
from onrecord.events.lexicon import rarity
from onrecord.events.traits import Traits, cosine
from onrecord.events.weights import listed, weights
from onrecord.model import Figure, Place

_SPOTS = frozenset({"city", "town", "village", "facility"})
_DAY = timedelta(days=1)
_LONG = 2 * _DAY.total_seconds()
_DEGREE_KM = 111.0
"""Two places are at least so far apart for each degree between their latitudes."""


def _kind(a: Traits, b: Traits) -> float:
    w = weights()["kind"]
    left, right = a.kind, b.kind
    lemma = a.word == b.word != ""
    synonym = not a.groups.isdisjoint(b.groups)
    light = w["light"] if lemma and rarity(a.word) == 0 else 1.0
    if (left == right != "other") or (a.tally and b.tally):
        alike = light * w["lemma_in_kind"] if lemma else w["synonym_in_kind"] if synonym else 0.0
        return w["same"] + alike + (w["measure"] if _unlike_measures(a, b) else 0.0)
    family = w["family"] if a.family == b.family != "other" else w["unlike"]
    if lemma or synonym:
        return family + (light * w["lemma"] if lemma else w["synonym"])
    return family if family != w["unlike"] else w["none"]


def _unlike_measures(a: Traits, b: Traits) -> bool:
    """Statements are compared by what they measure; sharing no word for it, they measure different things."""
    return a.kind == b.kind == "statement" and a.clause.words.keys().isdisjoint(b.clause.words)


def _reality(a: Traits, b: Traits) -> float:
    if a.undone == b.undone:
        return 0.0
    w = weights()["reality"]
    at_once = a.moment is not None and b.moment is not None and abs(a.moment - b.moment) <= weights()["gist"]["soon"]
    return w["begun"] if at_once and (a.begun or b.begun) else w["undone"]


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
    spots = left.kind in _SPOTS and right.kind in _SPOTS
    around = {left.region, right.region} if spots else set()
    if not (a.named & b.named) <= around:
        return w["shared"]
    if spots and left.country == right.country and _one_name(left.name, right.name):
        return w["inside"]
    spotted = a.spotted or b.spotted
    near = _near(left, right, _reach(left, right, a))
    if near and spotted and _two_hamlets(left, right):
        return w["strange"]
    abroad = bool(left.country and right.country and left.country != right.country)
    if near and not (abroad and "country" in (left.kind, right.kind)):
        return w["near"]
    named = "country" not in (left.kind, right.kind) and a.anchored and b.anchored
    if abroad:
        return w["countries"] if spotted else w["towns"] if named else w["abroad"]
    if near is None:
        return w["strange"] if spots and spotted and _called_unlike(left, right) else 0.0
    if spotted:
        return w["apart"]
    return w["towns"] if named else w["elsewhere"]


def _two_hamlets(left: Place, right: Place) -> bool:
    """Names of which one at least is in no table, only put in its region: that is not where it is."""
    put = [(p.id or "").startswith("near:") for p in (left, right)]
    spots = all(by_name or p.kind in _SPOTS for p, by_name in zip((left, right), put, strict=True))
    return any(put) and spots and _called_unlike(left, right)


def _called_unlike(left: Place, right: Place) -> bool:
    """Not even ways to spell one name."""
    return left.name[:3].casefold() != right.name[:3].casefold()


def _one_name(a: str, b: str) -> bool:
    """Something called after the town that it is in: the station, the airport."""
    return a.startswith(b) or b.startswith(a)


def _near(left: Place, right: Place, reach: float) -> bool | None:
    """Whether two places lie within so many km; None where one has no coordinates."""
    if left.lat is not None and right.lat is not None and abs(left.lat - right.lat) * _DEGREE_KM > reach:
        return None if left.lon is None or right.lon is None else False
    gap = distance_km(left, right)
    return None if gap is None else gap <= reach


def _reach(left: Place, right: Place, a: Traits) -> float:
    """How far apart (km) two places may be that stand for one."""
    mishap = a.family == "mishap"
    if left.kind in _SPOTS and right.kind in _SPOTS:
        return weights()["place"]["mishap_km"] if mishap else 8.0
    reach = max(25.0, (left.radius_km or 0) + (right.radius_km or 0))
    return max(reach, weights()["place"]["mishap_km"]) if mishap else reach


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance (haversine), None where a place has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, east = radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2
    h = sin(north) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def _date(a: Traits, b: Traits) -> float:
    w = weights()["date"]
    if a.dated and b.dated:
        if a.start > b.end or b.start > a.end:
            return w["apart"]
        longest = max(a.reach or timedelta.max, b.reach or timedelta.max)
        return w["day"] if longest <= 2 * _DAY else w["month"] if longest <= 45 * _DAY else w["loose"]
    if a.earliest is None or b.earliest is None:
        return 0.0
    if a.dated or b.dated:
        return w["inherited_apart"] if a.start > b.end or b.start > a.end else w["inherited"]
    if a.moment is None or b.moment is None:
        return 0.0
    return w["posts_apart"] if abs(a.moment - b.moment) > _LONG else w["inherited"]


def _figure(a: Traits, b: Traits) -> float:
    if not a.figures or not b.figures or _one_tally(a, b):
        return 0.0
    w, best, worst = weights()["figure"], 0.0, 0.0
    for left in a.figures:
        for right in b.figures:
            if (left.what, left.unit) == (right.what, right.unit) and _counts_alike(left, right):
                value = _figure_weight(left, right, w)
                value = w["differ"] if value == w["far"] and not (a.anchored and b.anchored) else value
                best, worst = max(best, value), min(worst, value)
    return best or worst


def _counts_alike(a: Figure, b: Figure) -> bool:
    """Open-ended counts ("other: …") are compared only where both name the same thing."""
    if not a.what.startswith("other") or a.what in listed("figure", "named"):
        return True
    return (a.of or "").casefold() == (b.of or "").casefold()


def _figure_weight(a: Figure, b: Figure, w: dict[str, float]) -> float:
    if a.value == b.value and (a.value_max, a.bound) == (b.value_max, b.bound):
        return w["telling"] if a.value >= _TELLING and a.value % 10 else w["equal"]
    if compatible(a, b):
        return w["close"]
    if a.what in listed("figure", "counted"):
        return w["counts"]
    ratio = min(a.value, b.value) / max(a.value, b.value) if max(a.value, b.value) > 0 else 0.0
    if ratio < _ROUNDED and _fixed(a) and _fixed(b):
        return w["fixed"]
    return w["close"] if ratio >= 0.75 else w["differ"] if ratio >= 0.2 else w["far"]


def _fixed(figure: Figure) -> bool:
    """An exact number of what is counted once and does not grow as a toll does: a sum of money, prisoners exchanged."""
    open_ended = figure.what.startswith("other") and figure.what not in listed("figure", "named")
    money = len(figure.unit or "") == _CURRENCY and (figure.unit or "").isupper()
    return figure.bound == "exact" and figure.value >= _TELLING and (money or open_ended)


_CURRENCY = 3
"""Letters of a currency's code (ISO 4217)."""
_TELLING = 10
_ROUNDED = 0.95
"""One number may be the other, rounded, from this ratio on."""
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
    total = 0.0 if a.names.isdisjoint(b.names) else w["name"]
    if _differ(a.by_offices, b.by_offices) or _differ(a.on_offices, b.on_offices):
        total += w["office"]
    if not (a.fought.isdisjoint(b.on_sides) and b.fought.isdisjoint(a.on_sides)):
        return total + w["fought"]
    if _differ(a.by_sides, b.by_sides) or _differ(a.on_sides, b.on_sides):
        return total + (w["sides_anywhere"] if a.word == b.word and not (a.place and b.place) else w["sides"])
    if a.by and b.by:
        total += w["by_other"] if a.by.isdisjoint(b.by) else w["by_side"]
    if a.on and b.on:
        total += w["on_other"] if a.on.isdisjoint(b.on) else w["on_side"]
    return total


def _differ(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and a.isdisjoint(b)


def _one_tally(a: Traits, b: Traits) -> bool:
    """Both count the weapons of an attack in one post."""
    return a.tally and b.tally and a.post_id == b.post_id and a.page == b.page


def _scope(a: Traits, b: Traits) -> float:
    left, right = a.clause.words, b.clause.words
    if not left or not right:
        return 0.0
    both, w = left.keys() & right.keys(), weights()["words"]
    if not both:
        return w["none"]
    return w["scope"] * fsum(x * x for x in map(left.__getitem__, both)) / (a.clause.norm * b.clause.norm)


def _gist(a: Traits, b: Traits) -> float:
    """How much two posts' clauses say the same in other words; one voice's clauses that don't are two things."""
    if a.reports or b.reports or (a.post_id == b.post_id and a.page == b.page):
        return 0.0
    one = a.voice == b.voice != ""
    if not (one or (a.anchored and b.anchored)):
        return 0.0
    kind, w = _kind(a, b), weights()["gist"]
    if kind <= weights()["kind"]["none"]:
        return w["most"] * _agreement(a, b) * (1.0 if one else w["strangers"])
    return _disagreement(a, b) if one else 0.0


def _agreement(a: Traits, b: Traits) -> float:
    """0 to 1."""
    w, shared = weights()["gist"], _shared(a, b)
    if len(a.clause.gist.keys() & b.clause.gist.keys()) < 2:
        return 0.0
    alike = shared / min(a.clause.mass, b.clause.mass) - w["least"]
    return max(0.0, alike) / (1 - w["least"]) * min(1.0, shared / w["full"])


def _disagreement(a: Traits, b: Traits) -> float:
    w, shorter = weights()["gist"], min(a.clause.mass, b.clause.mass)
    if shorter < w["enough"] or (a.tally and b.tally):
        return 0.0
    alike = _shared(a, b) / shorter
    if a.word == b.word or not a.groups.isdisjoint(b.groups):
        return w["other"] * max(0.0, w["least"] - alike)
    return w["unlike"] * max(0.0, w["half"] - alike)


def _shared(a: Traits, b: Traits) -> float:
    left, right = a.clause.gist, b.clause.gist
    return fsum(min(left[x], right[x]) for x in left.keys() & right.keys())


def _names(a: Traits, b: Traits) -> float:
    """Each names somebody or something that the other's post names nowhere."""
    if a.post_id == b.post_id and a.page == b.page:
        return 0.0
    w, one = weights()["names"], a.voice == b.voice != ""
    ours, theirs = a.clause.names, b.clause.names
    left, right = ours - theirs - b.post.words, theirs - ours - a.post.words
    total = 0.0
    if left and right and (one or (a.anchored and b.anchored)):
        unlike = _of_unlike(a, left, b, right)
        if one or unlike:
            total = w["name"] * min(len(left), len(right), w["most"]) + (w["unlike"] if unlike else 0.0)
    if _announce(a, b):
        return total + (w["announced"] if _of_two_countries(a, b) else 0.0)
    return total + (w["country"] if (_of_two_countries if one else _of_many_countries)(a, b) else 0.0)


def _announce(a: Traits, b: Traits) -> bool:
    """Both say that somebody spoke, and it may be the same."""
    return a.reports and b.reports and a.anchored and b.anchored and not a.names.isdisjoint(b.names)


def _of_many_countries(a: Traits, b: Traits) -> bool:
    """Two pairs of countries, or more, none of them in both posts: who met whom, who made peace with whom."""
    left, right = a.clause.lands, b.clause.lands
    return (
        a.anchored
        and b.anchored
        and len(left) + len(right) > 2
        and bool(left)
        and bool(right)
        and left.isdisjoint(right)
    )


def _of_unlike(a: Traits, left: frozenset[str], b: Traits, right: frozenset[str]) -> bool:
    """Two tellings of one kind: each by, to or with somebody whom the other leaves out."""
    if a.kind != b.kind:
        return False
    if a.family == "diplomacy":
        return True  # who meets whom is all that tells one meeting from another
    aimed = not (left.isdisjoint(a.clause.aimed) and right.isdisjoint(b.clause.aimed))
    return aimed or not (left.isdisjoint(a.clause.doers) or right.isdisjoint(b.clause.doers))


def _of_two_countries(a: Traits, b: Traits) -> bool:
    """One voice's two things: announcements that name different countries, what is done to different sides."""
    if not a.reports:
        return _differ(a.on_sides, b.on_sides)
    return bool(a.clause.lands - b.clause.lands and b.clause.lands - a.clause.lands)


def _post(a: Traits, b: Traits) -> float:
    if a.post is b.post or a.post.words == b.post.words:
        return 0.0
    w, alike = weights()["words"], cosine(a.post, b.post)
    if alike and _elsewhere(a, b):
        return 0.0  # one desk's reports of two places are worded alike
    return alike * (w["post"] - w["post_bend"] * alike)


def _elsewhere(a: Traits, b: Traits) -> bool:
    """Each names its own place beside it, and the two lie apart."""
    if not (a.placed and b.placed and a.place is not b.place):
        return False
    w = weights()["place"]
    return _place(a, b) <= (w["apart"] if a.spotted or b.spotted else w["towns"])


def _where(a: Traits, b: Traits) -> float:
    if a.post_id != b.post_id or a.page != b.page:
        return 0.0
    w = weights()["where"]
    if _one_tally(a, b):
        return w["tally"]
    return w["same_sentence"] if a.sentence_at == b.sentence_at >= 0 else w["same_post"]


def _report(a: Traits, b: Traits) -> float:
    if a.reports != b.reports:
        return weights()["report"]["other"]
    if not a.reports:
        return 0.0
    w, shorter = weights()["report"], min(a.clause.mass, b.clause.mass)
    alike = _shared(a, b) / shorter if shorter else 0.0
    return (w["strangers"] if a.names.isdisjoint(b.names) else 0.0) + w["unlike"] * max(
        0.0, weights()["gist"]["least"] - alike
    )


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
    left, right = a.clause.words, b.clause.words
    shared = " ".join(sorted(left.keys() & right.keys(), key=lambda w: (-rarity(w), w))[:8])
    return shared or " ".join(sorted(left)[:8]), shared or " ".join(sorted(right)[:8])


def _shown_posts(a: Traits, b: Traits) -> tuple[str, str]:
    shared = sorted(a.post.words & b.post.words, key=lambda w: (-rarity(w), w))[:8]
    return (" ".join(shared) or "nothing shared",) * 2


def _shown_gist(a: Traits, b: Traits) -> tuple[str, str]:
    shared = a.clause.gist.keys() & b.clause.gist.keys()
    return tuple(" ".join(sorted(w for w in t.clause.words if not shared.isdisjoint(signs(w)[0]))) for t in (a, b))  # type: ignore[return-value]


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
    ("gist", _gist, _shown_gist),
    ("names", _names, _each(lambda t: " ".join(sorted(t.clause.names)) or "none")),
    ("posts", _post, _shown_posts),
    ("report", _report, _each(lambda t: "says that somebody spoke" if t.reports else "tells what happened")),
    ("where", _where, _each(lambda t: f"{t.telling.outlet} {t.telling.post}")),
)
"""Every feature: its name, its weight, and the values compared. `compare` and `score` use this one list."""
