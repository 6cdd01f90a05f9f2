"""A parsed post → drafts of its place names: which capitalised words are places, going by the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.statements.draft import PlaceDraft
from onrecord.statements.gazetteer import Entry
from onrecord.statements.parse import Parse
from onrecord.statements.places_names import Name, Run, capital, names, runs, shouted
from onrecord.statements.places_words import Words, words

_PUNCTUATION = frozenset({",", "(", "/", "–", "-"})
_AND = frozenset({",", "and", "or", "&", ";"})


@dataclass(slots=True)
class _Found:
    """A name that is taken for a place."""

    first: int
    last: int
    """Words of the span."""
    name: Name
    form: str
    score: float
    within: str | None = None


@dataclass(slots=True)
class _Post:
    """What is known while a post is gone through."""

    parsed: Parse
    words: Words
    people: set[str]
    """Lower-case last names of people in the post."""
    found: list[_Found] = field(default_factory=list)


def find(parsed: Parse) -> list[PlaceDraft]:
    """Place names in text order."""
    stretches = list(runs(parsed))
    lists = words()
    post = _Post(parsed, lists, set(_people(parsed, stretches, lists)))
    for run, known in zip(stretches, names(parsed, stretches), strict=True):
        _read(post, run, known)
    return [_draft(post, place) for place in post.found]


def _people(parsed: Parse, stretches: list[Run], lists: Words) -> Iterator[str]:
    """Last names after a first name or a title."""
    for run in stretches:
        for at in range(run.first, run.last - 1):
            word = parsed.lower[at].rstrip(".")
            if word in lists.titles or word in lists.first_names:
                last = at + 1
                while last + 1 < run.last and capital(parsed.words[last + 1]) and last - at < 3:
                    last += 1
                if capital(parsed.words[last]) and parsed.lower[last] not in lists.public:
                    yield parsed.lower[last]
                break


def _read(post: _Post, run: Run, known: list[Name]) -> None:
    """Take the run's names from left to right, the longest at each word."""
    starts: dict[int, list[Name]] = {}
    for name in known:
        starts.setdefault(name.first, []).append(name)
    at = run.first
    while at < run.last:
        taken = None
        for name in sorted(starts.get(at, ()), key=lambda n: -n.last):
            taken = _judge(post, run, name)
            if taken:
                break
        taken = taken or _unknown(post, run, at)
        if taken:
            post.found.append(taken)
            at = max(taken.last, at + 1)
        else:
            at += 1


def _judge(post: _Post, run: Run, name: Name) -> _Found | None:
    """The name as a place, when the words beside it leave it one."""
    form, first, last = _form(post, name)
    score = _prior(name.entries) + _word_score(post, name) + _context(post, run, name, first, last, form)
    within = _within_before(post, name)
    if within:
        score += 2
    after = _within_after(post, name, last)
    if after:
        score += 3
    return _Found(first, last, name, form, score, within or after) if score > 0 else None


# -- what the name itself says -----------------------------------------------------------------------------------------


def _prior(entries: tuple[Entry, ...]) -> float:
    return max(map(_weight, entries))


def _weight(entry: Entry) -> float:
    if entry.level in {"country", "feature"}:
        return 3.0
    if entry.level == "region":
        return 2.5 if entry.main else 1.5
    if entry.level == "district":
        return 0.5 if entry.main else -1.0
    if entry.level == "airport":
        return 2.0
    if entry.capital:
        return 3.0
    size = (
        2.0
        if entry.population >= 500_000
        else 1.2
        if entry.population >= 100_000
        else 0.3
        if entry.population >= 15_000
        else -0.3
    )
    return size if entry.main else size - 1.0


def _word_score(post: _Post, name: Name) -> float:
    parsed, lists = post.parsed, post.words
    score = 0.0
    if name.form in lists.common:
        score -= 4.0
    if name.last - name.first > 1:
        return score + 1.0
    word = parsed.lower[name.first]
    if parsed.tag[name.first] not in {"NNP", "NNPS"}:
        score -= 2.0
    if word in lists.first_names:
        score -= 1.0
    if word in post.people:
        score -= 3.0
    if len(word) < 4 and not name.entries[0].level == "country":
        score -= 1.0
    return score


# -- what stands beside it ---------------------------------------------------------------------------------------------


def _form(post: _Post, name: Name) -> tuple[str, int, int]:
    """(form, first, last) with an area word that belongs to the name."""
    parsed, areas = post.parsed, post.words.areas
    last = name.last
    if last < len(parsed) and parsed.sent[last] == parsed.sent[name.first]:
        form = areas.get(parsed.lower[last])
        if form in {"region", "district", "water", "land", "facility"} and name.entries[0].level != "country":
            return form, name.first, last + 1
    before = name.first - 1
    if before > 0 and parsed.lower[before] == "of":
        form = areas.get(parsed.lower[before - 1])
        if form:
            return ("region" if form == "plural" else form), name.first, last
    if before >= 0 and parsed.lower[before] in {"river", "lake"}:
        return "water", before, last
    return "name", name.first, last


def _context(post: _Post, run: Run, name: Name, first: int, last: int, form: str) -> float:
    parsed, lists = post.parsed, post.words
    score = 3.0 if form != "name" else 0.0
    before = parsed.lower[first - 1] if first > 0 and parsed.sent[first - 1] == parsed.sent[first] else ""
    if before == "the" and first > 1:
        before = parsed.lower[first - 2]
    if before in lists.strong:
        score += 2.0
    elif before in lists.weak:
        score += 0.3
    elif before in _AND and post.found and first - post.found[-1].last <= 2 and post.found[-1].score > 1.5:
        score += 1.0
    return score + _left(post, run, first) + _right(post, run, last)


def _left(post: _Post, run: Run, first: int) -> float:
    """Capitalised words just before that are no part of the name."""
    parsed, lists = post.parsed, post.words
    at = first - 1
    if at < 0 or parsed.sent[at] != parsed.sent[first]:
        return 0.0
    word = parsed.lower[at].rstrip(".")
    if word in lists.titles:
        return -6.0
    if not capital(parsed.words[at]) or at < run.first:
        return 0.0
    if post.found and post.found[-1].last == first:
        return -0.5
    if (
        word in lists.strong
        or word in lists.demonyms
        or word in lists.public
        or parsed.pos[at] not in {"PROPN", "NOUN"}
    ):
        return 0.0
    return -6.0 if word in lists.first_names else -2.5


def _right(post: _Post, run: Run, last: int) -> float:
    """Capitalised words just after."""
    parsed, lists = post.parsed, post.words
    if last >= run.last or not capital(parsed.words[last]):
        return 0.0
    word = parsed.lower[last]
    if word in lists.public or word in lists.areas or word in lists.titles:
        return 0.0
    if word in lists.other:
        return -5.0
    if parsed.pos[last] != "PROPN":
        return -0.5
    return -2.5


def _within_before(post: _Post, name: Name) -> str | None:
    """`Russia's Kursk`, `the Russian region of Kursk`, `Ukrainian town of Izium`: the country before it."""
    parsed, lists = post.parsed, post.words
    for at in range(name.first - 1, max(name.first - 6, -1), -1):
        word = parsed.lower[at]
        if word in lists.demonyms:
            return lists.demonyms[word]
        if post.found and post.found[-1].last == at and word in {"'s", "’s"}:
            return parsed.between(post.found[-1].name.first, post.found[-1].name.last)
        if word in {",", ".", ";", "(", ")"} or parsed.pos[at] == "VERB":
            return None
    return None


def _within_after(post: _Post, name: Name, last: int) -> str | None:
    """`Paris, Texas`; `Izium, in the Kharkiv region`: the words after a comma."""
    parsed = post.parsed
    if last + 1 >= len(parsed) or parsed.words[last] not in {",", "("} or not capital(parsed.words[last + 1]):
        return None
    end = last + 2
    while end < min(last + 5, len(parsed)) and capital(parsed.words[end]) and parsed.sent[end] == parsed.sent[last]:
        end += 1
    from onrecord.statements.places_choose import is_area

    for stop in range(end, last + 1, -1):
        text = parsed.between(last + 1, stop)
        if is_area(text):
            return text
    return None


def _unknown(post: _Post, run: Run, at: int) -> _Found | None:
    """A name that no table has, called a village, region or river by the words beside it."""
    return None


# -- drafts ------------------------------------------------------------------------------------------------------------


def _draft(post: _Post, place: _Found) -> PlaceDraft:
    parsed = post.parsed
    return PlaceDraft(
        start=parsed.start[place.first],
        end=parsed.end[place.last - 1],
        name=parsed.between(place.name.first, place.name.last),
        form=place.form,
        within=place.within,
        actor=_actor(post, place),
        certain=place.score >= 2,
    )


def _actor(post: _Post, place: _Found) -> bool:
    parsed, lists = post.parsed, post.words
    if place.name.form in lists.actors:
        return True
    if not any(e.level == "country" or e.capital for e in place.name.entries):
        return False
    at = place.last - 1
    head = parsed.head[at]
    if parsed.dep[at] == "nsubj" and parsed.pos[head] == "VERB":
        return parsed.lemma[head] not in lists.stative
    if parsed.dep[at] == "nsubjpass":
        return parsed.lemma[head] in lists.passive
    return parsed.dep[at] == "pobj" and parsed.dep[head] == "agent"
