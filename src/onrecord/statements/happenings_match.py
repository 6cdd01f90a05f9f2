"""A parsed post → the words that trigger happenings, with their kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.statements.happenings_words import PERHAPS, PLACE, Lexicon, Rule, Test, kinds, lexicon
from onrecord.statements.parse import Parse

_NOMINAL = frozenset({"NOUN", "PROPN"})
_SUBJECT = frozenset({"nsubj"})
_OBJECT = frozenset({"dobj", "nsubjpass"})
_NEVER = frozenset({"PUNCT", "DET", "PRON", "NUM", "CCONJ", "SCONJ", "PART", "SYM", "SPACE"})
_COMPOUND = 3
"""Nouns before an event noun that its trigger takes in, at most."""
_GRAVE = 0.8
"""Kinds of at least this weight are told by a participle before a noun too: "murdered hostages"."""
BESIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod"})


@dataclass(slots=True)
class Trigger:
    """Words `first` to `last` (inclusive) name something that happens; `word` is the one that carries the grammar."""

    word: int
    first: int
    last: int
    lemma: str
    kind: str


class Matcher:
    """Finds the triggers of one post."""

    def __init__(self, parsed: Parse, titles: frozenset[int], spots: Mapping[int, bool] | None = None) -> None:
        """`titles` are the numbers of sentences that are headlines, `spots` words of places' names: sure or not."""
        self._titles = titles
        self._spots = spots or {}
        self._p = parsed
        self._lex: Lexicon = lexicon()
        self._number = -1
        self._places: dict[str, tuple[int, int]] = {}
        """The words of sentence `_number`, kept while its triggers are looked at."""
        self._spent: set[int] = set()
        """Words of phrases whose parts stand apart."""
        self._loose = frozenset(s for s, (a, b) in enumerate(parsed.sentences) if self._capitals(a, b))

    def _capitals(self, first: int, last: int) -> bool:
        """The sentence is set in capitals, or like a headline, so that parts of speech can't be trusted."""
        words = [w for w in self._p.words[first:last] if w[0].isalpha() and len(w) > 3]
        return len(words) > 2 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)

    def triggers(self) -> Iterator[Trigger]:
        """In text order; a compound may hold another trigger ("murder trial"), else no two share a word."""
        p, taken = self._p, -1
        for i, pos in enumerate(p.pos):
            if i <= taken or pos in _NEVER or i in self._spent:
                continue
            if pos == "VERB" or p.sent[i] in self._loose or not _idle(p.lower[i], p.lemma[i], pos):
                found = self._at(i)
                if found is not None:
                    taken = found.last
                    yield found

    def _at(self, i: int) -> Trigger | None:
        lemma, parts = self._base(i)
        for rule in self._rules(i, lemma):
            if rule.part in parts or len(rule.words) > 1:
                last = self._phrase(rule, i, parts)
                if last is not None and all(self._holds(test, i, last) for test in rule.tests):
                    weak = self._weak(i, lemma, parts) if rule.kind == "other" else None
                    if last == i and rule.lemma == rule.words[-1]:
                        self._spent.update(self._apart(rule.words[1:], i))
                    return weak or self._strong(rule, i, last)
        return self._weak(i, lemma, parts) if parts else None

    def _rules(self, i: int, lemma: str) -> tuple[Rule, ...]:
        """The rules of the word's base form; before them, those of its very form ("talks")."""
        rules, lower = self._lex.rules, self._p.lower[i]
        found = rules.get(lemma, ())
        return found if lower == lemma or lower not in rules else rules[lower] + found

    def _base(self, i: int) -> tuple[str, str]:
        """(base form, parts that the word may play)."""
        p, lex = self._p, self._lex
        pos, lower, lemma = p.pos[i], p.lower[i], p.lemma[i].lower()
        loose = p.sent[i] in self._loose
        if (loose or lemma not in lex.parts) and lower in lex.forms and (loose or pos == "VERB"):
            base, parts = lex.forms[lower]
            if loose and parts == "v" and pos == "NOUN" and p.words[i].isupper():
                return lower, "n"  # the parser saw a line of capitals in small letters: a bomb is nothing that is done
            if loose or "v" in parts:
                return base, self._agreeing(i, parts) if loose else "v"
        if pos == "VERB":
            parts = "va" if p.tag[i] == "VBN" and not self._perfect(i) else "v"
            known = lex.parts.get(lemma, "v")
            return lemma, "n" if known == "n" and p.sent[i] in self._titles else parts
        if pos == "NOUN":
            if p.words[i].isupper():
                return lower, "n"  # an abbreviation: AIDS is no aid
            return lemma, "v" if self._infinitive(i, lemma) else "n"
        if pos == "PROPN":
            return (lower[:-1] if lower.endswith("s") and lower[:-1] in lex.nouns else lower), "n"
        return lower, "a" if pos == "ADJ" else ""

    def _perfect(self, i: int) -> bool:
        """ "Has hurt the country": an active verb, no word for a state."""
        kids = [self._p.lower[k] for k in self._p.kids[i] if self._p.dep[k] in {"aux", "auxpass"}]
        return not {"have", "has", "had", "having", "'ve"}.isdisjoint(kids) and "been" not in kids

    def _agreeing(self, i: int, parts: str) -> str:
        """In a headline, "hits" after one and "hit" after several is a verb, before a preposition or the end a noun."""
        p = self._p
        if not ("v" in parts and "n" in parts):
            return parts
        first, last = p.sentences[p.sent[i]]
        if i == first or i + 1 >= last or not p.words[i + 1][0].isalnum() or p.pos[i + 1] in {"ADP", "CCONJ"}:
            return "n"
        before = p.lower[i - 1]
        several = before.endswith(("s", "men", "people", "police"))
        return "v" if several != p.lower[i].endswith("s") and p.words[i - 1][0].isalpha() else "n"

    def _infinitive(self, i: int, lemma: str) -> bool:
        """ "to strike" that the parser took for a noun."""
        p = self._p
        return i > 0 and p.lower[i - 1] == "to" and p.lower[i] == lemma and "v" in self._lex.parts.get(lemma, "")

    def _phrase(self, rule: Rule, i: int, parts: str) -> int | None:
        """The last word of the rule's phrase from word `i`; a verb's particle may stand apart. None for no match."""
        p, rest = self._p, rule.words[1:]
        if not rest:
            return i
        last = i + len(rest)
        verb = rule.part == "v"
        if verb and rule.part not in parts:
            return None
        if last < len(p) and p.sent[last] == p.sent[i] and self._side_by_side(rest, i + 1):
            return last if verb or p.pos[last] in _NOMINAL or p.sent[i] in self._loose else None
        return i if verb and self._apart(rest, i) else None

    def _side_by_side(self, words: tuple[str, ...], start: int) -> bool:
        p = self._p
        return all(w in (p.lower[j], p.lemma[j].lower()) for j, w in enumerate(words, start))

    def _apart(self, rest: tuple[str, ...], i: int) -> list[int]:
        """Where each further word hangs on the one before: set the car *on* *fire*; empty when one does not."""
        p, found = self._p, [i]
        for word in rest:
            below = next((k for k in p.kids[found[-1]] if word in (p.lower[k], p.lemma[k])), None)
            if below is None:
                return []
            found.append(below)
        if len(rest) == 1 and p.dep[found[1]] == "prep" and p.kids[found[1]]:
            return []  # no particle: took control of the town *on Monday*
        return found[1:]

    def _strong(self, rule: Rule, i: int, last: int) -> Trigger:
        word = i if rule.part == "v" else last
        if rule.part == "v":
            last = self._with_particle(i, last)
        first = self._compound(i) if rule.part == "n" else i
        return Trigger(word, first, last, rule.lemma, self._kind(rule, word))

    def _compound(self, i: int) -> int:
        """The first of the nouns set straight before an event noun: heart *failure*, the Lima *summit*."""
        p, first = self._p, i
        before = {"NOUN"} if p.sent[i] in self._loose else _NOMINAL
        while first > 0 and i - first < _COMPOUND and p.dep[first - 1] == "compound" and p.pos[first - 1] in before:
            if not first <= p.head[first - 1] <= i or (first > 1 and p.words[first - 2] == "-"):
                break
            first -= 1
        return first

    def _kind(self, rule: Rule, word: int) -> str:
        """The rule's kind; `other` where the word says no news: a surname, "elected officials", "attack dogs"."""
        p = self._p
        head = p.head[word]
        if p.dep[word] == "amod" and rule.part == "v":
            return rule.kind if kinds()[rule.kind].weight >= _GRAVE else "other"
        if rule.part != "n":
            return rule.kind
        if p.dep[word] == "compound" and p.pos[head] in _NOMINAL and head > word:
            named = p.lemma[head].lower()
            if p.words[word][0].isupper() and p.pos[head] == "PROPN" and named not in self._lex.names:
                return rule.kind if kinds()[rule.kind].weight >= _GRAVE else "other"  # Storm Ana
            return rule.kind if named in self._lex.keep or named in self._lex.rules else "other"
        plain = p.sent[word] not in self._loose and p.sent[word] not in self._titles
        if p.pos[word] == "PROPN" and plain and word != p.sentences[p.sent[word]][0]:
            return rule.kind if self._named(word) else "other"
        return rule.kind

    def _named(self, word: int) -> bool:
        """The capitalised word is part of an event's name: Typhoon Ana, the Lima Accord (not Mr Flood)."""
        p, after = self._p, word + 1
        if after < len(p) and p.pos[after] == "PROPN" and p.sent[after] == p.sent[word]:
            return True
        return p.pos[word - 1] == "PROPN" and any(p.lower[k] == "the" for k in p.kids[word])

    def _with_particle(self, i: int, last: int) -> int:
        p = self._p
        following = i + 1
        if last == i and following < len(p) and p.dep[following] == "prt" and p.head[following] == i:
            return following
        return last

    def _weak(self, i: int, lemma: str, parts: str) -> Trigger | None:
        p, lex = self._p, self._lex
        phrases = lex.phrases.get(lemma)
        last = next((i + len(x) - 1 for x in phrases if self._follows(x, i)), i) if phrases else i
        if p.pos[i] == "VERB" or parts == "v":
            if lemma in lex.not_verbs or p.dep[i] in {"aux", "auxpass"}:
                return None
            last = self._with_particle(i, last)
            return Trigger(i, i, last, lemma, "other")
        if last > i:
            return Trigger(last, i, last, lemma, "other")
        if "n" in parts and (lemma in lex.nouns or (p.pos[i] == "NOUN" and _formed(lemma))) and not self._in_name(i):
            return Trigger(i, self._compound(i), i, lemma, "other")
        if "a" in parts and lemma in lex.adjectives:
            return Trigger(i, i, i, lemma, "other")
        return None

    def _in_name(self, i: int) -> bool:
        """The event noun is part of a name or office: Security Council, defence ministry."""
        p, head = self._p, self._p.head[i]
        if p.dep[i] != "compound" or head <= i:
            return False
        return p.lemma[head].lower() in self._lex.names or p.lower[head] in self._lex.names

    def _follows(self, phrase: tuple[str, ...], i: int) -> bool:
        p, last = self._p, i + len(phrase) - 1
        return last < len(p) and p.sent[last] == p.sent[i] and self._side_by_side(phrase[1:], i + 1)

    # -- conditions of rules

    def _holds(self, test: Test, i: int, last: int) -> bool:
        if test.role == "near":
            return self._near(test.words, i, last) is test.wanted
        found = any(not test.words or self._is(w, test.words) for w in self._role(test.role, i, last))
        return found is test.wanted

    def _near(self, names: frozenset[str], i: int, last: int) -> bool:
        """One of the names stands in the sentence, outside words `i` to `last`."""
        places = self._sentence(self._p.sent[i])
        return any(places[name][0] < i or places[name][1] > last for name in names & places.keys())

    def _sentence(self, number: int) -> dict[str, tuple[int, int]]:
        """The sentence's words and base forms → where each stands first and last."""
        if number != self._number:
            p = self._p
            places: dict[str, tuple[int, int]] = {}
            for k in range(*p.sentences[number]):
                for name in (p.lower[k], p.lemma[k]):
                    places[name] = (places.get(name, (k, k))[0], k)
            self._number, self._places = number, places
        return self._places

    def _is(self, word: int, names: frozenset[str]) -> bool:
        sure = self._spots.get(word)
        named = sure is not None and ((sure and PLACE in names) or PERHAPS in names)
        return named or self._p.lower[word] in names or self._p.lemma[word].lower() in names

    def _role(self, role: str, i: int, last: int) -> Iterator[int]:
        p = self._p
        if role == "mod":
            yield from (k for w in {i, last} for k in p.kids[w] if k < i and p.dep[k] in BESIDE)
            if i and p.sent[i - 1] == p.sent[i]:
                yield i - 1
        elif role == "head":
            yield p.head[last]
        elif role == "todo":
            yield from (k for k in p.kids[i] if p.dep[k] in {"xcomp", "acl"})
        elif role == "that":
            yield from (k for k in p.kids[i] if p.dep[k] == "ccomp")
        else:
            for kid in self._arguments(role, i, last):
                yield from self._with_beside(kid)

    def _arguments(self, role: str, i: int, last: int) -> Iterator[int]:
        p = self._p
        passive = any(p.dep[k] in {"nsubjpass", "auxpass"} for k in p.kids[i])
        for kid in p.kids[i]:
            dep = p.dep[kid]
            if (role == "subj" and dep in _SUBJECT) or (role == "obj" and dep in _OBJECT):
                relative = p.tag[kid] in {"WDT", "WP"} and p.dep[i] == "relcl"
                yield p.head[i] if relative else kid
            elif dep in {"agent", "prep"}:
                by = dep == "agent" or (p.lower[kid] == "by" and passive)
                if role == p.lower[kid] or (role == "subj" and by):
                    yield from (k for k in p.kids[kid] if p.dep[k] == "pobj")
        if role == "subj" and not any(p.dep[k] == "nsubj" for k in p.kids[i]) and not passive:
            yield from self._shared_subject(i)
        if role == "obj" and p.dep[i] == "acl" and p.tag[i] == "VBN":
            yield p.head[i]
        if last > i:
            yield from self._arguments(role, last, last)

    def _shared_subject(self, i: int) -> Iterator[int]:
        """The subject that a joined verb or participle takes from the verb before it."""
        p, at = self._p, i
        if p.dep[i] in {"relcl", "acl"} and p.tag[i] in {"VB", "VBG"}:
            yield p.head[i]
        for _ in range(4):
            if p.dep[at] not in {"conj", "xcomp", "advcl"} or p.head[at] == at:
                return
            at = p.head[at]
            found = [k for k in p.kids[at] if p.dep[k] == "nsubj"]
            if found:
                yield from found
                return

    def _with_beside(self, word: int) -> Iterator[int]:
        """The word, what stands before it, what it is "of", and what is joined to it."""
        p = self._p
        yield word
        for kid in p.kids[word]:
            if p.dep[kid] in BESIDE:
                yield kid
            elif p.dep[kid] == "conj" or (p.dep[kid] == "prep" and p.lower[kid] in {"of", "out"}):
                yield from (kid, *p.kids[kid], *(below for k in p.kids[kid] for below in p.kids[k]))


@lru_cache(maxsize=1 << 16)
def _idle(lower: str, lemma: str, pos: str) -> bool:
    """No rule or list knows the word, whatever stands round it (verbs and headlines apart)."""
    lex = lexicon()
    for word in {lower, lemma.lower(), lower.removesuffix("s")}:
        if word in lex.rules or word in lex.phrases or word in lex.nouns or word in lex.adjectives:
            return False
    return not (pos == "NOUN" and (_formed(lemma.lower()) or _formed(lower)))


def _formed(lemma: str) -> bool:
    """The noun's ending shows that it names what somebody does."""
    lex = lexicon()
    if not lemma.endswith(lex.suffixes) or lemma in lex.not_nouns:
        return False
    return any(lemma.endswith(x) and len(lemma) - len(x) >= lex.stem for x in lex.suffixes)
