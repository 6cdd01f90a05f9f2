"""A parsed post → the words that trigger happenings, with their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.statements.happenings_words import Lexicon, Rule, Test, lexicon
from onrecord.statements.parse import Parse

_NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECT = frozenset({"nsubj"})
_OBJECT = frozenset({"dobj", "nsubjpass"})
_PREPOSITIONS = frozenset({"of", "on", "in", "at", "for", "to", "with", "against", "from", "over", "into"})
_BESIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words `first` to `last` (inclusive) name something that happens; `word` is the one that carries the grammar."""

    word: int
    first: int
    last: int
    lemma: str
    kind: str


class Matcher:
    """Finds the triggers of one post."""

    def __init__(self, parsed: Parse) -> None:
        self._p = parsed
        self._lex: Lexicon = lexicon()
        self._loose = frozenset(s for s, (a, b) in enumerate(parsed.sentences) if self._capitals(a, b))

    def _capitals(self, first: int, last: int) -> bool:
        """The sentence is set in capitals, or like a headline, so that parts of speech can't be trusted."""
        words = [w for w in self._p.words[first:last] if w[0].isalpha() and len(w) > 3]
        return len(words) > 2 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)

    def triggers(self) -> Iterator[Trigger]:
        """In text order; no two share a word."""
        taken = -1
        for i in range(len(self._p)):
            if i > taken:
                found = self._at(i)
                if found is not None:
                    taken = found.last
                    yield found

    def _at(self, i: int) -> Trigger | None:
        lemma, parts = self._base(i)
        if not parts:
            return None
        for rule in self._lex.rules.get(lemma, ()):
            if rule.part in parts:
                last = self._phrase(rule, i)
                if last is not None and all(self._holds(test, i, last) for test in rule.tests):
                    return self._strong(rule, i, last)
        return self._weak(i, lemma, parts)

    def _base(self, i: int) -> tuple[str, str]:
        """(base form, parts that the word may play)."""
        p = self._p
        pos, lower = p.pos[i], p.lower[i]
        if pos == "VERB":
            return p.lemma[i].lower(), "va" if p.tag[i] == "VBN" else "v"
        if pos == "NOUN":
            return p.lemma[i].lower(), "n"
        if pos == "ADJ":
            return lower, "a"
        if p.sent[i] in self._loose and lower in self._lex.forms:
            return self._lex.forms[lower]
        if pos == "PROPN":
            return lower, "n"
        return lower, ""

    def _phrase(self, rule: Rule, i: int) -> int | None:
        """The last word of the rule's phrase from word `i`; a verb's particle may stand apart. None for no match."""
        p, rest = self._p, rule.words[1:]
        if not rest:
            return i
        after = range(i + 1, min(i + 1 + len(rest), len(p)))
        if len(after) == len(rest) and all(
            w in (p.lemma[j].lower(), p.lower[j]) for w, j in zip(rest, after, strict=True)
        ):
            return i + len(rest)
        return i if rule.part == "v" and self._apart(rest, i) else None

    def _apart(self, rest: tuple[str, ...], i: int) -> bool:
        """Each further word hangs on the one before: set the car *on* *fire*."""
        p, at = self._p, i
        for word in rest:
            found = next((k for k in p.kids[at] if word in (p.lower[k], p.lemma[k])), None)
            if found is None:
                return False
            at = found
        return True

    def _strong(self, rule: Rule, i: int, last: int) -> Trigger:
        p = self._p
        word = i if rule.part == "v" else last
        kind = rule.kind
        if rule.part == "n" and p.dep[word] == "compound" and p.pos[p.head[word]] in _NOMINAL:
            head = p.head[word]
            named = p.lemma[head].lower()
            if head > word and named not in self._lex.keep and named not in self._lex.rules:
                kind = "other"
        return Trigger(word, i, last, " ".join(rule.words), kind)

    def _weak(self, i: int, lemma: str, parts: str) -> Trigger | None:
        p, lex = self._p, self._lex
        if p.pos[i] == "VERB":
            if lemma in lex.not_verbs or p.dep[i] in {"aux", "auxpass"}:
                return None
            last = next((i + len(x) - 1 for x in lex.phrases.get(lemma, ()) if self._follows(x, i)), i)
            return Trigger(i, i, last, lemma, "other")
        if "n" in parts and (lemma in lex.nouns or (p.pos[i] == "NOUN" and self._formed(lemma))):
            return Trigger(i, i, i, lemma, "other")
        return None

    def _follows(self, phrase: tuple[str, ...], i: int) -> bool:
        lower = self._p.lower
        return tuple(lower[i + 1 : i + len(phrase)]) == phrase[1:]

    def _formed(self, lemma: str) -> bool:
        """The noun's ending shows that it names what somebody does."""
        lex = self._lex
        if not lemma.endswith(lex.suffixes) or lemma in lex.not_nouns:
            return False
        return any(lemma.endswith(x) and len(lemma) - len(x) >= lex.stem for x in lex.suffixes)

    # -- conditions of rules

    def _holds(self, test: Test, i: int, last: int) -> bool:
        found = any(not test.words or self._is(w, test.words) for w in self._role(test.role, i, last))
        return found is test.wanted

    def _is(self, word: int, names: frozenset[str]) -> bool:
        return self._p.lower[word] in names or self._p.lemma[word].lower() in names

    def _role(self, role: str, i: int, last: int) -> Iterator[int]:
        p = self._p
        if role == "near":
            yield from range(*p.sentences[p.sent[i]])
        elif role == "mod":
            yield from (k for w in {i, last} for k in p.kids[w] if k < i and p.dep[k] in _BESIDE)
            if i and p.sent[i - 1] == p.sent[i]:
                yield i - 1
        elif role == "head":
            if p.dep[last] == "compound":
                yield p.head[last]
        else:
            for kid in self._arguments(role, i):
                yield from self._with_beside(kid)

    def _arguments(self, role: str, i: int) -> Iterator[int]:
        p = self._p
        passive = any(p.dep[k] in {"nsubjpass", "auxpass"} for k in p.kids[i])
        for kid in p.kids[i]:
            dep = p.dep[kid]
            if (role == "subj" and dep in _SUBJECT) or (role == "obj" and dep in _OBJECT):
                yield kid
            elif dep in {"agent", "prep"}:
                by = dep == "agent" or (p.lower[kid] == "by" and passive)
                if role == p.lower[kid] or (role == "subj" and by):
                    yield from (k for k in p.kids[kid] if p.dep[k] == "pobj")
        if role == "subj" and not any(p.dep[k] == "nsubj" for k in p.kids[i]) and not passive:
            yield from self._shared_subject(i)
        if role == "obj" and p.dep[i] == "acl" and p.tag[i] == "VBN":
            yield p.head[i]

    def _shared_subject(self, i: int) -> Iterator[int]:
        """The subject that a joined verb or participle takes from the verb before it."""
        p, at = self._p, i
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
            if p.dep[kid] in _BESIDE:
                yield kid
            elif p.dep[kid] == "conj" or (p.dep[kid] == "prep" and p.lower[kid] == "of"):
                yield from (kid, *p.kids[kid])
