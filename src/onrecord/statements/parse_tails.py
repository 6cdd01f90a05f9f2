"""Parsed sentences → the same, where the parser took who says it behind a comma for a noun phrase.

To it "…, Kyiv's air force reports." reads like "media reports", "…, the ministry claimed on Tuesday." like "a village
claimed on Tuesday". What stands before is a clause of its own, and what stands behind it can only say whose.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord import words as word_files
from onrecord.statements import mentions_words

if TYPE_CHECKING:
    from onrecord.statements.parse import Parse

_LONGEST = 14
"""Words behind the comma at most."""
_OWNED = {"compound", "poss", "det", "amod", "nmod", "nummod", "prep", "case", "advmod", "quantmod"}
_FINITE = {"VBZ", "VBD", "VBP", "MD"}
_NOUNS = {"NN", "NNS", "NNP", "NNPS", "CD"}
_LOOSE = {"advcl", "parataxis", "npadvmod", "dep", "appos"}
_TAIL = 6
"""Words from the sentence's end in which a verb that stands under another is looked for."""
_PUTS_UNDER = {"before", "after", "when", "until", "since", "while", "because", "although", "though"}
_LINKS = {"of", "for"}
_OPENS = {"DT", "PRP$", "NNP", "NNPS", "NN", "NNS", "JJ", "CD", "UH"}


@cache
def _cues() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(forms of saying that are nouns too, its past forms, words of when it was said)."""
    table = word_files.table("cues.toml")["tails"]
    present, past, times = (frozenset(table[name]) for name in ("present", "past", "times"))
    return present, past, times


def mend(parsed: Parse) -> None:
    """Give such ends of sentences their verb back, in place."""
    present, past, _ = _cues()
    _name_seats(parsed)
    for first, last in parsed.sentences:
        end = _end(parsed, first, last)
        _lower(parsed, first, end)
        for cue in range(end - 1, max(first + 4, end - 5) - 1, -1):
            if parsed.lower[cue] in present or parsed.lower[cue] in past:
                _mend(parsed, first, cue, end)
                break


def _name_seats(parsed: Parse) -> None:
    """ "No 10", where the British prime minister sits, is a name and no count of nobody."""
    for at in [at for at, word in enumerate(parsed.words) if word == "10" and at and parsed.words[at - 1] == "No"]:
        parsed.pos[at - 1 : at + 1], parsed.tag[at - 1 : at + 1] = ["PROPN"] * 2, ["NNP"] * 2


def _end(parsed: Parse, first: int, last: int) -> int:
    while last > first and parsed.pos[last - 1] in ("PUNCT", "SPACE"):
        last -= 1
    return last


def _mend(parsed: Parse, first: int, cue: int, end: int) -> None:
    if parsed.pos[cue] == "VERB" and any(parsed.dep[k] == "nsubj" for k in _below(parsed, first, cue)):
        _raise(parsed, first, cue)
        return
    comma = next((at for at in range(cue - 1, max(first, cue - _LONGEST) - 1, -1) if parsed.words[at] == ","), -1)
    helper = cue - 1 if parsed.lower[cue - 1] in ("has", "have") else cue
    root = _clause(parsed, first, comma)
    if root < 0 or not _when(parsed, cue + 1, end):
        return
    head = _speaker(parsed, comma + 1, helper, plain=helper == cue and parsed.lower[cue] in _cues()[0])
    if head >= 0:
        _rewire(parsed, (root, comma, head, helper, cue, end))


def _raise(parsed: Parse, first: int, cue: int) -> None:
    """A verb with a subject of its own, and no word that puts it under the clause before, is the sentence's verb."""
    below = _below(parsed, first, cue)
    subject = next(k for k in below if parsed.dep[k] == "nsubj")
    top = parsed.head[cue]
    begin = min((k for k in range(first, cue) if _under(parsed, k, subject)), default=subject)
    free = parsed.dep[cue] in _LOOSE and top < begin and parsed.words[begin - 1] == ","
    if free and parsed.dep[top] == "ROOT" and not any(parsed.dep[k] in ("mark", "advmod", "relcl") for k in below):
        parsed.head[cue], parsed.dep[cue] = cue, "ROOT"
        parsed.head[top], parsed.dep[top] = cue, "ccomp"


def _lower(parsed: Parse, first: int, end: int) -> None:
    """A last verb that "before", "when" or the like puts under the clause in front of it is not the sentence's verb."""
    root = next((at for at in range(end - 1, max(first + 4, end - _TAIL) - 1, -1) if parsed.dep[at] == "ROOT"), -1)
    kids = [k for k in range(first, root) if parsed.head[k] == root]
    mark = next((k for k in kids if parsed.dep[k] == "mark" and parsed.lower[k] in _PUTS_UNDER), -1)
    clause = next((k for k in kids if k < mark and parsed.dep[k] == "ccomp"), -1)
    if clause >= 0:
        parsed.head[root], parsed.dep[root] = clause, "advcl"
        parsed.head[clause], parsed.dep[clause] = clause, "ROOT"


def _under(parsed: Parse, word: int, top: int) -> bool:
    for _ in range(_LONGEST):
        if word == top:
            return True
        if parsed.head[word] == word:
            return False
        word = parsed.head[word]
    return False


def _below(parsed: Parse, first: int, word: int) -> list[int]:
    return [at for at in range(max(first, word - _LONGEST), word) if parsed.head[at] == word]


def _clause(parsed: Parse, first: int, comma: int) -> int:
    """The verb of the clause that ends at the comma; -1 where none does."""
    if comma - first < 3 or parsed.pos[first] in ("SCONJ", "ADP"):
        return -1
    for at in range(first, comma):
        if parsed.tag[at] in _FINITE:
            top = parsed.head[at] if parsed.dep[at] in ("aux", "auxpass") else at
            if first <= top < comma and any(
                first <= k < top and parsed.head[k] == top and parsed.dep[k] in ("nsubj", "nsubjpass")
                for k in range(first, top)
            ):
                return top
    return -1


def _when(parsed: Parse, start: int, end: int) -> bool:
    """Nothing but when it was said stands between."""
    return all(parsed.lower[at] in _cues()[2] or parsed.tag[at] == "CD" for at in range(start, end))


def _speaker(parsed: Parse, start: int, end: int, *, plain: bool) -> int:
    """The head of a phrase that names somebody who can speak; -1 for none."""
    if not 0 < end - start < _LONGEST or parsed.tag[start] not in _OPENS:
        return -1
    tags = parsed.tag[start:end]
    if any(t in _FINITE or t in ("CC", "TO", "VBG", "WDT", "WP") for t in tags) or tags[-1] not in _NOUNS:
        return -1
    if parsed.words[start:end] == ["No", "10"]:
        return end - 1
    link = next((at for at in range(start + 1, end) if parsed.tag[at] == "IN"), end)
    if link < end and (parsed.lower[link] not in _LINKS or any(t == "IN" for t in parsed.tag[link + 1 : end])):
        return -1
    head = link - 1
    known = mentions_words.words()
    named = parsed.lower[head] in known.bodies or parsed.lower[head] in known.roles
    lone = head == start and plain and parsed.tag[head] not in ("NNP", "NNPS")
    return head if (named or (not plain and parsed.tag[head] in ("NNP", "NNPS"))) and not lone else -1


def _rewire(parsed: Parse, spots: tuple[int, int, int, int, int, int]) -> None:
    root, comma, head, helper, cue, end = spots
    for at in range(comma + 1, helper):
        if at != head and not comma < parsed.head[at] < helper:
            parsed.head[at] = head
            parsed.dep[at] = parsed.dep[at] if parsed.dep[at] in _OWNED else "compound"
    for at in range(cue + 1, end):
        if not cue < parsed.head[at] < end:
            parsed.head[at] = cue
            parsed.dep[at] = "prep" if parsed.tag[at] == "IN" else "npadvmod"
    sentence = parsed.sentences[parsed.sent[cue]]
    old = next((at for at in range(*sentence) if parsed.dep[at] == "ROOT"), root)
    for at in range(*sentence):
        if parsed.head[at] in range(comma + 1, end) and not comma < at < end:
            parsed.head[at] = cue
    if helper != cue:
        parsed.head[helper], parsed.dep[helper], parsed.pos[helper] = cue, "aux", "AUX"
    parsed.head[comma], parsed.dep[comma] = cue, "punct"
    parsed.head[head], parsed.dep[head] = cue, "nsubj"
    parsed.pos[cue] = "VERB"
    parsed.tag[cue] = "VBN" if helper != cue else "VBZ" if parsed.lower[cue] in _cues()[0] else "VBD"
    if not comma < old < end:
        parsed.head[old], parsed.dep[old] = cue, "ccomp"
    else:
        parsed.head[root], parsed.dep[root] = cue, "ccomp"
    parsed.head[cue], parsed.dep[cue] = cue, "ROOT"
