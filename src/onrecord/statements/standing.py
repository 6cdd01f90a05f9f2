"""A post's own words on how far a statement is confirmed → standing of its statements."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.standing_admitted import concede
from onrecord.statements.standing_denials import same_speaker
from onrecord.statements.standing_meant import around, meant
from onrecord.statements.standing_mutual import accuse_each_other
from onrecord.statements.standing_reach import NEAR, Reach, reach, start
from onrecord.statements.standing_rejections import disputed
from onrecord.statements.standing_remarks import Remark, remarks, said_by
from onrecord.statements.standing_rivals import dispute
from onrecord.statements.standing_words import words


def mark(g: Ground, found: list[Found]) -> None:
    """Set `standing` and `standing_by` of the statements that the post's remarks mean. `found` is in text order."""
    if not found:
        return
    r = reach(g, found)
    for one in found:
        if one.speaker is not None and _unconfirmed(g, one.speaker):
            one.standing, one.standing_by = "unverified", one.speaker
        elif (doubt := _doubtful(g, one)) is not None:
            one.standing, one.standing_by = "unverified", doubt
    concede(r)
    checked: tuple[int, list[int]] = (-1, [])
    for remark in remarks(g):
        if remark.kind == "verified" and _verifies_itself(g, remark, found):
            continue
        if _trailing(g, remark, found) or _told(g, remark, found):
            continue
        means = disputed(r, remark, around(r, remark)[0]) if remark.kind == "disputed" else meant(r, remark)
        if remark.kind == "disputed" and checked[0] == remark.sentence:
            means = _of_one_claim(r, means, checked[1])
        if remark.kind == "unverified":
            checked = (remark.sentence, means)
        for one in (found[i] for i in _with_hedge(found, means)):
            if _weaker(one.standing, remark.kind):
                one.standing, one.standing_by = remark.kind, remark.span
    dispute(r)
    accuse_each_other(r)
    _in_title(r)


def _of_one_claim(r: Reach, means: list[int], checked: list[int]) -> list[int]:
    """In "could not verify his claims, and the army disputes them" both mean the same."""
    one_claim = any(same_speaker(r, i, j) for i in means[-1:] for j in checked)
    return sorted({*means, *checked}) if one_claim else means


def _with_hedge(found: list[Found], means: list[int]) -> list[int]:
    """With the hedge around a statement: "has reportedly told doctors that …"."""
    out = list(means)
    for i in means:
        low, high = found[i].content[0][0], found[i].content[-1][1]
        for j in range(max(0, i - 2), i):
            one = found[j]
            if one.voice == "hedged" and one.content[0][0] <= low and high <= one.content[-1][1] and j not in out:
                out.append(j)
    return out


def _weaker(now: str, then: str) -> bool:
    """A rejection counts more than silence or lack of proof, and a check more than silence."""
    return now == "claimed" or (now == "unacknowledged" and then != now) or (now == "unverified" and then == "disputed")


def _unconfirmed(g: Ground, speaker: Range) -> bool:
    """Who speaks are "unconfirmed reports", "unverified and so far untraceable rumours"."""
    parsed = g.parsed
    last = min(g.word_at(speaker[1] - 1), len(parsed) - 1)
    first = max(parsed.sentences[parsed.sent[last]][0], last - 8)
    doubt = next((w for w in range(first, last) if parsed.lower[w] in _UNCONFIRMED), None)
    if doubt is None:
        return False
    alone = not any(parsed.pos[w] in {"NOUN", "PROPN", "PRON"} for w in range(doubt, last))
    return doubt >= g.word_at(speaker[0]) or (alone and parsed.lemma[last].lower() in words().claims)


def _doubtful(g: Ground, one: Found) -> Range | None:
    """The word of doubt where what is passed on are "unconfirmed reports of a blast"."""
    parsed, first = g.parsed, g.word_at(one.content[0][0])
    doubt = next((w for w in range(first, min(first + 2, len(parsed))) if parsed.lower[w] in _UNCONFIRMED), None)
    if doubt is None or one.act != "asserts" or parsed.lemma[parsed.head[doubt]].lower() not in words().claims:
        return None
    return g.chars(doubt, doubt + 1)


_UNCONFIRMED = frozenset({"unconfirmed", "unverified", "uncorroborated", "unsubstantiated", "unverifiable"})


def first_hand(parsed: Parse, sentence: int) -> bool:
    """True when the sentence says that the outlet itself saw, heard or checked what it tells."""
    first, past = parsed.sentences[sentence]
    found = words().first_hand.find(parsed, parsed.start[first], parsed.end[past - 1])
    return next(found, None) is not None


def _in_title(r: Reach) -> None:
    """A title that says the same as a statement below it stands as that does."""
    parsed = r.g.parsed
    block = parsed.blocks[parsed.sentence_block[0]]
    for i, one in enumerate(r.found):
        if start(one) >= block.end:
            break
        for j in range(i + 1, min(len(r.found), i + NEAR)):
            other = r.found[j]
            if start(other) < block.end or other.act != one.act or one.standing != "claimed":
                continue
            same = said_by(r.g, one) & said_by(r.g, other) or r.parties(i) & r.parties(j)
            half = 2 * len(r.about[i] & r.about[j]) >= len(r.about[i]) > 1
            if (same and (half or _says_half(r, i, j))) or _says_again(r, i, j):
                one.standing, one.standing_by = other.standing, other.standing_by


def _says_half(r: Reach, i: int, j: int) -> bool:
    """Half of what the title tells stands below, names and all, two words at least."""
    mine, other = r.matter(i), r.matter(j)
    told = mine.strong | mine.weak | mine.names
    shared = told & (other.strong | other.weak | other.names)
    return len(shared) >= 2 and bool(shared & mine.strong) and 2 * len(shared) >= len(told)


def _says_again(r: Reach, i: int, j: int) -> bool:
    """Two thirds of what the title tells stand below, three words at least."""
    mine, other = r.matter(i), r.matter(j)
    told = mine.strong | mine.weak | mine.names
    shared = told & (other.strong | other.weak | other.names)
    return len(shared) >= 3 and 3 * len(shared) >= 2 * len(told)


# -- remarks inside somebody's words -----------------------------------------------------------------------------------

_OPENS = (
    "a ",
    "an ",
    "which ",
    "but ",
    "and ",
    "though ",
    "although ",
    "something ",
    "the ",
    "as ",
    "despite ",
    "without ",
    "we ",
)


_SILENT = re.compile(r"(?:which|who) (?:ha[ds]|have|d(?:id|oes?)|w(?:as|ere|ould|ill)|is|are|could)\b", re.IGNORECASE)

_NO_MORE = re.compile(r"but (?:ha[ds]|have|d(?:id|oes?)|would|could|will|declined|refused)\b", re.IGNORECASE)
"""What who has just spoken does not comment on."""


def _trailing(g: Ground, remark: Remark, found: list[Found]) -> bool:
    """Cut "…, a figure that the union disputes." off a content that it is no part of, and mark the statement."""
    text, place = g.parsed.text, remark.span[0]
    at = bisect_left(found, place, key=start)
    for one in found[max(0, at - NEAR) : at]:
        low, high = one.content[-1]
        if not low < place < high or one.rank == 0:
            continue
        cut = max(text.rfind(mark, low, place + 2) for mark in (", ", "– ", "— ", "; "))
        if remark.kind == "unacknowledged" and _SILENT.match(text, cut + 2):
            continue  # "…, which had not replied": that is news of its own, and no word on what is said
        if cut > low and text[cut + 2 : high].lower().startswith(_OPENS) and text.count(" ", cut + 2, place) <= 6:
            one.content[-1] = (low, len(text[:cut].rstrip(" ,–—-;")))
            himself = remark.kind == "unacknowledged" and _NO_MORE.match(text, cut + 2)
            if not himself and not _of_a_claim_in_it(g, one, cut):
                one.standing, one.standing_by = remark.kind, remark.span
            return True
    return False


def _of_a_claim_in_it(g: Ground, one: Found, cut: int) -> bool:
    """What is rejected is a claim told of there, not who speaks: "they had not borne out THEIR CLAIM, which …"."""
    last = g.word_at(cut - 1)
    claim = g.parsed.lemma[last].lower() in words().claims & words().pointers and g.parsed.pos[last] == "NOUN"
    return claim and g.parsed.lower[last - 1] in {"its", "their", "his", "her"} and len(one.content) == 1


def _verifies_itself(g: Ground, remark: Remark, found: list[Found]) -> bool:
    """Mark those who say that they verified it themselves: "the monitors said they had verified 31 deaths"."""
    word = g.word_at(remark.span[0])
    if word == 0 or g.parsed.lower[word - 1] not in {"it", "they", "he", "she"}:
        return False
    one = _holder(remark, found)
    if one is None or one.rank == 0 or one.speaker is None:
        return False
    one.standing, one.standing_by = "verified", remark.span
    return True


def _told(g: Ground, remark: Remark, found: list[Found]) -> bool:
    """It stands in somebody's words and is no remark on what others say: "she said the forms had not been checked"."""
    one = _holder(remark, found)
    if one is None:
        return False
    parsed = g.parsed
    if remark.kind == "unverified":
        if remark.head is not None and parsed.pos[remark.head] == "NOUN":
            return parsed.lemma[remark.head].lower() not in words().claims
        low = max(a for a, b in one.content if a <= remark.span[0] < b)
        told = range(g.word_at(low), min(g.word_at(remark.span[1] - 1) + 8, len(parsed)))
        return not any(parsed.pos[w] in _NAMING and parsed.lemma[w].lower() in words().claims | _SELVES for w in told)
    if remark.kind == "unacknowledged":
        return True
    if remark.kind == "verified":
        return not (said_by(g, one) & words().independent)
    return False


def _holder(remark: Remark, found: list[Found]) -> Found | None:
    """The last statement whose content holds the remark."""
    at = bisect_left(found, remark.span[0], key=start)
    near = found[max(0, at - NEAR) : at]
    held = [one for one in near if any(a <= remark.span[0] < b for a, b in one.content)]
    return held[-1] if held else None


_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_SELVES = frozenset({"it", "they", "we", "he", "she"})
