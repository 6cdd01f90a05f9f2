"""A start tag → its name and attributes, and as bits what its names say the element is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.posts.words import listing, table, words

FILE = "posts_html.toml"

Given = dict[str, str]


class Mark:
    """What tag, class and kind of an element say of it, as bits: flags of an enum cost ten times as much."""

    BLOCK = 1
    HEADING = 2
    SKIPPED = 4
    HIDDEN = 8
    FURNITURE = 16
    QUOTE = 32
    CAPTION = 64
    CREDIT = 128
    RELATED = 256
    AUTHOR = 512
    HEADLINE = 1024
    CLOCK = 2048
    """A `time` element, or one with a machine-readable time."""
    EMBED = 4096
    """A message of somebody else that the post shows."""
    OUTSIDE = 8192
    LIVE = 16384
    KEY = 32768
    PINNED = 65536
    CHANGED = 131072
    NAME = 262144
    ROLE = 524288
    BREAK = 1048576
    TIMED = 2097152
    """Its names speak of a time."""
    NAMED = 4194304
    """It has an id."""
    INSET = 16777216
    """It may be a picture, link, list item or embed."""
    UPDATE = 8388608
    """Microdata say that it is a post of live coverage."""


_WORDS = {
    Mark.FURNITURE: "furniture", Mark.CAPTION: "caption", Mark.CREDIT: "credit", Mark.RELATED: "related",
    Mark.AUTHOR: "author", Mark.HEADLINE: "headline", Mark.EMBED: "embed", Mark.OUTSIDE: "outside", Mark.LIVE: "live",
    Mark.KEY: "key", Mark.PINNED: "pinned", Mark.CHANGED: "changed", Mark.NAME: "name", Mark.ROLE: "role",
    Mark.TIMED: "timed",
}  # fmt: skip
_ONLY = {
    Mark.CREDIT: frozenset(["span", "div", "p", "cite", "small", "aside", "figure", "ul", "a", "em", "footer"]),
    Mark.CAPTION: frozenset(["span", "div", "p", "cite", "small", "aside", "figure", "em", "footer", "figcaption"]),
    Mark.RELATED: frozenset(["div", "aside", "ul", "section"]),
    Mark.HEADLINE: frozenset(["div", "span", "p", "a", "strong", "b", "header"]),
}
_TAGS = {
    **dict.fromkeys(
        ["p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "li", "dl", "dt", "dd",
         "table", "tr", "td", "th", "thead", "tbody", "figure", "pre", "address", "form", "fieldset", "hr", "nav",
         "video", "audio", "details", "summary", "body", "center"],
        Mark.BLOCK,
    ),
    **{f"h{n}": Mark.BLOCK | Mark.HEADING for n in range(1, 7)},
    "br": Mark.BREAK,
    "blockquote": Mark.BLOCK | Mark.QUOTE | Mark.EMBED,
    "figcaption": Mark.BLOCK | Mark.CAPTION,
    "caption": Mark.BLOCK | Mark.CAPTION,
    "figure": Mark.BLOCK | Mark.EMBED,
    "time": Mark.CLOCK,
    "address": Mark.BLOCK | Mark.AUTHOR,
    **dict.fromkeys(["button", "nav", "form", "input", "select", "textarea"], Mark.SKIPPED),
}  # fmt: skip
SILENT = frozenset(["script", "style", "noscript", "svg", "template", "object", "head", "math"])
"""Elements that no reader sees and that no post hides in."""
_VOID = frozenset(
    [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    ]
)  # fmt: skip
RAW = frozenset(["plaintext", "xmp", "noembed", "noframes", "iframe"])
"""Elements that posts may hold and whose content is no markup."""
_MARKED = ("class", "itemprop", "data-type", "data-testid", "data-component", "data-qa", "rel", "role")
_OTHERS = frozenset(_MARKED[1:])
_DULL = frozenset(
    ["href", "src", "alt", "title", "target", "dir", "lang", "width", "height", "srcset", "sizes", "tabindex"]
)
"""Attributes that say nothing of what an element is."""
_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
_PLAIN = frozenset(
    [
        "a", "article", "aside", "b", "blockquote", "br", "button", "cite", "dd", "div", "dl", "dt", "em", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "li", "main", "ol", "p",
        "picture", "section", "small", "source", "span", "strong", "sub", "sup", "time", "u", "ul",
    ]
)  # fmt: skip
"""Elements that a parser reads as they stand, wherever they do."""
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_.:-]{0,60}")
_NAME = re.compile(r' ([^\s="]+)=')
_PARTED = re.compile(r"[-_]+")
MACHINE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
"""How a moment begins that is written for machines."""
_LONGEST_KEPT = 200
_MOST_KEPT = 20_000
_PARTS = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
ID_START = re.compile(r"[a-zA-Z]{3,30}(?:[-_][a-zA-Z]{3,30})?(?![a-zA-Z])")
"""What the letters are that an element's id begins with, where they may say what it is."""
_KEY_KIND = re.compile(r"(?:--|__|(?<![\w-])(?:type|kind)-)(?:is-)?key(?![\w-])")
"""How classes say that an element is one of the key kind: `row--key`, `type-key`."""
_NO_DISPLAY = re.compile(r"display\s?:\s?none")


@cache
def _listed(key: str) -> frozenset[str]:
    return words(FILE, key)


@cache
def id_attributes() -> frozenset[str]:
    """The attributes that hold an element's own id."""
    return frozenset(listing(FILE, "id_attributes"))


@cache
def embedding() -> frozenset[str]:
    """The attributes that tell what an element embeds."""
    found = table("posts_embeds.toml")["attributes"]
    return frozenset(found) if isinstance(found, dict) else frozenset()


@cache
def time_attributes() -> frozenset[str]:
    """The attributes that hold when a post was published."""
    return frozenset(listing(FILE, "time_attributes")) - {"content", "title"}


CLOSED = Mark.EMBED | Mark.SKIPPED | Mark.HIDDEN
"""Marks of what tells nothing of the post that it stands in."""
PLACED = Mark.CLOCK | Mark.HEADING | Mark.HEADLINE | Mark.AUTHOR | Mark.CHANGED | Mark.KEY
"""Marks by which `scan` sorts what a post holds."""
TELLING = PLACED | CLOSED
"""Marks of elements that may tell of a post's time, author or title, or that end the search in them."""


class Content:
    """What may stand in an element."""

    ANY, NOTHING, UNSEEN, END, NO_TAG = range(5)


_INSETS = frozenset(
    ["a", "li", "img", "amp-img", "iframe", "embed", "amp-iframe", "video", "audio", "amp-video", "amp-audio"]
)
Start = tuple[str, Given, int, int]
"""Name, attributes, marks, content."""

STARTS: dict[str, Start] = {}
"""Tags that were met before."""
_NO_START = {"/": Content.END, "!": Content.NO_TAG, "": Content.NO_TAG}


def start(head: str) -> Start:
    """A tag as the parser writes it, without its brackets."""
    known = STARTS.get(head)
    if known is not None:
        return known
    found = _start(head) if head[:1] not in _NO_START else (head[1:], {}, 0, _NO_START[head[:1]])
    if len(head) <= _LONGEST_KEPT:
        if len(STARTS) >= _MOST_KEPT:
            STARTS.clear()
        STARTS[head] = found
    return found


SAYING = frozenset([*_MARKED, "style", "aria-hidden"])
"""Attributes whose values say what an element is."""


@dataclass(slots=True)
class Tag:
    """What start tags share that differ in nothing but their attributes' values."""

    name: str
    names: tuple[str, ...]
    content: int
    telling: tuple[int, ...] = ()
    """Places of the values that say what the element is."""
    id_at: int = -1
    title_at: int = -1
    plain: bool = False
    """Written as the parser writes it, with a tag that is one wherever it stands."""
    said: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    """Marks and number by what the values say."""


_FORMS: dict[tuple[str, ...], Tag | None] = {}


def _start(head: str) -> Start:
    cut = head.split('"')
    form = _form_of(cut)
    if form is None:
        tag, _, rest = head.partition(" ")
        own = {name: unescaped(value) for name, value in _ATTRIBUTE.findall(rest)}
        return tag, own, _marks(tag, own), content_of(tag)
    values = cut[1::2] if "&" not in head else [unescaped(value) for value in cut[1::2]]
    own = dict(zip(form.names, values, strict=True))
    return form.name, own, said(form, values, own)[0], form.content


def said(form: Tag, values: Sequence[str], own: Given) -> tuple[int, int]:
    """The marks of a tag of that form, and its number (`Written`)."""
    told = [values[i] for i in form.telling]
    if form.id_at >= 0 and (first := ID_START.match(values[form.id_at])):
        told.append(first[0])
    if form.title_at >= 0 and MACHINE.match(values[form.title_at]):
        told.append("at")
    key = tuple(told)
    found = form.said.get(key)
    if found is None:
        if len(form.said) >= _MOST_KEPT:
            form.said.clear()
        mark = _marks(form.name, own)
        found = form.said[key] = mark, _number((form.name, mark, shape_of(form.name, own)))
    return found


def shape_of(tag: str, own: Given) -> str:
    """What the elements of a series share: tag, kind, and first class without numbers."""
    return _shape(tag, own.get("class"), own.get("data-testid") or own.get("data-component"))


@lru_cache(maxsize=20_000)
def _shape(tag: str, classes: str | None, kind: str | None) -> str:
    every = (classes or "").split()
    first = [c for c in every if c.lower() not in words(FILE, "turns")][:1] or every[:1]
    return f"{tag}.{_unnumbered(first[0]) if first else ''}.{_unnumbered(kind or '')}"


def _unnumbered(name: str) -> str:
    """A name without what numbers it: `item-12ab` and `item2` → `item`, `x1-a` → `x`; long words stay."""
    head, *rest = _PARTED.split(name)
    bare = head.rstrip("0123456789")
    numbered = len(bare) < len(head)
    out = [bare]
    for part in rest:
        if not part.isalpha():
            numbered = True
        elif not numbered or len(part) > 2:
            out.append(part)
    return "-".join(out)


def _form_of(cut: Sequence[str]) -> Tag | None:
    """The form of a tag cut at its quotes; None for names that hold one."""
    key = tuple(cut[::2])
    form = _FORMS[key] if key in _FORMS else _form(key)
    return form if len(cut) % 2 else None


def _form(cut: tuple[str, ...]) -> Tag | None:
    if len(_FORMS) >= _MOST_KEPT:
        _FORMS.clear()
    tag, _, first = cut[0].partition(" ")
    heads = ((" " + first if first else ""), *cut[1:])
    found = [_NAME.fullmatch(head) for head in heads[:-1]]
    if heads[-1] or None in found:
        form = None
    else:
        names = tuple(m[1] for m in found if m)
        telling = tuple(i for i, name in enumerate(names) if name in SAYING)
        id_at, title_at = (names.index(name) if name in names else -1 for name in ("id", "title"))
        plain = tag in _PLAIN and len(set(names)) == len(names) and all(map(_PLAIN_NAME.fullmatch, names))
        form = Tag(tag, names, content_of(tag), telling, id_at, title_at, plain and "data-tombstone" not in names)
    _FORMS[cut] = form
    return form


Written = tuple[int, Given]
"""The number of all tags with the same name, marks and shape, 0 for tags that are not plain; attributes."""
WRITTEN: dict[str, Written] = {}
"""Tags that were met before as somebody wrote them."""
_NUMBERS: dict[tuple[str, int, str], int] = {}
_OTHER = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp);)")
_NOT_PLAIN: Written = (0, {})


def written(head: str) -> Written:
    """A tag as somebody wrote it, without its brackets: 0 unless just as the parser would write it."""
    known = WRITTEN.get(head)
    if known is not None:
        return known
    found = _NOT_PLAIN if "&" in head and _OTHER.search(head) else _written(head)
    if len(head) <= _LONGEST_KEPT:
        if len(WRITTEN) >= _MOST_KEPT:
            WRITTEN.clear()
        WRITTEN[head] = found
    return found


def _written(head: str) -> Written:
    if head[:1] == "/":
        return (_number((head, 0, "")), {}) if head[1:] in _PLAIN else _NOT_PLAIN
    cut = head.split('"')
    form = _form_of(cut)
    if form is None or not form.plain:
        return _NOT_PLAIN
    values = cut[1::2] if "&" not in head else [unescaped(value) for value in cut[1::2]]
    own = dict(zip(form.names, values, strict=True))
    return said(form, values, own)[1], own


def tag_of(head: str) -> Tag | None:
    """What a plain start tag shares with others that differ in its attributes' values; None for others."""
    return _form_of(head.split('"')) if head[:1] != "/" else None


def _number(kind: tuple[str, int, str]) -> int:
    return _NUMBERS.setdefault(kind, len(_NUMBERS) + 1) if len(_NUMBERS) < _MOST_KEPT else 0


def unescaped(text: str) -> str:
    """A text without the parser's own escapes."""
    if "&" not in text:
        return text
    found = text.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return found.replace("&amp;", "&")


def content_of(tag: str) -> int:
    """What may stand in an element."""
    if tag in _VOID:
        return Content.NOTHING
    return Content.UNSEEN if tag in SILENT else Content.ANY


def _marks(tag: str, own: Given) -> int:
    mark = _own_marks(tag, own)
    is_inset = tag in _INSETS or (mark & Mark.EMBED and tag != "figure") or not own.keys().isdisjoint(embedding())
    return mark | Mark.INSET if is_inset else mark


def _own_marks(tag: str, own: Given) -> int:
    if own.keys() <= _DULL and "title" not in own:
        return _TAGS.get(tag, 0)
    get = own.get
    found = _named(tag, get("class"), *() if _OTHERS.isdisjoint(own) else [get(name) for name in _MARKED[1:]])
    if not id_attributes().isdisjoint(own):
        found |= Mark.NAMED
        if own_id := get("id"):
            found |= _by_id(own_id)
    if not time_attributes().isdisjoint(own) or ((title := get("title")) and MACHINE.match(title)):
        found |= Mark.CLOCK
    style = get("style")
    if (
        "hidden" in own
        or (style and "display" in style and _NO_DISPLAY.search(style))
        or (get("aria-hidden") == "true" and not found & Mark.CLOCK)
    ):
        found |= Mark.HIDDEN
    return found


_KNOWN: dict[tuple[str | None, ...], int] = {}


def _named(tag: str, *names: str | None) -> int:
    key = (tag, *names)
    found = _KNOWN.get(key)
    if found is None:
        if len(_KNOWN) > 20_000:
            _KNOWN.clear()
        found = _KNOWN[key] = _read_names(tag, names)
    return found


def _read_names(tag: str, names: tuple[str | None, ...]) -> int:
    kinds = tokens(" ".join(filter(None, names)))
    out = _TAGS.get(tag, 0)
    for mark, key in _WORDS.items():
        if not _listed(key).isdisjoint(kinds) and tag in _ONLY.get(mark, (tag,)):
            out |= mark
    if tag in ("aside", "footer", "nav"):
        out |= Mark.OUTSIDE
    if "datePublished" in names:
        out |= Mark.CLOCK
    if any(name and _KEY_KIND.search(name) for name in names[:1]):
        out |= Mark.KEY
    if "dateModified" in names:
        out |= Mark.CHANGED
    if any("liveBlogUpdate" in name for name in names if name):
        out |= Mark.UPDATE
    return out


def _by_id(own: str) -> int:
    """What the first letters of an element's id say: `comment-12`, `live-blog`."""
    start = ID_START.match(own)
    return _id_mark(start[0]) if start else 0


@lru_cache(maxsize=20_000)
def _id_mark(start: str) -> int:
    kinds = tokens(start)
    found = (Mark.OUTSIDE, Mark.LIVE)
    return sum(mark for mark in found if not _listed(_WORDS[mark]).isdisjoint(kinds))


@cache
def _empty() -> frozenset[str]:
    return frozenset()


def tokens(text: str) -> frozenset[str]:
    """The parts of a class name or id, and neighbours of two together: `key-event` gives key, event, keyevent."""
    if not text:
        return _empty()
    parts = [p.lower() for p in _PARTS.findall(text)]
    return frozenset([*parts, *(a + b for a, b in pairwise(parts))])
