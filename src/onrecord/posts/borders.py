"""Paragraphs that follow each other → where a new subject, and so a new post, begins.

Each paragraph is scored by signs that a reader would name (see `fixed_signs` and `post_signs`), given where the post
that it may belong to began. The likeliest way of cutting the whole page is taken: Viterbi over the starts of posts, in
a maximum-entropy Markov model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.posts.paragraphs import FILE, Paragraph, paragraph, stem
from onrecord.posts.words import weights

WINDOW = 24
"""A post has no more paragraphs than this as far as its subject can tell."""

_RARE = math.log(8)
"""A name in more than an eighth of the page's paragraphs says little of one subject."""

_FEW = 12
"""Fewer paragraphs make a short page."""

_BEAM = 6.0
"""Cuttings that are so much less likely (in log-odds) than the best are given up."""

_WIDTH = 3
"""Paragraphs on either side of a border that are compared."""

_LEAST_HEADS = 3

_LONG = 12
"""Paragraphs below a headline of which some may well be posts of their own."""

_PICTURES = frozenset({"caption", "credit"})


@dataclass(slots=True)
class Held:
    """What the paragraphs of a post so far hold together."""

    stems: set[str]
    names: set[str]
    full: set[str]
    size: int = 0
    titled: bool = False
    """A headline stands above the first of them."""

    def add(self, new: Paragraph) -> None:
        """Take in a further paragraph."""
        self.stems |= new.stems
        self.names |= new.names
        self.full |= new.full
        self.size += 1


@dataclass(frozen=True, slots=True)
class Borders:
    """The likeliest cutting of a page."""

    starts: tuple[int, ...] = ()
    """Indexes of the paragraphs that begin a new post; never 0."""
    strength: float = 0.0
    """Log-odds of the starts, a paragraph: near 0 in one article, about 0.3 in live coverage."""


def borders(texts: Sequence[str], above: Sequence[frozenset[str]] = (), live: bool = False) -> Borders:
    """Where paragraphs begin new posts. `above` has the kinds of line right above each; `live` says that the page calls
    itself a live one: where it has few paragraphs, its posts are short."""
    found = [paragraph(text) for text in texts]
    if len(found) < 2:
        return Borders()
    brief = live and len(found) < _FEW
    return _best_cuts(found, [above[i] if i < len(above) else frozenset() for i in range(len(found))], brief)


def _best_cuts(found: Sequence[Paragraph], above: Sequence[frozenset[str]], brief: bool) -> Borders:
    """The likeliest of all cuttings, by dynamic programming over the start of the post that each paragraph is in."""
    rarity = rarities(found)
    ahead = aheads(found, rarity)
    weight = weights(FILE)
    loose = looseness(found)
    tiles = windows(found, rarity)
    page = [
        {**signs, "tile": tile, "loose": loose, "brief": float(brief)}
        for signs, tile in zip(page_signs(found), tiles, strict=True)
    ]
    best: dict[int, float] = {0: 0.0}
    posts = {0: _held(found[0], above[0])}
    came_from: dict[int, int] = {}
    odds: dict[int, float] = {}
    for at in range(1, len(found)):
        own = {**fixed_signs(found, at, rarity, ahead[at], above[at]), **page[at]}
        fixed = weight["bias"] + _weighted(own, weight)
        scores = {s: fixed + _weighted(post_signs(found, posts[s], at, rarity, loose), weight) for s in best}
        begin = {s: best[s] - _log1p_exp(-scores[s]) for s in best}
        source = max(begin, key=lambda s: (begin[s], s))
        best = {s: best[s] - _log1p_exp(scores[s]) for s in best if at - s < WINDOW}
        best[at] = begin[source]
        came_from[at], odds[at] = source, scores[source]
        least = max(best.values()) - _BEAM
        best = {s: value for s, value in best.items() if value >= least}
        for post in posts.values():
            post.add(found[at])
        posts = {s: posts[s] if s < at else _held(found[at], above[at]) for s in best}
    last = max(best, key=lambda s: (best[s], s))
    out = []
    while last:
        out.append(last)
        last = came_from[last]
    return Borders(tuple(out[::-1]), sum(odds[at] for at in out) / (len(found) - 1))


def _weighted(found: dict[str, float], weight: dict[str, float]) -> float:
    return sum([weight[k] * v for k, v in found.items() if v])


def _held(first: Paragraph, above: frozenset[str] = frozenset()) -> Held:
    held = Held(set(), set(), set(), titled="short" in above)
    held.add(first)
    return held


def _log1p_exp(x: float) -> float:
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))


def fixed_signs(
    found: Sequence[Paragraph], at: int, rarity: dict[str, float], ahead: float, above: frozenset[str]
) -> dict[str, float]:
    """The signs for and against a border before paragraph `at` that do not depend on where the post began."""
    here, last = found[at], found[at - 1]
    return {
        **here.signs,
        "label_above": float("label" in above),
        "title_above": float("short" in above),
        "picture_above": float(not above.isdisjoint(_PICTURES)),
        "related_above": float("related" in above),
        "wide_above": float("wide" in above),
        "quote": float(here.opening == "quote"),
        "goes_on": float(here.opening == "goes_on"),
        "the_noun": float(here.opening == "the_noun"),
        "a": float(here.opening == "a"),
        "no_names": float(not here.names),
        "last": share(here.stems, last.stems, rarity),
        "ahead": ahead,
        "open_above": float(last.ends_open),
        "quote_above": float(last.opening == "quote"),
        "trails": float(here.trails),
        "trails_above": float(last.trails),
        "short_above": float(last.size < 14),
    }


def looseness(found: Sequence[Paragraph]) -> float:
    """How little the paragraphs of a page go on with each other: 0 where half of them do, 1 where none does."""
    going_on = sum(_goes_on(found, at) for at in range(1, len(found)))
    return max(0.0, 1.0 - 2.0 * going_on / (len(found) - 1))


def _goes_on(found: Sequence[Paragraph], at: int) -> bool:
    """Whether a paragraph shows by itself, or by the bare name of somebody named just before, that it goes on."""
    here = found[at]
    told = here.signs["starts"] or here.signs["begins_said"] or here.signs["pronoun"]
    if told or here.opening in ("goes_on", "quote", "the_noun"):
        return True
    return len(here.opener) == 1 and any(here.opener <= p.names for p in found[max(0, at - 3) : at])


def page_signs(found: Sequence[Paragraph]) -> list[dict[str, float]]:
    """What the name that a paragraph begins with was to the page before."""
    seen = set(found[0].names)
    headed = _headed(found)
    datelines = sum(p.dateline for p in found) > 1
    out: list[dict[str, float]] = [{}]
    for at, (last, here) in enumerate(pairwise(found), 1):
        opener = here.opener
        near = any(not here.names.isdisjoint(p.names) for p in found[max(0, at - _WIDTH) : at])
        out.append(
            {
                "intro": float(len(opener) > 1 and opener.isdisjoint(seen)),
                "opener_far": float(not opener.isdisjoint(seen) and opener.isdisjoint(last.names)),
                "opener_near": float(len(opener) == 1 and not opener.isdisjoint(last.names)),
                "name_near": float(near),
                "dateline": float(datelines and here.dateline),
                "headed": float(headed and bool(here.head)),
            }
        )
        seen |= here.names
    return out


def windows(found: Sequence[Paragraph], rarity: dict[str, float]) -> list[float]:
    """How much the paragraphs before each and those from it on share: TextTiling (Hearst 1997), by paragraphs."""
    out = [0.0]
    for at in range(1, len(found)):
        above = frozenset().union(*(p.stems for p in found[max(0, at - _WIDTH) : at]))
        below = frozenset().union(*(p.stems for p in found[at : at + _WIDTH]))
        both, one, other = (sum(map(rarity.__getitem__, s)) for s in (above & below, above, below))
        out.append(both / math.sqrt(one * other) if one and other else 0.0)
    return out


def _headed(found: Sequence[Paragraph]) -> bool:
    """Whether paragraphs begin with what each is about: `Beira: The port …`, `Tete: The bridge …`."""
    heads = [p.head for p in found if p.head]
    return len(heads) >= _LEAST_HEADS and 3 * len(heads) >= len(found) and 4 * len(set(heads)) >= 3 * len(heads)


def post_signs(
    found: Sequence[Paragraph], post: Held, at: int, rarity: dict[str, float], loose: float = 0.0
) -> dict[str, float]:
    """The signs that depend on `post`, the post so far, on a page that is so `loose`; each about -1 to 1."""
    here = found[at]
    opens_known = not here.opener.isdisjoint(post.names)
    cohesion = share(here.stems, post.stems, rarity)
    return {
        "name_known": float(opens_known),
        "name_new": float(bool(here.opener) and not opens_known),
        "noun_known": float(not here.nouns.isdisjoint(post.stems)),
        "short_name": float(any(rarity.get(stem(n), _RARE) >= _RARE for n in here.alone & post.full)),
        "full_again": float(not here.full.isdisjoint(post.full)),
        "titled_again": float(not here.titled.isdisjoint(post.names)),
        "names_new": 1.0 - len(here.names & post.names) / len(here.names) if here.names else 0.0,
        "cohesion": cohesion,
        "none_shared": float(cohesion == 0.0),
        "single": float(post.size == 1),
        "pair": float(post.size == 2),
        "loose_single": loose * (post.size == 1),
        "loose_pair": loose * (post.size == 2),
        "titled_post": post.titled * min(1.0, max(0.0, (_LONG - post.size) / 4)),
        "long_post": min(1.0, max(0.0, (post.size - 4) / 6)),
    }


def rarities(found: Sequence[Paragraph]) -> dict[str, float]:
    """How telling a word is on this page: less, the more paragraphs hold it."""
    counts = Counter(word for p in found for word in p.stems)
    return {word: math.log((len(found) + 1) / count) for word, count in counts.items()}


def aheads(found: Sequence[Paragraph], rarity: dict[str, float]) -> list[float]:
    """How much each paragraph shares with the one after it."""
    return [*(share(a.stems, b.stems, rarity) for a, b in pairwise(found)), 0.0]


def share(own: frozenset[str], others: frozenset[str] | set[str], rarity: dict[str, float]) -> float:
    """Share of a paragraph's telling words that others hold too."""
    whole = sum(map(rarity.__getitem__, own))
    return sum(rarity[w] for w in own & others) / whole if whole else 0.0
