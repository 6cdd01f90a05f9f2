"""Posts → what other readers, installed as plug-ins, say of them: drafts of their statements, checked word for word.

A plug-in is called once for a version of a post, when the post is read, and what it gave is kept in the post's draft.
It is not called again when a page is resolved or a record rebuilt: it may be slow, ask the network, change its mind or
be gone by then, and a rebuild must give what adding gave. Evidence is checked before anything is kept, so that the
problem which counts what was left out comes with the reading that met it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import get_args

from onrecord.evidence import statement_stands
from onrecord.model import Act, Extractor, Mode, Post, Problem, Said, Span, Speaker, SpeakerKind, Statement, Voice
from onrecord.statements.draft import Draft, GivenDraft, Range

GROUP = "onrecord.extractors"
"""The entry point group in which an installed package names its extractors."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST = 1_000
"""Characters of a name, side, office or channel at most."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plug-ins that are ready, by the name of their entry point, and problems with those that are not."""

    extractors: tuple[tuple[str, Extractor], ...] = ()
    problems: tuple[Problem, ...] = ()


@cache
def installed() -> tuple[EntryPoint, ...]:
    """The entry points of installed plug-ins, by name; nothing of them is imported."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)))


def version() -> str:
    """The plug-ins' names and versions: part of the reader's version."""
    return "\n".join(f"{e.name} {e.value} {e.dist.version if e.dist else ''}" for e in installed())


@cache
def loaded() -> Loaded:
    """The installed plug-ins, imported once. One that can't be imported costs only its own statements."""
    ready: list[tuple[str, Extractor]] = []
    problems: list[Problem] = []
    for point in installed():
        try:
            found = point.load()
        except Exception as error:  # noqa: BLE001 (a third party's module may raise anything)
            problems.append(_fault(point.name, f"plug-in {point.name}", f"can't be loaded ({_said(error)})"))
            continue
        if callable(found) and isinstance(getattr(found, "name", None), str):
            ready.append((point.name, found))
        else:
            problems.append(_fault(point.name, f"plug-in {point.name}", f"{point.value} is no extractor"))
    return Loaded(tuple(ready), tuple(problems))


def read(drafted: Sequence[tuple[Post, Draft | None]], where: str) -> tuple[list[Draft | None], tuple[Problem, ...]]:
    """The posts' drafts with what every plug-in adds to them, and one problem a plug-in and kind of fault."""
    ready = loaded()
    drafts = [draft for _, draft in drafted]
    problems = list(ready.problems) if drafted else []
    for name, extractor in ready.extractors:
        tally = _Tally()
        for i, (post, _) in enumerate(drafted):
            draft = drafts[i]
            if draft is not None:
                drafts[i] = _with(draft, post, name, extractor, tally)
        problems += tally.problems(name, where)
    return drafts, tuple(problems)


@dataclass(slots=True)
class _Tally:
    """What went wrong with one plug-in on one page."""

    lies: int = 0
    misshapen: int = 0
    failed: int = 0
    first: str = ""

    def problems(self, name: str, where: str) -> list[Problem]:
        out = []
        if self.lies:
            why = f"{_count(self.lies)} left out, because the words named as evidence do not stand in the post"
            out.append(Problem("evidence", where, f"plug-in {name}: {why}", "report it to the plug-in's maker"))
        if self.misshapen:
            out.append(_fault(name, where, f"{_count(self.misshapen)} left out, which are no well-formed statements"))
        if self.failed:
            out.append(_fault(name, where, f"it failed on {self.failed} of the posts, first with {self.first}"))
        return out


def _count(number: int) -> str:
    return f"{number} statement{'s' * (number != 1)}"


def _fault(name: str, where: str, why: str) -> Problem:
    mend = "mend or uninstall it; for a record then: onrecord rebuild STORY.db --reread"
    return Problem("plugin-fault", where, f"plug-in {name}: {why}", mend)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"


def _with(draft: Draft, post: Post, name: str, extractor: Extractor, tally: _Tally) -> Draft:
    """The draft with what the plug-in gives; when it raises, marked as lacking that."""
    try:
        offered = list(extractor(post))
        sound = [s for s in offered if _sound(s)]
        shown = [s for s in sound if statement_stands(s, post.id, {post.id: post.text})]
        given = _given(shown, name, len(draft.given))
    except Exception as error:  # noqa: BLE001 (a third party's code may raise anything, and costs only its own statements)
        tally.failed += 1
        tally.first = tally.first or _said(error)
        return replace(draft, failed=(*draft.failed, name))
    tally.misshapen += len(offered) - len(sound)
    tally.lies += len(sound) - len(shown)
    return replace(draft, given=(*draft.given, *given)) if given else draft


def _given(statements: Sequence[Statement], name: str, first: int) -> list[GivenDraft]:
    """In text order, outer before inner; one is nested only in one before it, so that nesting never runs in a ring."""
    at: dict[str, int] = {}
    out = []
    for i, s in enumerate(sorted(statements, key=lambda s: (s.content[0].start, -s.content[-1].end))):
        out.append(_draft(s, name, at.get(s.nested_in) if s.nested_in else None))
        at[s.id] = first + i
    return out


def _draft(s: Statement, name: str, nested_in: int | None) -> GivenDraft:
    who = s.speaker
    return GivenDraft(
        plugin=name,
        voice=s.voice,
        content=tuple((span.start, span.end) for span in s.content),
        cue=_range(s.cue),
        name=who.name if who else None,
        kind=who.kind if who else "person",
        side=who.side if who else None,
        office=who.office if who else None,
        mention=_range(who.span) if who else None,
        via=tuple(s.via),
        mode=s.mode,
        act=s.act,
        standing=s.standing,
        first_hand=s.first_hand,
        nested_in=nested_in,
        standing_by=_range(s.standing_by),
    )


def _range(span: Span | None) -> Range | None:
    return (span.start, span.end) if span else None


# -- form --------------------------------------------------------------------------------------------------------------


def _sound(s: object) -> bool:
    """A statement whose fields hold what their types say: types bind nobody's code but ours."""
    if not isinstance(s, Statement):
        return False
    words = ((s.voice, Voice), (s.mode, Mode), (s.act, Act), (s.standing, Said))
    return (
        all(word in get_args(known) for word, known in words)
        and isinstance(s.content, tuple)
        and all(map(_is_span, s.content))
        and all(span is None or _is_span(span) for span in (s.cue, s.standing_by))
        and (s.speaker is None or _is_speaker(s.speaker))
        and isinstance(s.via, tuple)
        and all(map(_is_name, s.via))
        and isinstance(s.first_hand, bool)
        and isinstance(s.id, str)
        and (s.nested_in is None or isinstance(s.nested_in, str))
    )


def _is_span(span: object) -> bool:
    return (
        isinstance(span, Span)
        and type(span.start) is int
        and type(span.end) is int
        and isinstance(span.post, str)
        and isinstance(span.text, str)
    )


def _is_speaker(who: object) -> bool:
    return (
        isinstance(who, Speaker)
        and _is_name(who.name)
        and who.kind in get_args(SpeakerKind)
        and all(text is None or _is_name(text) for text in (who.side, who.office))
        and (who.span is None or _is_span(who.span))
    )


def _is_name(text: object) -> bool:
    """Words that can be shown and stored."""
    return isinstance(text, str) and 0 < len(text.strip()) <= _LONGEST and not _SURROGATE.search(text)
