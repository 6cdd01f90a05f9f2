"""Redactions → a record from which the words are gone: bytes, readings, index, decisions, and the file itself.

The bytes of a capture that holds redacted words are given up; the page as it was read stays in their place, without the
words. What is cut short shows in the bodies that nobody has checked for the newest redaction, and is taken up again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from onrecord import desk, reading, redaction, versions
from onrecord.above import posts_above
from onrecord.desk import Decision, Selector
from onrecord.history import PageHistory
from onrecord.model import Capture, Page, Settings
from onrecord.posts import revision_hash
from onrecord.posts.decode import MOST_HTML, NotTextError, decode
from onrecord.redaction import BLOCK, Redactions
from onrecord.store import Record, codec, decisions, derived, facts
from onrecord.store import versions as stored_versions
from onrecord.store.facts import Body, CaptureRow

_PURGE = "purge"
"""Set in the derived tables' state while the file may still hold bytes of what was taken out of the tables."""

Changed = Sequence[tuple[str, str]]
"""(text of a post, the same text without what is redacted)."""


def current(connection: Connection) -> Redactions:
    """All that is redacted in the record."""
    return redaction.redactions(desk.taken(r.change, r.id, r.detail) for r in decisions.redactions(connection))


def kept(capture: Capture, page: Page, name: str, what: Redactions) -> tuple[Page, Body]:
    """A new capture's page, and what is kept of its bytes."""
    bare = redaction.page(page, name, what)
    if bare is page and not (what and redaction.holds_raw(_source(capture), what)):
        return page, facts.packed(capture, what.change)
    return bare, facts.packed_page(codec.dump(bare), what.change)


def renamed(capture: Capture, key: str, what: Redactions) -> tuple[Capture, str]:
    """The capture and its page's key with addresses that hold no redacted words."""
    if not what:
        return capture, key
    where, hints = redaction.strings((capture.where, capture.hints), what)
    return replace(capture, where=where, hints=hints), redaction.blanked(key, what.passages)


def _source(capture: Capture) -> str:
    try:
        return decode(capture.body, capture.where, MOST_HTML, capture.hints.charset)[0]
    except NotTextError:
        return capture.body.decode("latin-1")


# -- what is in the record ---------------------------------------------------------------------------------------------


def run(record: Record, settings: Settings, *, whole: bool = False) -> bool:
    """Take out of the facts what the redactions name, wherever that is not done yet; True when there was something.

    `whole` goes through decisions and addresses even where all bodies have been looked through.
    """
    with record.reading() as connection:
        what = current(connection)
        todo = facts.unchecked(connection, what.change) if what else []
    if todo or (whole and what):
        _words(record, what)
    for name in todo:
        _body(record, settings, name, what)
    return bool(todo or whole)


def _body(record: Record, settings: Settings, name: str, what: Redactions) -> None:
    """Look for the words in one body, and give its bytes up if they are there."""
    with record.reading() as connection:
        rows = facts.of_body(connection, name)
        before, source = _read(connection, rows, settings, what) if rows else (None, "")
    after = before
    for page in sorted({row.page for row in rows}):
        after = redaction.page(after, page, what) if after else None
    if before is not None and after is not None and (after is not before or redaction.holds_raw(source, what)):
        with record.writing() as connection:
            _give_up(connection, name, rows, before, after, what)
        return
    with record.writing() as connection:
        facts.mark_checked(connection, [name], what.change)
        for row in rows:
            _rename(connection, row, what)


def _read(
    connection: Connection, rows: Sequence[CaptureRow], settings: Settings, what: Redactions
) -> tuple[Page | None, str]:
    """(the page that the bytes are, their text); no page where the words can't be in it."""
    stored = facts.kept_page(connection, rows[-1])
    if stored is not None:
        return codec.load(Page, stored), ""
    capture = facts.loaded(connection, rows[-1])
    source = _source(capture)
    named = not what.pages.isdisjoint(row.page for row in rows)
    if not named and not redaction.holds_raw(source, what):
        return None, source
    return reading.page_of(capture, settings)[0], source


def _give_up(
    connection: Connection, name: str, rows: Sequence[CaptureRow], before: Page, after: Page, what: Redactions
) -> None:
    facts.keep_body(connection, name, facts.packed_page(codec.dump(after), what.change))
    pairs = [(a, b) for a, b in zip(before.posts, after.posts, strict=True) if a != b]
    pages = sorted({row.page for row in rows})
    for page in pages:
        derived.forget_page(connection, page)
    whole = any(a.made_id for a, _ in pairs)
    posts = [f"{page} {a.id}" for page in pages for a, _ in pairs]
    _versions(connection, [f"{page} " for page in pages] if whole else posts, whole=whole)
    for row in rows:
        _rename(connection, row, what)
    _selectors(connection, pages, [(a.text, b.text) for a, b in pairs])


def _versions(connection: Connection, posts: Sequence[str], *, whole: bool) -> None:
    """Blank the words of all versions of events that these posts told, or all posts of these pages.

    Of a page that gives posts no ids of its own it is not known which post was which one.
    """
    stored_versions.keep(connection, versions.bare(connection, posts, whole=whole))


def _rename(connection: Connection, row: CaptureRow, what: Redactions) -> None:
    where, hints = redaction.strings((row.where, row.hints), what)
    if (where, hints) != (row.where, row.hints):
        facts.rename(connection, row, where, hints)


def _selectors(connection: Connection, pages: Iterable[str], changed: Changed) -> None:
    """Blank in the selectors of these pages what is blanked in their posts: 32 characters may be half a passage."""
    for row in (row for page in pages for row in decisions.load(connection, page)):
        one = desk.taken(row.change, row.id, row.detail).decision
        bare = replace(one, selectors=tuple(_selector(s, changed) for s in one.selectors))
        if bare != one:
            _rewrite(connection, row, bare)


def _rewrite(connection: Connection, row: decisions.Row, bare: Decision) -> None:
    """Put the bare decision in place, and have all pages that it bears on derived anew: what it names may be lost."""
    decisions.rewrite(connection, row.id, desk.stored(bare))
    pages = decisions.pages_of(connection, row.change)
    for page in pages:
        derived.forget_page(connection, page)
    if bare.correction != desk.taken(row.change, row.id, row.detail).decision.correction:
        _versions(connection, [f"{page} " for page in pages], whole=True)
    if bare.text or bare.title:
        _versions(connection, [f"{desk.PAGE} {row.id}"], whole=False)


def _selector(selector: Selector, changed: Changed) -> Selector:
    whole = selector.prefix + selector.exact + selector.suffix
    if not whole.strip(BLOCK):
        return selector
    wanted = re.compile("".join("." if c == BLOCK else re.escape(c) for c in whole), re.DOTALL)
    for before, after in changed:
        if found := wanted.search(before):
            start = found.start() + len(selector.prefix)
            end = start + len(selector.exact)
            prefix, suffix = after[found.start() : start], after[end : found.end()]
            return replace(selector, prefix=prefix, exact=after[start:end], suffix=suffix)
    return selector


def _words(record: Record, what: Redactions) -> None:
    """Blank what decisions quote, the desk's own posts and the keys of pages; then all is to be derived anew."""
    with record.writing() as connection:
        for row in decisions.load(connection):
            one = desk.taken(row.change, row.id, row.detail).decision
            less = bare(one, what)
            if (desk.PAGE, row.id) in what.posts:
                less = replace(less, title=redaction.blank(less.title), text=redaction.blank(less.text))
            if less != one:
                _rewrite(connection, row, less)
        for page, key in facts.page_keys(connection).items():
            if redaction.holds(key, what):
                facts.rename_page(connection, page, f"{redaction.blanked(key, what.passages)} {page}")
        derived.forget_page(connection, desk.PAGE)
        now = derived.generation(connection)
        for number in derived.generations(connection) - {now}:
            derived.drop_generation(connection, number)
        derived.put(connection, _PURGE, "1")
        derived.next_tick(connection)


def bare(decision: Decision, what: Redactions) -> Decision:
    """The decision without redacted words; what it redacts itself is hashes, and stays."""
    whole = decision.kind == "redact"
    return replace(
        decision,
        why=redaction.blanked(decision.why, what.passages),
        title=redaction.blanked(decision.title, what.passages),
        text=redaction.blanked(decision.text, what.passages),
        selectors=decision.selectors if whole else redaction.strings(decision.selectors, what),
        correction=redaction.strings(decision.correction, what),
    )


# -- the file ----------------------------------------------------------------------------------------------------------


def purge(record: Record) -> None:
    """Take out drafts of posts that no version is like any more, and write the file anew: nothing is left in it.

    Raises `RecordBusyError`, to be tried again.
    """
    with record.reading() as connection:
        if derived.get(connection, _PURGE) != "1":
            return
        number = derived.generation(connection)
        histories = [codec.load(PageHistory, stored) for _, stored in derived.all_histories(connection, number)]
        live = {revision_hash(r.post) for h in histories for p in h.posts for r in p.revisions}
        live |= {revision_hash(post) for h in histories for post in posts_above(h.above)}
        stale = sorted(derived.draft_keys(connection) - live)
    with record.writing() as connection:
        derived.drop_drafts(connection, stale)
    record.rewrite()
    with record.writing() as connection:
        derived.put(connection, _PURGE, "0")
