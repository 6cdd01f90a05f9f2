"""Plain paragraphs one behind the other, as they are written → their lines, texts and links."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.posts.links import Link, link_of
from onrecord.posts.marks import Mark, said, tag_of, written
from onrecord.posts.words import one_line

BLANK = "[ \\n\\t\\f]"
"""White space as a pattern."""
INNER = frozenset(["a", "b", "br", "em", "i", "small", "strong", "sub", "sup", "u"])
"""Elements that leave the parser as it was before them, if they are closed."""
_BETWEEN = re.compile(rf"</p>{BLANK}*+<p(?: [^<>]*+)?>")

RunLink = tuple[str, str, bool]
"""The words of a link, where it leads, and whether it says that it is its post's own."""
Run = tuple[list[str], list[str], list[str | RunLink]]
"""Paragraphs one behind the other in one post: lines as they stand, some of them empty; the same as written, cut where
a tag stands in them; and that with links, each before its words, empty where no tag stands in any."""
NO_LINKS: list[str | RunLink] = []
"""Of all runs without a tag the same one: it is never added to."""
_LONGEST_KEPT = 400
"""Longer tags are not kept."""


def run_of(markup: str, escaped: bool) -> Run | None:
    """The paragraphs of a run as it is written; None where more stands in them than words and links."""
    at = markup.find("</p>")
    if not escaped:
        texts = markup.split(markup[at : markup.find(">", at + 4) + 1]) if at >= 0 else [markup]
        count = 2 * len(texts) - 2
        if markup.count("<") == count and markup.count(">") == count:
            return texts, texts, NO_LINKS
    run: Run = [], [], []
    parts = _BETWEEN.split(markup)
    if not all(_add_paragraph(run, part, escaped) for part in parts):
        return None
    return run if markup.count("<") > 2 * len(parts) - 2 else (run[0], run[1], NO_LINKS)


def _add_paragraph(run: Run, markup: str, escaped: bool) -> bool:
    lines, written_, links = run
    if "<" not in markup and ">" not in markup:
        text = html.unescape(markup) if escaped else markup
        lines.append(text)
        written_.append(text)
        links.append(text)
        return True
    first, *parts = markup.split("<")
    heads, texts = [""], [first]
    for part in parts:
        head, _, text = part.partition(">")
        heads.append(head.rstrip("/ ") if head[-1:] == "/" else head)
        texts.append(text)
    if ">" in first or markup.count(">") != len(parts) or any(">" in text for text in texts):
        return False
    leads = {at: _lead(head) for at, head in enumerate(heads) if head.startswith("a ")}
    checked = ["a" if at in leads else head for at, head in enumerate(heads)]
    if None in leads.values() or not plainly_inside(checked[1:]):
        return False
    texts = [html.unescape(text) for text in texts] if escaped else texts
    line: list[str] = []
    for at, (head, text) in enumerate(zip(heads, texts, strict=True)):
        if head == "br" or head.startswith("br "):
            lines.append("".join(line))
            line = []
        elif lead := leads.get(at):
            words = "".join(texts[at : heads.index("/a", at)])
            links.append((one_line(words), *lead))
        line.append(text)
        links.append(text)
    lines.append("".join(line))
    written_ += texts
    return True


def _lead(head: str) -> Link | None:
    """Where a link leads, by its tag; None for one that says more than that."""
    before, _, rest = head.partition(' href="')
    address, end, behind = rest.partition('"')
    if not end or "&" in head:
        return link_of(written(head)[1]) if _says_nothing(head) else None
    bare = f'{before} href="/"{behind}'
    says = _says_own(bare) if len(bare) <= _LONGEST_KEPT else _says_own.__wrapped__(bare)
    return None if says is None else (address, says)


@lru_cache(maxsize=8192)
def _says_own(head: str) -> bool | None:
    """Whether a link says that it is its post's own, wherever it leads; None for one that says more."""
    return link_of(written(head)[1])[1] if _says_nothing(head) else None


def plainly_inside(heads: Sequence[str]) -> bool:
    """Whether tags in a paragraph close all that they open, and say nothing but that a link leads on."""
    open_: list[str] = []
    for head in heads:
        name, _, rest = head.partition(" ")
        if name[:1] == "/":
            if not open_ or open_.pop() != name[1:] or rest:
                return False
            continue
        if name not in INNER or name in open_ or (rest and not _says_nothing(head)):
            return False
        if name != "br":
            open_.append(name)
    return not open_


def _says_nothing(head: str) -> bool:
    return bool(written(head)[0]) and not mark_of(head) & ~(Mark.INSET | Mark.BREAK)


def mark_of(head: str) -> int:
    """The marks of a plain start tag; all of them for others."""
    tag = tag_of(head)
    own = written(head)[1]
    return said(tag, list(own.values()), own)[0] if tag is not None else ~0
