"""A parsed post → its attributed and hedged statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from onrecord.statements import (
    attribution_blocks,
    attribution_datelines,
    attribution_edges,
    attribution_headlines,
    attribution_layers,
    attribution_nouns,
    attribution_speech,
    attribution_verbs,
    hedges,
    standing,
    via,
)
from onrecord.statements.attribution_acts import act_of, mode_of
from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_ground import Alike, Cover, Found, Ground, ground, subject
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.draft import StatementDraft
from onrecord.statements.parse import Parse
from onrecord.statements.standing_meant import goes_on


def find(parsed: Parse) -> list[StatementDraft]:
    """Statements with voice `attributed` or `hedged`, in text order."""
    if not len(parsed):
        return []
    g, words = ground(parsed), lexicon()
    attribution_speech.mark(g)
    direct = [*attribution_speech.find(g, words), *attribution_blocks.find(g, words)]
    found = merged(g, direct, [*attribution_verbs.find(g, words), *attribution_nouns.find(g, words)])
    found = attribution_edges.mend(g, found)
    found = attribution_speech.adopt(g, found)
    found = without_nested(g, attribution_layers.unlayered(g, found))
    found += attribution_headlines.find(g, words, found)
    found = with_hedges(found, list(hedges.find(g)))
    found = attribution_datelines.strip(g, found)
    found.sort(key=lambda f: (f.content[0][0], -f.content[-1][1], f.rank))
    for one in found:
        one.mode = one.mode if one.mode == "direct" else mode_of(g, one)
        one.act = act_of(g, one, words)
        keep_back(g, one)
    deny_on(g, found)
    nest(found)
    via.mark(g, found)
    standing.mark(g, found)
    numbers = {id(one): number for number, one in enumerate(found)}
    return [_draft(one, numbers) for one in found]


def first_hand(parsed: Parse, sentence: int) -> bool:
    """True when the sentence says that the outlet itself saw, heard or checked what it tells."""
    return standing.first_hand(parsed, sentence)


def merged(g: Ground, direct: list[Found], others: list[Found]) -> list[Found]:
    """One statement a cue: direct speech first; of two with nearly the same content, the stronger rule."""
    out = [f for f in direct if f.content]
    said_at = sorted(f.cue[0] for f in out if f.cue is not None)
    cues = {f.cue_word for f in out if f.cue_word >= 0}
    behind = {f.cue_word for f in out if f.cue and f.content[0][0] > f.cue[1]}
    spoken, denied = Alike(span for f in out for span in f.content), Alike(())
    for one in sorted(others, key=_strength):
        same = denied if one.act == "denies" else spoken  # one's claim is another's denial
        if one.rank == 2 and any(one.content[0][0] == f.content[0][0] and f.act == one.act for f in out[-_LATEST:]):
            continue  # "said in a STATEMENT that …"
        if _two_quotes(g, one, said_at):
            continue
        both = one.cue_word in behind and one.rank == 1 and one.cue is not None and one.content[-1][1] < one.cue[0]
        if one.content and (both or one.cue_word not in cues) and not any(map(same.has, one.content)):
            same.add(one.content)
            cues.add(one.cue_word)
            out.append(one)
    return out


def _two_quotes(g: Ground, one: Found, said_at: list[int]) -> bool:
    """In "“It is shut,” Reis told Radio Sul, adding: “Stay away,” HE SAID" what stands before has cues of its own."""
    if one.speaker is None or not one.content or one.cue is None or one.content[0][0] > one.cue[0]:
        return False
    start, end = one.content[0]
    told = bisect_left(said_at, start) < bisect_left(said_at, end)
    text = g.parsed.text
    return told and text[start] in "“\"‘'" and text[slice(*one.speaker)].lower() in _SOMEBODY


_LATEST = 200
"""Among so many statements found before, one that begins with the same words is looked for."""


def _strength(one: Found) -> tuple[int, bool, int, int]:
    """What goes first where two statements hold nearly the same words."""
    return one.rank, one.act != "declines", -sum(b - a for a, b in one.content), one.cue_word


_INNER = frozenset(
    {"say", "tell", "deny", "promise", "warn", "order", "claim", "urge", "accuse", "admit", "announce", "confirm"}
)
_PLAIN = frozenset({"say", "tell"})
_TOLD = frozenset({"VBD", "VBN"})
_SOMEBODY = frozenset({"he", "she", "they", "it", "people", "everyone", "somebody", "someone", "everybody"})
_OURSELVES = frozenset({"i", "we", "you", "me", "us"})


def without_nested(g: Ground, found: list[Found]) -> list[Found]:
    """Without statements whose cue stands in the content of another. Somebody else's speech told there stays, and what
    is said within a mere thought or wish."""
    numbered = enumerate(found)
    spans = sorted((a, b, f.cue_word, f.act in _ASCRIBED, n) for n, f in numbered for a, b in f.content)
    denied = Cover(span for f in found if f.act == "denies" for span in f.content)
    out: list[Found] = []
    cover: list[tuple[int, int, int, bool, int]] = []
    at = 0
    for one in sorted(found, key=_place):
        place = _place(one)
        while at < len(spans) and spans[at][0] <= place:
            cover.append(spans[at])
            at += 1
        cover = [c for c in cover if c[1] > place]
        over = [c[3] for c in cover if c[2] != one.cue_word and not _inserted(g, one, found[c[4]])]
        said = one.rank <= 1 and one.act not in _ASCRIBED
        if one.rank == 0 or not over or (said and all(over)) or _told(g, one) or _denied(g, one, denied):
            out.append(one)
    return out


def _inserted(g: Ground, one: Found, other: Found) -> bool:
    """Each holds the other's cue, and this one's is the "he said" that stands behind a comma: it is the outer one."""
    if one.cue_word < 0 or other.cue_word < 0 or one.rank > 1:
        return False
    between = g.parsed.dep[one.cue_word] == "parataxis" or g.parsed.words[one.cue_word - 1] == ","
    return between and any(a <= _place(other) < b for a, b in one.content)


def keep_back(g: Ground, one: Found) -> None:
    """Who says that "it could not confirm the figure" declines to; the figure is the content."""
    if one.act != "asserts" or one.mode == "direct" or len(one.content) > 1:
        return
    start, end = one.content[0]
    found = _CANNOT.match(g.parsed.text, start, end)
    if found is not None and g.parsed.text[found.end() : end].strip():
        one.act, one.content = "declines", [(found.end(), end)]


_CANNOT = re.compile(
    r"(?:it|they|he|she|we) (?:cannot|can ?not|could not|couldn[’']t|can[’']t|was unable to|were unable to) "
    r"(?:yet |immediately |independently )*(?:confirm|verify|corroborate|comment on) ",
    re.IGNORECASE,
)


def deny_on(g: Ground, found: list[Found]) -> None:
    """Who has just denied something goes on denying with "there is no …", "no such thing has …"."""
    for one, then in pairwise(found):
        near = then.sentence - one.sentence <= 1 and then.voice == "attributed" and then.act == "asserts"
        if (
            one.act == "denies"
            and near
            and goes_on(g, one, then)
            and (_opens_with_no(g, then) or _of_none(g, one, then))
        ):
            then.act = "denies"


def _opens_with_no(g: Ground, one: Found) -> bool:
    return _NOTHING.match(g.parsed.text, one.content[0][0]) is not None


def _of_none(g: Ground, denial: Found, then: Found) -> bool:
    """ "No" stands in its words before what the denial names: "denied hitting schools. “… No schools were hit”"."""
    lemma = g.parsed.lemma
    named = {lemma[w] for span in denial.content for w in g.words_in(span) if g.parsed.pos[w] == "NOUN"}
    spoken = (w for span in then.content for w in g.words_in(span) if g.parsed.lower[w] == "no")
    return then.mode == "direct" and any(named & set(lemma[no + 1 : no + 3]) for no in spoken)


_NOTHING = re.compile(r"there (?:is|was|are|were|has been|have been) (?:no|never|absolutely no)\b", re.IGNORECASE)


def _place(one: Found) -> int:
    return one.cue[0] if one.cue else one.content[0][0]


def _denied(g: Ground, one: Found, denied: Cover) -> bool:
    """The claim in "disputed the company's claim that …", which is the company's own: it is named inside."""
    noun = one.cue_word >= 0 and g.parsed.pos[one.cue_word] == "NOUN"
    return noun and one.speaker is not None and one.speaker[0] in denied and one.rank <= 2 and _place(one) in denied


def _told(g: Ground, one: Found) -> bool:
    """Speech inside speech: "the president has said that …", "was told by commanders that …"."""
    parsed = g.parsed
    if one.rank != 1 or one.speaker is None or parsed.lemma[one.cue_word] not in _INNER:
        return False
    words = parsed.lower[g.word_at(one.speaker[0]) : g.word_at(one.speaker[1] - 1) + 1]
    if g.in_speech(one.cue_word) and words[0] in _SOMEBODY:
        return False
    now = parsed.tag[one.cue_word] in {"VBZ", "VBP"} and parsed.lemma[one.cue_word] in {"deny", "say"}
    told = parsed.tag[one.cue_word] in _TOLD or now
    who = subject(parsed, one.cue_word) if parsed.lemma[one.cue_word] not in _PLAIN else None
    return told and not _OURSELVES & set(words) and (who is None or can_speak(parsed, who))


def with_hedges(found: list[Found], hedged: list[Found]) -> list[Found]:
    """Add hedged statements that stand outside everybody's words; what they hedge is no attribution of its own,
    unless it is reported speech ("is said to have told them that …")."""
    said = (f for f in found if f.rank <= 1 and f.act not in _NOT_SAID)
    clauses = Cover(span for f in said for span in f.content)
    kept = [h for h in hedged if h.cue is not None and h.cue[0] not in clauses]
    hedges_over = Cover(span for h in kept for span in h.content)
    return kept + [f for f in found if (f.rank <= 1 and f.act == "asserts") or _place(f) not in hedges_over]


_ASCRIBED = frozenset({"thinks", "wants", "plans"})
_NOT_SAID = _ASCRIBED | {"asks", "orders"}


def nest(found: list[Found]) -> None:
    """Set `nested_in`: the smallest statement whose content holds all of this one's."""
    low = [min(a for a, _ in one.content) for one in found]
    high = [max(b for _, b in one.content) for one in found]
    for i, inner in enumerate(found):
        best, size, starts, ends = None, 0, low[i], high[i]
        for j in range(max(0, i - 40), min(len(found), i + 8)):
            if low[j] > starts or high[j] < ends or j == i:
                continue
            outer = found[j]
            if outer.rank == 3 or not _holds(outer, inner):
                continue
            length = sum(b - a for a, b in outer.content)
            if length > sum(b - a for a, b in inner.content) and (best is None or length < size):
                best, size = j, length
        inner.nested_in = best


def _holds(outer: Found, inner: Found) -> bool:
    return all(any(a <= c and d <= b for a, b in outer.content) for c, d in inner.content)


def _draft(one: Found, numbers: dict[int, int]) -> StatementDraft:
    return StatementDraft(
        voice=one.voice,
        content=tuple(one.content),
        cue=one.cue,
        speaker=one.speaker,
        via=one.via,
        mode=one.mode,
        act=one.act,
        standing=one.standing,
        nested_in=one.nested_in,
        standing_by=one.standing_by,
        continues=numbers.get(id(one.follows)) if one.follows is not None else None,
    )
