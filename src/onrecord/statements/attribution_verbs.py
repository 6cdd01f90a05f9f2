"""Cue verbs of a parsed post → statements in reported speech, with the clause, infinitive or noun phrase that is their content."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.statements.attribution_ground import Found, Ground, agent, below, mention, own_subject, runs, subject, whole_quotes
from onrecord.statements.attribution_lexicon import Frames, Lexicon
from onrecord.statements.draft import Range
from onrecord.statements.hedges import is_hedge
from onrecord.statements.parse import Parse

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CONNECTIVES = frozenset(
    {"but", "and", "however", "meanwhile", "so", "yet", "still", "also", "though", "or", "elsewhere"}
)
_NOT_CONTENT = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "punct", "neg", "agent", "mark", "cc", "prt", "expl"})
_BARE = frozenset({"advmod", "npadvmod"})


def find(g: Ground, lexicon: Lexicon) -> Iterator[Found]:
    """Statements that cue verbs give, one a verb at most."""
    parsed = g.parsed
    for word, lemma in enumerate(parsed.lemma):
        if lemma not in lexicon.verbs and lemma not in lexicon.particles:
            continue
        if not parsed.tag[word].startswith("VB") or parsed.dep[word] in {"amod", "compound", "aux"}:
            continue
        key = _key(parsed, word, lemma, lexicon)
        frames = lexicon.verbs.get(key)
        if not frames or is_hedge(parsed, word) or (g.in_speech(word) and key not in lexicon.inner):
            continue
        found = read(g, word, frames, lexicon)
        if found:
            yield found


def _key(parsed: Parse, word: int, lemma: str, lexicon: Lexicon) -> str:
    """The verb with its particle where the lexicon has both together."""
    rest = lexicon.particles.get(lemma)
    if rest:
        for kid in parsed.kids[word]:
            if kid > word and parsed.lower[kid] in rest and parsed.dep[kid] in {"prt", "prep", "advmod", "acomp"}:
                return f"{lemma} {parsed.lower[kid]}"
    return lemma


def read(g: Ground, verb: int, frames: Frames, lexicon: Lexicon) -> Found | None:
    """The statement that this cue verb gives, or None."""
    parsed = g.parsed
    passive = any(parsed.dep[k] in {"auxpass", "nsubjpass"} for k in parsed.kids[verb])
    if _outlet_itself(g, verb) or _unsaid(parsed, verb) or _looms(parsed, verb):
        return None
    if parsed.tag[verb] == "VBN" and parsed.dep[verb] == "acl" and agent(parsed, verb) is not None:
        return _reduced(g, verb, frames)
    if "evidence" in frames and not passive and not _evidence(parsed, verb, lexicon):
        frames = {f: a for f, a in frames.items() if f not in {"clause", "evidence", "object"}}
    if "to" in frames and frames["to"] == "declines":
        silent = _silence(g, verb, lexicon)
        if silent:
            return silent
    got = _content(g, verb, frames, passive=passive)
    if not got:
        return None
    content, act, rank = got
    if parsed.lemma[verb] in {"cite", "quote"} and parsed.tag[verb] == "VBG" and parsed.words[max(0, verb - 1)] == ",":
        return None  # ", citing …" names the channel of the words before it
    if rank == 2 and not _tells(g, verb, act, content):
        return None
    content = whole_quotes(g, content)
    speaker = _speaker(g, verb, passive=passive)
    return Found(
        cue=cue_range(parsed, verb), content=content, speaker=speaker, act=act, sentence=parsed.sent[verb],
        cue_word=verb, rank=rank,
    )  # fmt: skip


_KEPT_BACK = frozenset({"propose", "confirm", "announce", "acknowledge", "release", "offer", "order", "recommend"})


def _tells(g: Ground, verb: int, act: str, content: list[Range]) -> bool:
    """False for weak cues that name or characterise: "a virus called …", "who supports …", "did not confirm …"."""
    parsed = g.parsed
    dep, tag = parsed.dep[verb], parsed.tag[verb]
    if dep == "relcl" and tag in {"VBP", "VBZ", "VBN"} and act in {"asserts", "thinks"}:
        return any(g.quote_of[w] >= 0 for a, b in content for w in range(g.word_at(a), g.word_at(b - 1) + 1))
    if dep == "acl" and tag == "VBN":
        return False
    return not (parsed.lemma[verb] in _KEPT_BACK and any(parsed.dep[k] == "neg" for k in parsed.kids[verb]))


_POSSIBLE = frozenset({"can", "could", "may", "might", "must", "should"})


def _unsaid(parsed: Parse, verb: int) -> bool:
    """Not said but possible or wanted ("she could say"), or a command to the reader ("remember: …")."""
    kids = parsed.kids[verb]
    if any(parsed.dep[k] == "aux" and parsed.lower[k] in _POSSIBLE for k in kids):
        return True
    return parsed.tag[verb] == "VB" and parsed.dep[verb] == "ROOT" and not any(parsed.dep[k] in {"aux", "nsubj"} for k in kids)


def _looms(parsed: Parse, verb: int) -> bool:
    """A thing threatens: "a strike which threatens to halt trains"."""
    who = own_subject(parsed, verb)
    return parsed.lemma[verb] == "threaten" and who is not None and parsed.lower[who] in {"which", "that", "it"}


def _outlet_itself(g: Ground, verb: int) -> bool:
    """"We reported earlier": the outlet on its own coverage; or a wish of nobody in particular."""
    who = own_subject(g.parsed, verb)
    return who is not None and g.parsed.lower[who] == "we" and g.quote_of[who] < 0


def _reduced(g: Ground, verb: int, frames: Frames) -> Found | None:
    """"An accusation denied by London": what stands before is the content."""
    parsed = g.parsed
    frame = next((f for f in ("object", "clause") if f in frames), None)
    head = agent(parsed, verb)
    what = mention(g, parsed.head[verb], stop=verb)
    if frame is None or head is None or what is None or frames[frame] not in {"denies", "declines"}:
        return None
    return Found(cue_range(parsed, verb), [what], mention(g, head), frames[frame], sentence=parsed.sent[verb], cue_word=verb, rank=2)


def _silence(g: Ground, verb: int, lexicon: Lexicon) -> Found | None:
    """"Asked whether …, she declined to comment": what was asked; "declined to comment on …": that; else the refusal itself."""
    parsed = g.parsed
    kid = next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "xcomp" and parsed.lemma[k] in lexicon.silence), None)
    if kid is None:
        return None
    first, _ = g.sentences[g.sentence_of[verb]]
    asked = next((w for w in range(first, min(first + 3, verb)) if parsed.lemma[w] in {"ask", "press", "question"}), None)
    about = next((k for k in parsed.kids[kid] if k > kid and parsed.dep[k] in {"prep", "dobj", "ccomp"}), None)
    if asked is not None and about is None:
        content = runs(parsed, _question(parsed, asked, verb))
    elif about is not None:
        content = runs(parsed, [w for w in below(parsed, about) if w != about or parsed.dep[about] != "prep"])
    else:
        content = runs(parsed, below(parsed, kid))
    if not content:
        return None
    return Found(
        g.chars(verb, kid + 1), content, _speaker(g, verb, passive=False), "declines", sentence=parsed.sent[verb],
        cue_word=verb, rank=1,
    )  # fmt: skip


def _question(parsed: Parse, asked: int, verb: int) -> list[int]:
    """From "whether", "about" or "if" to the comma before the one who was asked."""
    end = max((w for w in range(asked, _cue_part(parsed, verb)) if parsed.words[w] == ","), default=verb)
    marks = {"whether", "if", "about", "why", "how", "what", "when", "where", "who"}
    start = next((w for w in range(asked + 1, end) if parsed.lower[w] in marks), asked + 1)
    return list(range(start + (parsed.lower[start] == "about"), end))


def _evidence(parsed: Parse, verb: int, lexicon: Lexicon) -> bool:
    """True unless a thing is shown by mere evidence: footage, data, a look."""
    who = subject(parsed, verb)
    if who is None:
        return True
    lemma = parsed.lemma[who].lower()
    if lemma in lexicon.no_evidence:
        return False
    if parsed.lemma[verb] not in {"show", "reveal", "indicate", "demonstrate"}:
        return True
    return lemma in lexicon.evidence or parsed.pos[who] == "PROPN" or parsed.lower[who] in {"he", "she", "they", "who"}


def _speaker(g: Ground, verb: int, *, passive: bool) -> Range | None:
    parsed = g.parsed
    head = agent(parsed, verb) if passive else speaking_subject(parsed, verb)
    if head is None and not passive:
        return by_order(g, verb)
    return mention(g, head, stop=verb) if head is not None else None


def by_order(g: Ground, verb: int) -> Range | None:
    """The name that stands right before the verb in a tail, where the parse gives no subject."""
    name = tail_name(g, verb)
    if name is None:
        return None
    parsed, last = g.parsed, verb - 1
    while last > name and parsed.pos[last] in {"AUX", "ADV", "PUNCT"}:
        last -= 1
    return g.chars(name, last + 1)


def speaking_subject(parsed: Parse, verb: int) -> int | None:
    """The subject; for ", saying …" after reported speech, that of the sentence's own cue."""
    if parsed.tag[verb] == "VBG" and verb and parsed.words[verb - 1] in {",", "”", '"'} and parsed.dep[verb] in {"advcl", "conj", "acl", "dep"}:
        at = parsed.head[verb]
        while parsed.head[at] != at:
            up = parsed.head[at]
            if parsed.dep[at] == "ccomp" and up < at and parsed.lemma[up] in _SAYING_VERBS:
                return subject(parsed, up)
            at = up
    if parsed.dep[verb] == "conj" and _own_cue(parsed, parsed.head[verb], verb):
        at = parsed.head[verb]
        while parsed.head[at] != at and parsed.lemma[at] not in _SAYING_VERBS:
            at = parsed.head[at]
        if parsed.lemma[at] in _SAYING_VERBS:
            return subject(parsed, at)
    return subject(parsed, verb)


def cue_range(parsed: Parse, verb: int) -> Range:
    """The verb with its particle."""
    last = verb
    for kid in parsed.kids[verb]:
        if kid == last + 1 and parsed.dep[kid] == "prt":
            last = kid
    return parsed.start[verb], parsed.end[last]


# -- content -----------------------------------------------------------------------------------------------------------

Content = tuple[list[Range], str, int]


def _content(g: Ground, verb: int, frames: Frames, *, passive: bool) -> Content | None:
    parsed = g.parsed
    kids = parsed.kids[verb]
    if "to" in frames and parsed.lower[min(verb + 1, len(parsed) - 1)] == "to":
        spans = _infinitive(g, verb, frames, passive=passive)
        if spans:
            return spans, frames["to"], 1
    if "clause" in frames or "person" in frames:
        act = frames.get("clause") or frames["person"]
        clauses = [k for k in kids if _is_clause(parsed, verb, k)]
        clause = next((k for k in clauses if k > verb and parsed.dep[k] == "ccomp"), clauses[0] if clauses else None)
        if clause is not None:
            spans = clause_spans(g, verb, clause)
            if spans and not _torn(parsed, spans, clause):
                return spans, act, 1
        spans = _parenthesis(g, verb) or _by_order(g, verb, frames)
        if spans:
            return spans, act, 1
    if "to" in frames or "person" in frames:
        spans = _infinitive(g, verb, frames, passive=passive)
        if spans:
            return spans, frames.get("person") or frames["to"], 1
    if "ing" in frames:
        gerund = next(
            (k for k in kids if k > verb and parsed.dep[k] in {"xcomp", "pcomp", "ccomp"} and parsed.tag[k] == "VBG"),
            None,
        )
        if gerund is not None:
            return runs(parsed, below(parsed, gerund)), frames["ing"], 2
    return _nominal(g, verb, frames, passive=passive)


def _torn(parsed: Parse, spans: list[Range], clause: int) -> bool:
    """One or two words where the parser lost the rest of the clause."""
    return len(spans) == 1 and len(parsed.text[slice(*spans[0])].split()) < 2 and len(parsed.words) > clause + 6


def _by_order(g: Ground, verb: int, frames: Frames) -> list[Range]:
    """By word order, where the parse gives no clause: "…, the ministry said this week" and "told the paper that …"."""
    if "clause" not in frames and "person" not in frames:
        return []
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[verb]]
    if "quote" in frames and own_subject_right(parsed, verb) is None and parsed.dep[verb] not in {"relcl", "acl", "advcl"}:
        name = tail_name(g, verb)
        if name is not None and name - first >= 3 and any(parsed.tag[w] in _FINITE for w in range(first, name)):
            return _before(g, verb, [], low=name)
    start = _that_after(parsed, verb, past)
    if start is None and parsed.lemma[verb] == "say" and _clause_follows(parsed, verb, past):
        start = verb + 1
    if start is None or past - start < 3:
        return []
    return runs(parsed, list(range(start, past)))


def own_subject_right(parsed: Parse, verb: int) -> int | None:
    return next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "nsubj"), None)


def tail_name(g: Ground, verb: int) -> int | None:
    """In "…, Ann Lee, the mayor, said on Monday." the first word of the name; None when the verb closes no such tail."""
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[verb]]
    past = next((w for w in range(verb + 1, past - 1) if parsed.words[w] == "," and parsed.tag[w + 1] == "VBG"), past)
    if past - verb > 14 or any(parsed.tag[w] in _FINITE for w in range(verb + 1, past)) or parsed.tag[verb] not in _FINITE | {"VBN"}:
        return None
    at = verb - 1
    while at > first and parsed.pos[at] in {"AUX", "ADV"}:
        at -= 1
    commas = 2 if parsed.words[at] == "," else 1
    at -= commas - 1
    while at > first and verb - at < 25:
        if parsed.tag[at] in _FINITE or parsed.lower[at] in {"that", "and", "but"} and commas == 1:
            return None
        if parsed.words[at] in {",", "”", "’", '"', "–", "—"} and parsed.words[at - 1] != ",":
            commas -= 1
            if commas == 0:
                return at + 1 if parsed.pos[at + 1] in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"} else None
        at -= 1
    return None


def _that_after(parsed: Parse, verb: int, past: int) -> int | None:
    for word in range(verb + 1, min(past - 3, verb + 14)):
        if parsed.lower[word] == "that" and parsed.tag[word] in {"IN", "DT", "WDT"}:
            return word + 1
        if parsed.tag[word] in _FINITE or parsed.words[word] in ".;:":
            return None
    return None


def _clause_follows(parsed: Parse, verb: int, past: int) -> bool:
    at = verb + 1
    if at >= past or parsed.pos[at] not in {"PRON", "PROPN", "NOUN", "DET", "ADJ", "NUM", "PUNCT"} or parsed.words[at] in ",.;:":
        return False
    return any(parsed.tag[w] in _FINITE for w in range(at + 1, past))


def _is_clause(parsed: Parse, verb: int, kid: int) -> bool:
    """A finite clause, a question, or bare words that the parser took for one; no infinitive or gerund."""
    dep = parsed.dep[kid]
    if dep not in {"ccomp", "parataxis", "xcomp"} and not (dep == "advcl" and _marked(parsed, kid, {"if", "whether"})):
        return False
    if parsed.tag[kid] == "VBG" and not any(parsed.dep[k] in {"aux", "nsubj", "nsubjpass"} for k in parsed.kids[kid]):
        return False
    below_it = parsed.kids[kid]
    if any(parsed.dep[k] in {"nsubj", "nsubjpass", "csubj", "expl"} for k in below_it):
        return not any(parsed.lower[k] == "to" and parsed.dep[k] == "aux" for k in below_it)
    return (
        dep == "ccomp"
        and not any(parsed.lower[k] == "to" and parsed.dep[k] == "aux" for k in below_it)
        and kid != verb + 1
    )


def _marked(parsed: Parse, clause: int, words: set[str]) -> bool:
    return any(parsed.dep[k] == "mark" and parsed.lower[k] in words for k in parsed.kids[clause])


def clause_spans(g: Ground, verb: int, clause: int) -> list[Range]:
    """The clause's words: after the cue without "that", or, when it stands before, all of the sentence up to the cue's part."""
    parsed = g.parsed
    if clause > verb:
        return _after(g, verb, clause)
    return _before(g, verb, below(parsed, clause))


def _after(g: Ground, verb: int, clause: int) -> list[Range]:
    parsed = g.parsed
    words = [w for w in below(parsed, clause, _cut_off(g, clause)) if w > verb]
    while words and (
        parsed.lower[words[0]] == "that" and parsed.dep[words[0]] == "mark" or parsed.words[words[0]] in ",:"
    ):
        words.pop(0)
    relative = _relative_gap(g, verb, words)
    if words and parsed.lower[words[-1]] in {"and", "but"}:
        words.pop()
    return relative + runs(parsed, words)


def _relative_gap(g: Ground, verb: int, words: list[int]) -> list[Range]:
    """In "funds that they say were stolen", the antecedent is content too."""
    parsed = g.parsed
    if parsed.dep[verb] != "relcl" or parsed.head[verb] > verb or not words:
        return []
    clause = next((k for k in parsed.kids[verb] if k in set(words)), words[0])
    if any(parsed.dep[k] in {"nsubj", "nsubjpass"} and k > verb for k in parsed.kids[clause]):
        return []
    head = parsed.head[verb]
    if any(
        parsed.dep[k] in {"nsubj", "nsubjpass"}
        and parsed.lower[k] in {"who", "which", "that"}
        and parsed.head[k] == verb
        for k in parsed.kids[verb]
    ):
        return []
    span = mention(g, head, stop=verb)
    return [span] if span else []


def _cut_off(g: Ground, clause: int) -> set[int]:
    """Parts below a content clause that are attributions of their own: ", adding that …", ", citing …", "according to …"."""
    parsed = g.parsed
    out = set()
    todo = [clause]
    while todo:
        at = todo.pop()
        for kid in parsed.kids[at]:
            if kid > at and _own_part(parsed, at, kid):
                out.add(kid)
            else:
                todo.append(kid)
    return out


def _own_part(parsed: Parse, at: int, kid: int) -> bool:
    dep = parsed.dep[kid]
    if dep == "advcl" and parsed.words[kid - 1] == ",":
        return parsed.lemma[kid] in _SAYING and parsed.tag[kid] == "VBG"
    if dep == "advcl" and _marked(parsed, kid, {"as"}):
        return any(parsed.lemma[k] in _CONJOINED for k in (kid, *parsed.kids[kid]) if parsed.pos[k] == "VERB")
    if dep == "prep" and parsed.lower[kid] == "with":
        return any(parsed.dep[k] == "pcomp" and parsed.lemma[k] in _SAYING for k in parsed.kids[kid])
    return parsed.lower[kid] == "according" or (dep == "conj" and _own_cue(parsed, at, kid))


def _own_cue(parsed: Parse, clause: int, kid: int) -> bool:
    """"She has said that it will rain and argued for shelter": the second verb is the speaker's own."""
    if parsed.lemma[kid] not in _CONJOINED or parsed.tag[kid] not in {"VBD", "VBN"} or parsed.tag[clause] in {"VBD", "VBN"}:
        return False
    return not any(parsed.dep[k] in {"nsubj", "nsubjpass", "aux"} for k in parsed.kids[kid])


_CONJOINED = frozenset({"say", "argue", "call", "urge", "insist", "add", "warn", "accuse", "claim", "suggest", "promise", "vow", "ask", "demand", "criticise", "criticize", "blame", "deny", "tell", "describe", "praise", "pledge", "dismiss", "reject", "condemn", "refuse", "threaten", "announce", "declare"})
_SAYING_VERBS = frozenset({"say", "add", "tell", "argue", "claim", "insist", "note", "write", "suggest", "announce", "warn", "reject", "deny", "believe", "report", "state", "predict", "explain"})
_SAYING = frozenset(
    {
        "add",
        "say",
        "cite",
        "warn",
        "accuse",
        "note",
        "write",
        "call",
        "insist",
        "argue",
        "quote",
        "tell",
        "stress",
        "claim",
        "urge",
    }
)


def _before(g: Ground, verb: int, clause: list[int], low: int | None = None) -> list[Range]:
    """The words of the sentence before the cue's part, and those of the clause after it."""
    parsed = g.parsed
    first, _ = g.sentences[g.sentence_of[verb]]
    if low is None:
        low = _cue_part(parsed, verb)
    start = first
    while (
        start < low
        and (parsed.lower[start] in _CONNECTIVES or parsed.words[start] in ',“"')
        and parsed.words[start] not in '“"'
    ):
        start += 1
    left = list(range(start, low))
    right = [w for w in clause if w > verb]
    return runs(parsed, left) + (runs(parsed, right) if right else [])


def _cue_part(parsed: Parse, verb: int) -> int:
    """The first word of "X said": the subject's phrase, adverbs and auxiliaries right before the verb."""
    low = verb
    for kid in parsed.kids[verb]:
        if kid < verb and parsed.dep[kid] in {"nsubj", "nsubjpass", "aux", "auxpass", "advmod", "neg", "mark", "expl"}:
            words = below(parsed, kid)
            if parsed.dep[kid] in {"nsubj", "nsubjpass"} or words[-1] >= verb - 6:
                low = min(low, words[0]) if _same_side(parsed, words[0], verb) else low
    return low


def _same_side(parsed: Parse, first: int, verb: int) -> bool:
    return verb - first < 40


def _parenthesis(g: Ground, verb: int) -> list[Range]:
    """ "It was late, he said, and cold" and "as he put it" hang below the words that are said."""
    parsed = g.parsed
    dep, head = parsed.dep[verb], parsed.head[verb]
    marked_as = _marked(parsed, verb, {"as"}) and parsed.lemma[verb] in _SAYING_VERBS | {"put", "tell"}
    if marked_as and any(k > verb and parsed.dep[k] in {"dobj", "ccomp", "xcomp"} and parsed.lemma[verb] != "tell" for k in parsed.kids[verb]):
        return []
    if dep not in {"parataxis", "ccomp", "advcl", "dep"} or head == verb or not (marked_as or dep == "parataxis"):
        return []
    own = set(below(parsed, verb))
    words = [w for w in below(parsed, _clause_top(parsed, head)) if w not in own]
    return runs(parsed, words)


def _clause_top(parsed: Parse, word: int) -> int:
    for _ in range(8):
        if parsed.pos[word] in {"VERB", "AUX"} or parsed.head[word] == word:
            return word
        word = parsed.head[word]
    return word


def _infinitive(g: Ground, verb: int, frames: Frames, *, passive: bool) -> list[Range]:
    parsed = g.parsed
    for kid in parsed.kids[verb]:
        if kid < verb or parsed.dep[kid] not in {"xcomp", "ccomp", "advcl", "acl"} or (passive and parsed.dep[kid] == "advcl"):
            continue
        if not any(parsed.lower[k] == "to" and parsed.dep[k] == "aux" for k in parsed.kids[kid]):
            continue
        objects = [k for k in parsed.kids[verb] if k > verb and parsed.dep[k] in {"dobj", "dative"}]
        if objects and "person" not in frames:
            return []
        words = below(parsed, kid, _cut_off(g, kid))
        if "person" in frames:
            words = sorted({*words, *(w for o in objects for w in below(parsed, o))})
        elif "to" not in frames:
            return []
        return runs(parsed, [w for w in words if w > verb])
    return []


def _nominal(g: Ground, verb: int, frames: Frames, *, passive: bool) -> Content | None:
    parsed = g.parsed
    kids = [k for k in parsed.kids[verb] if k > verb and parsed.dep[k] not in _NOT_CONTENT]
    for kid in kids:
        frame = f"{parsed.lower[kid]}:"
        if frame in frames and parsed.dep[kid] in {"prep", "dative", "prt"} and parsed.kids[kid]:
            people = [k for k in kids if k < kid and parsed.dep[k] == "dobj"] if frame in {"of:", "for:"} else []
            words = sorted({w for p in (*people, kid) for w in below(parsed, p, _cut_off(g, p))} - {kid})
            if people:
                words = sorted({*words, kid})
            words = sorted({*words, *_goes_on(parsed, verb, kid, frame)})
            return runs(parsed, words), frames[frame], 2
    if passive:
        return _suffered(g, verb, frames)
    obj = next((k for k in kids if parsed.dep[k] in {"dobj", "oprd", "ccomp"}), None)
    if obj is None or parsed.tag[obj] == "PRP" and "as" not in frames:
        return None
    if "as" in frames:
        rest = [
            k
            for k in kids
            if k >= obj
            and (
                parsed.dep[k] in {"dobj", "oprd", "ccomp", "xcomp", "attr"}
                or (parsed.lower[k] == "as" and parsed.dep[k] in {"prep", "mark"})
            )
        ]
        if len(rest) > 1 or parsed.dep[obj] in {"oprd", "ccomp"}:
            return runs(parsed, sorted(w for k in rest for w in below(parsed, k, _cut_off(g, k)))), frames["as"], 2
    if "object" in frames and parsed.dep[obj] == "dobj" and not _small(parsed, obj):
        return runs(parsed, below(parsed, obj, _cut_off(g, obj))), frames["object"], 2
    return None


def _goes_on(parsed: Parse, verb: int, kid: int, frame: str) -> list[int]:
    """"called for it / to be raised"; "accusing her of waste / and hiding it"."""
    out: list[int] = []
    for other in parsed.kids[verb]:
        if other <= kid:
            continue
        infinitive = any(parsed.lower[k] == "to" and parsed.dep[k] == "aux" for k in parsed.kids[other])
        if frame == "for:" and parsed.dep[other] in {"advcl", "xcomp"} and infinitive:
            out += below(parsed, other)
        elif frame == "of:" and parsed.dep[other] == "conj" and parsed.tag[other] == "VBG" and parsed.lemma[other] not in _CONJOINED:
            out += below(parsed, other)
        elif frame == "over:" and parsed.dep[other] == "dobj":
            out += [kid, *below(parsed, other)]
    return out


def _suffered(g: Ground, verb: int, frames: Frames) -> Content | None:
    """"The claim was denied by …": the subject is the content, when somebody is named."""
    parsed = g.parsed
    frame = "object" if "object" in frames else "clause"
    if frame not in frames or agent(parsed, verb) is None:
        return None
    head = next((k for k in parsed.kids[verb] if parsed.dep[k] == "nsubjpass"), None)
    if head is None or parsed.pos[head] == "PRON":
        return None
    return runs(parsed, [w for w in below(parsed, head) if w < verb]), frames[frame], 2


def _small(parsed: Parse, word: int) -> bool:
    return parsed.pos[word] == "PRON" or parsed.lower[word] in {"that", "this", "it", "so", "much", "something", "what"}
