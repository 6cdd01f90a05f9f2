"""Lines of a page without times → its posts, where rules or bullets at the margin part them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.posts.lines import Line

_LEAST = 3
"""Fewer rules or bullets make no row."""
_LEAST_WORDS = 12
"""Words of a row's usual post: shorter items are a list."""
_NEWS = frozenset({"body", "short", "title"})
_SIGNS = "•·▪●◆■*–—-"


def parted(lines: Sequence[Line]) -> tuple[int, list[int]] | None:
    """How many lines at the top are the page's own, and where posts start; None where nothing parts them so."""
    return _by_rules(lines) or _by_bullets(lines)


def _by_rules(lines: Sequence[Line]) -> tuple[int, list[int]] | None:
    """Posts between lines of nothing but signs: `-----`, `***`."""
    rules = [i for i, line in enumerate(lines) if not any(c.isalnum() for c in line.text)]
    spans = [(a + 1, b) for a, b in pairwise([*rules, len(lines)]) if _words(lines[a + 1 : b])]
    if len(spans) < _LEAST or _words(lines[rules[0] :]) < max(_LEAST_WORDS * len(spans), _words(lines) / 2):
        return None
    starts = [a for a, _ in spans]
    if _words(lines[: rules[0]]) and not _is_head(lines[: rules[0]], sum(lines[a].kind == "short" for a in starts)):
        return 0, [0, *starts]
    return starts[0], starts


def _is_head(lines: Sequence[Line], titled: int) -> bool:
    """Whether what stands above the first rule is the page's own: it has a headline, and few posts do."""
    return any(line.kind in ("short", "signoff", "byline") for line in lines[:3]) and titled < 2


def _by_bullets(lines: Sequence[Line]) -> tuple[int, list[int]] | None:
    """Posts that each begin with a bullet, what goes on in them being set in."""
    bullets = [i for i, line in enumerate(lines) if line.text[0] in _SIGNS and len(line.text) > 1 and line.time is None]
    if len(bullets) < _LEAST:
        return None
    margin = min(lines[i].indent for i in bullets)
    tops = [i for i in bullets if lines[i].indent == margin]
    inside = [line for line in lines[tops[0] :] if line.kind in _NEWS]
    out = [line for line in inside if line.indent <= margin and line.text[0] not in _SIGNS]
    deeper = any(line.indent > margin for line in inside)
    words = sum(line.size for line in inside)
    if len(tops) < _LEAST or len(out) > 1 or words < max(_words(lines) * 0.6, _LEAST_WORDS * len(tops)):
        return None
    if not deeper and words < 2 * _LEAST_WORDS * len(tops):
        return None
    return tops[0], tops


def _words(lines: Sequence[Line]) -> int:
    return sum(line.size for line in lines if line.kind in _NEWS or line.kind == "related")
