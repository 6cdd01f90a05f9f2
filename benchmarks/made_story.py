"""A seed → a long made-up story: days of incidents, each told by some of fifty outlets, as tellings of invented posts.

Towns, people, sides and words are invented; what is told again by another outlet shares names, places and figures with
what was told before, and each post also says things that nobody else says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.events.lexicon import content_words
from onrecord.model import Figure, Happening, Party, Place, Span, Speaker, Statement, Telling

POSTS_A_DAY = 270
OUTLETS = 50
START = datetime(2031, 3, 2, tzinfo=UTC)

_PARTS = tuple("bor den fal gar hes kor lim mar nor pel ras sol tam ulv ver zan dro kis".split())  # noqa: SIM905
_KINDS: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("drone attack", "strike", "{by} drones struck a {thing} in {town}", "killed", "Vardia"),
    ("air strike", "bomb", "{by} jets bombed the {thing} near {town}", "killed", "Vardia"),
    ("shelling", "shell", "{by} guns shelled {town} and its {thing}", "wounded", "Vardia"),
    ("ground attack", "storm", "{by} troops stormed a {thing} outside {town}", "killed", "Orland"),
    ("territory taken", "capture", "{by} forces captured the {thing} of {town}", "square kilometres", "Orland"),
    ("casualties", "kill", "an explosion killed people at a {thing} in {town}", "killed", None),
    ("protest", "march", "crowds marched past the {thing} in {town}", "people", None),
    ("arrest", "arrest", "police arrested men at the {thing} in {town}", "people", None),
    ("accident", "collide", "two lorries collided by the {thing} of {town}", "wounded", None),
    ("talks", "negotiate", "envoys negotiated about the {thing} in {town}", "people", None),
    ("aid", "deliver", "convoys delivered food to a {thing} in {town}", "tonnes", None),
    ("demand", "demand", "the council of {town} demanded a new {thing}", "people", None),
)  # fmt: skip
_THINGS = ("bridge", "depot", "hospital", "school", "market", "station", "warehouse", "bakery", "harbour", "refinery",
           "library", "mill", "tunnel", "barracks", "dam", "factory", "stadium", "chapel", "cinema", "greenhouse",
           "sawmill", "archive", "quarry", "brewery", "airfield", "hostel", "museum", "dairy", "jetty")  # fmt: skip
_PLAIN = 3_000
"""Words, and words for what is done, that the story uses beside its own; some often, most seldom."""


@dataclass(frozen=True)
class Incident:
    """One thing that happens."""

    kind: tuple[str, str, str, str, str | None]
    town: Place
    at: datetime
    names: tuple[str, str]
    thing: str
    figure: int


@dataclass(frozen=True)
class MadePost:
    """A post of the story: where it stands and what it tells."""

    outlet: str
    page: str
    post: str
    tellings: tuple[Telling, ...]
    statements: int


def story(seed: int = 7, posts_a_day: int = POSTS_A_DAY, tag: str = "") -> Iterator[MadePost]:
    """The story's posts by time, without end; the tag stands in all their ids."""
    chance = random.Random(seed)
    towns = [_town(chance, n) for n in range(80)]
    old: list[Incident] = []
    for day in range(10**6):
        start = START + timedelta(days=day)
        new = [_incident(chance, towns, start) for _ in range(posts_a_day // 7)]
        told = [chance.choice(new if chance.random() < 0.93 or not old else old) for _ in range(posts_a_day)]
        posts = sorted(((_when(chance, i, start), n) for n, i in enumerate(told)), key=lambda p: p[0])
        for number, (at, n) in enumerate(posts):
            yield _post(chance, told[n], at, f"{tag}{day}.{number}", tag)
        old = (old + new)[-400:]


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_PARTS, k=3)).capitalize()


def _plain(chance: random.Random) -> str:
    """A word: the first of them come most often, about once in a hundred."""
    n = int(20 * (_PLAIN / 20) ** chance.random()) - 20
    return _PARTS[n % 18] + _PARTS[n // 18 % 18] + _PARTS[n // 324 % 18]


def _town(chance: random.Random, n: int) -> Place:
    name, region = _name(chance), f"r:{n // 10}"
    return Place(
        Span("", 0, 0, name), name, ("XA", "XB")[n % 8 == 0], "town",
        45 + n // 10 + chance.random(), 20 + n % 10 + chance.random(), 5, id=f"t:{n}", region=region,
    )  # fmt: skip


def _incident(chance: random.Random, towns: Sequence[Place], start: datetime) -> Incident:
    at = start + timedelta(minutes=chance.randrange(1440))
    town = towns[min(chance.randrange(len(towns)), chance.randrange(len(towns)))]
    names = (f"{_name(chance)} {_name(chance)}", f"{_name(chance)} {_name(chance)}")
    return Incident(chance.choice(_KINDS), town, at, names, chance.choice(_THINGS), chance.randrange(2, 90))


def _when(chance: random.Random, told: Incident, start: datetime) -> datetime:
    first = max(told.at, start)
    return first + (start + timedelta(days=1) - first) * min(chance.random(), chance.random())


def _post(chance: random.Random, told: Incident, at: datetime, name: str, tag: str) -> MadePost:
    outlet = f"Outlet {chance.randrange(OUTLETS)}"
    page = f"{outlet}-{at:%d-%B}{tag}".replace(" ", "-")
    main = told.kind[2].format(by=told.kind[4] or "", thing=told.thing, town=told.town.name)
    texts = [f"{main}, {told.names[0]} said, and {told.figure} were counted"]
    texts += [" ".join((chance.choice(told.names), *(_plain(chance) for _ in range(8)))) for _ in range(4)]
    words = content_words(" ".join(texts))
    made: list[Telling] = []
    for n, text in enumerate(texts):
        said = _statement(chance, told, f"s{name}.{n}", f"b{name}", text, attributed=n < 3)
        if n == 0:
            made.append(_telling(told, said, said.id + ".0", told.kind[0], told.kind[1], text, words, at, outlet, page))
        for k in range(1 + (n % 2) + (n == 0)):
            weak = "be" + _plain(chance)
            made.append(_telling(told, said, f"{said.id}.w{k}", "other", weak, text, words, at, outlet, page))
    return MadePost(outlet, page, f"b{name}", tuple(made), len(texts))


def _statement(
    chance: random.Random, told: Incident, name: str, post: str, text: str, *, attributed: bool
) -> Statement:
    content = (Span(post, 0, len(text), text),)
    if not attributed:
        return Statement(name, post, "own", content, None, None, (), "indirect", "asserts", "claimed", False)
    who = Speaker(chance.choice(told.names), "person", told.kind[4])
    return Statement(name, post, "attributed", content, None, who, (), "indirect", "asserts", "claimed", False)


def _telling(
    told: Incident, said: Statement, name: str, kind: str, lemma: str, text: str, words: frozenset[str], at: datetime,
    outlet: str, page: str,
) -> Telling:  # fmt: skip
    span = said.content[0]
    own = kind != "other"
    parties = (Party(told.kind[4], told.kind[4], "by"),) if own and told.kind[4] else ()
    figure = Figure(span, float(told.figure), None, "exact", told.kind[3])
    dated = own and told.figure % 2 == 0
    day = told.at.replace(hour=0, minute=0)
    return Telling(
        Happening(name, span, said.id, kind, "happened", span, parties, lemma=lemma), said, outlet, page, said.post, at,
        day if dated else at - timedelta(days=1), day + timedelta(days=1) if dated else at,
        (told.town,), (figure,) if own else (), content_words(text), words, False, dated, text, own, 0,
    )  # fmt: skip
