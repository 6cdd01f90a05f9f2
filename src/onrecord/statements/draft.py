"""What `extract` finds in one version of a post, before anything outside it is known → flat values that can be stored.

Every item is a frozen dataclass of numbers, strings, booleans, None and tuples of these, so that a draft can be written
as JSON rows and read back equal. Spans are (start, end) character offsets in the post's text.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import Any

import orjson

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A statement as its own post gives it."""

    voice: str
    content: tuple[Range, ...]
    cue: Range | None = None
    speaker: Range | None = None
    """The mention nearest to the content; its words are a `MentionDraft` too."""
    via: tuple[str, ...] = ()
    mode: str = "indirect"
    act: str = "asserts"
    standing: str = "claimed"
    first_hand: bool = False
    nested_in: int | None = None
    """Index of the statement whose content holds this one."""
    standing_by: Range | None = None
    continues: int | None = None
    """Index of the statement whose speaker goes on here without being named again."""


@dataclass(frozen=True, slots=True)
class MentionDraft:
    """Words that name or stand for a person, an office, a body, an outlet, a document or an unnamed source."""

    start: int
    end: int
    kind: str
    """person, office, body, outlet, document, unnamed, pronoun, place (Kyiv) or name (the page tells whose)."""
    name: str | None
    """The name in it as written, without titles: `Ana Prado`, `Prado`, `the Water Board`."""
    role: str | None = None
    """What it says of the office: `UK Foreign Secretary`, `Kremlin spokesman`."""
    side: str | None = None
    """Country or body that the words themselves name: `Ukrainian`, `UK`, `the Kremlin`."""
    gender: str | None = None
    """m, f, n or None when unknown."""
    plural: bool = False
    sentence: int = 0
    subject: bool = False
    """It is the subject of its sentence's main clause."""
    alias: str | None = None
    """A second name given with it: `(NWB)`, `also known as …`."""


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place name, its context and the forms under which the gazetteer may know it."""

    start: int
    end: int
    name: str
    """The name to look up, without `the`, `'s` and words like `region`."""
    form: str = "name"
    """name, region, district, country, airport, river, sea, … as the words beside it say."""
    within: str | None = None
    """A region or country named with it: `in Russia's Kursk region`, `Paris, Texas`."""
    actor: bool = False
    """It acts as a government or army would (subject of a deed, owner of troops)."""
    flag: str | None = None
    certain: bool = True
    """False when only the context can tell whether this is a place at all (a surname, a common word)."""


@dataclass(frozen=True, slots=True)
class DateDraft:
    """A time expression in a normal form that still needs the post's time."""

    start: int
    end: int
    rule: str
    """Name of the rule that resolves it."""
    args: tuple[str, ...] = ()
    tense: str | None = None
    """past, present or future: which Friday is meant."""


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A figure. Needs nothing from outside."""

    start: int
    end: int
    value: float
    value_max: float | None
    bound: str
    what: str
    of: str | None = None
    unit: str | None = None
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class HappeningDraft:
    """A happening's trigger with its clause and who takes part."""

    start: int
    end: int
    lemma: str
    kind: str
    reality: str
    scope: Range
    statement: int = -1
    """Index of the innermost statement whose content holds it."""
    by: Range | None = None
    on: Range | None = None
    together: tuple[Range, ...] = ()
    denied: bool = False
    general: bool = False
    """It names a sort of thing, no one thing: `attacks`, `the fight against kidnapping`."""


@dataclass(frozen=True, slots=True)
class GivenDraft:
    """A statement as a plug-in gave it, its speaker already known."""

    plugin: str
    voice: str
    content: tuple[Range, ...]
    cue: Range | None = None
    name: str | None = None
    """The speaker's name; None when there is no speaker."""
    kind: str = "person"
    side: str | None = None
    office: str | None = None
    mention: Range | None = None
    via: tuple[str, ...] = ()
    mode: str = "indirect"
    act: str = "asserts"
    standing: str = "claimed"
    first_hand: bool = False
    nested_in: int | None = None
    """Index, among the given statements, of the one whose content holds this one."""
    standing_by: Range | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one version of a post gives by itself."""

    statements: tuple[StatementDraft, ...] = ()
    mentions: tuple[MentionDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()
    dates: tuple[DateDraft, ...] = ()
    figures: tuple[FigureDraft, ...] = ()
    happenings: tuple[HappeningDraft, ...] = ()
    sentences: tuple[Range, ...] = ()
    words: tuple[tuple[int, int, str], ...] = ()
    """Content words for comparing: (start, end, base form)."""
    given: tuple[GivenDraft, ...] = ()
    failed: tuple[str, ...] = ()
    """Plug-ins that failed on the post, so that their statements are missing."""


_ITEMS: dict[str, Any] = {
    "statements": StatementDraft,
    "mentions": MentionDraft,
    "places": PlaceDraft,
    "dates": DateDraft,
    "figures": FigureDraft,
    "happenings": HappeningDraft,
    "given": GivenDraft,
}
_SIZES = {kind: len(fields(kind)) for kind in _ITEMS.values()}


def dump(draft: Draft) -> bytes:
    """The draft as JSON rows."""
    rows: dict[str, object] = {name: [astuple(item) for item in getattr(draft, name)] for name in _ITEMS}
    return orjson.dumps({**rows, "sentences": draft.sentences, "words": draft.words, "failed": draft.failed})


def load(stored: bytes) -> Draft:
    """The draft that `dump` wrote. Raises `ValueError` for rows of another shape."""
    rows = orjson.loads(stored)
    parts: dict[str, Any] = {
        name: tuple(_item(kind, row) for row in rows.get(name, ())) for name, kind in _ITEMS.items()
    }
    rest = {name: _frozen(rows.get(name, [])) for name in ("sentences", "words", "failed")}
    return Draft(**parts, **rest)


def _item(kind: Any, row: list[Any]) -> Any:
    if len(row) != _SIZES[kind]:
        raise ValueError(f"a stored {kind.__name__} has {len(row)} fields, not {_SIZES[kind]}")
    return kind(*[_frozen(value) if type(value) is list else value for value in row])


def _frozen(value: Any) -> Any:
    return tuple([_frozen(item) if type(item) is list else item for item in value])
