"""A post's words on how far something is confirmed → remarks: of which kind, about what, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import words as word_files
from onrecord.statements import sides
from onrecord.statements.attribution_ground import Found, Ground, agent, below, subject
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.standing_words import KINDS, words

_NAMING = frozenset({"NOUN", "PROPN", "VERB"})
_TURNS = frozenset({"but", "although", "while", "though", "whereas"})


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of the post that say how far something is confirmed."""

    kind: str
    span: Range
    sentence: int
    clause: Range
    """First word and one past the last of its clause."""
    head: int | None
    """The word that heads what it is about: "the claim", "it", "the cause of the fire"."""
    topics: frozenset[str]
    """Content words of what it is about."""
    common: frozenset[str]
    """Those that are no proper names."""
    who: frozenset[str]
    """Content words of who has not confirmed, or who disputes."""
    beside: frozenset[str]
    """Content words before it in its clause."""


def remarks(g: Ground) -> list[Remark]:
    """Remarks on standing, in text order; none inside direct speech."""
    parsed = g.parsed
    out: list[Remark] = []
    for number in _worth_a_look(g):
        first, past = g.sentences[number]
        low, high = parsed.start[first], parsed.end[past - 1]
        taken: list[Range] = []
        for kind in KINDS:
            for found in words().patterns[kind].find(parsed, low, high):
                span = found.span()
                if any(a < span[1] and span[0] < b for a, b in taken) or g.in_speech(g.word_at(span[0])):
                    continue
                if _REACHED.match(parsed.text, *span) and not _looks_on(g, frozenset(), span[0]):
                    continue  # "rescuers could not reach the village"
                taken.append(span)
                out.append(_remark(g, kind, span, number))
                break
    return out


_REACHED = re.compile(
    r"could not (?:access|obtain|see|reach|review)|(?:has|have|had) not (?:seen|reviewed|viewed)", re.IGNORECASE
)


def _worth_a_look(g: Ground) -> list[int]:
    return list(dict.fromkeys(g.sentence_of[i] for i, word in enumerate(g.parsed.lower) if _begins(word)))


@lru_cache(maxsize=1 << 15)
def _begins(word: str) -> bool:
    return word.startswith(words().begins)


def _remark(g: Ground, kind: str, span: Range, sentence: int) -> Remark:
    parsed = g.parsed
    first, past = g.sentences[sentence]
    at, last = g.word_at(span[0]), min(g.word_at(span[1] - 1), len(parsed) - 1)
    start = next((w for w in range(at, first, -1) if _turns(parsed, w)), first)
    end = next((w for w in range(at + 1, past) if _turns(parsed, w)), past)
    verb = next((w for w in range(last, at - 1, -1) if parsed.pos[w] == "VERB"), None)
    passive = verb is not None and _passive(parsed, verb)
    before, after = content_words(g, range(start, at)), content_words(g, range(last + 1, end))
    kind = _settled(g, kind, verb, before, span)
    if kind == "unacknowledged":
        head = _object(parsed, verb) if verb is not None else None
        if verb is not None:
            after = content_words(g, [w for w in below(parsed, verb, _joined_to(parsed, verb)) if last < w < end])
        topics = after or _asked(g, first, at)
        who = _party(g, verb, last, end) or before
        if _REQUEST.match(parsed.text, *span):
            asked = next((k for v in (verb, last) if v is not None for k in parsed.kids[v] if k > last), None)
            who, topics = content_words(g, below(parsed, asked)) if asked is not None else after, frozenset()
        if (named := _from_whom(g, last, end)) is not None:
            who, topics = named
    else:
        head = _subject(parsed, verb) if passive and verb is not None else _object(parsed, verb)
        if head is None and verb is None:
            head = _noun(parsed, at, last, start)
        lemma = parsed.lemma[head].lower() if head is not None else ""
        if lemma in words().grounds or (_REACHED.match(parsed.text, *span) and lemma not in words().shows):
            head = None
        topics = content_words(g, below(parsed, head)) if head is not None else before | after
        who = _agent(g, verb) if passive and verb is not None else _doer(g, verb)
    common = topics - {parsed.lemma[w].lower() for w in range(first, past) if parsed.pos[w] == "PROPN"}
    return Remark(kind, span, sentence, (start, end), head, topics, common, who, before)


_REQUEST = re.compile(r"ha(?:s|ve|d) (?:also |now )?(?:contacted|approached|asked|reached out)", re.IGNORECASE)


def _from_whom(g: Ground, last: int, end: int) -> tuple[frozenset[str], frozenset[str]] | None:
    """In "there was no comment FROM the army on the raid": (the army, the raid)."""
    parsed = g.parsed
    if parsed.lower[last + 1 : last + 2] not in (["from"], ["by"]):
        return None
    turn = next((w for w in range(last + 2, end) if parsed.lower[w] in {"on", "about", "over", "regarding", "to"}), end)
    return content_words(g, range(last + 2, turn)), content_words(g, range(turn, end))


def _joined_to(parsed: Parse, verb: int) -> frozenset[int]:
    """Clauses that stand beside the verb's own: "has not commented and …"."""
    return frozenset(k for k in parsed.kids[verb] if parsed.dep[k] in {"conj", "parataxis", "advcl"} and k > verb)


def _turns(parsed: Parse, word: int) -> bool:
    return parsed.lower[word] in _TURNS or parsed.words[word] == ";"


def _passive(parsed: Parse, verb: int) -> bool:
    return any(parsed.dep[k] in {"auxpass", "nsubjpass"} for k in parsed.kids[verb])


def _subject(parsed: Parse, verb: int) -> int | None:
    found = subject(parsed, verb)
    return _weighty(parsed, found) if found is not None and found < verb else None


def _object(parsed: Parse, verb: int | None) -> int | None:
    if verb is None:
        return None
    found = next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] in {"dobj", "ccomp", "nsubj"}), None)
    return _weighty(parsed, found)


def _weighty(parsed: Parse, head: int | None) -> int | None:
    """The "form" of "a copy of the form"."""
    if head is None or parsed.lemma[head].lower() not in words().light:
        return head
    of = next((k for k in parsed.kids[head] if parsed.lower[k] == "of"), None)
    return next((k for k in parsed.kids[of] if parsed.dep[k] == "pobj"), head) if of is not None else head


def _noun(parsed: Parse, at: int, last: int, start: int) -> int | None:
    """Without a verb: the noun inside ("an unverified video"), or the subject before it ("it remains unverified")."""
    named = words().claims | words().shows
    noun = next((w for w in range(last, at, -1) if parsed.lemma[w].lower() in named), None)
    if noun is not None:
        return noun
    verb = next((w for w in range(last, start - 1, -1) if parsed.pos[w] in {"AUX", "VERB"}), None)
    return _subject(parsed, verb) if verb is not None else None


def _agent(g: Ground, verb: int) -> frozenset[str]:
    by = agent(g.parsed, verb)
    return content_words(g, below(g.parsed, by)) if by is not None else frozenset()


def _doer(g: Ground, verb: int | None) -> frozenset[str]:
    who = subject(g.parsed, verb) if verb is not None else None
    return content_words(g, [w for w in below(g.parsed, who) if w < (verb or 0)]) if who is not None else frozenset()


def _party(g: Ground, verb: int | None, last: int, end: int) -> frozenset[str]:
    """Who says nothing: the verb's subject; in "no comment from Kyiv" what follows."""
    parsed = g.parsed
    if verb is None or parsed.lower[last] in {"from", "by", "in"}:
        return content_words(g, range(last + 1, min(end, last + 8)))
    return _doer(g, verb)


def _settled(g: Ground, kind: str, verb: int | None, before: frozenset[str], span: Range) -> str:
    """Who could not confirm decides: an outlet or observer leaves it unverified, a party to it unacknowledged."""
    text = g.parsed.text[slice(*span)].lower()
    if kind == "unacknowledged" and "confirm" in text and not any(x in text for x in ("decline", "from", "wait")):
        return "unverified" if _looks_on(g, before, span[0]) else kind
    if kind == "unverified" and verb is not None and "independent" not in text:
        by = agent(g.parsed, verb)
        if by is not None and by > verb and _takes_part(g, below(g.parsed, by)):
            return "unacknowledged"
    return kind


def _takes_part(g: Ground, among: list[int]) -> bool:
    """An army, a government or a country, and no channel or observer."""
    parsed = g.parsed
    side = any(parsed.lemma[w].lower() in words().fighters for w in among)
    return (side or bool(sides.hits([parsed.words[w] for w in among]))) and not _neutral(g, among)


def _looks_on(g: Ground, before: frozenset[str], place: int) -> bool:
    """Words before the place name a channel, an observer or the outlet itself."""
    first = g.sentences[g.sentence_of[g.word_at(place)]][0]
    at = range(first, g.word_at(place))
    return bool(before & words().independent) or _neutral(g, at)


def _neutral(g: Ground, among: Iterable[int]) -> bool:
    parsed, at = g.parsed, list(among)
    if any(parsed.lemma[w].lower() in words().independent for w in at):
        return True
    if any(parsed.lower[w] in {"we", "us", "our"} and parsed.words[w] != "US" for w in at):
        return True
    return bool(at) and _channels().search(parsed.text, parsed.start[at[0]], parsed.end[at[-1]]) is not None


@cache
def _channels() -> re.Pattern[str]:
    """Names of outlets and agencies."""
    listed = word_files.table("channels.toml")["names"]
    forms = {form for name, others in listed.items() for form in (name, *others)}
    known = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    endings = "|".join(map(re.escape, word_files.table("channels.toml")["words"]["outlet"]))
    return re.compile(rf"\b(?:{known}|[A-Z]\w+ (?:{endings}))(?!\w)")


def _asked(g: Ground, first: int, at: int) -> frozenset[str]:
    """What was asked, in "asked whether …, she declined to comment"."""
    if g.parsed.lower[first] in {"asked", "when", "pressed", "questioned"}:
        comma = max((w for w in range(first, at) if g.parsed.words[w] == ","), default=first)
        return content_words(g, range(first + 1, comma))
    return frozenset()


def content_words(g: Ground, among: Iterable[int]) -> frozenset[str]:
    """Base forms of the content words, without those too common to tie two statements together."""
    parsed, skip = g.parsed, words().skip
    return frozenset(
        parsed.lemma[w].lower()
        for w in among
        if parsed.pos[w] in _NAMING and len(parsed.words[w]) > 2 and parsed.lemma[w].lower() not in skip
    )


def said_by(g: Ground, one: Found) -> frozenset[str]:
    """Words of the speaker's mention, without articles and the like."""
    if one.speaker is None:
        return frozenset()
    if one.speaker not in g.said:
        words = (g.parsed.lemma[w].lower() for w in g.words_in(one.speaker))
        g.said[one.speaker] = frozenset(words) - _SMALL
    return g.said[one.speaker]


_SMALL = frozenset({"the", "a", "an", "of", "’s", "'s", "and", "in", "for", "'", "’", ",", "by", "to", "at", "on"})
PRONOUN = re.compile(r"(?:he|she|it|they|we|i)", re.IGNORECASE)
