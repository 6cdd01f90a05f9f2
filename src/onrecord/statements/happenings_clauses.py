"""A trigger in a parsed post → the clause that tells it, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

STEPS = 16

_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "acl", "xcomp", "pcomp", "parataxis", "csubj", "dep"})
_INSIDE = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "quantmod", "advmod", "neg", "punct"})
_VICTIM_KINDS = frozenset({
    "arrest", "death", "kidnapping", "casualties", "expulsion", "legal case", "resignation", "appointment", "shooting",
    "territory taken", "election",
})  # fmt: skip
_LIGHT = frozenset(
    {
        "carry",
        "launch",
        "conduct",
        "make",
        "stage",
        "mount",
        "commit",
        "hold",
        "begin",
        "start",
        "do",
        "order",
        "impose",
        "sign",
        "sustain",
        "suffer",
    }
)
_SUFFER = frozenset({"sustain", "suffer", "face", "receive", "survive"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did it, who suffered it, who took part."""

    by: Range | None = None
    on: Range | None = None
    together: tuple[Range, ...] = ()


class Clauses:
    """Clauses and parties of one post."""

    def __init__(self, parsed: Parse) -> None:
        self._p = parsed
        self._scopes: dict[int, Range] = {}

    # -- the clause

    def scope(self, word: int) -> Range:
        """The clause that tells the word, without joined clauses and clauses with another subject."""
        head = self._clause(word)
        if head not in self._scopes:
            self._scopes[head] = self._range(head)
        start, end = self._scopes[head]
        return min(start, self._p.start[word]), max(end, self._p.end[word])

    def _clause(self, word: int) -> int:
        """The verb of the clause; a participle or infinitive that shares the subject belongs to the verb above."""
        p, at = self._p, word
        for _ in range(STEPS):
            if p.head[at] == at or (p.pos[at] in _VERBAL and p.dep[at] in _CLAUSES and not self._shares(at)):
                return at
            at = p.head[at]
        return at

    def _shares(self, verb: int) -> bool:
        p = self._p
        if any(p.dep[k] in _SUBJECTS for k in p.kids[verb]):
            return False
        if p.dep[verb] in {"xcomp", "pcomp"} or (p.dep[verb] == "advcl" and p.tag[verb] in {"VBG", "VBN", "VB"}):
            return True
        return p.dep[verb] == "conj" and not any(p.dep[k] in {"prep", "npadvmod"} for k in p.kids[verb])

    def _range(self, head: int) -> Range:
        """Words of the clause around its verb."""
        p = self._p
        kept, todo = {head}, [head]
        while todo:
            at = todo.pop()
            for kid in p.kids[at]:
                if not self._apart(kid):
                    kept.add(kid)
                    todo.append(kid)
        if p.dep[head] == "acl":
            kept.add(p.head[head])
        first, last = min(kept), max(kept)
        while first < last and p.pos[first] in {"PUNCT", "CCONJ"}:
            first += 1
        while first < last and p.pos[last] in {"PUNCT", "CCONJ"}:
            last -= 1
        return p.start[first], p.end[last]

    def _apart(self, word: int) -> bool:
        """A clause of its own: it is told by itself."""
        p = self._p
        if p.pos[word] not in _VERBAL:
            return False
        if p.dep[word] in {"relcl", "parataxis"}:
            return True
        return p.dep[word] in {"conj", "ccomp", "advcl"} and not self._shares(word)

    # -- who takes part

    def roles(self, word: int, kind: str) -> Roles:
        """The parties of the happening that the word names."""
        if self._p.pos[word] in _VERBAL:
            return self._of_verb(word)
        return self._of_noun(word, kind)

    def _of_verb(self, verb: int) -> Roles:
        p = self._p
        by: int | None = None
        on: int | None = None
        together: list[Range] = []
        for kid in p.kids[verb]:
            dep = p.dep[kid]
            if dep == "nsubj":
                by = kid
            elif dep in {"dobj", "nsubjpass"}:
                on = kid
            elif dep == "agent" or (dep == "prep" and p.lower[kid] == "by"):
                by = self._object(kid, by)
            elif dep == "prep" and p.lower[kid] == "with":
                together.extend(
                    self._named(k) for k in p.kids[kid] if p.dep[k] == "pobj" and p.pos[k] in {"PROPN", "NOUN"}
                )
        passive = any(p.dep[k] in {"nsubjpass", "auxpass"} for k in p.kids[verb])
        if by is None and not passive and not (p.dep[verb] == "acl" and p.tag[verb] == "VBN"):
            by = self._subject_above(verb)
        if on is None and p.tag[verb] == "VBN" and p.dep[verb] == "acl":
            on = p.head[verb]
        return Roles(self._party(by), self._party(on), tuple(together))

    def _object(self, prep: int, known: int | None) -> int | None:
        p = self._p
        return next((k for k in p.kids[prep] if p.dep[k] == "pobj"), known)

    def _subject_above(self, verb: int) -> int | None:
        """Of a joined verb, an infinitive or a participle: the subject of the verb above."""
        p, at = self._p, verb
        for _ in range(STEPS):
            if p.dep[at] == "relcl" or p.head[at] == at:
                return None
            if p.dep[at] not in {"conj", "xcomp", "advcl"}:
                return p.head[at] if p.dep[at] == "acl" and p.tag[at] == "VBG" else None
            at = p.head[at]
            found = next((k for k in p.kids[at] if p.dep[k] in {"nsubj", "nsubjpass"}), None)
            if found is not None:
                return found
        return None

    def _of_noun(self, noun: int, kind: str) -> Roles:
        p = self._p
        victim = kind in _VICTIM_KINDS
        by: int | None = None
        on: int | None = None
        together: list[Range] = []
        for kid, prep in self._around(noun):
            if prep in {"poss", "of"}:
                by, on = (
                    (by, kid)
                    if victim
                    else (kid if by is None and prep == "poss" else by, on or (kid if prep == "of" else None))
                )
            elif prep == "by":
                by = kid
            elif prep in {"on", "against"}:
                on = kid
            elif prep in {"with", "between"}:
                together.extend(self._named(k) for k in (kid, *self._joined(kid)))
        head = p.head[noun]
        if by is None and p.dep[noun] == "dobj" and p.lemma[head] in _LIGHT and p.lemma[head] not in _SUFFER:
            by = next((k for k in p.kids[head] if p.dep[k] == "nsubj"), None) or self._subject_above(head)
        return Roles(self._party(by), self._party(on), tuple(together))

    def _around(self, noun: int) -> Iterator[tuple[int, str]]:
        """(word, relation): possessors, and the nouns after prepositions."""
        p = self._p
        for kid in p.kids[noun]:
            if p.dep[kid] == "poss":
                yield kid, "poss"
            elif p.dep[kid] in {"prep", "agent"}:
                yield from ((k, p.lower[kid]) for k in p.kids[kid] if p.dep[k] == "pobj")

    def _joined(self, noun: int) -> list[int]:
        p, out, at = self._p, [], noun
        for _ in range(STEPS):
            following = next((k for k in p.kids[at] if p.dep[k] == "conj"), None)
            if following is None:
                break
            out.append(following)
            at = following
        return out

    def _party(self, word: int | None) -> Range | None:
        """The party's words; a relative pronoun stands for the noun before it."""
        p = self._p
        if word is None:
            return None
        if p.tag[word] in {"WDT", "WP"} and p.dep[p.head[word]] == "relcl":
            word = p.head[p.head[word]]
        return self._named(word) if p.pos[word] in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} else None

    def _named(self, noun: int) -> Range:
        """The noun with what stands before it, and its "of" phrase."""
        p = self._p
        first = last = noun
        for kid in p.kids[noun]:
            if kid < noun and p.dep[kid] in _INSIDE:
                first = min(first, p.subtree(kid)[0])
            elif kid > noun and p.dep[kid] == "prep" and p.lower[kid] == "of" and kid == last + 1:
                of = next((k for k in p.kids[kid] if p.dep[k] == "pobj"), None)
                if of is not None:
                    last = of
        while first < noun and p.pos[first] == "PUNCT":
            first += 1
        return p.start[first], p.end[last]
