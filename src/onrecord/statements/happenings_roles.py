"""A trigger in a parsed post → who did it, who suffered it, who took part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.statements.draft import Range
from onrecord.statements.happenings_match import Trigger
from onrecord.statements.happenings_words import Kind, kinds, lexicon
from onrecord.statements.parse import Parse

STEPS = 16
_WORDS = 0.5
"""Kinds of less weight are words, not deeds: criticism *from* somebody."""

_VERBAL = frozenset({"VERB", "AUX"})
_NAMING = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BEFORE = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "quantmod", "advmod", "neg", "punct"})
_TARGETS = frozenset({"on", "at", "against", "upon"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did it, who suffered it, who took part."""

    by: Range | None = None
    on: Range | None = None
    together: tuple[Range, ...] = ()


class Parties:
    """The parties of one post's happenings."""

    def __init__(self, parsed: Parse) -> None:
        self._p = parsed
        self._names: dict[int, Range] = {}
        lex = lexicon()
        self._light, self._times, self._things, self._undergone = lex.light, lex.times, lex.things, lex.undergone

    def of(self, trigger: Trigger) -> Roles:
        """The parties of the happening that the trigger names."""
        about = kinds()[trigger.kind]
        if self._p.pos[trigger.word] in _VERBAL:
            return self._of_verb(trigger, about)
        return self._of_noun(trigger, about)

    # -- round a verb

    def _of_verb(self, trigger: Trigger, about: Kind) -> Roles:
        p, verb = self._p, trigger.word
        by: int | None = None
        on: int | None = None
        together: list[int] = []
        passive = p.tag[verb] == "VBN" and any(p.dep[k] in {"nsubjpass", "auxpass"} for k in p.kids[verb])
        for kid in p.kids[verb]:
            dep = p.dep[kid]
            if dep == "nsubj":
                by = kid
            elif dep in {"dobj", "nsubjpass"} and not trigger.first <= kid <= trigger.last:
                on = kid
            elif dep == "agent" or (passive and dep == "prep" and p.lower[kid] == "by"):
                by = self._object(kid) or by
            elif dep == "prep" and about.takes_with and p.lower[kid] == "with":
                together.extend(self._listed(self._object(kid)))
        adnominal = p.dep[verb] == "acl" and p.tag[verb] == "VBN"
        if by is None and not passive and not adnominal:
            by = self._subject_above(verb)
        together.extend(self._listed(by)[1:])
        if self._undergoes(trigger):
            return self._roles(self._source(trigger), by, together)
        if on is None:
            on = p.head[verb] if adnominal else self._target(trigger)
        return self._roles(by, on, together)

    def _undergoes(self, trigger: Trigger) -> bool:
        """The subject suffers it: "the patrol *came under fire*"."""
        p = self._p
        rest = p.lower[trigger.first + 1 : trigger.last + 1]
        return " ".join((p.lemma[trigger.first].lower(), *rest)) in self._undergone

    def _source(self, trigger: Trigger) -> int | None:
        """Where what is suffered comes from: "came under fire *from rebels*"."""
        p = self._p
        preps = (k for w in range(trigger.first, trigger.last + 1) for k in p.kids[w] if p.lower[k] in {"from", "by"})
        return next((found for k in preps if (found := self._object(k)) is not None), None)

    def _object(self, prep: int) -> int | None:
        p = self._p
        found = next((k for k in p.kids[prep] if p.dep[k] == "pobj"), None)
        return None if found is None or p.lower[found] in self._times else found

    def _target(self, trigger: Trigger) -> int | None:
        """Of a verb with its own object inside the trigger: "opened fire *on the crowd*"."""
        p = self._p
        if trigger.first == trigger.last:
            return None
        words = (trigger.word, trigger.last)
        preps = (k for w in words for k in p.kids[w] if p.dep[k] == "prep" and p.lower[k] in _TARGETS)
        return next((found for k in preps if (found := self._object(k)) is not None), None)

    def _subject_above(self, verb: int) -> int | None:
        """Of a joined verb, an infinitive or a participle: the subject of the verb above."""
        p, at = self._p, verb
        for _ in range(STEPS):
            if p.dep[at] == "acl" and p.tag[at] == "VBG":
                return p.head[at]
            if p.dep[at] not in {"conj", "xcomp", "advcl"} or p.head[at] == at:
                return None
            at = p.head[at]
            found = next((k for k in p.kids[at] if p.dep[k] in _SUBJECTS), None)
            if found is not None:
                return found
        return None

    # -- round a noun

    def _of_noun(self, trigger: Trigger, about: Kind) -> Roles:
        by: int | None = None
        on: int | None = None
        together: list[int] = []
        for word, relation in self._around(trigger):
            if relation == "by":
                by = word
            elif relation in _TARGETS and relation != "at":
                on = word if about.takes_target else on
            elif relation in {"with", "between"} and about.takes_with:
                together.extend(self._listed(word))
            elif relation == "of" or (relation == "poss" and about.takes_victim):
                by, on = (on, word) if relation == "of" and on is not None and by is None else (by, on or word)
            elif relation in {"poss", "people"} or (relation == "from" and about.weight < _WORDS):
                by = word if by is None else by
        return self._roles(self._doer(trigger.word) if by is None else by, on, together)

    def _around(self, trigger: Trigger) -> Iterator[tuple[int, str]]:
        """(word, relation): possessors, peoples ("Malian troops' *French* raid") and the nouns after prepositions."""
        p = self._p
        for kid in p.kids[trigger.word]:
            if p.dep[kid] == "poss" and p.lower[kid] not in self._times:
                yield kid, "poss"
            elif p.dep[kid] == "amod" and p.words[trigger.word].islower() and self._people(kid):
                yield kid, "people"
            else:
                yield from self._after(kid)
        head = p.head[trigger.word]
        if p.dep[trigger.word] == "dobj" and p.lemma[head] in self._light:
            both = (pair for kid in p.kids[head] for pair in self._after(kid))
            yield from (pair for pair in both if pair[1] in {"with", "against"})

    def _after(self, prep: int) -> Iterator[tuple[int, str]]:
        """The nouns after a preposition that say no time."""
        p = self._p
        if p.dep[prep] in {"prep", "agent"}:
            nouns = (k for k in p.kids[prep] if p.dep[k] == "pobj" and p.lower[k] not in self._times)
            yield from ((k, p.lower[prep]) for k in nouns)

    def _people(self, adjective: int) -> bool:
        """Malian, Turkish: a capital inside a sentence in small letters; at its start the ending must show it too."""
        p = self._p
        if p.pos[adjective] != "ADJ" or not p.words[adjective].istitle():
            return False
        first = p.sentences[p.sent[adjective]][0]
        return adjective > first or p.lower[adjective].endswith(("an", "ish", "ese", "ch", "i", "ek", "wiss"))

    def _doer(self, noun: int) -> int | None:
        """The subject of a verb that does no more than carry the noun: "*rebels* launched an attack"."""
        p, head = self._p, self._p.head[noun]
        if p.dep[noun] != "dobj" or p.lemma[head] not in self._light:
            return None
        own = next((k for k in p.kids[head] if p.dep[k] == "nsubj"), None)
        return self._subject_above(head) if own is None else own

    # -- the words of a party

    def _listed(self, noun: int | None) -> list[int]:
        """The noun and those joined to it: "Kenya, Uganda and Rwanda"."""
        p = self._p
        out: list[int] = []
        while noun is not None and len(out) < STEPS:
            out.append(noun)
            noun = next((k for k in p.kids[noun] if p.dep[k] == "conj" and p.pos[k] in _NAMING), None)
        return out

    def _roles(self, by: int | None, on: int | None, together: Iterable[int]) -> Roles:
        with_ = tuple(span for word in together if (span := self._party(word)) is not None)
        return Roles(None if self._thing(by) else self._party(by), self._party(on), with_)

    def _thing(self, word: int | None) -> bool:
        """A bomb, a blast, a quake or a number did it, and nothing says whose: no party ("Malian drones" are one)."""
        p = self._p
        if word is None or p.pos[word] not in {"NOUN", "NUM"}:
            return False
        if p.pos[word] == "NOUN" and p.lemma[word].lower() not in self._things:
            return False
        return not any(p.dep[k] == "poss" or (p.dep[k] == "amod" and self._people(k)) for k in p.kids[word])

    def _party(self, word: int | None) -> Range | None:
        """The party's words; a relative pronoun stands for the noun before it."""
        p = self._p
        if word is not None and p.tag[word] in {"WDT", "WP"} and p.dep[p.head[word]] == "relcl":
            word = p.head[p.head[word]]
        if word is not None and p.pos[word] == "PRON":
            word = self._meant(word)
        return None if word is None or p.pos[word] not in _NAMING else self._named(self._called(word))

    def _called(self, noun: int) -> int:
        """The name that follows straight upon what somebody is: "the journalist *Ana Reis*"."""
        p, after = self._p, noun + 1
        if p.pos[noun] != "NOUN" or after >= len(p) or p.pos[after] != "PROPN":
            return noun
        return next((k for k in p.kids[noun] if p.dep[k] == "appos" and p.subtree(k)[0] == after), noun)

    def _meant(self, pronoun: int) -> int | None:
        """Who "it" is in "the army said it had …", and "its" in "the army began its …"; None for other pronouns."""
        p = self._p
        if p.tag[pronoun] not in {"PRP", "PRP$"} or p.lower[pronoun] in {
            "i",
            "we",
            "you",
            "me",
            "us",
            "my",
            "our",
            "your",
        }:
            return None
        at = p.head[pronoun] if p.tag[pronoun] == "PRP" else pronoun
        if p.tag[pronoun] == "PRP" and p.dep[at] != "ccomp":
            return None
        for _ in range(STEPS):
            at = p.head[at]
            if p.dep[at] == "acl":
                agent = next((self._object(k) for k in p.kids[at] if p.dep[k] == "agent"), None)
                return p.head[at] if p.tag[at] == "VBG" else agent
            subject = next((k for k in p.kids[at] if p.dep[k] in _SUBJECTS), None) if p.pos[at] in _VERBAL else None
            if subject is not None or p.head[at] == at:
                if subject is not None and p.dep[at] == "relcl" and p.tag[subject] in {"WDT", "WP"}:
                    subject = p.head[at]
                return subject if subject is not None and p.pos[subject] in {"NOUN", "PROPN"} else None
        return None

    def _named(self, noun: int) -> Range:
        """The noun with what stands before it, and its "of" phrase."""
        if noun not in self._names:
            self._names[noun] = self._words(noun)
        return self._names[noun]

    def _words(self, noun: int) -> Range:
        p = self._p
        first, last = noun, noun
        for kid in p.kids[noun]:
            if kid < noun and p.dep[kid] in _BEFORE:
                first = min(first, p.subtree(kid)[0])
            elif kid == last + 1 and p.lower[kid] == "of":
                last = next((k for k in p.kids[kid] if p.dep[k] == "pobj"), last)
        while first < noun and p.pos[first] == "PUNCT":
            first += 1
        return p.start[first], p.end[last]
