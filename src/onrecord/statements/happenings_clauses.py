"""A trigger in a parsed post → the clause that tells it."""

from __future__ import annotations

from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

STEPS = 16

_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "acl", "xcomp", "pcomp", "parataxis", "csubj", "dep"})
_APART = frozenset({"relcl", "parataxis", "conj", "ccomp", "advcl"})
_EDGES = frozenset({"PUNCT", "CCONJ"})


class Clauses:
    """Clauses of one post. Every word belongs to one; all are found in one pass."""

    def __init__(self, parsed: Parse) -> None:
        self._p = parsed
        self._bounds: dict[int, tuple[int, int]] = {}
        self._scopes: dict[int, Range] = {}
        self._sort()

    def scope(self, word: int) -> Range:
        """The clause that tells the word, without joined clauses and clauses with another subject."""
        head = self._clause(word)
        if head not in self._scopes:
            self._scopes[head] = self._trimmed(*(self._bounds.get(head) or self._below(head)))
        start, end = self._scopes[head]
        return min(start, self._p.start[word]), max(end, self._p.end[word])

    def _sort(self) -> None:
        """First and last word of each clause that stands apart, by its verb."""
        head, dep = self._p.head, self._p.dep
        owner = [-1] * len(head)
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for word in range(len(head)):
            if (top := owner[word]) < 0:
                path, at = [word], word
                while owner[at] < 0 and head[at] != at and not (dep[at] in _APART and self._apart(at)):
                    at = head[at]
                    path.append(at)
                top = at if owner[at] < 0 else owner[at]
                for below in path:
                    owner[below] = top
            first.setdefault(top, word)
            last[top] = word
        self._bounds = {top: (word, last[top]) for top, word in first.items()}

    def _apart(self, word: int) -> bool:
        """Of a word whose relation is in `_APART`: it is a clause told by itself."""
        p = self._p
        if p.pos[word] not in _VERBAL:
            return False
        return p.dep[word] in {"relcl", "parataxis"} or not self._shares(word)

    def _clause(self, word: int) -> int:
        """The verb of the clause; a participle or infinitive that shares the subject belongs to the verb above."""
        p, at = self._p, word
        for _ in range(STEPS):
            if p.head[at] == at or (p.pos[at] in _VERBAL and p.dep[at] in _CLAUSES and not self._shares(at)):
                break
            at = p.head[at]
        return at

    def _shares(self, verb: int) -> bool:
        """It has the subject of the verb above, and no place or time of its own."""
        p, dep = self._p, self._p.dep[verb]
        if any(p.dep[k] in _SUBJECTS for k in p.kids[verb]):
            return False
        if dep in {"xcomp", "pcomp"} or (dep == "advcl" and p.tag[verb] in {"VBG", "VBN", "VB"}):
            return True
        return dep == "conj" and not any(p.dep[k] in {"prep", "npadvmod"} for k in p.kids[verb])

    def _below(self, head: int) -> tuple[int, int]:
        """First and last word of a clause that is part of a larger one: "people *killed in Marrow*"."""
        p = self._p
        kept, todo = [head], [head]
        while todo:
            inside = [kid for kid in p.kids[todo.pop()] if not (p.dep[kid] in _APART and self._apart(kid))]
            kept += inside
            todo += inside
        if p.dep[head] == "acl":
            noun = p.head[head]
            kept += [noun, *(kid for kid in p.kids[noun] if kid < noun)]
        return min(kept), max(kept)

    def _trimmed(self, first: int, last: int) -> Range:
        p = self._p
        while first < last and p.pos[first] in _EDGES:
            first += 1
        while first < last and p.pos[last] in _EDGES:
            last -= 1
        return p.start[first], p.end[last]
