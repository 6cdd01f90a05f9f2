"""Cue nouns, adjectives, "according to" and headline colons of a parsed post → statements."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_clauses import clause_spans
from onrecord.statements.attribution_ground import (
    FINITE,
    Found,
    Ground,
    agent,
    below,
    has_to,
    mention,
    own_subject,
    runs,
    subject,
    trimmed,
)
from onrecord.statements.attribution_lexicon import Lexicon, lexicon
from onrecord.statements.attribution_subjects import whose
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse


def find(g: Ground, lexicon: Lexicon) -> Iterator[Found]:
    """Statements whose cue is no verb."""
    parsed = g.parsed
    for word, lemma in enumerate(parsed.lemma):
        if lemma in _SOURCED and parsed.lower[word : word + 2] in _SOURCES:
            found = _according(g, word)
        elif lemma in lexicon.nouns and parsed.pos[word] == "NOUN" and not g.in_speech(word):
            found = _noun(g, word, lexicon.nouns[lemma])
        elif lemma in lexicon.adjectives and parsed.pos[word] == "ADJ" and not g.in_speech(word):
            found = _adjective(g, word, lexicon.adjectives[lemma])
        else:
            continue
        if found and found.content and (found.speaker is not None or found.rank < 2):
            yield found


_SOURCES = (["according", "to"], ["as", "per"])
_SOURCED = frozenset({"accord", "according", "as"})


def _according(g: Ground, word: int) -> Found | None:
    """The three orders: "According to X, S", "S, according to X", "S1, according to X, S2"."""
    parsed = g.parsed
    own = below(parsed, word)
    heads = [k for w in own if parsed.lower[w] in {"to", "per"} for k in parsed.kids[w] if parsed.dep[k] == "pobj"]
    if not heads:
        return None
    speaker = mention(g, heads[0])
    if speaker is None:
        return None
    first, past = g.sentences[g.sentence_of[word]]
    end = g.word_at(speaker[1] - 1) + 1
    if first == word:
        end = _apposed(parsed, end, past)
        speaker = (speaker[0], parsed.end[end - 1])
    if first == word and end < past and parsed.pos[end] == "ADP":
        end = next((w for w in range(end, min(past, end + 12)) if parsed.words[w] == ","), end)
    end = _skip_relative(parsed, heads[0], end, past)
    before = list(range(first, word))
    while before and (parsed.lower[before[0]] in {"but", "and", "however", ","}):
        before.pop(0)
    while before and parsed.lower[before[-1]] in {"though", "however", ",", "and"}:
        before.pop()
    after = list(range(end, past)) if len(before) < 2 or _goes_on(parsed, end, past) else []
    content = runs(parsed, before) + runs(parsed, _own_half(g, after))
    cue = g.chars(word, word + 2)
    owner = whose(parsed, heads[0])
    speaker = (mention(g, owner) if owner != heads[0] else None) or speaker
    return Found(cue, content, speaker, sentence=parsed.sent[word], cue_word=word)


def _own_half(g: Ground, words: list[int]) -> list[int]:
    """Without "; its spokesman puts them at 90", somebody else's statement behind a semicolon."""
    parsed = g.parsed
    for i, word in enumerate(words):
        if parsed.words[word] == ";" and g.quote_of[word] < 0:
            later = (w for w in words[i + 1 :] if parsed.tag[w] in FINITE and parsed.lemma[w] in lexicon().heads)
            told = (own_subject(parsed, w) for w in later)
            return words[:i] if any(who is not None and can_speak(parsed, who) for who in told) else words
    return words


def _apposed(parsed: Parse, end: int, past: int) -> int:
    """In "According to the mayor, Ana Duarte, the …" the name between commas is the speaker's too."""
    at = end + 1
    while at < min(past, end + 6) and parsed.pos[at] == "PROPN":
        at += 1
    named = end < past and parsed.words[end] == "," and at > end + 1
    return at if named and at < past and parsed.words[at] == "," and parsed.pos[end - 1] == "NOUN" else end


def _skip_relative(parsed: Parse, head: int, end: int, past: int) -> int:
    for kid in parsed.kids[head]:
        if parsed.dep[kid] == "relcl" and end <= kid < past:
            end = max(end, below(parsed, kid)[-1] + 1)
    return end


def _goes_on(parsed: Parse, end: int, past: int) -> bool:
    """After "according to X," the sentence goes on with its verb or object."""
    if past - end < 4 or parsed.words[end] != ",":
        return False
    return parsed.pos[end + 1] in {"VERB", "AUX"} or parsed.dep[end + 1] in {"aux", "ROOT"}


def _noun(g: Ground, word: int, frames: dict[str, str]) -> Found | None:
    parsed = g.parsed
    for kid in (*parsed.kids[word], *_below_made(parsed, word)):
        if kid < word:
            continue
        dep = parsed.dep[kid]
        infinitive = has_to(parsed, kid)
        frame = f"{parsed.lower[kid]}:"
        if frame == "of:" and any(parsed.dep[k] == "pcomp" for k in parsed.kids[kid]):
            frame = "of-ing:"
        if frame == "for:" and _reporters(parsed, word, kid):
            return None
        told = dep in {"acl", "ccomp"} or (dep == "relcl" and not _gapped(parsed, kid))
        if "clause" in frames and told and not infinitive and _that(parsed, kid):
            content, act = clause_spans(g, word, kid), frames["clause"]
        elif "to" in frames and dep in {"acl", "xcomp"} and infinitive:
            content, act = runs(parsed, below(parsed, kid)), frames["to"]
        elif frame in frames and dep == "prep":
            words = _placed(parsed, parsed.head[word], [w for w in below(parsed, kid) if w != kid])
            content, act = runs(parsed, words), frames[frame]
        else:
            continue
        owner = _owner(g, word)
        if owner is None and _met(parsed, word) == "denies":
            return None  # "denied claims that …": nobody's but the denial's own
        said = "clause" in frames and act == frames["clause"] and bool(content) and content[0][0] > parsed.end[word]
        if owner is None and parsed.lemma[word] in _SPEAKING and said and not _gapped(parsed, kid):
            owner = _itself(g, word, kid)
        return Found(g.chars(word, word + 1), content, owner, act, sentence=parsed.sent[word], cue_word=word, rank=2)
    return _light(g, word, frames)


def _below_made(parsed: Parse, word: int) -> list[int]:
    """In "claims made by Reis that …" the parser may hang the clause on "made"."""
    return [k for verb in _made(parsed, word) for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "ccomp"]


def _made(parsed: Parse, word: int) -> list[int]:
    """The verbs of "claims MADE by Reis", "charges BROUGHT by Leal"."""
    return [k for k in parsed.kids[word] if parsed.dep[k] == "acl" and parsed.lemma[k] in _RAISED]


_PLACING = frozenset({"in", "at", "across", "for", "of", "between", "among", "within", "near"})


_MADE = frozenset({"make", "give", "get", "take", "hear", "see", "hold", "use", "raise", "bring"})
_SPEAKING = frozenset({"report", "rumour", "rumor", "claim", "allegation", "speculation", "suggestion", "accusation"})


def _gapped(parsed: Parse, clause: int) -> bool:
    """What "that" stands for is the clause's object: "a claim that the village has rejected"."""
    takes = parsed.lemma[clause] in lexicon().heads | _MADE
    return takes and not any(k > clause and parsed.dep[k] in {"dobj", "ccomp", "xcomp"} for k in parsed.kids[clause])


def _itself(g: Ground, word: int, clause: int) -> Range | None:
    """ "There are REPORTS that …", "amid CLAIMS that …": nobody else is named for them."""
    first = min((k for k in g.parsed.kids[word] if k < word and k != clause), default=word)
    return trimmed(g.parsed.text, g.parsed.start[first], g.parsed.end[word])


def _placed(parsed: Parse, verb: int, words: list[int]) -> list[int]:
    """With the "in the camps" of "the alarm about hunger in the camps", which the parser hangs on the verb."""
    for kid in parsed.kids[verb] if parsed.pos[verb] == "VERB" else ():
        if words and parsed.dep[kid] == "prep" and kid == words[-1] + 1 and parsed.lower[kid] in _PLACING:
            words = [*words, *below(parsed, kid)]
    return words


def _reporters(parsed: Parse, word: int, prep: int) -> bool:
    """Only a reporter's "request for comment"."""
    asked = (parsed.lemma[k] for k in parsed.kids[prep])
    return parsed.lemma[word] == "request" and any(lemma in _OF_REPORTERS for lemma in asked)


_OF_REPORTERS = frozenset(
    {"comment", "interview", "information", "clarification", "response", "confirmation", "reaction", "reply", "answer"}
    | {"statement", "detail"}
)
_LIGHT = frozenset(
    {"issue", "give", "make", "send", "have", "deliver", "voice", "express", "get", "raise", "receive"}
    | {"sound", "ring", "launch", "renew", "repeat", "reiterate"}
)


def _light(g: Ground, word: int, frames: dict[str, str]) -> Found | None:
    """In "issued a warning to farmers that …" the clause hangs on the verb."""
    parsed = g.parsed
    verb = parsed.head[word]
    if parsed.dep[word] != "dobj" or parsed.lemma[verb] not in _LIGHT:
        return None
    who = subject(parsed, verb)
    speaker = mention(g, who, stop=verb) if who is not None else None
    cue = g.chars(word, word + 1)
    clauses = [k for k in parsed.kids[verb] if k > word and parsed.dep[k] in {"ccomp", "advcl"} and _that(parsed, k)]
    if "clause" in frames and clauses:
        content = clause_spans(g, word, clauses[0])
        return Found(cue, content, speaker, frames["clause"], sentence=parsed.sent[word], cue_word=word)
    return None


def _after_copula(parsed: Parse, word: int, frames: dict[str, str]) -> list[int]:
    """In "is nervous that …" the parser may hang the clause on "is"."""
    head = parsed.head[word]
    if parsed.dep[word] != "acomp" or parsed.lemma[head] != "be":
        return []
    said = frames.get("clause") == "asserts"
    return [
        k
        for k in parsed.kids[head]
        if k > word and ((parsed.dep[k] == "ccomp" and _that(parsed, k)) or (said and _is_said(parsed, k, frames)))
    ]


def _is_said(parsed: Parse, clause: int, frames: dict[str, str]) -> bool:
    """A clause with "that"; right behind "adamant" one without it too."""
    if parsed.dep[clause] == "ccomp":
        return True
    bare = not any(parsed.dep[k] == "mark" for k in parsed.kids[clause])
    subject_first = own_subject(parsed, clause) is not None
    return frames["clause"] == "asserts" and parsed.dep[clause] == "advcl" and bare and subject_first


def _by_person(parsed: Parse, word: int, who: int | None) -> bool:
    """Only somebody who speaks makes "was clear that" his words."""
    return parsed.lower[word] != "clear" or (who is not None and can_speak(parsed, who))


def _that(parsed: Parse, clause: int) -> bool:
    return any(parsed.dep[k] == "mark" and parsed.lower[k] in {"that", "whether", "if"} for k in parsed.kids[clause])


def _from_whom(parsed: Parse, word: int) -> int | None:
    """ "Reports FROM RESIDENTS that …", "claims FROM SEVERAL OUTLETS that …"."""
    given = (k for k in parsed.kids[word] if k == word + 1 and parsed.lower[k] == "from")
    heads = (k for prep in given for k in parsed.kids[prep] if parsed.dep[k] == "pobj")
    # A name may be the place that the reports come from.
    return next((k for k in heads if can_speak(parsed, k) and parsed.pos[k] != "PROPN"), None)


_RAISED = frozenset(
    {"make", "level", "bring", "raise", "voice", "air", "advance", "issue", "repeat", "post", "publish", "spread"}
    | {"put", "circulate", "push", "promote", "lodge", "file", "lay"}
)
"""What somebody does with a claim: "claims made by Reis that …"."""
_AMID = frozenset({"amid", "amidst", "after", "despite", "following", "over", "because", "from", "among"})


def _owner(g: Ground, word: int) -> Range | None:
    """Whose word it is: "his claim", "a claim by X", "X issued a warning"."""
    parsed = g.parsed
    for kid in parsed.kids[word]:
        if parsed.dep[kid] == "poss":
            return mention(g, kid)
    by = agent(parsed, word)
    if by is None:
        by = next((who for k in _made(parsed, word) if (who := agent(parsed, k)) is not None), None)
    by = _from_whom(parsed, word) if by is None else by
    if by is not None:
        return mention(g, by)
    head = parsed.head[word]
    if parsed.dep[word] == "pobj" and parsed.lower[head] in _AMID:
        return None
    if parsed.dep[word] in {"dobj", "pobj", "attr"}:
        verb = head if parsed.dep[word] != "pobj" else parsed.head[head]
        who = subject(parsed, verb) if parsed.pos[verb] in {"VERB", "AUX"} and _met(parsed, word) is None else None
        return mention(g, who, stop=verb) if who is not None else None
    return None


def _met(parsed: Parse, word: int) -> str | None:
    """How an accusation is met by who is the verb's subject: "denied claims that …", "faces charges of …"."""
    if parsed.lemma[word] not in _ACCUSATIONS or parsed.dep[word] not in {"dobj", "pobj"}:
        return None
    verb = parsed.head[word] if parsed.dep[word] == "dobj" else parsed.head[parsed.head[word]]
    if "denies" in lexicon().verbs.get(parsed.lemma[verb], {}).values():
        return "denies"
    return "faces" if parsed.lemma[verb] in _FACING else None


_ACCUSATIONS = frozenset({"claim", "allegation", "accusation", "charge", "rumour", "rumor", "suggestion"})
_FACING = frozenset(
    {"face", "fight", "answer", "hear", "receive", "investigate", "probe", "examine", "consider", "review", "await"}
    | {"plead", "clear", "acquit", "convict", "arrest", "hold", "indict", "try", "respond", "react", "confront", "beat"}
    | {"escape", "avoid", "drop", "spark", "prompt", "follow", "emerge", "come", "verify", "confirm", "contest"}
    | {"counter"}
)


def _adjective(g: Ground, word: int, frames: dict[str, str]) -> Found | None:
    parsed = g.parsed
    who = subject(parsed, word)
    for kid in (*parsed.kids[word], *_after_copula(parsed, word, frames)):
        if kid < word:
            continue
        dep = parsed.dep[kid]
        infinitive = has_to(parsed, kid)
        if "clause" in frames and not infinitive and _is_said(parsed, kid, frames) and _by_person(parsed, word, who):
            content, act = clause_spans(g, word, kid), frames["clause"]
        elif "to" in frames and dep == "xcomp" and infinitive:
            content, act = runs(parsed, below(parsed, kid)), frames["to"]
        else:
            continue
        speaker = mention(g, who, stop=word) if who is not None else None
        return Found(g.chars(word, word + 1), content, speaker, act, sentence=parsed.sent[word], cue_word=word, rank=2)
    return None
