"""Lines as each shows itself → the same with those that sign posts as bylines: names, what a person does, where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.posts.lines import QUOTES, Line
from onrecord.posts.people import is_name, names, prefixed
from onrecord.posts.words import outlet_named, plain, words

_LOWER = re.compile(r"\b[a-z]{3,}\b")
_LEAST_SIGNED = 2
_LONGEST_SIGN = 80
_SIGNED = re.compile(r"(?P<end>[.!?…\"”'’)\]])\s{1,3}[-–—]{1,2}\s?(?P<who>[A-ZÀ-Þ][^.!?:;\"“”]{3,60})$")
"""A name behind a dash, at a paragraph's end."""
_ROLE = 8
_AND = re.compile(r",\s(?:and\s)?|\s(?:and|AND)\s|\s&\s")
_BESIDE = re.compile(r"\s\(@\w{2,30}\)|\s@\w{2,30}$|\s\|\s[^|]{3,40}$")
"""A handle, or what the person does, behind the name."""
_WHERE = ("reporting from", "at the", "in ")
_LEAST_ALONE = 3
_ASKS = 12
"""Words of a headline that asks, at most."""
_FULL = 5
"""Words of a full headline, at least."""
_MOST = 4
"""People who sign one post."""
_FILE = "posts_lines.toml"


def settle_names(lines: Sequence[Line]) -> None:
    """Bare names beside a time, or below several headlines, sign posts, unless their words are common ones on this
    page: then they are a headline."""
    bare = [(i, people) for i, line in enumerate(lines) if line.kind == "short" and (people := _people(line.text))]
    named = [i for i, _ in bare]
    doubled = {k for i, j in pairwise(named) if i + 1 == j and lines[i].plain == lines[j].plain for k in (i, j)}
    headed = [i for i in named if _below_headline(lines, i)]
    found = headed if len(headed) >= _LEAST_SIGNED else _closing(lines, named) or _alone(lines, named)
    signing = {*found, *doubled, *(i for i in named if _signs_one(lines, i))}
    bare = [(i, people) for i, people in bare if i in signing or _by_time(lines, i) or _does(lines[i + 1 : i + 2])]
    if not bare:
        return
    common = _common(lines)
    for i, people in bare:
        if common.isdisjoint(" ".join(people).lower().split()):
            lines[i].kind, lines[i].authors = "byline", people


def _alone(lines: Sequence[Line], named: Sequence[int]) -> list[int]:
    """The bare names, where there are several and hardly any other short lines: no headlines, but names that sign."""
    roles = words(_FILE, "role_end")
    others = sum(line.kind == "short" and line.plain.split()[-1] not in roles for line in lines) - len(named)
    timed = any(line.kind == "time" for line in lines)
    return list(named) if len(named) >= _LEAST_ALONE and 2 * others <= len(named) and not timed else []


def _closing(lines: Sequence[Line], named: Sequence[int]) -> list[int]:
    """The bare names below the paragraphs of posts, where most posts end so."""
    told = [line for line in lines if line.kind != "chrome"]
    names_at = {lines[i].number for i in named}
    closed = (None, "short", "label", "related")
    found = {
        line.number for above, line, below in zip(told, told[1:], [*told[2:], None], strict=False)
        if line.number in names_at and above.kind == "body" and (below and below.kind) in closed
    }  # fmt: skip
    headlines = sum(line.kind == "short" and line.number not in names_at for line in lines)
    return [i for i in named if lines[i].number in found] if len(found) >= max(_LEAST_SIGNED, headlines / 2) else []


def settle_dated(lines: Sequence[Line]) -> None:
    """Names before a clock in brackets, below headlines, sign posts: `Ana Sousa and Jo Park (14:32)`."""
    timed = [
        (a, b) for a, b in pairwise([None, *lines]) if b and b.kind == "time" and b.time and b.time.at and not b.authors
    ]
    found = [(above, line, people) for above, line in timed if line.time and (people := _people(line.time.rest))]
    headed = [(line, people) for above, line, people in found if above and _heads(above)]
    if len(headed) >= _LEAST_SIGNED or not found or 2 * len(found) <= len(timed):
        signed = headed
    else:
        common = _common(lines)
        signed = [(line, p) for _, line, p in found if common.isdisjoint(" ".join(p).lower().split())]
    for line, people in signed if len(signed) >= _LEAST_SIGNED else []:
        line.authors = people


def _common(lines: Sequence[Line]) -> set[str]:
    """The words that paragraphs write small."""
    return {word for line in lines if line.kind in ("body", "lead") for word in _LOWER.findall(line.text)}


def _does(below: Sequence[Line]) -> bool:
    """Whether the line below a name says what that person does, or where: `Africa correspondent in Beira`."""
    if below and below[0].kind == "byline" and not below[0].authors and below[0].plain.startswith(_WHERE[0]):
        return True
    role = below[0].plain.partition(" in ")[0].split() if below and below[0].kind == "short" else []
    return 1 < len(role) <= _ROLE and role[-1] in words(_FILE, "role_end")


def _people(text: str) -> tuple[str, ...]:
    """The people whom a line names that holds nothing else but where they are: `Ana Sousa and Jo Park in Beira`."""
    who, _, where = _BESIDE.sub("", text).partition(" in ")
    first, _, role = who.partition(", ")
    if role and plain(role).split()[-1] in words(_FILE, "role_end"):
        who = first
    if where and not all(word[0].isupper() or word in ("the", "of", "de", "la", "el", "al") for word in where.split()):
        return ()
    parts = _AND.split(who)
    return names(who) if len(parts) <= _MOST and all(map(is_name, parts)) else ()


def _below_headline(lines: Sequence[Line], i: int) -> bool:
    return 0 < i < len(lines) - 1 and _heads(lines[i - 1]) and lines[i + 1].kind == "body"


def _signs_one(lines: Sequence[Line], i: int) -> bool:
    """Whether a bare name stands between a full headline and its paragraph: names of captions stand below these."""
    above = lines[i - 1] if i else None
    full = above is not None and above.kind == "short" and above.size >= _FULL and not is_name(above.text)
    unlike = words(_FILE, "no_name").isdisjoint(lines[i].plain.split())
    return full and unlike and lines[i + 1 : i + 2] != [] and lines[i + 1].kind == "body" and lines[i + 1].size > _ASKS


def _heads(line: Line) -> bool:
    """Whether a line may be a headline: one that asks is told from a paragraph by what stands below."""
    return line.kind in ("short", "label") or (line.kind == "body" and line.text[-1] == "?" and line.size <= _ASKS)


def _by_time(lines: Sequence[Line], i: int) -> bool:
    return any(x.kind == "time" for x in lines[max(0, i - 2) : i + 3])


def settle_topics(lines: Sequence[Line]) -> None:
    """Capitals behind a time are a headline, and no name, where its words are common ones or other times head posts."""
    named = [line for line in lines if line.kind == "time" and line.authors and line.time and _bare(line)]
    if not named:
        return
    leads = sum(line.kind == "lead" for line in lines)
    common = _common(lines)
    for line in named:
        if leads >= len(named) or not common.isdisjoint(" ".join(line.authors).lower().split()):
            line.kind, line.authors = "lead", ()


def _bare(line: Line) -> bool:
    """Whether nothing but capitals and blanks stands behind the time, of a name or of a headline."""
    rest = line.time.rest if line.time else ""
    at = line.text.find(rest)
    topic = at > 0 and line.text[:at].rstrip().endswith(":")
    first = bool(rest) and line.time is not None and line.time.at == 0 and "," not in line.text[:at]
    return first and not prefixed(rest) and (topic or "," not in rest)


def settle_roles(lines: Sequence[Line]) -> None:
    """What a person does, below the name that signs a post, belongs to the byline."""
    for before, line in pairwise(lines):
        if line.kind != "short" or not (before.kind == "byline" or before.authors) or line.size > _ROLE:
            continue
        told = _does([line]) or line.plain.split()[-1] in words(_FILE, "role_end") or line.plain.startswith(_WHERE)
        if told or outlet_named(line.text.partition(",")[0]):
            line.kind = "byline"


def settle_signed(lines: Sequence[Line]) -> None:
    """Names behind a dash at the end of paragraphs sign them, where several stand so: `… was closed. - Jo Park`."""
    found = [(line, people) for line in lines if not line.authors and (people := _signers(line))]
    if not found:
        found = [(a, people) for a, b in pairwise([*lines, None]) if a and _ends_post(b) and (people := _plainly(a))]
    for line, people in found if len(found) >= _LEAST_SIGNED else []:
        line.authors = people
        if line.kind == "short":
            line.kind = "body"


def _ends_post(below: Line | None) -> bool:
    return below is None or below.kind in ("time", "day", "lead", "short")


def _plainly(line: Line) -> tuple[str, ...]:
    """The name that stands behind a paragraph's last full stop: `… was closed. Jo Park`."""
    if line.kind not in ("body", "lead", "short") or line.authors or line.text[-1] in ".!?:;…\"”’'":
        return ()
    _, _, last = line.text[-_LONGEST_SIGN:].rpartition(". ")
    return names(last) if is_name(last) else ()


def _signers(line: Line) -> tuple[str, ...]:
    if line.kind not in ("body", "lead", "short"):
        return ()
    sign = _SIGNED.search(line.text, max(0, len(line.text) - _LONGEST_SIGN))
    if not sign or (line.text[0] in QUOTES and sign["end"] in QUOTES):
        return ()
    people = names(sign["who"])
    return people if people and " " in people[0] else ()
