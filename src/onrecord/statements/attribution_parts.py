"""A content clause → its parts that are attributions of their own, or the writer's."""

from __future__ import annotations

from onrecord.statements.attribution_chains import own_cue
from onrecord.statements.attribution_ground import Ground, below, own_subject
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.parse import Parse

_OF_WHOM = frozenset({"whom", "whose"})
_WHO = frozenset({"who", "which", "whom", "whose"})


def marked(parsed: Parse, clause: int, words: set[str]) -> bool:
    """The clause opens with one of these words: "that", "whether", "as"."""
    return any(parsed.dep[k] == "mark" and parsed.lower[k] in words for k in parsed.kids[clause])


def cut_off(g: Ground, clause: int) -> set[int]:
    """Parts below a content clause that are attributions of their own: ", adding that …", "according to …"."""
    parsed = g.parsed
    out = set()
    todo = [clause]
    while todo:
        at = todo.pop()
        for kid in parsed.kids[at]:
            if kid > at and _own_part(parsed, clause, at, kid):
                out.add(kid)
            else:
                todo.append(kid)
    return out


def _own_part(parsed: Parse, clause: int, at: int, kid: int) -> bool:
    dep = parsed.dep[kid]
    if dep == "relcl":
        return _added_relative(parsed, clause, at, kid) or _cued_relative(parsed, kid)
    if rival(parsed, kid):
        return True
    if dep in {"npadvmod", "appos", "dobj", "attr"} and parsed.lemma[kid].lower() in CLAIMS and _answered(parsed, kid):
        return True
    if dep in {"npadvmod", "appos"} and parsed.pos[at] in {"VERB", "AUX"}:
        return _summed_up(parsed, at, kid)
    if dep == "advcl" and parsed.words[kid - 1] == ",":
        return parsed.lemma[kid] in lexicon().participles | lexicon().answering and parsed.tag[kid] == "VBG"
    if _told_there(parsed, kid) and parsed.words[below(parsed, kid)[0] - 1] == ",":
        return True
    if dep in {"advcl", "prep"} and _came_after(parsed, at, kid):
        return True
    if dep == "advcl" and marked(parsed, kid, {"as"}):
        return any(parsed.lemma[k] in lexicon().conjoined for k in (kid, *parsed.kids[kid]) if parsed.pos[k] == "VERB")
    if dep == "prep" and parsed.lower[kid] == "with":
        return any(parsed.dep[k] == "pcomp" and parsed.lemma[k] in lexicon().participles for k in parsed.kids[kid])
    return parsed.lower[kid] == "according" or (dep == "conj" and own_cue(parsed, at, kid))


CLAIMS = frozenset({"charge", "claim", "allegation", "accusation", "assertion", "suggestion", "account"})
"""Nouns that sum up what somebody has said, for another to deny: ", a charge Reis rejects"."""


def _answered(parsed: Parse, kid: int) -> bool:
    """ " – an accusation the group has rejected" is the other's."""
    first = below(parsed, kid)[0]
    apart = parsed.words[first - 1] in {",", "–", "—", "-", "--"}
    return apart and any(parsed.dep[k] == "relcl" and parsed.lemma[k] in lexicon().conjoined for k in parsed.kids[kid])


def _told_there(parsed: Parse, kid: int) -> bool:
    """Where or how it was told: ", aired by Radio Sul", ", without giving a date"."""
    if parsed.lower[kid] == "without":
        return any(parsed.dep[k] == "pcomp" and parsed.lemma[k] in lexicon().withholding for k in parsed.kids[kid])
    if parsed.lemma[kid] not in _CARRIED or parsed.dep[kid] not in {"acl", "advcl"}:
        return False
    if parsed.tag[kid] not in {"VBN", "VBD"} or not any(parsed.lower[k] in _BY for k in parsed.kids[kid]):
        return False
    return below(parsed, kid)[-1] >= parsed.sentences[parsed.sent[kid]][1] - 2


_BY = frozenset({"by", "on", "in"})
_CARRIED = frozenset({"air", "broadcast", "carry", "publish", "quote", "cite", "televise", "stream", "relay", "screen"})


def _added_relative(parsed: Parse, clause: int, at: int, kid: int) -> bool:
    """A relative clause after a comma at the sentence's end is mostly the writer's addition where it is as long as what
    stands before it, ", who left in May.", and mostly said too where it is shorter."""
    words = below(parsed, kid)
    first = words[0]
    if parsed.words[first - 1] != "," or not any(parsed.lower[w] in _WHO for w in words[:3]):
        return False
    if parsed.lemma[kid] in lexicon().conjoined:
        return True
    last = words[-1] >= parsed.sentences[parsed.sent[at]][1] - 2
    return (
        last
        and not _OF_WHOM & set(parsed.lower[first : first + 3])
        and 2 * first - below(parsed, clause)[0] <= words[-1]
    )


def _came_after(parsed: Parse, at: int, kid: int) -> bool:
    """A last ", after …" or ", hours after …" is the writer's own."""
    words = below(parsed, kid)
    after = marked(parsed, kid, {"after"}) or (parsed.lower[kid] == "after" and parsed.dep[kid] == "prep")
    if not after or words[-1] < parsed.sentences[parsed.sent[at]][1] - 2:
        return False
    low = words[0] - 1
    while parsed.words[low] != "," and low > words[0] - 4 and parsed.lemma[low] in _SPANS:
        low -= 1
    return parsed.words[low] == ","


_SPANS = frozenset({"hour", "day", "week", "month", "minute", "year", "a", "two", "three", "few", "just", "shortly"})


def _cued_relative(parsed: Parse, kid: int) -> bool:
    """A relative clause that somebody else says: ", where medics say 29 died"."""
    who = own_subject(parsed, kid)
    if parsed.lemma[kid] not in lexicon().speaking or who is None or parsed.pos[who] not in {"NOUN", "PROPN"}:
        return False
    first = below(parsed, kid)[0]
    return parsed.words[first - 1] == "," and parsed.lower[first] in _WHERE


_WHERE = _WHO | {"where", "when"}


def _summed_up(parsed: Parse, at: int, kid: int) -> bool:
    """A phrase like ", a move that surprised all." at the sentence's end sums up; it is the writer's too."""
    words = below(parsed, kid)
    first = words[0]
    ends = words[-1] >= parsed.sentences[parsed.sent[at]][1] - 2
    opens = parsed.words[first - 1] == "," and parsed.lower[first] in {"a", "an"}
    return ends and opens and any(parsed.dep[k] in {"relcl", "acl"} for k in parsed.kids[kid])


def rival(parsed: Parse, kid: int) -> bool:
    """Another party's own statement behind ", but" or ", while": no part of what the first one said."""
    if parsed.dep[kid] not in {"conj", "advcl"} or parsed.tag[kid] not in {"VBD", "VBN", "VBZ", "VBP"}:
        return False
    lemma = parsed.lemma[kid]
    who = own_subject(parsed, kid)
    if lemma not in lexicon().conjoined | lexicon().speaking or who is None or parsed.pos[who] not in {"NOUN", "PROPN"}:
        return False
    first = below(parsed, who)[0]
    opens = first - 1 if parsed.words[first - 1] != "," else first
    return parsed.lower[opens] in {"but", "while", "whereas", "though", "although", "and"} and (
        parsed.words[opens - 1] in {",", "”", ";"}
    )
