"""Bytes or text → a `Reading` or events, without a record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from onrecord import events, evidence, plugins, posts, statements, words
from onrecord.above import posts_above, text_above
from onrecord.errors import UsageError
from onrecord.model import (
    Block,
    Capture,
    Event,
    Hints,
    Page,
    Post,
    PostReading,
    Problem,
    Reading,
    Rulings,
    Setting,
    Settings,
    Telling,
)
from onrecord.posts.lines import is_wrapped
from onrecord.sources.files import zone_of
from onrecord.statements.draft import Draft
from onrecord.statements.gazetteer import gazetteer
from onrecord.statements.parse import model_hash
from onrecord.statements.resolve import Known

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a fault in a reader raises: it costs the page or the post that it meets, and never the batch."""

MOST_READ = 2_000_000
"""So many characters of a page are read for statements; more is no page that anyone writes."""

FAULT = "reader-fault"
"""The problem's code."""

DATED = "say of which day the page is: --published DATE (published= in Python)"
ZONED = "say in which time zone the page was written: --tz ZONE (tz= in Python)"


def read(
    source: str | Path | bytes,
    *,
    outlet: str | None = None,
    published: datetime | date | None = None,
    tz: str | None = None,
    page: str | None = None,
) -> Reading:
    """Read one page: a path, or the bytes themselves. Raises `OSError` for a file that can't be read.

    `published` is when the page came out, `tz` its time zone (IANA), `page` a key where it prints no address. What the
    page prints wins over `published` and `tz`; `outlet` wins over the page. Raises `UsageError` and `ModelError`.
    """
    hints = hints_of(outlet=outlet, published=published, tz=tz, page=page)
    body, where = (source, "bytes") if isinstance(source, bytes) else (Path(source).read_bytes(), str(source))
    return read_capture(capture_of(body, where, hints))


def read_text(
    text: str,
    *,
    outlet: str | None = None,
    published: datetime | date | None = None,
    tz: str | None = None,
    split: bool = True,
) -> Reading:
    """Read a text. With `split=False` the whole text is one post, unchanged, whose blocks are its lines."""
    hints = hints_of(outlet=outlet, published=published, tz=tz, split=split)
    return read_capture(capture_of(text.encode("utf-8", "replace"), "text", hints))


def fold_texts(documents: Iterable[tuple[str, str, datetime | date | None]]) -> list[dict[str, object]]:
    """Fold loose texts, given as (id, text, when it came out or None), each as one post, into events.

    Events are as `onrecord events --json` gives them, with `happenings` as `{"doc", "start", "end", "text"}`.
    """
    loose = [_whole_text(*document) for document in documents]
    drafts, _ = _with_plugins([page.posts[0] for _, page, _ in loose], "texts")
    told: list[Telling] = []
    for (name, page, setting), found in zip(loose, drafts, strict=True):
        draft = found or Draft()
        readings, _ = resolve([(page.posts[0], draft)], setting, page_id=name, where=name)
        told += tellings(readings[0], draft, outlet=name, page=name, published=page.published, seen=page.published)
    return [_loose(event) for event in events.fold(told, Rulings())]


def tellings(
    said: PostReading, draft: Draft, *, outlet: str, page: str, published: datetime | None, seen: datetime | None
) -> list[Telling]:
    """The tellings of a post that came out, or was first seen, at a moment."""
    return events.tellings(
        said, outlet=outlet, page=page, first_seen=seen, published=published, sentences=draft.sentences,
        words=draft.words,
    )  # fmt: skip


def _whole_text(name: str, text: str, published: datetime | date | None) -> tuple[str, Page, Setting]:
    hints = hints_of(outlet=name, published=published, page=name, split=False)
    page, setting, _ = page_of(capture_of(text.encode("utf-8", "replace"), name, hints))
    return name, page, setting


def _loose(event: Event) -> dict[str, object]:
    spans = [(t.page, t.happening.span) for t in event.tellings]
    happenings = [{"doc": doc, "start": s.start, "end": s.end, "text": s.text} for doc, s in spans]
    return {**event.to_dict(), "happenings": happenings}


def read_capture(capture: Capture, settings: Settings | None = None) -> Reading:
    """Read a capture as a page of a story with these settings, by itself."""
    page, setting, problems = page_of(capture, settings)
    if not readable(page.language):
        return Reading(page, tuple(map(PostReading, page.posts)), problems)
    read = (*page.posts, *posts_above(text_above(page)))
    drafts, faults = drafts_of(read, capture.where)
    drafted = [(post, draft or Draft()) for post, draft in zip(read, drafts, strict=True)]
    count = len(page.posts)
    readings, lost = resolve(drafted[:count], setting, page_id="", where=capture.where, above=drafted[count:])
    return Reading(page, readings, problems + faults + lost)


def drafts_of(found: Sequence[Post], where: str) -> tuple[list[Draft | None], tuple[Problem, ...]]:
    """The posts' drafts; None, and a problem, for those on which the reader fails and those behind `MOST_READ`."""
    near, cut = _within(found)
    drafts, problems = _with_plugins(near, where)
    if cut:
        why = f"only the first {MOST_READ:,} characters are read; all posts are kept"
        problems = (*problems, Problem("too-long", where, why, "split it into pages"))
    return drafts + [None] * (len(found) - len(drafts)), problems


def _with_plugins(found: Sequence[Post], where: str) -> tuple[list[Draft | None], tuple[Problem, ...]]:
    """The posts' drafts by our own reader, with what plug-ins add."""
    own, faults = _drafts(found, where)
    drafts, doubts = plugins.read(list(zip(found, own, strict=True)), where)
    return drafts, faults + doubts


def _within(found: Sequence[Post]) -> tuple[list[Post], bool]:
    """The posts that are read, the last with the blocks that are, and whether any are left out."""
    near: list[Post] = []
    left = MOST_READ
    for post in found:
        if left <= 0:
            return near, True
        short = len(post.text) <= left
        near.append(post if short else replace(post, blocks=tuple(_cut(post.blocks, left))))
        left -= len(post.text)
    return near, left < 0


def _cut(blocks: Iterable[Block], end: int) -> Iterator[Block]:
    return (replace(b, end=min(b.end, end)) for b in blocks if b.start < end)


def _drafts(found: Sequence[Post], where: str) -> tuple[list[Draft | None], tuple[Problem, ...]]:
    if not found:  # the parser is slow to load
        return [], ()
    try:
        return list(statements.extract(found)), ()
    except FAULTS as error:
        if len(found) <= 1:
            return [None] * len(found), (_fault(where, "a post", error),)
    each = [_drafts([post], where) for post in found]
    return [drafts[0] for drafts, _ in each], tuple(p for _, problems in each for p in problems)


def _fault(where: str, what: str, error: Exception) -> Problem:
    why = f"the reader failed on {what} ({type(error).__name__}: {str(error)[:200]})"
    return Problem(FAULT, where, why, "report it with the page")


Drafted = Sequence[tuple[Post, Draft]]
Found = tuple[tuple[PostReading, ...], tuple[Problem, ...]]


@dataclass(slots=True)
class Resolved:
    """What was resolved of a page the last time: of the whole, and by post."""

    whole: tuple[str, Drafted, Found] | None = None
    readings: dict[str, Known] = field(default_factory=dict)
    checked: dict[str, tuple[PostReading, PostReading]] = field(default_factory=dict)

    def same(self, mark: str, drafted: Drafted) -> Found | None:
        """What came of the page, if it was of these very objects."""
        if self.whole is None or self.whole[0] != mark or len(self.whole[1]) != len(drafted):
            return None
        pairs = zip(self.whole[1], drafted, strict=True)
        return self.whole[2] if all(a is c and b is d for (a, b), (c, d) in pairs) else None


def resolve(
    drafted: Drafted, setting: Setting, *, page_id: str, where: str, before: Resolved | None = None, above: Drafted = ()
) -> Found:
    """The readings of posts whose drafts are known, each with its evidence checked; `above` tells of who and where.

    With what came of the page before, which is brought up to date: the same objects where nothing is different.
    """
    if before is None:
        return _resolved(drafted, setting, page_id, where, Resolved(), above)
    mark = f"{page_id} {where} {setting!r} {gazetteer().mark}"
    found = before.same(mark, (*drafted, *above)) or _resolved(drafted, setting, page_id, where, before, above)
    before.whole = (mark, (*drafted, *above), found)
    return found


def _resolved(drafted: Drafted, setting: Setting, page_id: str, where: str, before: Resolved, above: Drafted) -> Found:
    try:
        readings = statements.resolve(drafted, setting, page_id, before.readings, above)
        return evidence.check(readings, where, before.checked)
    except FAULTS as error:
        return tuple(PostReading(post) for post, _ in drafted), (_fault(where, "the page", error),)


def reader_version() -> str:
    """Hash of all that a draft depends on: code, model, plug-ins, shipped and user's data. Raises `ModelError`."""
    parts = (_shipped_version(), gazetteer().mark, plugins.version(), words.version())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _shipped_version() -> str:
    """Hash of reading's code and data and of the model's weights."""
    package = Path(str(statements.__file__)).parent
    total = hashlib.sha256(model_hash().encode())
    for path in sorted((*package.glob("*.py"), *(package.parent / "data").rglob("*"))):
        if path.is_file() and path.suffix != ".sqlite":  # the gazetteer, which knows what it was made from
            with path.open("rb") as file:
                total.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


# -- captures and pages ------------------------------------------------------------------------------------------------


def hints_of(
    *,
    outlet: str | None = None,
    published: datetime | date | None = None,
    tz: str | None = None,
    page: str | None = None,
    split: bool = True,
) -> Hints:
    """Hints from what a caller gives; a date is midnight of that day in `tz`. Raises `UsageError`."""
    zone = zone_of(tz)
    if isinstance(published, datetime):
        if published.tzinfo is None:
            raise UsageError("published has no time zone", "give an aware datetime, or a date")
    elif published is not None:
        published = datetime(published.year, published.month, published.day, tzinfo=zone)
    return Hints(outlet=outlet, published=published, tz=tz, page=page, split=split)


def capture_of(body: bytes, where: str, hints: Hints | None = None) -> Capture:
    """The bytes as a capture, seen when the hints say, else now."""
    hints = hints or Hints()
    return Capture(where, body, hashlib.sha256(body).hexdigest(), hints.seen_at or datetime.now(UTC), hints)


def page_of(capture: Capture, settings: Settings | None = None) -> tuple[Page, Setting, tuple[Problem, ...]]:
    """The capture's page, what `resolve` may know of it, and problems beside the page's own."""
    settings = settings or Settings()
    zone = capture.hints.tz or (settings.tz if settings.tz != "UTC" else None)
    page = _distinct(_read(replace(capture, hints=replace(capture.hints, tz=zone, seen_at=None))))
    setting = Setting(page.published, page.tz or zone or "UTC", page.outlet, settings.countries, settings.sides)
    return page, setting, tuple(_doubts(page, zone, capture.where))


def _read(capture: Capture) -> Page:
    if not capture.hints.split:
        return whole(capture)
    try:
        return _going_on(capture, posts.read(capture))
    except FAULTS as error:
        problem = replace(_fault(capture.where, "the page", error), fatal=True)
        return Page(capture.where, "text", problems=(problem,))


def _going_on(capture: Capture, page: Page) -> Page:
    """The page with the address at which it goes on, and its language as hinted where it does not say."""
    base = capture.where if capture.hints.part else capture.hints.url or page.url or capture.where
    return replace(
        page,
        more=posts.more(capture.body, page, base, capture.hints.more),
        language=page.language or capture.hints.language,
    )


def _distinct(page: Page) -> Page:
    """The page with a number behind each id that comes again, so that an id names one post."""
    taken = {post.id for post in page.posts}
    if len(taken) == len(page.posts):
        return page
    seen: set[str] = set()
    out = []
    for post in page.posts:
        name, number = post.id, 1
        while name in seen or (number > 1 and name in taken):
            number += 1
            name = f"{post.id}~{number}"
        seen.add(name)
        out.append(replace(post, id=name))
    return replace(page, posts=tuple(out))


def whole(capture: Capture) -> Page:
    """The capture's text as one post, unchanged; its lines or wrapped paragraphs are the blocks."""
    text = capture.body.decode("utf-8", "replace")
    post = Post("1", text, tuple(_lines(text)), start=0, end=len(text), made_id=True)
    hints = capture.hints
    return Page(capture.where, "text", hints.outlet, hints.url, None, hints.published, hints.tz, "en", text, (post,))


def _lines(text: str) -> Iterator[Block]:
    """A block a line that holds words; a block a paragraph where lines are broken to a width, as in wire copy."""
    rows = text.split("\n")
    wrapped = is_wrapped(rows)
    start = end = -1
    at = 0
    for row in rows:
        words = row.strip()
        if start >= 0 and (not words or not wrapped or row.startswith(("   ", "\t"))):
            yield Block("paragraph", start, end)
            start = -1
        if words:
            start = start if start >= 0 else at + row.index(words[0])
            end = at + len(row.rstrip())
        at += len(row) + 1
    if start >= 0:
        yield Block("paragraph", start, end)


def _doubts(page: Page, zone: str | None, where: str) -> Iterator[Problem]:
    known = {p.code for p in page.problems}
    fatal = any(p.fatal for p in page.problems)
    if fatal or not page.posts:
        return
    if page.published is None and "no-date" not in known and any(p.time is None for p in page.posts):
        yield Problem("no-date", where, "the page prints no date, so that days such as Friday stay unresolved", DATED)
    timed = page.published or any(p.time for p in page.posts)
    if timed and not (page.tz or zone or "no-zone" in known or _offset(page.published)):
        yield Problem("no-zone", where, "the page names no time zone; its times are taken as UTC", ZONED)
    if not readable(page.language) and "language" not in known:
        why = f"the page is in a language that is not read ({page.language}); its posts are kept without statements"
        yield Problem("language", where, why)


def _offset(moment: datetime | None) -> bool:
    return bool(moment and moment.utcoffset())


def readable(language: str | None) -> bool:
    """True for English, and where the page doesn't say."""
    return language is None or language.lower().startswith("en")
