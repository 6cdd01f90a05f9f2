"""Quotes of a parsed post → direct speech: whose words, with which cue, going on over which quotes and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.statements.attribution_asides import keeps_name
from onrecord.statements.attribution_ground import SENTENCE_END, Found, Ground, agent, mention, sentence_ends, subject
from onrecord.statements.attribution_lexicon import Lexicon, lexicon
from onrecord.statements.attribution_subjects import cue_range, speaking_subject
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.quotes import Quote

_ENDS = (".", "!", "?", "…", "—", "–", "-", ",", ":", ";")


@dataclass(slots=True)
class _Cue:
    word: int
    speaker: Range | None
    act: str
    range: Range


def mark(g: Ground) -> None:
    """Fill `g.speech`: the quotes that are whole sentences, not words picked out."""
    previous: Quote | None = None
    for number, quote in enumerate(g.quotes):
        if _is_speech(g, quote, previous if previous and previous.block == quote.block else None):
            g.speech.add(number)
        previous = quote


def _is_speech(g: Ground, quote: Quote, previous: Quote | None) -> bool:
    text = g.parsed.text
    block = g.parsed.blocks[quote.block]
    inner = text[quote.inner : quote.inner_end].strip()
    before = text[previous.end if previous else block.start : quote.start].rstrip()
    after = text[quote.end : min(quote.end + 40, block.end)].lstrip(" ")
    if not inner or len(inner) < 3:
        return False
    words = inner.count(" ") + 1
    ended = inner.endswith(_ENDS) or not quote.closed
    if before.endswith(":"):
        return words > 1 or ended
    starts = not before or before[-1] in '.!?…”"’' or (previous is not None and not before.strip())
    capital = inner[0].isupper() or inner[0] in "…[.‘'“\"" or inner[0].isdigit()
    if _is_title(inner):
        return False
    if not before:
        return ended or after.startswith((",", "–", "—")) or (not after.strip() and words > 4)
    if starts:
        return ended and (capital or words > 3) and (words > 1 or inner.endswith(","))
    if before.endswith(","):
        resumed = previous is not None and not SENTENCE_END.search(before)
        led = resumed or (capital and _cue_before(g, quote))
        return led and words > 2 and (ended or not after or after[0] in ".,") and not _that(before)
    return capital and ended and words > 3 and not _that(before)


def _cue_before(g: Ground, quote: Quote) -> bool:
    """A word of saying leads up to the quote: "she said, “…", not "In this town, “…"."""
    parsed, verbs = g.parsed, lexicon().verbs
    word = g.word_at(quote.start)
    first = g.sentences[g.sentence_of[word - 1]][0] if word else 0
    for at in range(word - 1, max(first, word - 30) - 1, -1):
        if "quote" in verbs.get(parsed.lemma[at], {}) and parsed.tag[at].startswith("VB"):
            return True
    return False


def _is_title(inner: str) -> bool:
    """The name of a film or a book: every longer word has a capital, and no sentence ends."""
    words = inner.strip(" ,").split()
    long = [w for w in words if len(w) > 3]
    return (
        1 < len(words) <= 9
        and len(long) > 1
        and inner[-1] not in ".!?"
        and all(w[0].isupper() for w in long)
        and not inner.isupper()
    )


def _that(before: str) -> bool:
    """A clause with "that" leads up to the quote, which is then part of it."""
    tail = re.split(r"[.!?;] ", before[-200:])[-1]
    return bool(
        re.search(r"\b(?:that|whether)\b(?!\s+(?:said|says|read|reads|stated|states),?$)[^,]*(?:,[^,]*)?$", tail)
    )


def find(g: Ground, lexicon: Lexicon) -> list[Found]:
    """Direct speech, in text order; quotes that go on are further spans of one statement."""
    out: list[Found] = []
    by_block: dict[int, list[int]] = {}
    for number in sorted(g.speech):
        by_block.setdefault(g.quotes[number].block, []).append(number)
    last: Found | None = None
    last_block = -2
    last_open = False
    for block, numbers in by_block.items():
        near = block == _next_block(g, last_block)
        last = _block(g, lexicon, numbers, last if near else None, last_open and near, out)
        last_block = block
        last_open = not g.quotes[numbers[-1]].closed
    return out


def adopt(g: Ground, found: list[Found]) -> list[Found]:
    """Give a quote without a cue to the statement right before it; drop it where nobody speaks near."""
    others = sorted(
        (f for f in found if f.cue_word >= 0 and f.rank <= 1 and f.act not in _SILENT), key=lambda f: f.cue_word
    )
    cues = [f.cue_word for f in others]
    out = []
    for one in found:
        if one.cue_word >= 0 or one.rank != 0:
            out.append(one)
            continue
        first = min(g.word_at(one.content[0][0]), len(g.parsed) - 1)
        number = bisect_left(cues, first) - 1
        near = others[number] if number >= 0 else None
        if near is not None and _right_before(g, near, first):
            near.content.extend(one.content)
        elif one.speaker is not None or near is not None:
            later = near is not None and (one.follows is None or near.cue_word > one.follows.cue_word)
            one.follows = near if later else one.follows
            out.append(one)
    return out


_SILENT = frozenset({"thinks", "wants", "plans", "declines"})


def _right_before(g: Ground, near: Found, first: int) -> bool:
    """The statement's sentence is the one before the quote, and in its paragraph or ending in quoted words."""
    here = g.sentence_of[first]
    if g.sentence_of[near.cue_word] < here - 1 or near.content[-1][0] > g.parsed.start[first]:
        return False
    blocks = g.parsed.sentence_block
    same = blocks[g.parsed.sent[near.cue_word]] == blocks[g.parsed.sent[first]]
    last = min(g.word_at(near.content[-1][1] - 1), len(g.parsed) - 1)
    return same or g.quote_of[last] >= 0


def _next_block(g: Ground, block: int) -> int:
    """The next block that is read."""
    blocks = g.parsed.blocks
    block += 1
    while 0 <= block < len(blocks) and not g.parsed.text[blocks[block].start : blocks[block].end].strip():
        block += 1
    return block


def _block(
    g: Ground, lexicon: Lexicon, numbers: list[int], last: Found | None, goes_on: bool, out: list[Found]
) -> Found | None:
    """Attach the quotes of one block. Returns the statement that the next block may go on with."""
    text = g.parsed.text
    start, end = g.parsed.blocks[g.quotes[numbers[0]].block].start, g.parsed.blocks[g.quotes[numbers[0]].block].end
    current: Found | None = None
    used: set[int] = set()
    for place, number in enumerate(numbers):
        quote = g.quotes[number]
        low = g.quotes[numbers[place - 1]].end if place else start
        high = g.quotes[numbers[place + 1]].start if place + 1 < len(numbers) else end
        span = _words(text, quote)
        if place == 0 and goes_on and last is not None and not text[start : quote.start].strip():
            cue = (
                _after(g, lexicon, quote, high)
                if not text[quote.end : high].lstrip().startswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
                else None
            )
            if cue is None or cue.word in used:
                last.content.append(span)
                current = last
                continue
        introduced = _introduced(text, low, quote.start)
        cue = _before(g, lexicon, quote, low) if introduced else None
        if cue is not None and (cue.word in used or g.word_at(quote.start) - cue.word > 4):
            after = _after(g, lexicon, quote, high) if not text[: quote.start].rstrip().endswith(":") else None
            close = after is not None and text[quote.inner : quote.inner_end].rstrip().endswith(",")
            cue = after if close else cue
        if cue is None and (not introduced or place == 0):
            cue = _after(g, lexicon, quote, high)
        if cue is None and place == 0 and last is None and not text[start : quote.start].strip():
            cue = _line_above(g, lexicon, quote.block)
        if cue is not None and cue.word not in used:
            used.add(cue.word)
            current = _found(g, cue, span)
            out.append(current)
            continue
        gap = text[low : quote.start]
        if current is not None and (cue is not None or _plain_gap(gap)):
            current.content.append(span)
            continue
        if place == 0 and last is not None and not gap.strip():
            last.content.append(span)
            current = last
            continue
        current = _without_cue(g, span, low, quote.start)
        current.follows = out[-1] if out else None
        out.append(current)
    return current


def _line_above(g: Ground, lexicon: Lexicon, block: int) -> _Cue | None:
    """The cue of a line that ends in a colon, right above the quote: "The union's leader said:"."""
    blocks, text = g.parsed.blocks, g.parsed.text
    above = next(
        (n for n in range(block - 1, max(-1, block - 4), -1) if text[blocks[n].start : blocks[n].end].strip()), -1
    )
    if above < 0 or not text[blocks[above].start : blocks[above].end].rstrip().endswith(":"):
        return None
    first, past = g.word_at(blocks[above].start), g.word_at(blocks[above].end - 1) + 1
    first = max(first, g.sentences[g.sentence_of[past - 1]][0])
    return _pick(g, lexicon, range(past - 1, first - 1, -1), first, past, colon=True)


def _without_cue(g: Ground, span: Range, low: int, start: int) -> Found:
    """A quote with no word of saying: by whoever acts in the sentence right before it, or else by the last speaker."""
    word = min(g.word_at(span[0]), len(g.parsed) - 1)
    found = Found(None, [span], None, sentence=g.parsed.sent[word], rank=0, mode="direct")
    ends = [end for end in sentence_ends(g.parsed.text, low, start + 1) if end <= start]
    if not g.parsed.text[low:start].strip():
        found.speaker = _talking_above(g, word)
    if len(ends) > 1:
        first, past = g.word_at(ends[-2]), g.word_at(ends[-1] - 1)
        verb = next(
            (w for w in range(first, past) if g.parsed.dep[w] == "ROOT" and g.parsed.tag[w].startswith("VB")), None
        )
        who = subject(g.parsed, verb) if verb is not None else None
        if (
            who is not None
            and verb is not None
            and g.parsed.pos[who] in {"PROPN", "PRON"}
            and g.parsed.lower[who] not in _THINGS
        ):
            found.speaker = mention(g, who, stop=verb)
    return found


def _talking_above(g: Ground, word: int) -> Range | None:
    """Who talks in the sentence that ends right above: "Ana Reis has been talking to Lagoa Radio about the vote …"."""
    parsed, last = g.parsed, word - 1
    while last > 0 and parsed.words[last] in _MARKS:
        last -= 1
    if last < 1 or parsed.sentence_block[parsed.sent[last]] == parsed.sentence_block[parsed.sent[word]]:
        return None
    first, past = g.sentences[g.sentence_of[last]]
    verb = next((w for w in range(first, past) if parsed.lemma[w] in _TALKING and parsed.tag[w][:2] == "VB"), None)
    who = subject(parsed, verb) if verb is not None and g.quote_of[verb] < 0 else None
    named = who is not None and (parsed.pos[who] == "PROPN" or parsed.lower[who] in {"he", "she"})
    return mention(g, who, stop=verb) if named and who is not None else None


_MARKS = frozenset({"“", '"', "''", "``", "‘", "…", ":"})
_TALKING = frozenset({"talk", "speak", "discuss", "chat", "address", "react", "respond", "reply", "reflect", "explain"})
_THINGS = frozenset({"it", "this", "that", "there", "these", "those", "what"})


def _plain_gap(gap: str) -> bool:
    """At most the rest of the cue's sentence stands between two quotes."""
    return len(gap.split()) <= 30 and sum(1 for _ in sentence_ends(gap + " ", 0, len(gap) + 1)) <= 1


def _words(text: str, quote: Quote) -> Range:
    """The quoted words without marks and without the comma that belongs to the frame."""
    start, end = quote.inner, quote.inner_end
    while start < end and (text[start].isspace() or text[start] in '“"„'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _introduced(text: str, low: int, start: int) -> bool:
    """The words before the quote lead into it: they don't end a sentence."""
    before = text[low:start].rstrip()
    return bool(before) and before[-1] not in ".!?…" and bool(re.search(r"\w", before))


def _found(g: Ground, cue: _Cue, span: Range) -> Found:
    return Found(
        cue.range,
        [span],
        cue.speaker,
        cue.act,
        mode="direct",
        sentence=g.parsed.sent[cue.word],
        cue_word=cue.word,
        rank=0,
    )


def _before(g: Ground, lexicon: Lexicon, quote: Quote, low: int) -> _Cue | None:
    """The last cue in the sentence part before the quote."""
    text = g.parsed.text
    cut = max((end for end in sentence_ends(text, low, quote.start)), default=low)
    first, past = g.word_at(cut), g.word_at(quote.start)
    return _pick(
        g, lexicon, range(past - 1, first - 1, -1), first, past, colon=text[: quote.start].rstrip().endswith(":")
    )


def _after(g: Ground, lexicon: Lexicon, quote: Quote, high: int) -> _Cue | None:
    """The first cue in the sentence part after the quote."""
    text = g.parsed.text
    cut = next(sentence_ends(text, quote.end, high), high)
    first, past = g.word_at(quote.end), g.word_at(cut) if cut < len(text) else len(g.parsed)
    past = min(past, len(g.parsed))
    if first >= past:
        return None
    inner = text[quote.inner : quote.inner_end].rstrip()
    if inner.count(" ") < 3 and not _cue_is_next(g, lexicon, first, past):
        return None
    glued = inner.endswith((",", "?", "!", "…", "—", "–", "-")) or text[quote.end : quote.end + 1] == ","
    lower = g.parsed.words[first][:1].islower()
    if not glued and not lower:
        return None
    return _pick(g, lexicon, range(first, past), first, past, colon=False)


def _cue_is_next(g: Ground, lexicon: Lexicon, first: int, past: int) -> bool:
    """A word of saying follows before any other verb: ", she said", not ", a film, is based on …"."""
    parsed = g.parsed
    for word in range(first, min(past, first + 12)):
        if parsed.lower[word] == "according" or "quote" in lexicon.verbs.get(parsed.lemma[word], {}):
            return True
        if parsed.tag[word] in {"VBD", "VBZ", "VBP", "MD", "VBN"}:
            return False
    return False


def _pick(g: Ground, lexicon: Lexicon, order: range, first: int, past: int, *, colon: bool) -> _Cue | None:
    parsed = g.parsed
    weak: int | None = None
    for word in order:
        if g.quote_of[word] in g.speech or keeps_name(parsed, word):
            continue
        if parsed.lower[word] == "according":
            heads = [w for w in range(word + 2, past) if parsed.dep[w] == "pobj"]
            if heads:
                return _Cue(word, mention(g, heads[0]), "asserts", g.chars(word, min(word + 2, past)))
        frames = lexicon.verbs.get(parsed.lemma[word])
        if frames is not None and parsed.pos[word] in {"VERB", "AUX", "NOUN"} and parsed.tag[word][:2] == "VB":
            if "quote" in frames and not _of_a_text(parsed, word):
                return _cue(g, word, frames["quote"], first, past)
            if weak is None:
                weak = word
    if weak is not None:
        return _cue(g, weak, next(iter(lexicon.verbs[parsed.lemma[weak]].values()), "asserts"), first, past)
    if colon:
        return _colon(g, lexicon, first, past)
    return _any_verb(g, first, past)


def _of_a_text(parsed: Parse, verb: int) -> bool:
    """It only tells where words stood, and another verb who said them: "said in a video PUBLISHED on Telegram: “…”"."""
    return parsed.tag[verb] == "VBN" and parsed.dep[verb] == "acl"


def _any_verb(g: Ground, first: int, past: int) -> _Cue | None:
    """A short part with one verb of a person: ", Smith laughed."."""
    parsed = g.parsed
    verbs = [w for w in range(first, past) if parsed.tag[w] in {"VBD", "VBZ", "VBP"} and g.quote_of[w] < 0]
    if len(verbs) != 1 or past - first > 14:
        return None
    return _cue(g, verbs[0], "asserts", first, past)


_WORDS_OF = frozenset(
    {"message", "advice", "warning", "answer", "reply", "response", "verdict", "plea", "appeal", "comment", "words"}
    | {"word", "statement", "reaction", "view", "conclusion", "assessment", "call", "promise", "pledge", "explanation"}
    | {"request", "demand", "question", "slogan", "motto", "retort", "summary", "take", "tweet", "post", "command"}
)


def _colon(g: Ground, lexicon: Lexicon, first: int, past: int) -> _Cue | None:
    """Before "…: “" the nearest verb's subject, else the words before the colon."""
    parsed = g.parsed
    for word in range(past - 1, first - 1, -1):
        if parsed.tag[word].startswith("VB") and parsed.dep[word] in {"ROOT", "conj", "advcl", "relcl"}:
            return _cue(g, word, "asserts", first, past)
    del lexicon
    words = [w for w in range(first, past) if parsed.pos[w] in {"NOUN", "PROPN", "PRON"}]
    if not words or past - first > 12:
        return None
    at = parsed.end[past - 1] - 1
    owner = next((w for w in words if parsed.dep[w] == "poss" and parsed.lemma[parsed.head[w]] in _WORDS_OF), None)
    who = mention(g, words[-1] if owner is None else owner)
    if who is not None and who[1] > at:
        who = g.chars(words[0], words[-1] + 1)
    return _Cue(words[-1], who, "asserts", (at, at + 1))


def _cue(g: Ground, word: int, act: str, first: int, past: int) -> _Cue:
    parsed = g.parsed
    passive = any(parsed.dep[k] == "auxpass" for k in parsed.kids[word])
    head = agent(parsed, word) if passive else speaking_subject(parsed, word)
    if passive and head is None:
        head = subject(parsed, word)
    if head is None or g.quote_of[head] in g.speech:
        head = _nearest(g, word, first, past)
    speaker = mention(g, head, stop=word) if head is not None else None
    if speaker and _crosses(g, speaker):
        speaker = g.chars(head, head + 1) if head is not None else None
    return _Cue(word, speaker, act, cue_range(parsed, word))


def _crosses(g: Ground, span: Range) -> bool:
    first, last = g.word_at(span[0]), g.word_at(span[1] - 1)
    return any(g.quote_of[w] in g.speech for w in range(first, last + 1))


def _before_who(parsed: Parse, first: int, word: int) -> int:
    """Where what stands between commas before the cue begins: "a doctor| , WHO SAW IT ALL, said"."""
    if parsed.words[word - 1] != ",":
        return word
    opens = (w for w in range(first + 1, word - 1) if parsed.lower[w] == "who" and parsed.words[w - 1] == ",")
    return next(opens, word + 1) - 1


def _nearest(g: Ground, word: int, first: int, past: int) -> int | None:
    """By word order, where the parse gives no subject: the name or pronoun that stands next to the cue."""
    parsed = g.parsed
    right = [
        w
        for w in range(word + 1, min(past, word + 8))
        if parsed.pos[w] in {"PROPN", "NOUN", "PRON"} and g.quote_of[w] < 0
    ]
    low = _before_who(parsed, first, word)
    left = [
        w
        for w in range(low - 1, max(first - 1, low - 8), -1)
        if parsed.pos[w] in {"PROPN", "NOUN", "PRON"} and g.quote_of[w] < 0
    ]
    if left and left[0] >= low - 3:
        return left[0]
    if right:
        return _head_of_name(g, right[0], past)
    return left[0] if left else None


def _head_of_name(g: Ground, word: int, past: int) -> int:
    parsed = g.parsed
    while parsed.dep[word] in {"compound", "poss", "amod"} and word < parsed.head[word] < past:
        word = parsed.head[word]
    return word
