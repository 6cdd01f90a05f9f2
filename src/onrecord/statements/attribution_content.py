"""A cue verb and its frames → the clause, infinitive or noun phrase that is its content."""

from __future__ import annotations

from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_clauses import clause_spans, is_clause, parenthesis
from onrecord.statements.attribution_counts import counted, listed
from onrecord.statements.attribution_ground import (
    FINITE,
    Ground,
    agent,
    below,
    has_to,
    own_subject,
    runs,
    serial,
)
from onrecord.statements.attribution_infinitives import infinitive, told_to
from onrecord.statements.attribution_lexicon import Frames, lexicon
from onrecord.statements.attribution_naming import ON_THE_PHONE, name_ahead, named
from onrecord.statements.attribution_order import clause_by_order, relative_by_order, torn
from onrecord.statements.attribution_parts import cut_off
from onrecord.statements.attribution_relatives import denied
from onrecord.statements.draft import Range
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse

Content = tuple[list[Range], str, int]
"""Characters, act and rank."""
_NOT_CONTENT = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "punct", "neg", "agent", "mark", "cc", "prt", "expl"})


def content_of(g: Ground, verb: int, frames: Frames, *, passive: bool) -> Content | None:
    """The verb's content with its act and the rank of the rule that found it; None when it has none."""
    parsed = g.parsed
    kids = parsed.kids[verb]
    if "to" in frames and parsed.lower[min(verb + 1, len(parsed) - 1)] == "to":
        spans = infinitive(g, verb, frames, passive=passive)
        if spans:
            return spans, told_to(g, verb, spans) if parsed.lemma[verb] == "tell" else frames["to"], 1
    if "as" in frames and parsed.lower[verb + 1 : verb + 2] == ["as"] and (ahead := name_ahead(g, verb)):
        return ahead, frames["as"], 2
    if "quote" in frames and (listing := _behind_colon(g, verb)):
        return listing, frames.get("clause", frames["quote"]), 1
    if "clause" in frames or "person" in frames:
        act = frames.get("clause") or frames["person"]
        row = serial(parsed, verb)
        clauses = [k for k in kids if k != row and is_clause(parsed, verb, k) and not _apart(g, k, verb)]
        clauses = [k for k in clauses if g.in_speech(verb) or not g.in_speech(k)]
        if any(parsed.dep[k] == "dobj" and k > verb for k in kids) and act != "asks":
            clauses = [k for k in clauses if parsed.dep[k] != "advcl"]
        clause = next((k for k in clauses if k > verb and parsed.dep[k] == "ccomp"), clauses[0] if clauses else None)
        if clause is not None:
            spans = clause_spans(g, verb, clause)
            if spans and not torn(parsed, spans, clause):
                return spans, act, 1
        spans = parenthesis(g, verb) or relative_by_order(g, verb)
        spans = spans or ([] if _deed(parsed, verb, frames) is not None else clause_by_order(g, verb, frames))
        if spans:
            return spans, act, 1
    elif "quote" in frames and (clause := _said_before(g, verb)) is not None:
        return clause_spans(g, verb, clause), frames["quote"], 1
    if "to" in frames or "person" in frames:
        spans = infinitive(g, verb, frames, passive=passive)
        if spans:
            act = frames.get("person") or frames["to"]
            act = "asks" if act == "asserts" and "person" in frames else act  # "reminded them to vote"
            return spans, told_to(g, verb, spans) if parsed.lemma[verb] == "tell" else act, 1
    if (gerund := _deed(parsed, verb, frames)) is not None:
        return runs(parsed, below(parsed, gerund, cut_off(g, gerund))), frames["ing"], 2
    number = listed(g, verb, frames) or counted(g, verb, frames, passive=passive)
    if number:
        return number, "asserts", 2
    return _nominal(g, verb, frames, passive=passive)


def _behind_colon(g: Ground, verb: int) -> list[Range]:
    """What stands behind "The coroner said:" in the same line, without quote marks."""
    parsed = g.parsed
    past = g.sentences[g.sentence_of[verb]][1]
    if parsed.words[verb + 1 : verb + 2] != [":"] or past - verb < _FEW or g.quote_of[verb + 2] >= 0:
        return []
    apart = "\n" in parsed.text[parsed.start[verb] : parsed.start[verb + 2]]
    who = own_subject(parsed, verb)
    return runs(parsed, list(range(verb + 2, past))) if who is not None and who < verb and not apart else []


_FEW = 5


def _said_before(g: Ground, verb: int) -> int | None:
    """The clause of "The road is open, SHE CONTINUES", before a verb that takes no clause behind it."""
    parsed = g.parsed
    who = own_subject(parsed, verb)
    if who is None or who > verb or parsed.tag[verb] not in FINITE or parsed.words[below(parsed, who)[0] - 1] != ",":
        return None
    clauses = (k for k in parsed.kids[verb] if k < who and parsed.dep[k] == "ccomp" and not g.in_speech(k))
    return next((k for k in clauses if is_clause(parsed, verb, k)), None)


def _when(parsed: Parse, prep: int) -> bool:
    """The "on Thursday" of "reported 40 cases on Thursday" tells when."""
    return any(parsed.lower[k] in lexicon().times or parsed.lower[k][:3] in _MONTHS for k in parsed.kids[prep])


_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})


def _apart(g: Ground, clause: int, verb: int) -> bool:
    """A semicolon stands between the clause and the cue behind it, or the cue is one that takes none before it."""
    return clause < verb and any(g.parsed.words[w] == ";" and g.quote_of[w] < 0 for w in range(clause, verb))


def _deed(parsed: Parse, verb: int, frames: Frames) -> int | None:
    """What was done, by a gerund: "admitted TAKING the keys"."""
    if "ing" not in frames:
        return None
    kids = parsed.kids[verb]
    return next((k for k in kids if k > verb and (_gerund(parsed, k) or _next_gerund(parsed, verb, k))), None)


def _gerund(parsed: Parse, kid: int) -> bool:
    """A gerund of one word or two: "denied taking it", "denied having taken it"."""
    if parsed.dep[kid] not in {"xcomp", "pcomp", "ccomp"}:
        return False
    return parsed.tag[kid] == "VBG" or any(parsed.lower[k] in {"having", "being"} for k in parsed.kids[kid])


def _next_gerund(parsed: Parse, verb: int, kid: int) -> bool:
    """A gerund right behind the verb that the parser took for an aside: "ruled out sending troops"."""
    past = verb + 1 + (parsed.dep[min(verb + 1, len(parsed) - 1)] == "prt")
    return kid == past and parsed.tag[kid] == "VBG" and parsed.dep[kid] in {"advcl", "acl", "dobj"}


def _summoned(g: Ground, verb: int, kids: list[int]) -> list[Range]:
    """In "calling the state to help" somebody is asked."""
    parsed = g.parsed
    if parsed.lemma[verb] != "call":
        return []
    kid = next((k for k in kids if parsed.dep[k] in {"xcomp", "ccomp", "advcl"} and has_to(parsed, k)), None)
    who = next((k for k in kids if kid is not None and k < kid and parsed.dep[k] == "dobj"), None)
    if kid is not None and parsed.lemma[kid] in ON_THE_PHONE:
        return []
    if kid is None or who is None or below(parsed, who)[-1] + 2 != kid or parsed.pos[who] == "PROPN":
        return []
    return runs(parsed, [*below(parsed, who), *below(parsed, kid, cut_off(g, kid))])


def _for_somebody(g: Ground, verb: int, frames: Frames) -> list[Range]:
    """In "called for the minister to step in" the parser may make "for" open a clause."""
    parsed = g.parsed
    if "for:" not in frames or parsed.lower[min(verb + 1, len(parsed) - 1)] != "for":
        return []
    kid = next((k for k in parsed.kids[verb] if k > verb and verb + 1 in parsed.kids[k] and has_to(parsed, k)), None)
    return runs(parsed, [w for w in below(parsed, kid, cut_off(g, kid)) if w > verb + 1]) if kid is not None else []


def _nominal(g: Ground, verb: int, frames: Frames, *, passive: bool) -> Content | None:
    parsed = g.parsed
    kids = [k for k in parsed.kids[verb] if k > verb and parsed.dep[k] not in _NOT_CONTENT]
    for kid in kids:
        frame = f"{parsed.lower[kid]}:"
        if frame in frames and parsed.dep[kid] in {"prep", "dative", "prt"} and parsed.kids[kid]:
            if frame == "on:" and _when(parsed, kid):
                continue
            if frame == "to:" and parsed.tag[verb] == "VBG" and verb - parsed.sentences[parsed.sent[verb]][0] < 2:
                continue  # "Responding to the vote, Leal said …"
            people = (
                [k for k in kids if k < kid and parsed.dep[k] == "dobj"] if frame in {"of:", "for:", "against:"} else []
            )
            words = sorted({w for p in (*people, kid) for w in below(parsed, p, cut_off(g, p))} - {kid})
            if people:
                words = sorted({*words, kid})
            words = sorted({*words, *_goes_on(parsed, verb, kid, frame)})
            if frames[frame] in {"warns", "asks"}:
                words += _with_these(parsed, verb, kid)
            return runs(parsed, words), frames[frame], 2
    summoned = _summoned(g, verb, kids)
    if summoned:
        return summoned, "asks", 2
    called = _for_somebody(g, verb, frames)
    if called:
        return called, frames["for:"], 2
    accused = _accused(g, verb, kids, frames) if not passive else []
    if accused:
        return runs(parsed, accused), frames["of:"], 2
    if passive:
        return _suffered(g, verb, frames)
    hung = denied(g, verb)
    if hung:
        return hung, "denies", 2
    if "as" in frames and (called := named(g, kids)):
        return called, frames["as"], 2
    obj = next((k for k in kids if parsed.dep[k] in {"dobj", "oprd", "ccomp"}), None)
    if obj is None or (parsed.tag[obj] == "PRP" and "as" not in frames):
        return None
    lost = _lost_clause(g, verb, obj, frames)
    if lost:
        return lost, frames["clause"], 1
    if "object" in frames and parsed.dep[obj] == "dobj" and not _small(parsed, verb, obj):
        words = [*below(parsed, obj, cut_off(g, obj)), *_shelling(parsed, verb, obj), *_adjacent(g, verb, obj)]
        if frames["object"] == "promises":
            words += [w for k in kids if k < obj and parsed.dep[k] == "dative" for w in below(parsed, k)]
        return runs(parsed, sorted(words)), frames["object"], 2
    return None


def _with_these(parsed: Parse, verb: int, kid: int) -> list[int]:
    """The "with gusts" of "warned of gales with gusts", the "until May" of "asked for a delay until May", the "by
    rivals" of "called for a boycott by rivals", which the parser may hang on the verb."""
    end = below(parsed, kid)[-1] + 1
    while end < len(parsed) and parsed.pos[end] == "PUNCT" and parsed.words[end] in _CLOSING:
        end += 1
    nxt = next((k for k in parsed.kids[verb] if k == end and _joins(parsed, k)), None)
    return below(parsed, nxt) if nxt is not None else []


def _joins(parsed: Parse, way: int) -> bool:
    """ "With", "until", and "by" somebody, no "by Friday"."""
    if parsed.lower[way] != "by":
        return parsed.lower[way] in {"with", "until"}
    given = (k for k in parsed.kids[way] if parsed.dep[k] == "pobj")
    return any(can_speak(parsed, k) and parsed.lower[k] not in people_words().sets["calendar"] for k in given)


_CLOSING = frozenset({"”", '"', "''", "’"})
_BELONGING = frozenset({"for", "of", "over", "about", "against", "to", "between", "as"})


_PROMISED = frozenset({"from", "through", "in", "with", "by", "within", "after", "before", "on", "at"})


def _adjacent(g: Ground, verb: int, obj: int) -> list[int]:
    """Phrases right after the object that the parser hangs on the verb: "rejected the plan / for a dam"."""
    parsed = g.parsed
    out: list[int] = []
    end = below(parsed, obj)[-1] + 1
    promised = lexicon().verbs.get(parsed.lemma[verb], {}).get("object") in {"promises", "warns"}
    belonging = _BELONGING | _PROMISED if promised else _BELONGING
    for kid in parsed.kids[verb]:
        phrase = below(parsed, kid, cut_off(g, kid)) if kid >= end else []
        if not phrase or phrase[0] != end:
            continue
        when = parsed.lemma[verb] == "report" and parsed.dep[kid] in {"advmod", "npadvmod", "prep"}
        purpose = parsed.dep[kid] in {"advcl", "xcomp"} and has_to(parsed, kid)
        supposed = parsed.dep[kid] == "advcl" and parsed.lower[phrase[0]] in {"if", "unless"} and promised
        blamed = parsed.lemma[verb] in {"blame", "pin", "attribute"} and parsed.lower[kid] in {"on", "upon", "to"}
        if (
            when
            or purpose
            or supposed
            or blamed
            or (parsed.dep[kid] in {"prep", "dative"} and parsed.lower[kid] in belonging)
        ):
            out += phrase
            end = phrase[-1] + 1
    return out


def _shelling(parsed: Parse, verb: int, obj: int) -> list[int]:
    """The noun of "blamed Norvian shelling for the fire", which the parser may take for a verb."""
    kid = next((k for k in parsed.kids[verb] if k == obj + 1 and parsed.tag[k] == "VBG"), None)
    lone = kid is not None and parsed.words[obj][0].isupper() and not any(k > obj for k in parsed.kids[obj])
    return below(parsed, kid) if kid is not None and lone else []


def _lost_clause(g: Ground, verb: int, obj: int, frames: Frames) -> list[Range]:
    """In "reports Lee will miss the game" the parser may take "Lee" for an object; a finite verb follows."""
    parsed = g.parsed
    after = below(parsed, obj)[-1] + 1
    past = g.sentences[g.sentence_of[verb]][1]
    lost = after < past and parsed.tag[after] in FINITE and parsed.words[after - 1] != ","
    if "clause" not in frames or not lost or obj > verb + 12:
        return []
    return runs(parsed, list(range(verb + 1, past)))


def _accused(g: Ground, verb: int, kids: list[int], frames: Frames) -> list[int]:
    """In "accused soldiers in Lumo of selling water" the object and the charge, wherever the parser hangs it."""
    parsed = g.parsed
    obj = next((k for k in kids if parsed.dep[k] == "dobj"), None)
    if "of:" not in frames or obj is None:
        return []
    for word in below(parsed, verb, cut_off(g, verb)):
        if word > obj and parsed.lower[word] == "of" and _charge(parsed, verb, word):
            last = below(parsed, word, cut_off(g, word))[-1]
            last -= parsed.lower[last] in {"and", "but", ","}
            return [w for w in range(below(parsed, obj)[0], last + 1) if w > verb]
    return []


def _charge(parsed: Parse, verb: int, of: int) -> bool:
    """A gerund follows, or after "accuse" anything but a name: "accused the county of hiding ballots", "of fraud"."""
    after = min(of + 1, len(parsed) - 1)
    if any(parsed.dep[k] == "pcomp" for k in parsed.kids[of]):
        return True
    if parsed.lemma[verb] != "accuse":
        return False
    held = parsed.lower[after].endswith("ing") or (
        parsed.pos[after] in {"NOUN", "ADJ"} and parsed.lower[of - 1] != "part"
    )
    return held and not any(
        parsed.lower[w] == "of" for w in range(of + 1, min(of + 12, len(parsed))) if _ing(parsed, w + 1)
    )


def _ing(parsed: Parse, word: int) -> bool:
    return word < len(parsed) and parsed.lower[word].endswith("ing")


def _goes_on(parsed: Parse, verb: int, kid: int, frame: str) -> list[int]:
    """What goes on behind a preposition: "called for it / to be raised", "accusing her of waste / and hiding it"."""
    out: list[int] = []
    for other in parsed.kids[verb]:
        if other <= kid:
            continue
        infinitive = has_to(parsed, other)
        if (frame == "for:" and parsed.dep[other] in {"advcl", "xcomp"} and infinitive) or (
            frame == "of:"
            and parsed.dep[other] == "conj"
            and parsed.tag[other] == "VBG"
            and parsed.lemma[other] not in lexicon().conjoined
        ):
            out += below(parsed, other)
    return out


_FOUND_OUT = frozenset(
    {"find", "discover", "learn", "show", "hear", "determine", "establish", "demonstrate", "document"}
)


def _suffered(g: Ground, verb: int, frames: Frames) -> Content | None:
    """In "the claim was denied by …" the subject is the content, when somebody is named."""
    parsed = g.parsed
    named_so = any(k > verb and parsed.lower[k] == "as" for k in parsed.kids[verb])
    frame = "object" if "object" in frames else "as" if named_so and "as" in frames else "clause"
    if frame == "clause" and parsed.lemma[verb] in _FOUND_OUT:
        return None  # "the body was found by a walker"
    if frame not in frames or agent(parsed, verb) is None:
        return None
    head = next((k for k in parsed.kids[verb] if parsed.dep[k] == "nsubjpass"), None)
    if head is None or parsed.pos[head] == "PRON":
        return None
    named = [k for k in parsed.kids[verb] if k > verb and parsed.lower[k] == "as" and "as" in frames]
    spans = runs(parsed, [w for w in below(parsed, head) if w < verb])
    return spans + [span for k in named for span in runs(parsed, below(parsed, k))], frames[frame], 2


def _thin(parsed: Parse, verb: int, word: int) -> bool:
    """It names the thing and tells nothing of it: "announced the new figures", "raised the issue of rent"."""
    only = lexicon().only.get(parsed.lemma[verb])
    if only is not None and parsed.lemma[word] not in only:
        return True
    told = lexicon().verbs.get(parsed.lemma[verb], {}).get("object") == "asserts"
    if not told or any(parsed.dep[k] == "neg" for k in parsed.kids[verb]):
        return False  # "rejected the figure", "has not disclosed numbers"
    more = [k for k in parsed.kids[word] if k > word and parsed.pos[k] != "PUNCT"]
    if parsed.lemma[word] in lexicon().topics:
        return all(parsed.lower[k] == "of" for k in more)
    return parsed.lemma[word] in lexicon().thin and not more and parsed.pos[word - 1] not in {"NUM", "PROPN", "NOUN"}


_GREETING = frozenset({"congratulate", "thank", "welcome", "threaten", "salute", "question", "acknowledge"})


def _greeted(parsed: Parse, verb: int, word: int) -> bool:
    """Somebody was thanked, met or threatened, and nothing is told: "congratulated the winner", "welcomed him"."""
    return parsed.lemma[verb] in _GREETING and can_speak(parsed, word) and parsed.lemma[word] not in lexicon().nouns


def _small(parsed: Parse, verb: int, word: int) -> bool:
    if _greeted(parsed, verb, word):
        return True
    if _thin(parsed, verb, word):
        return True
    if any(parsed.dep[k] == "relcl" for k in parsed.kids[word]) and parsed.lower[word] != "what":
        return False  # "criticised those who sell fear"
    return (
        parsed.pos[word] == "PRON"
        or (parsed.lemma[word] in lexicon().empty and parsed.lemma[verb] != "demand")
        or parsed.lower[word] in {"that", "this", "it", "so", "much", "something", "what"}
    )
