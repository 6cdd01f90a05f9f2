"""Tellings made by hand: invented places, people and outlets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from onrecord.events.lexicon import content_words
from onrecord.model import Figure, Happening, Party, Place, Span, Speaker, Statement, Telling

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
OSTERBY = Place(Span("p", 0, 0, ""), "Osterby", "XA", "town", 50.0, 30.0, 5, id="t:1", region="r:1")
LOWMARK = Place(Span("p", 0, 0, ""), "Lowmark", "XA", "town", 52.0, 33.0, 5, id="t:2", region="r:2")
REGION = Place(Span("p", 0, 0, ""), "Oster region", "XA", "region", 50.1, 30.2, 80, id="r:1", region="r:1")


def speaker(name: str, side: str | None = None, kind: str = "body") -> Speaker:
    return Speaker(name, kind, side)  # type: ignore[arg-type]


def figure(value: float, what: str = "killed", bound: str = "exact", text: str = "", unit: str | None = None) -> Figure:
    return Figure(Span("p", 0, 0, text or f"{value:g}"), value, None, bound, what, unit=unit)  # type: ignore[arg-type]


def telling(
    words: str = "A missile struck the market hall in Osterby",
    *,
    name: str = "1",
    kind: str = "air strike",
    lemma: str = "strike",
    by: Speaker | None = None,
    voice: str | None = None,
    outlet: str = "Morning Ledger",
    via: tuple[str, ...] = (),
    standing: str = "claimed",
    first_hand: bool = False,
    reality: str = "happened",
    place: Place | None = OSTERBY,
    day: int | None = 0,
    hours: float = 0,
    figures: tuple[Figure, ...] = (),
    parties: tuple[Party, ...] = (),
    supports: bool = True,
    act: str = "asserts",
    key: bool = False,
    post: str | None = None,
) -> Telling:
    """A telling of the day `day` days after 6 May 2031, in a post `hours` after that noon."""
    post = post or f"post{name}"
    span = Span(post, 0, len(words), words)
    said = Statement(
        f"s{name}", post, voice or ("attributed" if by else "own"), (span,), None, by, via, "indirect",  # type: ignore[arg-type]
        act, standing, first_hand,  # type: ignore[arg-type]
    )  # fmt: skip
    trigger = Span(post, 2, 9, words[2:9])
    happening = Happening(
        f"s{name}.0", trigger, said.id, kind, reality, span, parties, supports=supports, lemma=lemma,  # type: ignore[arg-type]
    )  # fmt: skip
    midnight = NOON.replace(hour=0)
    earliest = midnight + timedelta(days=day) if day is not None else None
    latest = earliest + timedelta(days=1, seconds=-1) if earliest else None
    return Telling(
        happening, said, outlet, f"page of {outlet}", post, NOON + timedelta(hours=hours), earliest, latest,
        (place,) if place else (), figures, content_words(words), content_words(words), key, day is not None, words,
        place is not None, 0,
    )  # fmt: skip
