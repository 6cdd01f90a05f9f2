"""A post's own words on how far a statement is confirmed → standing of its statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from onrecord import words as word_files
from onrecord.statements.attribution_ground import Found, Ground, agent
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

KINDS = ("unverified", "unacknowledged", "disputed", "verified")
NEAR = 12
"""How many statements back a remark on standing may reach."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `data/standing.toml`."""

    patterns: dict[str, re.Pattern[str]]
    begins: tuple[str, ...]
    first_hand: re.Pattern[str]
    admits: frozenset[str]
    confesses: frozenset[str]
    loss: frozenset[str]
    pointers: frozenset[str]
    skip: frozenset[str]
    claims: frozenset[str]
    figures: frozenset[str]


@cache
def words() -> Words:
    """The shipped patterns, read once."""
    data = word_files.table("standing.toml")
    return Words(
        {kind: _joined(data[kind]) for kind in KINDS},
        tuple(data["begins"]),
        _joined(data["first_hand"]),
        frozenset(data["admits"]),
        frozenset(data["confesses"]),
        frozenset(data["loss"]),
        frozenset(data["pointers"]),
        frozenset(data["skip"]),
        frozenset(data["claims"]),
        frozenset(data["figures"]),
    )


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of the post that say how far something is confirmed."""

    kind: str
    span: Range
    sentence: int
    topics: frozenset[str]
    """Content words of what it is about."""
    subjects: frozenset[str]
    """Content words of who has not confirmed."""
    clause: Range
    """First word and one past the last of its clause."""


def mark(g: Ground, found: list[Found]) -> None:
    """Set `standing` and `standing_by` of the statements that the post's remarks mean. `found` is in text order."""
    if not found:
        return
    about = [_content_words(g, one.content) for one in found]
    for at, one in enumerate(found):
        _concede(g, at, found, about)
        if one.speaker is not None and _UNCONFIRMED.match(g.parsed.text, *one.speaker):
            one.standing, one.standing_by = "unverified", one.speaker
    for remark in remarks(g):
        if _trailing(g, remark, found) or _told_of_things(g, remark, found):
            continue
        if remark.kind == "verified" and _verifies_itself(g, remark, found):
            continue
        for one in _meant(g, remark, found, about):
            if one.standing in {"claimed", "unacknowledged"} and one.standing != remark.kind:
                one.standing, one.standing_by = remark.kind, remark.span
    _dispute(g, found, about)
    _in_title(g, found, about)


def _in_title(g: Ground, found: list[Found], about: list[frozenset[str]]) -> None:
    """A title that says the same as a statement below it stands as that does."""
    block = g.parsed.blocks[g.parsed.sentence_block[0]]
    for i, one in enumerate(found):
        if _start(one) >= block.end:
            break
        for j in range(i + 1, min(len(found), i + NEAR)):
            other = found[j]
            same = _start(other) >= block.end and other.act == one.act and _who(g, one) & _who(g, other) - _SMALL
            if one.standing == "claimed" and same and 2 * len(about[i] & about[j]) >= len(about[i]) > 1:
                one.standing, one.standing_by = other.standing, other.standing_by


def first_hand(parsed: Parse, sentence: int) -> bool:
    """True when the sentence says that the outlet itself saw, heard or checked what it tells."""
    first, past = parsed.sentences[sentence]
    found = words().first_hand.search(parsed.text, parsed.start[first], parsed.end[past - 1])
    return found is not None


# -- remarks -----------------------------------------------------------------------------------------------------------


def remarks(g: Ground) -> list[Remark]:
    """Remarks on standing, in text order; none inside direct speech."""
    parsed = g.parsed
    out: list[Remark] = []
    for number in _worth_a_look(g):
        first, past = g.sentences[number]
        low, high = parsed.start[first], parsed.end[past - 1]
        taken = -1
        for kind in KINDS:
            for found in words().patterns[kind].finditer(parsed.text, low, high):
                word = g.word_at(found.start())
                if found.start() < taken or g.in_speech(word):
                    continue
                taken = found.end()
                out.append(_remark(g, kind, (found.start(), found.end()), number))
                break
    return out


def _worth_a_look(g: Ground) -> list[int]:
    begins = words().begins
    return list(dict.fromkeys(g.sentence_of[i] for i, word in enumerate(g.parsed.lower) if word.startswith(begins)))


def _remark(g: Ground, kind: str, span: Range, sentence: int) -> Remark:
    first, past = g.sentences[sentence]
    at = g.word_at(span[0])
    end = _clause_end(g.parsed, at, past)
    start = _clause_start(g.parsed, at, first)
    before = _names(g, range(start, at))
    after = _names(g, range(g.word_at(span[1] - 1) + 1, end))
    topics = after if kind == "unacknowledged" else before | after
    if kind == "unacknowledged" and not after:
        topics = _asked(g, first, at)
    return Remark(kind, span, sentence, topics, before, (start, end))


def _clause_end(parsed: Parse, at: int, past: int) -> int:
    for word in range(at, past):
        if parsed.lower[word] in {"but", "although", "while"} or parsed.words[word] == ";":
            return word
    return past


def _clause_start(parsed: Parse, at: int, first: int) -> int:
    for word in range(at, first, -1):
        if parsed.lower[word] in {"but", "although", "while"} or parsed.words[word] == ";":
            return word
    return first


def _asked(g: Ground, first: int, at: int) -> frozenset[str]:
    """What was asked, in "asked whether …, she declined to comment"."""
    if g.parsed.lower[first] in {"asked", "when", "pressed"}:
        comma = max((w for w in range(first, at) if g.parsed.words[w] == ","), default=first)
        return _names(g, range(first + 1, comma))
    return frozenset()


def _names(g: Ground, among: Iterable[int]) -> frozenset[str]:
    parsed = g.parsed
    return frozenset(
        parsed.lemma[w].lower()
        for w in among
        if parsed.pos[w] in {"NOUN", "PROPN", "VERB"}
        and parsed.lemma[w].lower() not in words().skip
        and len(parsed.words[w]) > 2
    )


def _content_words(g: Ground, spans: list[Range]) -> frozenset[str]:
    return frozenset(
        x for a, b in spans for x in _names(g, range(g.word_at(a), min(g.word_at(b - 1) + 1, len(g.parsed))))
    )


# -- which statements are meant ----------------------------------------------------------------------------------------


def _meant(g: Ground, remark: Remark, found: list[Found], about: list[frozenset[str]]) -> list[Found]:
    """The statements before the remark, or after it in its sentence, that it is about."""
    at = bisect_left(found, remark.span[0], key=_start)
    before = [i for i in range(max(0, at - NEAR), at) if _can_be_meant(found[i], remark)]
    agency = [i for i in before if remark.subjects & {v.lower() for v in found[i].via}]
    if remark.kind in {"disputed", "verified"}:
        beside = [i for i in before if _sentence(g, found[i]) == remark.sentence]
        if remark.kind == "verified" and not beside and _of_a_thing(g, remark):
            return [one for one in found[at : at + 2] if _sentence(g, one) == remark.sentence][:1]
        if remark.kind == "disputed":
            remark = replace(remark, topics=remark.topics - words().claims - words().pointers)
        return [found[i] for i in beside[-1:] or _sharing(before, about, remark)[-1:] or before[-1:]]
    later = [i for i in range(at, min(len(found), at + NEAR)) if _can_be_meant(found[i], remark)]
    after = [i for i in later if _start(found[i]) > remark.span[1] and _sentence(g, found[i]) == remark.sentence]
    if remark.kind == "unverified" and not agency:
        pointed = _pointed(g, remark, found, before, about)
        if pointed is not None:
            return pointed
    sharing = _sharing([*(agency or before), *after], about, remark)
    if sharing:
        return [found[i] for i in sharing]
    if remark.kind == "unacknowledged" and _his_own(g, remark):
        return []
    if remark.kind == "unacknowledged" and not after and _POINTS.match(g.parsed.text, remark.span[1]):
        return [found[i] for i in before[-1:]]
    if remark.kind == "unacknowledged":
        return _last_run(g, found, before) if remark.topics else [found[i] for i in before[:1]]
    return [found[i] for i in agency] or _last_run(g, found, before)


def _pointed(
    g: Ground, remark: Remark, found: list[Found], before: list[int], about: list[frozenset[str]]
) -> list[Found] | None:
    """What "the army's account", "neither figure" or "that number" stands for; None where no such words lead."""
    parsed, (first, past) = g.parsed, remark.clause
    last = g.word_at(remark.span[1] - 1)
    beside = range(first, min(past, last + 8))
    nouns = [w for w in beside if parsed.lemma[w].lower() in words().claims]
    owners = {x for w in nouns for x in _owners(g, w)}
    if owners:
        theirs = [i for i in before if owners & _who(g, found[i])]
        if theirs:
            return [found[i] for i in theirs]
    if {"neither", "both"} & set(parsed.lower[first : last + 1]):
        return _last_of_two(g, found, before)
    if any(parsed.lemma[w].lower() in words().figures for w in nouns):
        numbered = [i for i in before if any(c.isdigit() for a, b in found[i].content for c in parsed.text[a:b])]
        return [found[i] for i in numbered[-1:]] or None
    passive = _PASSIVE.search(parsed.text, *remark.span) is not None
    if passive and not nouns and "independent" not in parsed.text[slice(*remark.span)].lower():
        return [found[i] for i in before if about[i] & remark.subjects][-1:]
    return None


def _of_a_thing(g: Ground, remark: Remark) -> bool:
    """Only something named with it is verified: "footage verified by the Courier shows …"."""
    parsed = g.parsed
    words = range(g.word_at(remark.span[0]), g.word_at(remark.span[1] - 1) + 1)
    return any(parsed.tag[w] == "VBN" and parsed.dep[w] in {"acl", "conj"} for w in words)


def _his_own(g: Ground, remark: Remark) -> bool:
    """The one who says nothing belongs to who was spoken of: "his office did not respond"."""
    return g.parsed.lower[remark.clause[0]] in {"his", "her"}


_POINTS = re.compile(r"(?: on| to)? (?:it|that|this)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:be|been|was|were|is|are)\b", re.IGNORECASE)


def _owners(g: Ground, noun: int) -> frozenset[str]:
    """Whose claim it is: "the army's account", "a report by the union"."""
    parsed = g.parsed
    owners = [k for k in parsed.kids[noun] if parsed.dep[k] == "poss" and parsed.pos[k] != "PRON"]
    by = agent(parsed, noun)
    return _names(g, (w for k in (*owners, *([by] if by is not None else [])) for w in (k, *parsed.kids[k])))


def _who(g: Ground, one: Found) -> frozenset[str]:
    """Content words of the speaker."""
    if one.speaker is None:
        return frozenset()
    return frozenset(
        g.parsed.lemma[w].lower() for w in range(g.word_at(one.speaker[0]), g.word_at(one.speaker[1] - 1) + 1)
    )


def _last_of_two(g: Ground, found: list[Found], before: list[int]) -> list[Found]:
    """The last statements of the two who spoke last."""
    out: list[Found] = []
    for i in reversed(before):
        if found[i].speaker is not None and not any(_who(g, found[i]) & _who(g, o) - _SMALL for o in out):
            out.append(found[i])
        if len(out) == 2:
            break
    return out


_SMALL = frozenset({"the", "a", "an", "of", "’s", "'s", "and"})


def _start(one: Found) -> int:
    return one.content[0][0]


_OPENS = ("a ", "an ", "which ", "but ", "and ", "though ", "although ", "something ", "the ")


def _trailing(g: Ground, remark: Remark, found: list[Found]) -> bool:
    """Cut "…, a figure that the union disputes." off a content that it is no part of, and mark the statement."""
    text, place = g.parsed.text, remark.span[0]
    at = bisect_left(found, place, key=_start)
    for one in found[max(0, at - NEAR) : at]:
        low, high = one.content[-1]
        if not low < place < high or one.rank == 0:
            continue
        cut = max(text.rfind(mark, low, place) for mark in (", ", "– ", "— ", "; "))
        if cut > low and text[cut + 2 : high].lower().startswith(_OPENS) and text.count(" ", cut + 2, place) <= 6:
            one.content[-1] = (low, len(text[:cut].rstrip(" ,–—-;")))
            one.standing, one.standing_by = remark.kind, remark.span
            return True
    return False


def _verifies_itself(g: Ground, remark: Remark, found: list[Found]) -> bool:
    """Mark those who say that they verified it themselves: "the monitors said they had verified 31 deaths"."""
    word = g.word_at(remark.span[0])
    if word == 0 or g.parsed.lower[word - 1] not in {"it", "they", "he", "she"}:
        return False
    at = bisect_left(found, remark.span[0], key=_start)
    for one in found[max(0, at - NEAR) : at]:
        if one.content[-1][0] <= remark.span[0] < one.content[-1][1] and one.rank != 0 and one.speaker is not None:
            one.standing, one.standing_by = "verified", remark.span
            return True
    return False


def _told_of_things(g: Ground, remark: Remark, found: list[Found]) -> bool:
    """It stands in somebody's words and is about things: "she said the forms had not been checked"."""
    if remark.kind != "unverified":
        return False
    at = bisect_left(found, remark.span[0], key=_start)
    near = (span for one in found[max(0, at - NEAR) : at] for span in one.content)
    start = max((a for a, b in near if a <= remark.span[0] < b), default=None)
    if start is None:
        return False
    parsed = g.parsed
    told = range(g.word_at(start), g.word_at(remark.span[1] - 1) + 1)
    return not any(parsed.pos[w] in _NAMING and parsed.lemma[w].lower() in words().claims | _SELVES for w in told)


_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_SELVES = frozenset({"it", "they", "we", "he", "she"})


def _can_be_meant(one: Found, remark: Remark) -> bool:
    """Not the remark's own sentence part, nor a thought or a refusal."""
    own = any(a <= remark.span[0] < b for a, b in one.content)
    cue = one.cue is not None and one.cue[0] < remark.span[1] and remark.span[0] < one.cue[1]
    return not own and not cue and one.act not in {"declines", "thinks", "wants", "plans", "denies"}


def _sharing(among: list[int], about: list[frozenset[str]], remark: Remark) -> list[int]:
    return [i for i in among if about[i] & remark.topics]


def _sentence(g: Ground, one: Found) -> int:
    return g.sentence_of[min(g.word_at(one.content[0][0]), len(g.parsed) - 1)]


def _last_run(g: Ground, found: list[Found], before: list[int]) -> list[Found]:
    """The last statement and those right before it by the same speaker."""
    out: list[Found] = []
    for i in reversed(before):
        if out and not _goes_on(g, found[i], out[-1]):
            break
        out.append(found[i])
    return out


_PRONOUN = re.compile(r"(?:he|she|it|they)", re.IGNORECASE)


def _goes_on(g: Ground, one: Found, later: Found) -> bool:
    """`later` is by the same speaker: a pronoun, or "the ministry" after "the defence ministry"."""
    if later.speaker is None or one.speaker is None:
        return False
    text = g.parsed.text
    before, after = text[slice(*one.speaker)].lower(), text[slice(*later.speaker)].lower()
    if _PRONOUN.fullmatch(after) is not None or after == before:
        return True
    return after.startswith("the ") and after.count(" ") == 1 and after[4:] in before


def _concede(g: Ground, at: int, found: list[Found], about: list[frozenset[str]]) -> None:
    """Who admits a loss concedes it, here and where the other side had said it."""
    parsed, one = g.parsed, found[at]
    if one.cue_word < 0 or parsed.lemma[one.cue_word] not in words().admits or one.voice == "hedged":
        return
    if one.act == "declines" or any(parsed.dep[k] == "neg" for k in parsed.kids[one.cue_word]):
        return
    mine = about[at]
    if parsed.lemma[one.cue_word] == "acknowledge" and _FIRST.search(
        parsed.text, one.cue[1] if one.cue else 0, _start(one)
    ):
        one.standing, one.standing_by = "conceded", one.cue
        return
    if parsed.lemma[one.cue_word] not in words().confesses and not _hurts(g, one):
        return
    one.standing, one.standing_by = "conceded", one.cue
    near = range(max(0, at - NEAR), min(len(found), at + NEAR))
    others = [j for j in near if j != at and found[j].speaker != one.speaker]
    said = [j for j in others if len(about[j] & mine) >= 2]
    if not said and at - 1 in others and about[at - 1] & (words().loss | mine):
        said = [at - 1]
    if not said and at + 1 in others and _sentence(g, found[at + 1]) == _sentence(g, one):
        said = [at + 1] if about[at + 1] & words().loss else []
    for j in said:
        if found[j].standing == "claimed" and found[j].act not in {"denies", "declines"}:
            found[j].standing, found[j].standing_by = "conceded", one.cue


_UNCONFIRMED = re.compile(r"(?:the |some )?(?:unconfirmed|unverified|uncorroborated) ", re.IGNORECASE)
_FIRST = re.compile(r"for the first time|publicly|finally")
_NEVER = frozenset({"not", "never", "no", "n't", "n’t", "nobody", "none", "without"})


def _hurts(g: Ground, one: Found) -> bool:
    """The content tells of a loss or of something that was not done."""
    parsed = g.parsed
    inside = (w for a, b in one.content for w in range(g.word_at(a), min(g.word_at(b - 1) + 1, len(parsed))))
    return any(parsed.lemma[w].lower() in words().loss or parsed.lower[w] in _NEVER for w in inside)


def _dispute(g: Ground, found: list[Found], about: list[frozenset[str]]) -> None:
    """What somebody else denies is disputed: the statement right before, or those that share its words."""
    for i, one in enumerate(found):
        if one.act != "denies" or one.voice == "hedged":
            continue
        earlier = [j for j in range(max(0, i - NEAR), i) if found[j].act != "denies" and found[j].voice == "attributed"]
        sharing = [j for j in earlier if len(about[i] & about[j]) >= 2]
        if not sharing and earlier and (_points(g, one) or (len(about[i]) <= 3 and _pointing(g, one))):
            sharing = earlier[-1:]
        sharing += [j for j in range(i, min(i + 4, len(found))) if found[j].nested_in == i]
        for j in sharing:
            if found[j].standing == "claimed" and found[j].speaker != one.speaker:
                found[j].standing, found[j].standing_by = "disputed", one.cue


def _points(g: Ground, one: Found) -> bool:
    """The denied thing begins with "the accusation", "that claim"."""
    first = g.word_at(one.content[0][0])
    pointed = g.parsed.lower[first] in {"the", "this", "that", "such", "those", "these"}
    return pointed and g.parsed.lemma[min(first + 1, len(g.parsed) - 1)].lower() in words().pointers


def _pointing(g: Ground, one: Found) -> bool:
    """The denied thing is "the claim", "an accusation", "it"."""
    parsed = g.parsed
    if sum(len(parsed.text[a:b].split()) for a, b in one.content) > 4:
        return False
    return any(
        parsed.lemma[w].lower() in words().pointers
        for a, b in one.content
        for w in range(g.word_at(a), min(g.word_at(b - 1) + 1, len(parsed)))
    )
