"""A gold file and what was read of its page → for each figure what is right, what was read and what gold wants.

Compared are places on the page, not words: gold's (line, start, end) and the reader's offsets in a post both become
offsets in the page. A share (of the statements found, how many have the right speaker) is kept as right of as many
read as wanted, so that one formula gives both F1 and share.

For the figures and the list of misses: python -m tests.gate.score [NAME…]
For new floors after reading got better: python -m tests.gate.score --floors
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, floor, radians, sin, sqrt
from pathlib import Path
from typing import Any

import onrecord

PAGES = Path(__file__).resolve().parent / "pages"
OF_A_POST = {"title", "body", "byline", "label", "caption", "credit", "related"}
ASCRIBED = {"thinks", "wants", "plans"}
NEAR_KM, EARTH_KM = 161.0, 6371.0
SLACK = 0.02
TITLES = {"the", "a", "an", "mr", "mrs", "ms", "sir", "president", "prime", "minister"}
WEAK = {"of", "the", "and", "for", "government", "ministry", "us", "uk"}
SIDES = {
    "britain": "uk",
    "united kingdom": "uk",
    "united states": "us",
    "usa": "us",
    "european union": "eu",
    "united nations": "un",
}

Json = dict[str, Any]
Chars = frozenset[int]


@dataclass
class Figure:
    """What is right, of what was read and of what gold wants."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def value(self) -> float:
        """F1; 1.0 where nothing was wanted and nothing read."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass
class Sheet:
    """All figures of the pages scored so far, and what was missed."""

    figures: dict[str, Figure] = field(default_factory=lambda: defaultdict(Figure))
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, right: int, found: int, wanted: int) -> None:
        figure = self.figures[name]
        figure.right, figure.found, figure.wanted = figure.right + right, figure.found + found, figure.wanted + wanted

    def share(self, name: str, wanted: object, got: object, right: bool, of: str = "") -> None:
        """One thing that is right or wrong."""
        self.add(name, int(right), 1, 1)
        if not right:
            self.misses.append(f"{name}: {wanted!r}, not {got!r}: {of}")

    def sets(self, name: str, wanted: set[Any], got: set[Any]) -> None:
        self.add(name, len(wanted & got), len(got), len(wanted))


@dataclass(frozen=True)
class Text:
    """A page's text by lines and by offsets."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(text, (0, *(m.end() for m in re.finditer("\n", text))))

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def lines(self, start: int, end: int) -> set[int]:
        """The lines of a range that hold anything."""
        rows = self.text.split("\n")
        return {n for n in range(self.line(start), self.line(max(start, end - 1)) + 1) if rows[n - 1].strip()}

    def gold(self, span: Json) -> Chars:
        start = self.starts[span["line"] - 1]
        return self._checked(start + span["start"], start + span["end"], span["text"])

    def read(self, span: Json, posts: dict[str, int]) -> Chars:
        start = posts[span["post"]]
        return self._checked(start + span["start"], start + span["end"], span["text"])

    def _checked(self, start: int, end: int, words: str) -> Chars:
        assert self.text[start:end] == words, f"{words!r} does not stand at {start}"
        return frozenset(range(start, end))


def plain(name: object) -> str:
    """A name without case, accents, marks, articles and forms of address."""
    letters = unicodedata.normalize("NFKD", str(name or "")).lower()
    letters = re.sub("[’'`]s\\b", "", "".join(c for c in letters if not unicodedata.combining(c)))
    words = re.findall("[a-z0-9]+", letters)
    while words and words[0] in TITLES:
        words.pop(0)
    return " ".join(words)


def one_name(wanted: str, got: str | None) -> bool:
    """Whether two names mean one person or body. An unnamed source needs a word of its description in common."""
    a, b = plain(wanted), plain(got)
    if a.startswith("unnamed") or a == "unattributed":
        return not b or b.startswith(("unnamed", "unattributed")) or bool(set(a.split()[1:]) & set(b.split()))
    if not b or a in b or b in a:
        return bool(b)
    left, right = a.split(), b.split()
    if left[-1] == right[-1] and min(len(left), len(right)) > 1:
        return True
    common = set(left) & set(right) - WEAK
    return 2 * len(common) >= len(set(left) | set(right))


def one_side(wanted: str, got: str | None) -> bool:
    a, b = plain(wanted), plain(got)
    return SIDES.get(a, a) == SIDES.get(b, b)


def one_moment(wanted: str | None, got: str | None) -> bool:
    """Whether an ISO value is gold's, or finer than gold and within it."""
    return bool(wanted and got) and (got == wanted or str(got).startswith((f"{wanted}-", f"{wanted}T")))


def km(a: Json, b: Json) -> float:
    lat, lon = radians(b["lat"] - a["lat"]), radians(b["lon"] - a["lon"])
    half = sin(lat / 2) ** 2 + cos(radians(a["lat"])) * cos(radians(b["lat"])) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def pairs(
    wanted: Sequence[Chars], got: Sequence[Chars], least: float, agree: Callable[[int, int], bool] = lambda i, j: False
) -> list[tuple[int, int]]:
    """One to one, the best overlaps (shared characters of all) first; ties go to those that agree."""
    both = ((len(w & g) / len(w | g), i, j) for i, w in enumerate(wanted) for j, g in enumerate(got) if w & g)
    ranked = sorted((-round(share, 2), not agree(i, j), i, j) for share, i, j in both if share >= least)
    lefts: set[int] = set()
    rights: set[int] = set()
    out = []
    for _, _, i, j in ranked:
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            out.append((i, j))
    return out


@dataclass(frozen=True)
class Pair:
    """One page: gold, what was read, and the offsets that count (those in lines of posts)."""

    gold: Json
    got: Json
    text: Text
    posts: dict[str, int]
    inside: Chars

    @classmethod
    def of(cls, gold: Json, got: Json) -> Pair:
        text = Text.of(got["page"]["text"])
        rows = text.text.split("\n")
        lines = [row["line"] for row in gold["lines"] if row["post"] is not None and row["kind"] in OF_A_POST]
        inside = (range(text.starts[n - 1], text.starts[n - 1] + len(rows[n - 1])) for n in lines)
        posts = {post["id"]: post["start"] for post in got["posts"]}
        return cls(gold, got, text, posts, frozenset(c for row in inside for c in row))

    def spans(self, part: str, *, gold: bool) -> list[tuple[Json, Chars]]:
        """Gold's items of a kind, or the reader's, with their offsets, where they touch a post."""
        items = self.gold[part] if gold else [x for x in self.got[part] if x.get("voice") != "own"]
        place = self.text.gold if gold else lambda span: self.text.read(span, self.posts)
        every = ((x, frozenset[int]().union(*(place(s) for s in x.get("content", [x])))) for x in items)
        return [(x, chars) for x, chars in every if chars & self.inside]


def score_posts(page: Pair, sheet: Sheet) -> None:
    gold, got, text = page.gold, page.got, page.text
    wanted = {row["line"] for row in gold["lines"] if row["post"] is not None and row["kind"] in OF_A_POST}
    read: set[int] = set()
    for post in got["posts"]:
        cuts = [text.lines(post["start"] + cut["start"], post["start"] + cut["end"]) for cut in post["furniture"]]
        read |= text.lines(post["start"], post["end"]) - set[int]().union(*cuts)
    sheet.sets("post lines", wanted, read)
    by_line = {text.line(post["start"]): post for post in got["posts"]}
    sheet.sets("borders", {min(post["lines"]) for post in gold["posts"]}, set(by_line))
    sheet.misses += [f"post lines: line {n}, {'not read' if n in wanted else 'read'}" for n in sorted(wanted ^ read)]
    for post in gold["posts"]:
        there = by_line.get(min(post["lines"]), {})
        for part in ("time", "author", "title"):
            if post[part]:
                a, b = post[part], there.get(part)
                same = (b or "")[:16] == a[:16] if part == "time" else plain(a) == plain(b)
                sheet.share(f"{part}s", a, b, same, f"post {post['id']}")


def score_statements(page: Pair, sheet: Sheet) -> None:
    wanted, read = page.spans("statements", gold=True), page.spans("statements", gold=False)

    def agree(i: int, j: int) -> bool:
        g, s = wanted[i][0], read[j][0]
        same = g["mode"] == s["mode"] and g["act"] == s["act"]
        return same and one_name(g["speaker_name"], (s["speaker"] or {}).get("name"))

    matched = pairs([c for _, c in wanted], [c for _, c in read], 0.5, agree)
    lefts, rights = {i for i, _ in matched}, {j for _, j in matched}
    extra = [s for j, (s, _) in enumerate(read) if j not in rights and s["act"] not in ASCRIBED]
    missed = [g for i, (g, _) in enumerate(wanted) if i not in lefts and not g.get("optional")]
    sheet.add("statements", len(matched), len(matched) + len(extra), len(matched) + len(missed))
    sheet.misses += [f"statement missed: {g['content'][0]['text']}" for g in missed]
    sheet.misses += [f"statement extra: {s['content'][0]['text']}" for s in extra]
    for i, j in matched:
        _labels(wanted[i][0], read[j][0], page, sheet)


def _labels(gold: Json, got: Json, page: Pair, sheet: Sheet) -> None:
    speaker, words = got["speaker"] or {}, gold["content"][0]["text"][:60]
    named = one_name(gold["speaker_name"], speaker.get("name"))
    sheet.share("speaker named", gold["speaker_name"], speaker.get("name"), named, words)
    if gold["speaker_side"]:
        side = speaker.get("side")
        sheet.share("side", gold["speaker_side"], side, one_side(gold["speaker_side"], side), words)
    if gold["cue"]:
        cue = got["cue"] and page.text.read({"post": got["post"], **got["cue"]}, page.posts)
        sheet.share("cue", gold["cue"]["text"], got["cue"], bool(cue and cue & page.text.gold(gold["cue"])), words)
    sheet.share("mode", gold["mode"], got["mode"], gold["mode"] == got["mode"], words)
    for part, usual in (("act", "asserts"), ("standing", "claimed")):
        a, b = gold[part], got[part]
        sheet.add(f"{part} but {usual}", int(a == b != usual), int(b != usual), int(a != usual))
        if a != b:
            sheet.misses.append(f"{part}: {a}, not {b}: {words}")
    sheet.sets("via", {plain(v) for v in gold["via"]}, {plain(v) for v in got["via"]})


def score_parts(page: Pair, sheet: Sheet) -> None:
    for part, least in (("places", 0.5), ("dates", 0.3), ("figures", 0.2)):
        wanted, read = page.spans(part, gold=True), page.spans(part, gold=False)
        matched = pairs([c for _, c in wanted], [c for _, c in read], least)
        lefts, rights = {i for i, _ in matched}, {j for _, j in matched}
        missed = [g for i, (g, _) in enumerate(wanted) if i not in lefts and not g.get("optional")]
        extra = [s for j, (s, _) in enumerate(read) if j not in rights]
        sheet.add(part, len(matched), len(read), len(matched) + len(missed))
        sheet.misses += [f"{part} missed: {g['text']} (line {g['line']})" for g in missed]
        sheet.misses += [f"{part} extra: {s['text']}" for s in extra]
        for i, j in matched:
            _values(part, wanted[i][0], read[j][0], sheet)


def _values(part: str, gold: Json, got: Json, sheet: Sheet) -> None:
    words = gold["text"]
    if part == "places":
        if gold["country"]:
            sheet.share("places country", gold["country"], got["country"], gold["country"] == got["country"], words)
        if gold["lat"] is not None:
            near = got["lat"] is not None and km(gold, got) <= NEAR_KM
            sheet.share("places within 161 km", (gold["lat"], gold["lon"]), (got["lat"], got["lon"]), near, words)
    elif part == "dates" and gold["precision"] != "vague":
        sheet.share("dates value", gold["value"], got["value"], one_moment(gold["value"], got["value"]), words)
    elif part == "figures":
        sheet.share("figures value", gold["value"], got["value"], gold["value"] == got["value"], words)
        what = plain(gold["what"].split(":")[0]) == plain((got["what"] or "").split(":")[0])
        sheet.share("figures what", gold["what"], got["what"], what, words)


def names() -> list[str]:
    """The pages that have gold."""
    return sorted(path.stem for path in PAGES.glob("*.json") if path.name != "hints.json")


def score(name: str, sheet: Sheet) -> None:
    """Read a page as its hints say, and add what it gives to the sheet."""
    hints = json.loads((PAGES / "hints.json").read_text(encoding="utf-8"))[name]
    published = date.fromisoformat(hints["published"])
    got: Json = onrecord.read(
        PAGES / f"{name}.txt", outlet=hints["outlet"], tz=hints["tz"], published=published
    ).to_dict()
    page = Pair.of(json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8")), got)
    score_posts(page, sheet)
    score_statements(page, sheet)
    score_parts(page, sheet)


def floors(sheet: Sheet) -> str:
    """What `floors.toml` would say: each figure less the slack, cut to two digits."""
    rows = (
        f'"{name}" = {max(0.0, floor((figure.value - SLACK) * 100) / 100):.2f}'
        for name, figure in sheet.figures.items()
    )
    return "\n".join(rows)


def main() -> int:
    asked = [name for name in sys.argv[1:] if name != "--floors"]
    sheet = Sheet()
    for name in asked or names():
        score(name, sheet)
    if "--floors" in sys.argv:
        print(floors(sheet))
        return 0
    print(*sheet.misses, sep="\n")
    for name, figure in sheet.figures.items():
        print(f"{name:22} {figure.value:.3f}   {figure.right} right, {figure.found} read, {figure.wanted} wanted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
