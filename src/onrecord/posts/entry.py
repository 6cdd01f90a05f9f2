"""The element of a post → what readers are shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborNode

from onrecord.posts.elements import bare_clocks, own_id
from onrecord.posts.lines import names
from onrecord.posts.moments import Printed, machine, printed
from onrecord.posts.tree import FILE, Piece, ancestors, is_a, marks, pieces, text_of, tokens
from onrecord.posts.words import listing, plain, words

_LINES = "posts_lines.toml"
_LONGEST_HEADER = 160
_MOST = 50
_TEXTUAL = frozenset({"-text", "p", "div", "figure", "ul"})
_CLOCKS = ", ".join(
    ["time", "[datetime]", "[itemprop=datePublished]", "[itemprop=dateModified]"]
    + [f"[class*={word}]" for word in ("time", "Time", "date", "Date")]
)
_BYLINES = ", ".join(
    ["[rel=author]", "[itemprop=author]", "address"]
    + [f"[class*={word}]" for word in ("author", "Author", "byline", "Byline", "contributor", "Contributor")]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A post as the page shows it."""

    id: str | None
    title: str | None
    time: datetime | None
    printed: Printed | None
    """The time as printed, for pages that give no other."""
    updated: datetime | None
    authors: tuple[str, ...]
    key: bool
    pinned: bool
    pieces: tuple[Piece, ...]
    url: str | None
    labels: frozenset[str]


def entry(node: LexborNode, zone: tzinfo) -> Entry:
    """What a post's element shows. Times without offset are in `zone`."""
    clocks = [t for t in node.css(_CLOCKS)[:_MOST] if not _embedded(t, node)]
    clock = next((c for c in clocks if _is_clock(c)), None) or next(iter(bare_clocks(node)), None)
    header = _header(clock, node) if clock is not None else []
    skip = {c.mem_id for c in [*clocks, clock] if c is not None and _is_clock(c)}
    skip |= {h.mem_id for h in header if _tells_nothing_else(h, clock)}
    title_node = _title_node(node)
    bylines = [n for n in _bylines(node) if not _embedded(n, node)]
    skip |= {n.mem_id for n in bylines}
    if title_node is not None:
        skip.add(title_node.mem_id)
    labels = frozenset(_labels(header))
    own = marks(node)
    return Entry(
        id=own_id(node),
        title=_words(title_node) or None,
        time=_time(node, clock, zone),
        printed=printed(text_of(clock), zone) if clock is not None else None,
        updated=_updated(node, clocks, zone),
        authors=_authors(bylines, header),
        key=not own.isdisjoint(words(FILE, "key"))
        or _flag(node, "key")
        or bool(labels & words(_LINES, "key_label"))
        or _key_label(node),
        pinned=not own.isdisjoint(words(FILE, "pinned")) or _flag(node, "pinned"),
        pieces=tuple(pieces(node, frozenset(skip))),
        url=_permalink(node),
        labels=labels,
    )


def _words(node: LexborNode | None) -> str:
    """The words that readers are shown of an element, on one line."""
    return " ".join(text for _, text in pieces(node)) if node is not None else ""


def _labels(header: list[LexborNode]) -> Iterator[str]:
    """The words beside the time, piece by piece."""
    for part in header:
        for line in [text_of(part), *part.text(deep=True, separator="\n").splitlines()]:
            known = plain(line).strip(" :.|·•-–")
            if 1 < len(known) < 40:
                yield known


def _embedded(node: LexborNode, post: LexborNode) -> bool:
    """Whether it belongs to a quoted message in the post rather than to the post."""
    for above in ancestors(node):
        if above.mem_id == post.mem_id:
            return False
        if above.tag in ("blockquote", "figure") or not marks(above).isdisjoint(
            {"tweet", "embed", "twitter", "instagram"}
        ):
            return True
    return False


def _is_clock(node: LexborNode) -> bool:
    if (
        node.tag == "time"
        or node.attributes.get("datetime")
        or (node.attributes.get("itemprop") or "").startswith("date")
    ):
        return True
    text = text_of(node)
    found = printed(text) if 2 <= len(text) <= 60 else None
    return found is not None and (found.clock is not None or found.ago is not None)


def _header(clock: LexborNode, post: LexborNode) -> list[LexborNode]:
    """What stands beside the time in its own small part of the post: author, label."""
    above = clock.parent
    if above is None:
        return []
    if above.mem_id != post.mem_id and len(text_of(above)) <= _LONGEST_HEADER and not _heading(above):
        return [above]
    beside = [clock.prev, clock.next] if above.mem_id == post.mem_id else list(above.iter())
    small = [n for n in beside if n is not None and n.tag not in _TEXTUAL and n.mem_id != clock.mem_id]
    return [n for n in small if len(text_of(n)) < 80 and not _heading(n)]


def _tells_nothing_else(part: LexborNode, clock: LexborNode | None) -> bool:
    """Whether a part of the header holds a time, a name or a badge, and no news."""
    for line in _lines_of(part):
        known = plain(line).strip(" :.|")
        if (
            len(known.split()) > 1
            and not _is_person(line)
            and printed(line) is None
            and known not in words(_LINES, "label_exact")
        ):
            return False
    return clock is None or part.css_first("h1, h2, h3, h4") is None


def _is_person(line: str) -> bool:
    found = names(line)
    return bool(found) and 1 < len(found[0].split()) <= 4


def _lines_of(part: LexborNode) -> list[str]:
    """Its words, piece by piece, without the signs between them."""
    found = (line.strip(" ·•|-–—,") for line in part.text(deep=True, separator="\n").splitlines())
    return [line for line in found if line]


def _heading(node: LexborNode) -> bool:
    return node.tag in ("h1", "h2", "h3", "h4", "h5", "h6") or node.css_first("h1, h2, h3, h4, h5, h6") is not None


def _title_node(node: LexborNode) -> LexborNode | None:
    """The post's headline: its first heading, or else an element that names itself one."""
    found = [
        n for n in node.css("h1, h2, h3, h4, h5, h6, [itemprop=headline]") if not _embedded(n, node) and text_of(n)
    ]
    if found:
        return found[0]
    named = [
        n
        for n in node.css("[class*=title], [class*=Title], [class*=headline], [class*=Headline], [class*=heading]")
        if is_a(n, "headline")
    ]
    return next(
        (n for n in named if 0 < len(text_of(n)) <= 250 and n.css_first("p") is None and not _embedded(n, node)), None
    )


def _bylines(node: LexborNode) -> list[LexborNode]:
    found = [n for n in node.css(_BYLINES)[:_MOST] if n.tag == "address" or is_a(n, "author")]
    ids = {n.mem_id for n in found}
    return [n for n in found if not any(a.mem_id in ids for a in ancestors(n)) and 0 < len(text_of(n)) < 200]


def _authors(bylines: list[LexborNode], header: list[LexborNode]) -> tuple[str, ...]:
    for node in bylines:
        inner = [n for n in node.css("[itemprop=name], [rel=author], a") if text_of(n)]
        found = tuple(dict.fromkeys(name for n in (inner or [node]) for name in names(text_of(n))))
        if found:
            return found
    for line in (line for part in header for line in _lines_of(part)):
        known = plain(line).strip(" :.|")
        if not known or known in words(_LINES, "label_exact") or known in words(_LINES, "chrome_exact"):
            continue
        found = names(line) if printed(line) is None else ()
        if found and 1 < len(found[0].split()) <= 4:
            return found
    return ()


def _time(node: LexborNode, clock: LexborNode | None, zone: tzinfo) -> datetime | None:
    """When it was published, as the page gives it for its readers: a full time in the element, else in its clock."""
    shown = _moment(clock, zone) if clock is not None else None
    own = _moment(node, zone)
    if shown is not None and own is not None and clock is not None and not _offset(clock):
        return own
    return shown or own


def _offset(clock: LexborNode) -> bool:
    """Whether the clock's machine time says its offset, so that no zone has to be known."""
    value = clock.attributes.get("datetime") or ""
    return value.endswith("Z") or "+" in value[10:] or "-" in value[10:]


def _moment(node: LexborNode, zone: tzinfo) -> datetime | None:
    given = node.attributes
    return next((m for k in listing(FILE, "time_attributes") if (m := machine(given.get(k), zone))), None)


def _updated(node: LexborNode, clocks: list[LexborNode], zone: tzinfo) -> datetime | None:
    given = node.attributes
    own = next((m for k in listing(FILE, "change_attributes") if (m := machine(given.get(k), zone))), None)
    if own is not None:
        return own
    changed = (
        c
        for c in clocks
        if c.attributes.get("itemprop") == "dateModified" or not marks(c).isdisjoint({"updated", "modified"})
    )
    return next((m for c in changed if (m := _moment(c, zone))), None)


def _flag(node: LexborNode, name: str) -> bool:
    """An attribute such as `data-key-event="true"` or `data-type="key-event"`."""
    for key, value in node.attributes.items():
        if key.startswith("data-") and name in tokens(key):
            return (value or "").lower() not in ("false", "0", "no", "none")
    return False


def _key_label(node: LexborNode) -> bool:
    """Whether a part of its head is marked as the badge of a key event."""
    badge = node.css_first("[class*=key-event], [class*=keyEvent], [class*=KeyEvent], [class*=key_event]")
    return badge is not None and (plain(text_of(badge)) in words(_LINES, "key_label"))


def _permalink(node: LexborNode) -> str | None:
    own = node.attributes.get("id")
    for link in node.css("a[href*='#'], link[itemprop=url]"):
        href = link.attributes.get("href") or ""
        if own and href.endswith(f"#{own}"):
            return href
    return None
