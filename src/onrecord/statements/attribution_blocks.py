"""Paragraphs behind "In a statement she said:", and points of a list, that no quotation marks enclose → speech."""

from __future__ import annotations

import re

from onrecord.model import READ_BLOCKS
from onrecord.statements.attribution_ground import Found, Ground, mention, trimmed
from onrecord.statements.attribution_lexicon import Lexicon
from onrecord.statements.attribution_subjects import cue_range, speaking_subject
from onrecord.statements.draft import Range

_QUOTED = re.compile(r"[\"“”„«‘'*•·–—-]")
_POINT = re.compile(r"\s*(?:[-–—*•·▪‣◦]|\d{1,2}[.)]|\([a-z]\))\s+(?=\S)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me|I['’](?:m|ve|d|ll)|[Ww]e['’](?:re|ve|d|ll))\b")


def find(g: Ground, lexicon: Lexicon) -> list[Found]:
    """Statements whose words are the paragraphs after a line that ends in a word of saying and a colon."""
    blocks, text = g.parsed.blocks, g.parsed.text
    out = _embedded(g)
    rows = [n for n, b in enumerate(blocks) if b.kind in READ_BLOCKS and text[b.start : b.end].strip()]
    for place, number in enumerate(rows[:-1]):
        if text[blocks[number].start : blocks[number].end].rstrip().endswith(":"):
            cue = _cue(g, lexicon, blocks[number].start, blocks[number].end)
            content = _spoken(g, rows[place + 1 :]) if cue is not None else []
            if cue is not None and content:
                out.append(_made(g, cue, content))
    return out


_SIGNED = re.compile(
    r"[—–-]{1,2} ?(?P<who>[^()@\n]{2,60}?) \(@\w{2,20}\)"
    r"(?: (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4})?(?P<rest>[^\n]*)"
)
_TWEETED = re.compile(r"https?://|pic\.twitter|\bt\.co/|(?<!\w)[@#]\w")


def _embedded(g: Ground) -> list[Found]:
    """Tweets in a plain text, signed "— Ana Reis (@anareis) May 3, 2024": the paragraph above, or what follows."""
    blocks, text = g.parsed.blocks, g.parsed.text
    out: list[Found] = []
    for number, block in enumerate(blocks):
        signed = _SIGNED.match(text, block.start, block.end) if text[block.start : block.start + 1] in _DASHES else None
        if signed is None:
            continue
        span = trimmed(text, signed.start("rest"), block.end) if len(signed["rest"]) > _SHORT else None
        if span is None and number and _TWEETED.search(text, blocks[number - 1].start, blocks[number - 1].end):
            span = trimmed(text, blocks[number - 1].start, blocks[number - 1].end)
        if span is not None:
            word = min(g.word_at(span[0]), len(g.parsed) - 1)
            who, sentence = signed.span("who"), g.parsed.sent[word]
            out.append(Found(None, [span], who, mode="direct", sentence=sentence, rank=0, via=("Twitter",)))
    return out


_SHORT = 20
_DASHES = frozenset({"—", "–", "-"})


def _cue(g: Ground, lexicon: Lexicon, start: int, end: int) -> int | None:
    """The last word of saying in the line's last sentence, close to the colon."""
    parsed = g.parsed
    past = g.word_at(end - 1) + 1
    for word in range(min(past, len(parsed)) - 1, max(g.word_at(start), past - 12) - 1, -1):
        if parsed.words[word] in ".?!":
            return None
        if parsed.tag[word].startswith("VB") and "quote" in lexicon.verbs.get(parsed.lemma[word], {}):
            return word
    return None


def _spoken(g: Ground, rows: list[int]) -> list[Range]:
    """The first paragraph, and those after it in the first person."""
    out = _listed(g, rows)
    if out:
        return out
    for number in rows:
        block = g.parsed.blocks[number]
        words = g.parsed.text[block.start : block.end]
        speech = block.kind == "quote" or _FIRST_PERSON.search(words) is not None
        if _QUOTED.match(words.lstrip()) or (out and not speech) or words.rstrip().endswith(":"):
            break
        span = trimmed(g.parsed.text, block.start, block.end)
        if span is None or (not speech and words.count(" ") < 3):
            break
        out.append((span[0], block.start + len(words.rstrip())))
    return out


def _listed(g: Ground, rows: list[int]) -> list[Range]:
    """The points of a list, where no quotation marks enclose them."""
    out: list[Range] = []
    for number in rows:
        block = g.parsed.blocks[number]
        point = _POINT.match(g.parsed.text, block.start, block.end)
        if point is None:
            break
        span = trimmed(g.parsed.text, point.end(), block.end)
        if span is None or g.parsed.text[span[0]] in "\"“”„«‘'":
            return []
        out.append(span)
    return out if len(out) > 1 else []


def _made(g: Ground, cue: int, content: list[Range]) -> Found:
    who = speaking_subject(g.parsed, cue)
    speaker = mention(g, who, stop=cue) if who is not None else None
    sentence = g.parsed.sent[min(g.word_at(content[0][0]), len(g.parsed) - 1)]
    return Found(cue_range(g.parsed, cue), content, speaker, mode="direct", sentence=sentence, cue_word=cue, rank=0)
