"""A page → what stands above its posts, title and summary, as a post that is read for who and where alone.

A live page names in full above what its posts then call "the minister" or by surname, and says where it all happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.model import Block, Page, Post

_MOST = 4000
"""Characters that are read; no summary is longer."""
_HEADLINE = 120
"""Characters of a headline at most."""
_LEAST = 6
"""Words of a line that says something; shorter ones are furniture."""


def text_above(page: Page) -> str:
    """The page's title, its summary and the lines above its first post that say something; empty where none does."""
    start = page.posts[0].start if page.posts else None
    above = page.text[: min(start, 4 * _MOST)] if page.text and start else ""
    lines = [line for raw in above.splitlines() if _says(line := raw.strip(" \t•●▪·*")) or _heads(line)]
    title = " ".join((page.title or "").split())
    if _says(summary := " ".join((page.summary or "").split())) and summary not in lines:
        lines.append(summary)
    lines = lines if not title or any(title in line for line in lines) else [title, *lines]
    told = list(dict.fromkeys(part for line in lines for part in _parts(line)))
    out = ""
    for line in told:
        if len(out) + len(line) >= _MOST:
            break
        out += f"\n{line}" if out else line
    return out


def _parts(line: str) -> Iterator[str]:
    """A headline without what it hangs on: "The Latest: …", "Border war live: …", "… – live | Chad | The Post"."""
    whole, *rest = line.split(" | ")
    label = _LABEL.match(whole)
    told = [label[1], whole[label.end() :]] if label else [whole]
    yield from (part for one in (*told, *rest) if (part := _TAIL.sub("", one)) and part.lower() not in _BARE)


_LIVE = r"(?:live(?: updates?| blog| report)?|latest(?: news| updates?)?|updates?|as it happened|breaking(?: news)?)"
_LABEL = re.compile(rf"((?:\S+ ){{0,6}}?(?:[-–—] )?{_LIVE}(?: on [^:]{{2,40}})?) ?[:–—|] ", re.IGNORECASE)
_TAIL = re.compile(rf"[\s:,–—-]+{_LIVE}$", re.IGNORECASE)
_BARE = frozenset(
    {"the", "live", "latest", "the latest", "update", "updates", "live updates", "breaking", "breaking news"}
)


def _says(line: str) -> bool:
    """More than a name or a row of links: words, most of them without a capital."""
    told = line.split()
    return len(told) >= _LEAST and 2 * sum(w[:1].islower() for w in told) >= len(told)


def _heads(line: str) -> bool:
    """A short headline of live coverage: "Chad floods: live"."""
    label = _LABEL.match(line)
    return bool(label and label.end() < len(line)) or (len(line) < _HEADLINE and bool(_TAIL.search(line)))


@lru_cache(maxsize=100)
def posts_above(text: str) -> tuple[Post, ...]:
    """The text as a post, a line a block; none where it is empty. The same text gives the same post."""
    return (Post("", text, tuple(_blocks(text)), made_id=True),) if text else ()


def _blocks(text: str) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        yield Block("paragraph", at, at + len(line))
        at += len(line) + 1
