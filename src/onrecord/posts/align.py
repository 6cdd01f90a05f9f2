"""Captures of one page → which posts are the same, and which were taken down.

A post without an own id is the same post when its time, its headline or long runs of its words are. A removal is
proved, not inferred from absence: the posts above and below it are shown, in two captures running.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from onrecord.model import Post

Fate = Literal["removed", "not shown"]

RUN = 5
"""So many words in the same order make a shared run."""
_ENOUGH = 0.3
"""Least likeness of two versions of one post; an equal time or headline stands for much of it."""
_WORD = re.compile(r"\w+")
_MOST_WORDS = 2000
_COMMON = 8
"""A run in more posts than this tells nothing."""


def ids(earlier: Sequence[Post], later: Sequence[Post]) -> dict[str, str]:
    """Made id in the later capture → id of the same post in the earlier ones, one to one.

    Posts with an own id, and made ids that both hold, are not in it: they stay as they are. Equal input gives
    an equal answer, in whatever order the posts stand.
    """
    held = {p.id for p in earlier}
    kept = {p.id for p in later if p.id in held}
    new = [p for p in later if p.made_id and p.id not in kept]
    old = [p for p in earlier if p.made_id and p.id not in kept]
    pairs = sorted(_likely(old, new), key=lambda t: (-t[0], t[1], t[2]))
    out: dict[str, str] = {}
    taken: set[str] = set()
    for _, before, after in pairs:
        if after not in out and before not in taken:
            out[after] = before
            taken.add(before)
    return out


def removals(captures: Sequence[Sequence[str]]) -> dict[str, Fate]:
    """What became of posts that the last capture no longer shows: ids of each capture's posts, oldest first.

    A post is removed when two captures running show the nearest posts on both sides of its old place, but not the post;
    else it is only not shown: it may have rolled off the page's end.
    """
    if len(captures) < 2:
        return {}
    shown = [set(c) for c in captures]
    gone = dict.fromkeys(i for c in captures[:-1] for i in c if i not in shown[-1])
    places = _last_places(captures)
    return {i: "removed" if _proved(i, places, captures, shown) else "not shown" for i in gone}


def _last_places(captures: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """Where each id was last shown: number of the capture, place in it."""
    return {i: (n, place) for n, posts in enumerate(captures) for place, i in enumerate(posts)}


def _proved(
    gone: str, places: Mapping[str, tuple[int, int]], captures: Sequence[Sequence[str]], shown: Sequence[set[str]]
) -> bool:
    number, place = places[gone]
    above, below = captures[number][:place], captures[number][place + 1 :]
    running = 0
    for later in shown[number + 1 :]:
        running = running + 1 if _surrounded(above, below, later) else 0
        if running == 2:
            return True
    return False


def _surrounded(above: Sequence[str], below: Sequence[str], shown: set[str]) -> bool:
    return any(i in shown for i in above) and any(i in shown for i in below)


def _likely(old: Sequence[Post], new: Sequence[Post]) -> Iterator[tuple[float, str, str]]:
    """Likeness, earlier id and later id of pairs that share a run of words, a headline or a time."""
    index: dict[object, list[int]] = defaultdict(list)
    old_signs = [_signs(p) for p in old]
    for i, signs in enumerate(old_signs):
        for sign in signs:
            index[sign].append(i)
    for post in new:
        signs = _signs(post)
        shared: Counter[int] = Counter()
        for sign in signs:
            near = index.get(sign, [])
            if len(near) <= _COMMON:
                shared.update(near)
        for i in shared:
            likeness = _likeness(old[i], post, old_signs[i], signs)
            if likeness >= _ENOUGH:
                yield likeness, old[i].id, post.id


def _signs(post: Post) -> frozenset[object]:
    """A post's runs of words, headline and time."""
    words = _WORD.findall(post.text.casefold())[:_MOST_WORDS]
    runs: set[object] = {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    if post.title:
        runs.add(" ".join(_WORD.findall(post.title.casefold())))
    if post.time:
        runs.add(post.time)
    return frozenset(runs)


def _likeness(a: Post, b: Post, signs_a: frozenset[object], signs_b: frozenset[object]) -> float:
    """Between 0 and 1: shared runs of the shorter, and whether time and headline are equal."""
    short = max(1, min(len(signs_a), len(signs_b)))
    runs = len(signs_a & signs_b) / short
    time = 0.0 if a.time is None or b.time is None else (0.35 if a.time == b.time else -0.2)
    title = 0.35 if a.title and b.title and a.title.casefold() == b.title.casefold() else 0.0
    return round(min(1.0, 0.6 * runs + time + title), 6)
