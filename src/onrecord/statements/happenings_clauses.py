"""A trigger in a parsed post → the clause that tells it."""

from __future__ import annotations

from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

STEPS = 16

_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "acl", "xcomp", "pcomp", "parataxis", "csubj", "dep"})


class Clauses:
    """Clauses of one post."""

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
