"""Lines of a parsed post that begin with a speaker and a colon → statements: headlines, interviews, transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import READ_BLOCKS
from onrecord.statements.attribution_ground import FINITE, Cover, Found, Ground, trimmed
from onrecord.statements.attribution_lexicon import Frames, Lexicon
from onrecord.statements.draft import Range
from onrecord.statements.mentions_words import words

_LED = re.compile(r"[\s\"“'‘•*-]{0,4}((?:[\w.’'&-]+ ){0,4}[\w.’'&-]+): +(?=\S)")
_TRAILED = re.compile(r"(?P<what>\S.{10,200}\S)\s*(?: [–—-]|:) +(?P<who>(?:[\w’'&-]+ ){0,3}[\w’'&-]+)\W*$")
_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov)\.? )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}")
_TURNS = 3
"""So many lines that begin with a name and a colon make an interview or a transcript."""
_THOUGHT = frozenset({"thinks", "wants", "plans"})
_LONGEST = 30
"""A headline has at most so many words."""


def find(g: Ground, lexicon: Lexicon, found: list[Found]) -> list[Found]:
    """Statements led by "Name:"; in a headline only for known kinds of speaker, or who speaks in the post too."""
    trailed = [*_trailed(g, lexicon, found), *_in_order(g, lexicon, found)]
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
        already = any(what[0] + shift in taken for shift in range(3))
        if (spoken or (headline and _speaks(g, head, lexicon, found))) and not already:
            out.append(_made(g, who, what))
    return out + trailed


def _trailed(g: Ground, lexicon: Lexicon, found: list[Found]) -> Iterator[Found]:
    """Headlines that end with their source: "Blast kills three – officials"."""
    text = g.parsed.text
    for number, block in enumerate(g.parsed.blocks):
        if (number == 0 or block.kind == "title") and block.end - block.start < 250 and block.kind in READ_BLOCKS:
            match = _TRAILED.match(text[block.start : block.end])
            if match is None or not _is_source(g, match["who"], block.end, lexicon, found):
                continue
            what = trimmed(text, block.start, block.start + match.end("what"))
            who = (block.start + match.start("who"), block.start + match.end("who"))
            said = (one for one in found if one.content[0][0] < block.end and one.act not in _THOUGHT)
            if what and not any(one.sentence == 0 and one.rank <= 1 for one in said):
                yield _made(g, who, what, (what[1], who[0]))


def _is_source(g: Ground, who: str, after: int, lexicon: Lexicon, found: list[Found]) -> bool:
    """Who ends a headline is a known kind of speaker, or a person whom the post goes on to name or quote."""
    if re.search(r"\d| vs?\b", who):
        return False
    last = who.rsplit(maxsplit=1)[-1]
    if last.lower().rstrip("s") in lexicon.headline:
        return True
    return bool(_NAME.fullmatch(who)) and last.lower() not in lexicon.labels and _is_person(g, last, after, found)


def _is_person(g: Ground, last: str, after: int, found: list[Found]) -> bool:
    """A speaker of the post ends with this name, or a title or a first name stands before it there."""
    text, known = g.parsed.text, words()
    if last.lower() in known.names:
        return True
    name = re.compile(rf"(?:([\w’'.-]+) )?\b{re.escape(last)}\b")
    if any(one.speaker and name.search(text, *one.speaker) for one in found):
        return True
    before = (one[1] for one in name.finditer(text, after) if one[1] and one[1][0].isupper())
    return any(
        w.lower().rstrip(".") in known.honorifics or w.lower() in known.names or w.lower() in known.roles
        for w in before
    )


def _in_order(g: Ground, lexicon: Lexicon, found: list[Found]) -> Iterator[Found]:
    """Headlines whose grammar the parser lost, by word order: "Army admits leaving base", "Board names new chief"."""
    for number, block in enumerate(g.parsed.blocks):
        words = range(g.word_at(block.start), g.word_at(block.end))
        titled = number == 0 or block.kind == "title"
        if (
            not titled
            or not 3 < len(words) <= _LONGEST
            or block.kind not in READ_BLOCKS
            or g.parsed.words[words[-1]] == "."
        ):
            continue
        if not any(block.start <= one.content[0][0] < block.end for one in found):
            made = _tailed(g, lexicon, (block.start, block.end), found) or _ordered(g, lexicon, words)
            if made is not None:
                yield made


_TAILED = re.compile(
    r"(?P<what>\S.{10,200}\S), (?P<who>(?:[\w’'&-]+ ){0,3}[\w’'&-]+)"
    r" (?P<cue>say|says|said|warns?|claims?|insists?|admits?)\W{0,3}$"
)


def _tailed(g: Ground, lexicon: Lexicon, line: Range, found: list[Found]) -> Found | None:
    """ "No grounds to put off the ballot in Norvia, the palace says", where the parser made a row of the two names."""
    match = _TAILED.match(g.parsed.text, *line)
    if match is None:
        return None
    who = match["who"].removeprefix("the ")
    if not who[:1].isupper() and not _is_source(g, who, line[1], lexicon, found):
        return None
    act = lexicon.verbs.get(_present(match["cue"]), {}).get("clause", "asserts")
    word = g.word_at(match.start("cue"))
    sentence = g.parsed.sent[min(g.word_at(line[0]), len(g.parsed) - 1)]
    return Found(match.span("cue"), [match.span("what")], match.span("who"), act, sentence=sentence, cue_word=word)


def _ordered(g: Ground, lexicon: Lexicon, words: range) -> Found | None:
    parsed = g.parsed
    for verb in words[1:9]:
        if parsed.pos[verb - 1] not in _NAMING and parsed.pos[verb] not in {"VERB", "AUX", "NOUN"}:
            return None
        lemma = _present(parsed.lower[verb])
        particle = parsed.lower[verb + 1] if verb + 1 in words else ""
        frames = lexicon.verbs.get(f"{lemma} {particle}") or lexicon.verbs.get(lemma, {})
        if not frames or parsed.lower[verb] == lemma or parsed.pos[verb] == "ADJ":
            continue
        first = verb + 1 + (f"{lemma} {particle}" in lexicon.verbs)
        act = _headline_act(g, lexicon, frames, first, words)
        act = act or ("asserts" if lemma == "say" and len(words) - (first - words[0]) > _TOLD else None)
        if act is None:
            continue
        what = trimmed(parsed.text, parsed.start[first], parsed.end[words[-1]])
        who = trimmed(parsed.text, parsed.start[words[0]], parsed.end[verb - 1])
        if what is not None and who is not None and who[1] < what[0]:
            cue = g.chars(verb, first)
            return Found(cue, [what], who, act, sentence=parsed.sent[verb], cue_word=verb, rank=1)
    return None


_TOLD = 3
"""What "says" gives without a verb of its own has so many words or more: "Board says two lifts out of use"."""
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "PART", "ADV"})


def _present(word: str) -> str:
    """The base form of a third person: "denies" → "deny"; other words as they are."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]
    return word


def _headline_act(g: Ground, lexicon: Lexicon, frames: Frames, first: int, words: range) -> str | None:
    """The act, where what follows the verb fits one of its frames; None for thoughts and where it looks like a noun."""
    parsed = g.parsed
    if first not in words or len(words) - (first - words[0]) < 2:
        return None
    rest = range(first, words[-1] + 1)
    finite = any(parsed.tag[w] in FINITE and parsed.pos[w] in {"VERB", "AUX"} for w in rest)
    if parsed.tag[first] == "VBG":
        act = frames.get("ing")
    elif parsed.lower[first] == "to":
        act = frames.get("to")
    elif f"{parsed.lower[first]}:" in frames:
        act = frames[f"{parsed.lower[first]}:"]
    elif parsed.pos[first] in {"ADP", "VERB", "AUX", "PUNCT", "CCONJ"}:
        act = None
    elif finite:
        act = frames.get("clause")
    else:
        act = frames.get("person") if any(parsed.lower[w] == "to" for w in rest) else None
        act = act or frames.get("as") or frames.get("object")
    lost = any(parsed.lemma[w] in lexicon.empty for w in rest[:4]) or parsed.lemma[words[0]].lower() in lexicon.things
    return act if act not in {"thinks", "wants", "plans"} and not lost else None


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
    return _is_person(g, head.rsplit(maxsplit=1)[-1], g.parsed.blocks[0].end, found)


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
