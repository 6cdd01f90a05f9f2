"""A cue verb → whose words it gives."""

from __future__ import annotations

from onrecord.statements.attribution_chains import can_speak, link
from onrecord.statements.attribution_ground import Ground, agent, mention, own_subject, serial, subject
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.attribution_order import name_before, name_by_order
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse


def speaker_of(g: Ground, verb: int, *, passive: bool) -> Range | None:
    """The mention of who speaks: subject, agent of a passive, or the name right before the verb."""
    parsed = g.parsed
    if not passive and own_subject(parsed, verb) is None:
        name = name_by_order(g, verb)
        if name is not None:
            return name
        name = _name_in_row(g, verb)
        if name is not None:
            return name
    head = agent(parsed, verb) if passive else speaking_subject(parsed, verb)
    if head is None and not passive:
        return _named_behind(g, verb) or name_before(g, verb)
    return mention(g, whose(parsed, head), stop=verb) if head is not None else None


def _named_behind(g: Ground, verb: int) -> Range | None:
    """Who spoke in "“…,” reported THE MINISTRY", where the parser takes the ministry for what was reported."""
    parsed = g.parsed
    said = any(k < verb and parsed.dep[k] == "ccomp" for k in parsed.kids[verb])
    if not said or parsed.words[verb - 1] not in _COMMAS or parsed.tag[verb] not in {"VBD", "VBZ"}:
        return None
    behind = next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "dobj"), None)
    return mention(g, behind) if behind is not None and can_speak(parsed, behind) else None


def whose(parsed: Parse, head: int) -> int:
    """Of "data from its health ministry" and "results published by the paper", the ministry and the paper."""
    if parsed.lemma[head].lower() not in lexicon().counts:
        return head
    issuers = (agent(parsed, k) for k in parsed.kids[head] if k > head and parsed.lemma[k] in ISSUING)
    if (issuer := next((k for k in issuers if k is not None), None)) is not None:
        return issuer
    owners = (m for k in parsed.kids[head] if parsed.lower[k] in {"from", "by"} and k > head for m in parsed.kids[k])
    return next((m for m in owners if parsed.dep[m] == "pobj" and parsed.pos[m] in {"NOUN", "PROPN"}), head)


ISSUING = frozenset(
    {"release", "publish", "compile", "relay", "issue", "provide", "produce", "collect", "announce", "gather", "supply"}
)


def speaking_subject(parsed: Parse, verb: int) -> int | None:
    """The subject; for ", saying …" and "and urged …" after reported speech, that of the sentence's own cue."""
    at, dep = parsed.head[verb], parsed.dep[verb]
    if parsed.tag[verb] == "VBG" and verb and parsed.words[verb - 1] in _COMMAS and dep in _TRAILING:
        beside = next((k for k in parsed.kids[at] if at < k < verb and _inserted(parsed, k)), None)
        if beside is not None:
            return own_subject(parsed, beside)
        while parsed.head[at] != at:
            up = parsed.head[at]
            if parsed.dep[at] == "ccomp" and up < at and _says(parsed, up) and parsed.lemma[up] not in _SHOWS:
                return subject(parsed, up)
            at = up
    elif dep == "conj" and _after_tail(parsed, at, verb):
        return subject(parsed, next(k for k in parsed.kids[at] if k < at and parsed.dep[k] == "ccomp"))
    elif dep == "conj" and (row := link(parsed, verb)) is not None:
        at = row
        while parsed.head[at] != at and not _is_outer(parsed, at):
            at = parsed.head[at]
        if _is_outer(parsed, at):
            return subject(parsed, at)
    return subject(parsed, verb)


def _name_in_row(g: Ground, verb: int) -> Range | None:
    """In "it rained in Lima and the bank has said" the parser may take the bank for a second Lima."""
    parsed, low = g.parsed, verb - 1
    if parsed.dep[verb] != "conj" or parsed.tag[verb] == "VBG":
        return None
    while low > 0 and (parsed.pos[low] == "AUX" or parsed.dep[low] == "advmod"):
        low -= 1
    joined = (
        parsed.dep[low] == "conj" and parsed.pos[low] in {"PROPN", "NOUN"} and parsed.sent[low] == parsed.sent[verb]
    )
    if not joined or low <= parsed.head[verb] or parsed.head[low] > low:
        return None
    return name_before(g, verb)


_COMMAS = frozenset({",", "”", '"', "''"})
_TRAILING = frozenset({"advcl", "conj", "acl", "dep"})


def _inserted(parsed: Parse, verb: int) -> bool:
    """The cue of "It must act, she says, adding that …"."""
    return (
        parsed.dep[verb] == "parataxis"
        and parsed.lemma[verb] in lexicon().verbs
        and own_subject(parsed, verb) is not None
    )


def _says(parsed: Parse, verb: int) -> bool:
    return lexicon().verbs.get(parsed.lemma[verb], {}).get("clause") in {
        "asserts",
        "warns",
        "denies",
        "promises",
        "asks",
    }


_SHOWS = frozenset({"show", "reveal", "indicate"})


def _after_tail(parsed: Parse, at: int, verb: int) -> bool:
    """In "Leal refused to go, police said, and insisted that …" it is Leal who insisted."""
    said = any(k < at and parsed.dep[k] == "ccomp" for k in parsed.kids[at])
    low = verb - 1
    while low > at and (parsed.pos[low] in {"AUX", "ADV"}):
        low -= 1
    return said and parsed.lower[low] == "and" and parsed.words[low - 1] == ","


def _is_outer(parsed: Parse, verb: int) -> bool:
    """A finite cue verb: "said", "has ordered"; no "would plead"."""
    if parsed.lemma[verb] not in lexicon().verbs or parsed.tag[verb] not in {"VBD", "VBZ", "VBP", "VBN"}:
        return False
    return own_subject(parsed, verb) is not None or serial(parsed, verb) is not None


def cue_range(parsed: Parse, verb: int) -> Range:
    """The verb with its particle."""
    last = verb
    for kid in parsed.kids[verb]:
        if kid == last + 1 and parsed.dep[kid] == "prt":
            last = kid
    return parsed.start[verb], parsed.end[last]
