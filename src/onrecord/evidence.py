"""Readings → the same with only what stands in the text: every span is compared with its post, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace

from onrecord.model import Happening, PostReading, Problem, Span, Statement

Checked = MutableMapping[str, tuple[PostReading, PostReading]]
"""Post → a reading and what was kept of it."""


def check(
    readings: Sequence[PostReading], where: str, known: Checked | None = None
) -> tuple[tuple[PostReading, ...], tuple[Problem, ...]]:
    """The readings of a page without what its posts can't show, and one `evidence` problem that counts the rest.

    `known` holds what came of this the last time, and is brought up to date: the same reading gives the same object.
    """
    kept = tuple(_once(r, known) for r in readings)
    lost = sum(map(_size, readings)) - sum(map(_size, kept))
    if not lost:
        return kept, ()
    why = f"{lost} item{'s' * (lost > 1)} left out, because the words named as evidence do not stand in the post"
    return kept, (Problem("evidence", where, why, "report it with the page: it is a fault of a reader or plug-in"),)


def _once(reading: PostReading, known: Checked | None) -> PostReading:
    name = reading.post.id
    if known is None:
        return _kept(reading, {name: reading.post.text})
    if name not in known or known[name][0] is not reading:
        known[name] = (reading, _kept(reading, {name: reading.post.text}))
    return known[name][1]


def stands(span: Span | None, texts: Mapping[str, str]) -> bool:
    """True when there is no span, or its words are the post's at its offsets."""
    if span is None:
        return True
    text = texts.get(span.post)
    return text is not None and 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text


def _kept(reading: PostReading, texts: Mapping[str, str]) -> PostReading:
    statements = [s for s in reading.statements if statement_stands(s, reading.post.id, texts)]
    ids = {s.id for s in statements}
    free = tuple(replace(s, nested_in=None) if s.nested_in and s.nested_in not in ids else s for s in statements)
    return replace(
        reading,
        statements=free,
        happenings=tuple(h for h in reading.happenings if h.statement in ids and _all(_of_happening(h), texts)),
        places=tuple(p for p in reading.places if stands(p.span, texts)),
        dates=tuple(d for d in reading.dates if stands(d.span, texts)),
        figures=tuple(f for f in reading.figures if stands(f.span, texts)),
    )


def statement_stands(statement: Statement, post: str, texts: Mapping[str, str]) -> bool:
    """True when the statement has content, and all words that it names are that post's."""
    if statement.post != post or not statement.content or any(s.post != post for s in statement.content):
        return False
    speaker = statement.speaker.span if statement.speaker else None
    return _all((*statement.content, statement.cue, speaker, statement.standing_by), texts)


def _of_happening(happening: Happening) -> Iterable[Span | None]:
    return happening.span, happening.scope, *(p.span for p in happening.parties)


def _all(spans: Iterable[Span | None], texts: Mapping[str, str]) -> bool:
    return all(stands(span, texts) for span in spans)


def _size(reading: PostReading) -> int:
    lists = (reading.statements, reading.happenings, reading.places, reading.dates, reading.figures)
    return sum(map(len, lists))
