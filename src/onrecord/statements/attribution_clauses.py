"""A cue and its content clause → the clause's words, without what belongs to other cues or to the writer."""

from __future__ import annotations

from bisect import bisect_left
from typing import cast

from onrecord.statements.attribution_chains import keeps_back
from onrecord.statements.attribution_ground import FINITE, VENUES, Ground, below, has_to, mention, own_subject, runs
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.attribution_parts import cut_off, marked
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

_CONNECTIVES = frozenset(
    {"but", "and", "however", "meanwhile", "so", "yet", "still", "also", "though", "or", "elsewhere"}
)
_REASONS = {"because", "so", "if", "unless", "that"}
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"})


def is_clause(parsed: Parse, verb: int, kid: int) -> bool:
    """A finite clause, a question, or bare words that the parser took for one; no infinitive or gerund."""
    dep = parsed.dep[kid]
    if any(parsed.lower[k] in _REFLEXIVE and parsed.dep[k] == "nsubj" for k in parsed.kids[kid]):
        return False
    if dep not in {"ccomp", "parataxis", "xcomp"} and not (dep == "advcl" and marked(parsed, kid, {"if", "whether"})):
        return False
    if parsed.tag[kid] == "VBG" and not any(parsed.dep[k] in {"aux", "nsubj", "nsubjpass"} for k in parsed.kids[kid]):
        return False
    told = parsed.tag[kid] == "VBG" and parsed.lemma[kid] in lexicon().participles
    if told and not any(parsed.dep[k] == "aux" for k in parsed.kids[kid]):
        return False  # "was stated by Ana Reis explaining that …"
    below_it = parsed.kids[kid]
    if any(parsed.dep[k] in {"nsubj", "nsubjpass", "csubj", "expl"} for k in below_it):
        return not has_to(parsed, kid)
    return dep == "ccomp" and not has_to(parsed, kid) and kid != verb + 1


def clause_spans(g: Ground, verb: int, clause: int) -> list[Range]:
    """The clause's words: after the cue without "that"; before it, all of the sentence up to the cue's part."""
    parsed = g.parsed
    if clause > verb:
        return _after(g, verb, clause)
    return before(g, verb, below(parsed, clause, {k for k in cut_off(g, clause) if k > verb}))


def _after(g: Ground, verb: int, clause: int) -> list[Range]:
    parsed = g.parsed
    words = [w for w in below(parsed, clause, cut_off(g, clause)) if w > verb]
    words = _with_next(g, verb, clause, _from_that(parsed, verb, words))
    for kid in parsed.kids[verb]:
        if keeps_back(parsed, kid) and parsed.lemma[kid] in lexicon().silence:
            continue
        goes_on = _goes_on(parsed, kid) and own_subject(parsed, kid) is None
        if kid > clause and parsed.dep[kid] == "conj" and (goes_on or _joined_on(parsed, verb, kid)):
            words = sorted({*words, *below(parsed, kid, cut_off(g, kid)), min(below(parsed, kid)) - 1})
        elif kid > clause and _runs_on(parsed, words, clause, kid):
            words = [*words, *range(words[-1] + 1, kid), *(w for w in below(parsed, kid, cut_off(g, kid)) if w >= kid)]
    words = _goes_on_later(g, verb, _lost_subject(parsed, verb, clause) + words)
    while words and (
        (parsed.lower[words[0]] == "that" and parsed.dep[words[0]] == "mark")
        or parsed.words[words[0]] in ",:"
        or (parsed.lower[words[0]] in _ONLY and len(words) > 2 and parsed.lower[words[1]] == "that")
    ):
        words.pop(0)
    stop = next((i for i, w in enumerate(words) if parsed.words[w] == ";" and g.quote_of[w] < 0), len(words))
    words = words[:stop] if stop > 2 else words
    words = _without_place(parsed, verb, clause, words)
    words = _without_time(g, verb, _without_aside(g, without_tail(g, words)))
    relative = _relative_gap(g, verb, words)
    if words and parsed.lower[words[-1]] in {"and", "but"}:
        words.pop()
    return relative + runs(parsed, words)


def _runs_on(parsed: Parse, words: list[int], clause: int, kid: int) -> bool:
    """What the parser hung on the cue belongs to the words right before it: the next deed in a row ("say he broke a
    window, TOOK the keys and left"), or a verb whose subject is their end ("it is cold and ice HAS SHUT the port")."""
    first = min(below(parsed, kid))
    if not words or own_subject(parsed, kid) or parsed.lemma[kid] in lexicon().heads:
        return False
    cue, gap = parsed.head[kid], parsed.words[words[-1] : first]
    past = {parsed.tag[clause], parsed.tag[kid]} <= {"VBD", "VBN"}
    if len(gap) == 1 and parsed.dep[words[-1]] == "conj" and parsed.tag[words[-1]][:2] == "NN":
        return parsed.dep[kid] == "conj"
    row = parsed.dep[kid] == "ccomp" or (parsed.dep[kid] == "conj" and parsed.tag[cue] in {"VBZ", "VBP"})
    return row and past and gap in ([","], [gap[0], ","])


def _from_that(parsed: Parse, verb: int, words: list[int]) -> list[int]:
    """In "said in a statement that the sea, driven by wind, rose" the parser may lose what stands before "rose"."""
    if not words or words[0] - verb > _LOST:
        return words
    that = next((w for w in range(verb + 3, words[0]) if parsed.lower[w] == "that"), None)
    if that is None or that < 1 or parsed.dep[that] == "mark" or parsed.lemma[that - 1] not in _PAPERS:
        return words
    return [*range(that + 1, words[0]), *words]


_LOST = 40
_PAPERS = frozenset(
    {"statement", "release", "interview", "letter", "post", "message", "report", "tweet", "email", "note"}
)
_PAPERS |= {"briefing", "memo", "address", "speech", "video", "broadcast", "dispatch", "bulletin"}


def _with_next(g: Ground, verb: int, clause: int, words: list[int]) -> list[int]:
    """In "said pupils working late will stay home" the parser may make two clauses of the one."""
    parsed = g.parsed
    if not words or parsed.tag[clause] != "VBG" or any(parsed.dep[k] == "aux" for k in parsed.kids[clause]):
        return words
    for kid in parsed.kids[verb]:
        more = below(parsed, kid, cut_off(g, kid)) if kid > clause and parsed.dep[kid] == "ccomp" else []
        if more and more[0] == words[-1] + 1:
            return [*words, *more]
    return words


def _lost_subject(parsed: Parse, verb: int, clause: int) -> list[int]:
    """In "warned the truce is fragile" the parser may take the truce for an object of the cue."""
    if parsed.tag[clause] not in FINITE or own_subject(parsed, clause) is not None:
        return []
    first = min(below(parsed, clause))
    infinitive = next((k for k in parsed.kids[verb] if verb < k < clause and has_to(parsed, k)), None)
    if infinitive is not None and parsed.lower[verb + 1] != "to" and below(parsed, infinitive)[-1] + 1 == first:
        return below(parsed, infinitive)  # "says efforts to save it are under way"
    obj = next((k for k in parsed.kids[verb] if verb < k < clause and parsed.dep[k] in {"dobj", "prep"}), None)
    words = below(parsed, obj) if obj is not None else []
    if obj is not None and parsed.dep[obj] == "prep":  # "said on Monday turnout was low"
        timed = next((i for i, w in enumerate(words) if parsed.lower[w] in lexicon().times), None)
        words = words[timed + 1 :] if timed is not None else []
    return words if words and words[-1] + 1 == first else []


def _goes_on_later(g: Ground, verb: int, words: list[int]) -> list[int]:
    """What the parser hung elsewhere: ", and that …" after the clause."""
    parsed = g.parsed
    past = g.sentences[g.sentence_of[verb]][1]
    if not words or words[-1] + 3 >= past or parsed.lower[words[0]] == "whether":
        return words
    after = words[-1] + 1
    places = _and_that(parsed)
    number = bisect_left(places, after + 1)
    if number == len(places) or places[number] >= past - 2:
        return words
    at, later = places[number], parsed.head[places[number]]
    own = any(parsed.lemma[w] in lexicon().heads and parsed.tag[w] in FINITE for w in range(after, at))
    return words if own or later < at else [*words, *range(after, below(parsed, later)[-1] + 1)]


def _and_that(parsed: Parse) -> list[int]:
    """Where "and that" begins a clause, found once: no endless sentence is gone through for each of its verbs."""
    found = parsed.opened.get(_and_that)
    if found is None:
        found = parsed.opened[_and_that] = [
            at
            for at in range(1, len(parsed))
            if parsed.lower[at] == "that" and parsed.dep[at] == "mark" and parsed.lower[at - 1] == "and"
        ]
    return cast(list[int], found)


def _joined_on(parsed: Parse, cue: int, verb: int) -> bool:
    """In "say prices will fall but rents will rise" no comma parts the two that are said."""
    who, first = own_subject(parsed, verb), min(below(parsed, verb))
    if who is None or parsed.lemma[verb] in lexicon().heads or parsed.lower[first - 1] not in {"but", "and"}:
        return False
    modal = any(parsed.tag[k] == "MD" for k in parsed.kids[verb])
    if parsed.words[first - 2] != ",":
        return modal and first - 2 > cue
    shifted = any(parsed.lower[k] in _SHIFTED and parsed.dep[k] == "aux" for k in parsed.kids[verb])
    if shifted and parsed.tag[cue] == "VBD":
        return True  # "said that it was full, and the others had left"
    present = parsed.tag[cue] in {"VBZ", "VBP"} and (modal or any(parsed.lower[k] in _HAS for k in parsed.kids[verb]))
    return present and parsed.lower[first - 1] == "but" and parsed.tag[verb] != "VBD"


_SHIFTED = frozenset({"had", "would"})
_HAS = frozenset({"has", "have"})


def _goes_on(parsed: Parse, verb: int) -> bool:
    """The "and would pay", "and had paid" of reported words, which no cue's own second verb is."""
    for kid in parsed.kids[verb]:
        if parsed.tag[kid] == "MD" and parsed.tag[verb] == "VB":
            return True
        if parsed.lower[kid] == "had" and parsed.dep[kid] == "aux" and parsed.lemma[verb] not in lexicon().heads:
            return True
    return False


def _without_place(parsed: Parse, verb: int, clause: int, words: list[int]) -> list[int]:
    """Without the "on Telegram" of "said on Telegram she had left", which tells where it was said."""
    if not words or words[0] != verb + 1 or parsed.dep[words[0]] != "prep" or parsed.head[words[0]] != clause:
        return words
    phrase = below(parsed, words[0])
    said = any(parsed.lower[w] in VENUES for w in phrase)
    return [w for w in words if w > phrase[-1]] if said and len(phrase) < _PHRASE else words


_PHRASE = 8


def _without_time(g: Ground, verb: int, words: list[int]) -> list[int]:
    """Without the "on Friday" of "said on Friday it had closed", which tells when it was said."""
    parsed = g.parsed
    if not words or words[0] != verb + 1:
        return words
    at = int(parsed.lower[words[0]] == "on")
    first = at
    while at < len(words) and _timed(parsed, words[at]) and parsed.dep[words[at]] not in _SUBJECTS:
        at += 1
    if at == first or len(words) - at < 3 or parsed.pos[words[at]] in {"PUNCT", "VERB", "AUX", "ADP"}:
        return words
    return words[at + (parsed.lower[words[at]] == "that") :]


_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss", "compound"})


def _timed(parsed: Parse, word: int) -> bool:
    """A word of time, or the "on" of "early on Monday"."""
    times = lexicon().times
    return parsed.lower[word] in times or (parsed.lower[word] == "on" and parsed.lower[word + 1] in times)


_ONLY = frozenset({"only", "simply", "merely", "just", "again", "also"})
_DASHES = frozenset({"–", "—", "--", "-"})


def _without_aside(g: Ground, words: list[int]) -> list[int]:
    """Without " – though …" at the end: what follows a lone dash is mostly the writer's."""
    parsed = g.parsed
    dashes = [i for i, w in enumerate(words) if parsed.words[w] in _DASHES and _spaced(parsed, w) and g.quote_of[w] < 0]
    if len(dashes) != 1 or dashes[0] < 4 or dashes[0] + 1 >= len(words):
        return words
    if parsed.lower[words[dashes[0] + 1]] in {"and", "but", "or"}:
        return words
    after = words[dashes[0] + 1 :]
    if not any(parsed.tag[w] in FINITE or parsed.lower[w] in _ASIDES for w in after):
        return words
    if parsed.lower[after[0]] in {"a", "an"} and all(
        parsed.dep[w] in {"relcl", "aux", "auxpass"} for w in after if parsed.tag[w] in FINITE
    ):
        return words  # "223 dead – a reduction of two from what they said before"
    return words[: dashes[0]]


_ASIDES = frozenset({"though", "although", "despite", "move", "claim", "contrary", "echoing", "adding"})


def _spaced(parsed: Parse, word: int) -> bool:
    after = parsed.text[parsed.end[word] : parsed.end[word] + 1]
    return parsed.words[word] == "—" or (parsed.text[parsed.start[word] - 1] == " " and after == " ")


def without_tail(g: Ground, words: list[int]) -> list[int]:
    """Without ", state media reported" at the end of what others are said to have said."""
    parsed = g.parsed
    for word in reversed(words[-10:]):
        if (
            parsed.tag[word] in FINITE
            and parsed.lemma[word] in lexicon().speaking
            and own_subject(parsed, word) != words[0]
        ):
            name = tail_name(g, word)
            if name is not None and words[0] < name - 3 and parsed.words[name - 1] == ",":
                return [w for w in words if w < name - 1]
    return words


def _relative_gap(g: Ground, verb: int, words: list[int]) -> list[Range]:
    """In "a herd that they say was stolen" the antecedent is content too."""
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


_CLOSING = frozenset({'"', "”", "’", "''"})


def tail_name(g: Ground, verb: int) -> int | None:
    """In "…, Ann Lee, the mayor, said on Monday." the first word of the name; None without such a tail."""
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[verb]]
    near = range(verb + 1, min(past - 1, verb + 15))
    past = next((w for w in near if parsed.words[w] == "," and parsed.tag[w + 1] == "VBG"), past)
    if (
        past - verb > 14
        or any(parsed.tag[w] in FINITE for w in range(verb + 1, past))
        or parsed.tag[verb] not in FINITE | {"VBN"}
    ):
        return None
    at = verb - 1
    while at > first and parsed.pos[at] in {"AUX", "ADV"}:
        at -= 1
    commas = 2 if parsed.words[at] == "," else 1
    at -= commas - 1
    while at > first and verb - at < 25:
        named = parsed.lower[at] == "and" and parsed.pos[at - 1] == parsed.pos[at + 1] == "PROPN"
        if parsed.tag[at] in FINITE or (parsed.lower[at] in {"that", "and", "but"} and commas == 1 and not named):
            return None
        if parsed.words[at] in {",", "”", "’", '"', "–", "—"} and parsed.words[at - 1] != ",":
            commas -= 1
            if commas == 0:
                at += parsed.words[at + 1] in _CLOSING  # "too great to count,” the premier says"
                counted = at + 2 == verb and parsed.words[at + 1][0].isdigit()  # "…, 32 confirmed negative"
                named = parsed.pos[at + 1] in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"} and not counted
                return at + 1 if named else None
        at -= 1
    return None


def before(g: Ground, verb: int, clause: list[int], low: int | None = None) -> list[Range]:
    """The words of the sentence before the cue's part, and those of the clause after it."""
    parsed = g.parsed
    first, _ = g.sentences[g.sentence_of[verb]]
    if low is None:
        low = cue_part(parsed, verb)
        name = tail_name(g, verb) if parsed.tag[verb] in FINITE else None
        low = min(low, name) if name is not None and name > first + 2 else low
    start = first
    while (
        start < low
        and (parsed.lower[start] in _CONNECTIVES or parsed.words[start] in ',“"')
        and parsed.words[start] not in '“"'
    ):
        start += 1
    if parsed.lower[start] in lexicon().labels and start + 2 < low and parsed.words[start + 1] == ":":
        start += 2
    start = _past_frame(parsed, verb, start, low)
    left = list(range(start, low))
    reasons = [k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "advcl" and marked(parsed, k, _REASONS)]
    right = sorted({w for w in clause if w > verb} | {w for k in reasons for w in below(parsed, k)})
    stop = next((w for w in right if parsed.words[w] in {".", "?", "!"} and w < right[-1]), None)
    right = [w for w in right if stop is None or w < stop]
    return runs(parsed, left) + (runs(parsed, right) if right else [])


def _past_frame(parsed: Parse, verb: int, start: int, low: int) -> int:
    """After a fronted "As the rain fell," or "Leaving the hall,", which frames what is said."""
    framed = parsed.lower[start] in {"as", "while"} or parsed.tag[start] == "VBG"
    if not framed:
        return start
    at = parsed.head[start] if parsed.tag[start] != "VBG" else start
    if parsed.dep[at] != "advcl":
        return start
    end = max((w for w in below(parsed, at) if w < low), default=start) + 1
    return end if end < low - 3 and parsed.words[min(end, verb)] == "," else start


def cue_part(parsed: Parse, verb: int) -> int:
    """The first word of "X said": the subject's phrase, adverbs and auxiliaries right before the verb."""
    low = verb
    for kid in parsed.kids[verb]:
        if kid < verb and parsed.dep[kid] in {"nsubj", "nsubjpass", "aux", "auxpass", "advmod", "neg", "mark", "expl"}:
            words = below(parsed, kid)
            if parsed.dep[kid] in {"nsubj", "nsubjpass"} or words[-1] >= verb - 6:
                low = min(low, words[0]) if verb - words[0] < 40 else low
    return low


def parenthesis(g: Ground, verb: int) -> list[Range]:
    """The cue of "it was late, he said, and cold" or "as he put it" hangs below the words that are said."""
    parsed = g.parsed
    dep, head = parsed.dep[verb], parsed.head[verb]
    frames = lexicon().verbs.get(parsed.lemma[verb], {})
    if dep == "advcl" and any(k > verb and f"{parsed.lower[k]}:" in frames for k in parsed.kids[verb]):
        return []  # "on alert as forecasters warned of rain"
    marked_as = marked(parsed, verb, {"as"}) and parsed.lemma[verb] in lexicon().speaking | {"put", "tell"}
    if marked_as and any(
        k > verb and parsed.dep[k] in {"dobj", "ccomp", "xcomp"} and parsed.lemma[verb] != "tell"
        for k in parsed.kids[verb]
    ):
        return []
    if dep not in {"parataxis", "ccomp", "advcl", "dep"} or head == verb or not (marked_as or dep == "parataxis"):
        return []
    own = set(below(parsed, verb))
    top = _clause_top(parsed, head)
    left = {
        k
        for k in parsed.kids[top]
        if k > verb and parsed.lower[k] in {"before", "after"} and parsed.words[k - 1] == ","
    }
    words = [w for w in below(parsed, top, left | {k for k in cut_off(g, top) if k > verb}) if w not in own]
    return runs(parsed, words)


def _clause_top(parsed: Parse, word: int) -> int:
    for _ in range(8):
        if parsed.pos[word] in {"VERB", "AUX"} or parsed.head[word] == word:
            return word
        word = parsed.head[word]
    return word
