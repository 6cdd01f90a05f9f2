"""Lines of a page without times → its posts, where rules or bullets at the margin part them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.posts.leads import SIGNS
from onrecord.posts.lines import Line, is_live
from onrecord.posts.sums import heads_points, sums_up
from onrecord.posts.words import listing

_LEAST = 3
"""Fewer rules or bullets make no row."""
_LEAST_WORDS = 12
"""Words of a row's usual post: shorter items are a list."""
_UPDATE = re.compile(r"(?:UPDATE|Update)(?:\s#?\d{1,3})?(?::|\s[-–—])\s?(?=\S)")
_TITLE = 28
"""Words of the longest headline."""
_NEWS = frozenset({"body", "short", "title"})
_PLAIN = "•·*–—-"
"""Bullets that lists have too."""
_SIGNS = SIGNS + "–—-"


def parted(lines: Sequence[Line]) -> list[int]:
    """Where posts start; nowhere where nothing parts them so. What stands above the first is the page's own."""
    return _by_rules(lines) or _by_updates(lines) or _by_bullets(lines) or _by_blanks(lines)


def _by_updates(lines: Sequence[Line]) -> list[int]:
    """Posts that each begin with "Update:", below what was told first."""
    found = [i for i, line in enumerate(lines) if line.kind in _NEWS and _UPDATE.match(line.text)]
    told = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    if len(found) < _LEAST or 3 * len(found) < sum(line.kind == "body" for line in lines):
        return []
    return [told, *found] if told < found[0] else found


def _by_rules(lines: Sequence[Line]) -> list[int]:
    """Posts between lines of nothing but signs: `-----`, `***`."""
    rules = [i for i, line in enumerate(lines) if not any(c.isalnum() for c in line.text)]
    spans = [(a + 1, b) for a, b in pairwise([*rules, len(lines)]) if _words(lines[a + 1 : b])]
    if len(spans) < _LEAST or _words(lines[rules[0] :]) < max(_LEAST_WORDS * len(spans), _words(lines) / 2):
        return []
    starts = [a for a, _ in spans]
    titled = sum(lines[a].kind == "short" for a in starts)
    if 2 * titled > len(starts) and (first := _second_headline(lines[: rules[0]])):
        return [first, *starts]
    if _words(lines[: rules[0]]) and not _is_head(lines[: rules[0]], titled):
        return [0, *starts]
    return starts


def _second_headline(lines: Sequence[Line]) -> int:
    """The last short line, where it stands right above a paragraph and below another, the page's headline; else 0."""
    shorts = [i for i, line in enumerate(lines) if line.kind == "short"]
    above = shorts[-1] + 1 if len(shorts) > 1 else len(lines)
    return above - 1 if above < len(lines) and lines[above].kind == "body" else 0


def _is_head(lines: Sequence[Line], titled: int) -> bool:
    """Whether what stands above the first rule is the page's own: it has a headline, and few posts do."""
    if sums_up(lines[0].plain) and all(x.text[0] in _SIGNS for x in lines[1:]):
        return True
    live = any(part in line.plain for line in lines[:2] for part in listing("posts_lines.toml", "live_part"))
    return any(line.kind in ("short", "signoff", "byline") for line in lines[:3]) and (titled < 2 or live)


def _by_bullets(lines: Sequence[Line]) -> list[int]:
    """Posts that each begin with a bullet, what goes on in them being set in."""
    bullets = [i for i, line in enumerate(lines) if line.text[0] in _SIGNS and line.kind in (*_NEWS, "related")]
    if len(bullets) < _LEAST or len({lines[i].plain for i in bullets}) < len(bullets):
        return []
    announced = bullets[0] > 0 and _announces_posts(lines[bullets[0] - 1])
    if heads_points(lines, bullets[0]) and not announced:
        return []  # a list in a post
    margin = min(lines[i].indent for i in bullets)
    tops = [i for i in bullets if lines[i].indent == margin]
    inside = [line for line in lines[tops[0] :] if line.kind in _NEWS]
    out = [line for line in inside if line.indent <= margin and line.text[0] not in _SIGNS]
    drawn = all(lines[i].text[0] not in _PLAIN for i in tops)
    deeper = any(line.indent > margin for line in inside)
    share = _words(lines[tops[0] :]) / max(1, _words(lines))
    usual = _words(lines[tops[0] :]) / len(tops)
    if (
        len(tops) < _LEAST
        or (len(out) > (len(tops) // 2 if announced else 1) and not drawn)
        or (share < (0.4 if deeper else 0.6) and not announced)
        or usual < _LEAST_WORDS * (2 - (deeper or announced))
    ):
        return []
    heads = [_heads(lines, i, margin) for i in tops]
    if heads[-1] and not any(heads[:-1]) and (below := _headlines_below(lines, tops[-1])):
        lines[tops[-1]].kind = "title"  # the first post's headline stands where the points of the summary do
        return [tops[-1], *below]
    for i, head in zip(tops, heads, strict=True):
        titled = head and lines[i].text[-1] not in ".:" and lines[i].size <= _TITLE
        lines[i].kind = "title" if titled else "body"
    return tops[_points(heads) :]


def _heads(lines: Sequence[Line], i: int, margin: int) -> bool:
    """Whether a paragraph that is set in follows a bullet."""
    below = lines[i + 1] if i + 1 < len(lines) else None
    return below is not None and below.kind == "body" and below.indent > margin and below.text[0] not in _SIGNS


def _headlines_below(lines: Sequence[Line], top: int) -> list[int]:
    """The headlines that are set in below a bullet, as its paragraph is."""
    rest = range(top + 2, len(lines))
    shorts = [i for i in rest if lines[i].kind == "short" and lines[i].indent == lines[top + 1].indent]
    return [i for i in shorts if i + 1 == len(lines) or lines[i + 1].kind in ("body", "byline")]


def _points(heads: Sequence[bool]) -> int:
    """How many bullets, above those that head posts, are the points of the page's summary."""
    first = heads.index(True) if True in heads else 0
    return first if first > 1 and sum(heads) >= _LEAST and 3 * sum(heads) >= 2 * len(heads[first:]) else 0


def _announces_posts(line: Line) -> bool:
    """Whether a line says that what follows is the live coverage itself: `Here are the live updates:`."""
    return (
        line.text[-1] == ":"
        and line.plain.startswith(listing("posts_lines.toml", "below_start"))
        and is_live(line.plain)
    )


def _by_blanks(lines: Sequence[Line]) -> list[int]:
    """Posts of several paragraphs each that blank lines part, where none stand within a post."""
    blocks = [0, *(i for i in range(1, len(lines)) if lines[i].number > lines[i - 1].number + 1), len(lines)]
    spans = [(a, b) for a, b in pairwise(blocks) if any(line.kind == "body" for line in lines[a:b])]
    long = [(a, b) for a, b in spans if sum(line.kind == "body" for line in lines[a:b]) > 1]
    plain = sum(lines[a].kind == "body" for a, _ in spans)
    if len(long) <= _LEAST or 3 * len(long) < 2 * len(spans) or 3 * plain < 2 * len(spans):
        return []
    return [a for a, _ in spans]


def _words(lines: Sequence[Line]) -> int:
    return sum(line.size for line in lines if line.kind in _NEWS or line.kind == "related")
