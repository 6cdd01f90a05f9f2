"""A post's statements → who said which, as far as the words of the mentions tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.draft import Range
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse
from onrecord.statements.sides import of as sides_of
from onrecord.statements.via_said import NOTED

PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who", "which", "him", "her", "them"})
_UNNAMED = frozenset(
    {"source", "official", "person", "diplomat", "insider", "people", "aide", "officer", "adviser", "individual"}
)
_COMMON = frozenset(
    {"minister", "ministry", "government", "president", "spokesman", "spokeswoman", "spokesperson", "chief", "leader"}
)
_OFFICES = frozenset({"office", "ministry", "department", "council", "committee", "campaign", "team", "commission"})
_PARTITIVE = frozenset({"one", "another", "some", "others"})
_RECENT = 30
"""A speaker is looked for among so many who spoke last."""


@dataclass(slots=True)
class Who:
    """Somebody of the post, by the words of his mentions, and what he says."""

    words: set[str]
    names: set[str]
    last: str | None
    """Words of proper names that are no country's."""
    origin: set[str]
    """Words of a country or body that somebody belongs to: "France’s", "Ukrainian"."""
    unnamed: bool
    several: bool = False
    """More than one, by the noun's form: "witnesses"."""
    joint: bool = False
    """Two names: "Reis and Leal"."""
    noted: bool = False
    """Known from a sentence that only tells where he spoke."""
    statements: list[Found] = field(default_factory=list)


def speakers(g: Ground, found: list[Found]) -> list[Who]:
    """The post's statements by speaker, as far as the words of the mentions tell."""
    out: list[Who] = []
    last: Who | None = None
    for one in sorted(found, key=lambda f: f.cue[0] if f.cue else f.content[0][0]):
        if one.speaker is None:
            if one.follows is not None and last is not None:
                last.statements.append(one)
            continue
        who = who_of(g, one.speaker)
        same = last if who is None else next((w for w in reversed(out[-_RECENT:]) if _same(w, who)), None)
        if same is None and last is not None and (_part_of(g, one.speaker) or _names_at_last(g, one, last)):
            same = last
        if same is None:
            same = who or Who(set(), set(), None, set(), unnamed=False)
            same.noted = one.rank == NOTED
            out.append(same)
        elif who is not None:
            same.words |= who.words
            same.names |= who.names
            same.origin |= who.origin
        same.statements.append(one)
        last = same
    return out


_THE_SAME = re.compile(
    r"the (?:wo)?man|the (?:eye)?witness|the resident|the (?:boy|girl|student|mother|father|driver|survivor)",
    re.IGNORECASE,
)


def _names_at_last(g: Ground, one: Found, last: Who) -> bool:
    """ "One student told Lagoa Radio …" – "…," Ana Reis, 24, ADDED: the student has a name now."""
    if one.cue_word < 0 or not last.statements:
        return False
    apart = one.sentence - last.statements[-1].sentence
    if not last.names and _THE_SAME.fullmatch(g.parsed.text[slice(*(one.speaker or (0, 0)))]):
        return 0 <= apart <= 2  # "An eyewitness told Radio Sul …" – "…," the woman said
    if last.noted or last.statements[-1].rank == NOTED:
        return apart == 1 and not last.names  # "the military chief gave an update on Telegram." – "Reis insisted …"
    if last.names or last.origin or g.parsed.lemma[one.cue_word] not in {"add", "continue", "go"}:
        return False
    return 0 <= apart <= 2


def _part_of(g: Ground, span: Range) -> bool:
    """ "One of them", "another": somebody of those who spoke last."""
    first = g.word_at(span[0])
    return g.parsed.lower[first] in _PARTITIVE and g.parsed.lower[first + 1 : first + 2] in (
        ["of"],
        [","],
        ["said"],
        [],
    )


def who_of(g: Ground, span: Range) -> Who | None:
    """What the mention's words tell; None for a pronoun."""
    parsed = g.parsed
    first, past = g.word_at(span[0]), min(g.word_at(span[1] - 1) + 1, len(g.parsed))
    if past - first == 1 and parsed.lower[first] in PRONOUNS:
        return None
    words, names, origin = set(), set(), set()
    comma = next((w for w in range(first + 1, past) if parsed.words[w] == ","), past)
    if parsed.pos[comma - 1] == "PROPN" and parsed.dep[comma - 1] != "pobj":
        past = comma  # "Reis, head of Sul Power"
    for w in range(first, past):
        lemma = parsed.lemma[w].lower()
        owned = parsed.dep[w] == "poss" or _of_land(parsed, w) or _land(parsed, w) or _body(parsed, w, past)
        if parsed.words[w][:1].isupper() and owned:
            origin.add(lemma)
        elif parsed.pos[w] == "PROPN" and lemma not in _COMMON:
            names.add(lemma)
        if parsed.pos[w] in {"NOUN", "PROPN"}:
            words.add(lemma)
    last = next((parsed.lemma[w].lower() for w in range(past - 1, first - 1, -1) if parsed.pos[w] == "PROPN"), None)
    several = any(parsed.tag[w] == "NNS" for w in range(first, past))
    return Who(words, names, last, origin, bool(words & _UNNAMED), several, _joint(parsed, first, past))


def _of_land(parsed: Parse, word: int) -> bool:
    """A "Norvian"; no "Several" at a sentence's head."""
    opens = parsed.pos[word] == "ADJ" and word == parsed.sentences[parsed.sent[word]][0]
    return parsed.pos[word] == "ADJ" and (not opens or sides_of(parsed.words[word]) is not None)


def _land(parsed: Parse, word: int) -> bool:
    """The "US" of "US officials"."""
    if parsed.dep[word] != "compound":
        return False
    known = sides_of(parsed.words[word])
    return known is not None and known.kind in {"country", "demonym", "people"}


def _body(parsed: Parse, word: int, past: int) -> bool:
    """The "Sul" of "a Sul rebel commander": others of the body may speak too."""
    office = parsed.lemma[parsed.head[word]]
    whose = parsed.dep[word] == "compound" and parsed.pos[past - 1] == "NOUN"
    return whose and office in people_words().roles and office not in _UNNAMED


def _joint(parsed: Parse, first: int, past: int) -> bool:
    """Two of them: "Reis and Leal"."""
    heads = [w for w in range(first, past) if not first <= parsed.head[w] < past or parsed.head[w] == w]
    return any(
        parsed.dep[k] == "conj" and parsed.pos[k] == parsed.pos[head] == "PROPN" and first <= k < past
        for head in heads
        if len(heads) == 1
        for k in parsed.kids[head]
    )


def _same(who: Who, other: Who) -> bool:
    shared = (who.words & other.words) - who.origin - other.origin
    if who.joint != other.joint:
        return False
    if (who.words ^ other.words) & _OFFICES:
        return False
    if who.several != other.several and not who.names and not other.names and not who.unnamed:
        return False  # "a witness told Lagoa Radio …", and then "witnesses described …"
    if min(len(who.names), len(other.names)) > 1 and who.last not in other.names and other.last not in who.names:
        return False
    if not shared or (len(who.names) > 1 and len(other.names) > 1 and not who.names & other.names):
        return False
    if who.names and other.names and not who.names & other.names:
        return False
    if who.origin and other.origin and not who.origin & other.origin and not who.names & other.names:
        return False
    return bool(shared - _COMMON) or len(other.words) <= 2 or len(shared) > 1
