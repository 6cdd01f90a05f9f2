"""A statement and its words → its act, and whether it is quoted whole, in part or not at all."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.attribution_lexicon import Lexicon
from onrecord.statements.parse import Parse

_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
_WILL = frozenset({"will", "would", "shall", "’ll", "'ll", "wo", "won’t"})


def mode_of(g: Ground, one: Found) -> str:
    """direct: every span is a quote; mixed: a paraphrase that holds quoted words; else indirect."""
    text = g.parsed.text
    starts = [q.start for q in g.quotes]
    held = whole = 0
    for number, (a, b) in enumerate(one.content):
        at = max(0, bisect_left(starts, a) - 1)
        for quote in g.quotes[at : at + 40]:
            if quote.start >= b:
                break
            if (
                quote.start <= a
                and b <= quote.end
                and (quote.start == a or quote.inner == a)
                and quote.inner_end - 2 <= b
            ):
                whole += 1
                one.content[number] = _inside(text, max(a, quote.inner), min(b, quote.inner_end))
            elif a <= quote.start and quote.end <= b:
                held += 1
    if whole and whole == len(one.content):
        return "direct"
    return "mixed" if held or whole else "indirect"


def _inside(text: str, a: int, b: int) -> tuple[int, int]:
    while b > a + 1 and text[b - 1] in ", ":
        b -= 1
    return a, b


def act_of(g: Ground, one: Found, lexicon: Lexicon) -> str:
    """The cue's act, sharpened by what is said: a question asks, "it would not …" declines, "we will respond" warns."""
    if one.act == "denies" and _turns_down(g, one, lexicon):
        return "declines"
    if one.act == "asserts" and _unveils(g, one):
        return "promises"
    if one.act != "asserts" or one.voice != "attributed":
        return one.act
    text = g.parsed.text
    if one.mode == "direct" and text[one.content[-1][0] : one.content[-1][1]].endswith("?"):
        return "asks"
    parsed = g.parsed
    for a, b in one.content:
        first, past = g.word_at(a), min(g.word_at(b - 1) + 1, len(parsed))
        will = next((w for w in range(first, past) if parsed.lower[w] in _WILL), None)
        if will is None:
            continue
        if one.mode != "direct" and will == first + 1 and parsed.lower[first] in _SELF:
            if parsed.lower[first] == "it" and one.cue_word >= 0 and parsed.tag[one.cue_word] == "VBG":
                continue  # ", saying it would …": the thing spoken of rather than the speaker
            negative = any(parsed.lower[w] in {"not", "n't", "n’t", "never"} for w in range(will, min(will + 3, past)))
            return "declines" if negative else "promises"
        if _threatens(parsed, range(will, past), lexicon):
            return "warns"
    return "asserts"


def _turns_down(g: Ground, one: Found, lexicon: Lexicon) -> bool:
    """Whoever "rejected the offer" declines; whoever "rejected the claim" denies."""
    parsed = g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] not in {"reject", "dismiss"}:
        return False
    first, past = g.word_at(one.content[0][0]), g.word_at(one.content[0][1] - 1) + 1
    return any(parsed.lemma[w] in lexicon.offers for w in range(first, min(past, first + 6, len(parsed))))


def _unveils(g: Ground, one: Found) -> bool:
    """It announces plans: a promise."""
    parsed = g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] not in {"announce", "unveil", "outline"}:
        return False
    first = g.word_at(one.content[0][0])
    return any(parsed.lower[w] in {"plan", "plans"} for w in range(first, min(first + 3, len(parsed))))


def _threatens(parsed: Parse, words: range, lexicon: Lexicon) -> bool:
    """What will be done is a blow in return, or what will come of it a disaster."""
    lemmas = {parsed.lemma[w].lower() for w in words}
    return bool(lemmas & lexicon.threats or (lemmas & lexicon.leading and lemmas & lexicon.outcomes))
