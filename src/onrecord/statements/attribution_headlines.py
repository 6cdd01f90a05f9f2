"""Lines of a parsed post that begin with a speaker and a colon → statements: headlines, interviews, transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import READ_BLOCKS
from onrecord.statements.attribution_ground import Cover, Found, Ground, trimmed
from onrecord.statements.attribution_lexicon import Lexicon
from onrecord.statements.draft import Range

_LED = re.compile(r"[\s\"“'‘•*-]{0,4}((?:[\w.’'&-]+ ){0,4}[\w.’'&-]+): +(?=\S)")
_TRAILED = re.compile(r"(?P<what>\S.{10,200}\S)\s*(?: [–—-]|:) +(?P<who>(?:[\w’'&-]+ ){0,3}[\w’'&-]+)\W*$")
_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov)\.? )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}")
_TURNS = 3
"""So many lines that begin with a name and a colon make an interview or a transcript."""
_LONGEST = 30
"""A headline has at most so many words."""


def find(g: Ground, lexicon: Lexicon, found: list[Found]) -> list[Found]:
    """Statements led by "Name:"; in a headline only for known kinds of speaker, or who speaks in the post too."""
    trailed = list(_trailed(g, lexicon, found))
    led = [(number, *one) for number, one in _led(g)]
    if not led:
        return trailed
    turns = [item for item in led if _is_turn(g, item[1])]
    taken = Cover(span for one in found if one.rank <= 1 for span in one.content)
    out = []
    for number, who, what in led:
        head = g.parsed.text[slice(*who)]
        headline = (number == 0 or g.parsed.blocks[number].kind == "title") and len(
            g.parsed.text[slice(*what)].split()
        ) <= _LONGEST
        spoken = len(turns) >= _TURNS and _is_turn(g, who)
        if (spoken or (headline and _speaks(g, head, lexicon, found))) and what[0] not in taken:
            out.append(_made(g, who, what))
    return out + trailed


def _trailed(g: Ground, lexicon: Lexicon, found: list[Found]) -> Iterator[Found]:
    """Headlines that end with their source: "Blast kills three – officials"."""
    text = g.parsed.text
    for number, block in enumerate(g.parsed.blocks):
        if (number == 0 or block.kind == "title") and block.end - block.start < 250 and block.kind in READ_BLOCKS:
            match = _TRAILED.match(text[block.start : block.end])
            if (
                match is None
                or re.search(r"\d| vs?\b", match["who"])
                or match["who"].split()[-1].lower().rstrip("s") not in lexicon.headline
            ):
                continue
            what = trimmed(text, block.start, block.start + match.end("what"))
            who = (block.start + match.start("who"), block.start + match.end("who"))
            if what and not any(one.sentence == 0 and one.rank <= 1 for one in found if one.content[0][0] < block.end):
                yield _made(g, who, what, (what[1], who[0]))


def _led(g: Ground) -> Iterator[tuple[int, tuple[Range, Range]]]:
    text = g.parsed.text
    for number, block in enumerate(g.parsed.blocks):
        if block.kind not in READ_BLOCKS:
            continue
        match = _LED.match(text, block.start, min(block.end, block.start + 80))
        what = trimmed(text, match.end(), block.end) if match else None
        if match and what and text.find(" ", *what) > 0:
            yield number, (match.span(1), what)


def _is_turn(g: Ground, who: Range) -> bool:
    head = g.parsed.text[slice(*who)]
    return head in {"Q", "A"} or bool(_NAME.fullmatch(head))


def _speaks(g: Ground, head: str, lexicon: Lexicon, found: list[Found]) -> bool:
    words = head.lower().split()
    last = words[-1]
    if lexicon.labels & set(words):
        return False
    if last in lexicon.headline or (last.endswith("s") and last[:-1] in lexicon.headline):
        return True
    if not _NAME.fullmatch(head):
        return False
    text = g.parsed.text
    name = re.compile(rf"\b{re.escape(head.rsplit(maxsplit=1)[-1])}\b")
    return any(one.speaker and name.search(text, *one.speaker) for one in found)


def _made(g: Ground, who: Range, what: Range, mark: Range | None = None) -> Found:
    word = min(g.word_at(what[0]), len(g.parsed) - 1)
    colon = _mark(g.parsed.text, mark) if mark else (who[1], who[1] + 1)
    return Found(
        colon, [what], who, sentence=g.parsed.sent[word], cue_word=min(g.word_at(who[1]), len(g.parsed) - 1), rank=1
    )


def _mark(text: str, span: Range) -> Range:
    """The dash or colon without the spaces around it."""
    start, end = span
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end
