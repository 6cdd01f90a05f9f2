"""A word of a parsed post → how real it is: it happened, goes on, is planned, threatened, possible, or did not.

A word's own marks (tense, modals, negation, "planned" before a noun) meet those of what governs it ("threatened to …",
"a call for …", "if …"): the climb goes from governor to governor, at most `STEPS` up, until a word that stands on its
own. The word classes are in `data/reality.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files
from onrecord.statements.parse import Parse

STEPS = 16

_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NOUN_LIKE = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "pcomp", "attr", "compound", "amod"})
_OPERATORS = ("planned", "threatened", "possible", "not_done", "excluded", "through", "topic", "called", "doubt")
_ROLES = ("verbs", "objects", "subjects", "nouns", "adjectives", "predicates")
_OF_ANY = {"topic": "possible", "called": "planned"}
"""What these do to a noun that is no definite one; to others nothing."""
_UNREAL = frozenset({"planned", "threatened", "possible"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_UNTIL = frozenset({"until", "till"})
_PAST_PREPOSITIONS = frozenset({"after", "following", "since", "during", "amid", "despite"})


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes of `data/reality.toml`: base form → operator, by role of the governing word."""

    verbs: dict[str, str]
    objects: dict[str, str]
    subjects: dict[str, str]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    predicates: dict[str, str]
    sets: dict[str, frozenset[str]]


@cache
def words() -> Words:
    """The word classes, loaded once."""
    table = word_files.table("reality.toml")
    roles: dict[str, dict[str, str]] = {role: {} for role in _ROLES}
    for operator in _OPERATORS:
        for role, known in roles.items():
            for word in table[operator].get(role, "").split():
                known.setdefault(word, operator)
    sets = {name: frozenset(text.split()) for name, text in table["words"].items()}
    return Words(**roles, sets=sets)


@dataclass(frozen=True, slots=True)
class Link:
    """What governs a word: the governor to ask, or None, and what it does with its own reality."""

    to: int | None
    operator: str
    """closed, inherit, lean (takes over plans and possibilities only), or a class of `data/reality.toml`."""


_CLOSED = Link(None, "closed")


class Realities:
    """The realities of one post's words; each is worked out once."""

    def __init__(self, parsed: Parse, titles: frozenset[int] = frozenset()) -> None:
        """`titles` are the numbers of sentences that are headlines."""
        self._p = parsed
        self._titles = titles
        self._words = words()
        self._known: dict[int, str] = {}
        self._denials = not self._words.sets["deny"].isdisjoint(parsed.lemma)

    def of(self, word: int) -> str:
        """happened, ongoing, planned, threatened, possible or not_done."""
        path: list[tuple[int, Link]] = []
        at: int | None = word
        while at is not None and at not in self._known and len(path) < STEPS:
            link = self._link(at)
            path.append((at, link))
            at = link.to
        outer = self._known.get(at, "happened") if at is not None else "happened"
        for node, link in reversed(path):
            own = self._own(node)
            going = own == "ongoing" and self._p.pos[node] not in _VERBAL  # "discussed the ongoing siege"
            outer = self._known[node] = "ongoing" if going else merged(own, applied(link.operator, outer))
        return outer

    def denied(self, word: int) -> bool:
        """True when the word hangs on a denial: "denied that …", "denied shelling", "denial of …"."""
        at: int | None = word if self._denials else None
        for _ in range(STEPS):
            if at is None:
                return False
            at = self._link(at).to
            if at is not None and self._p.lemma[at].lower() in self._words.sets["deny"]:
                return True
        return False

    # -- a word's own marks

    def _own(self, i: int) -> str | None:
        return self._own_verb(i) if self._p.pos[i] in _VERBAL else self._own_noun(i)

    def _own_noun(self, i: int) -> str | None:
        p, sets = self._p, self._words.sets
        if p.tag[i] in {"NN", "NNP"} and i and p.lower[i - 1] in sets["before_verb"]:
            return self._mistaken(p.lower[i - 1])
        for kid in p.kids[i]:
            if p.dep[kid] in {"det", "neg", "nummod"} and p.lower[kid] in sets["no_one"]:
                return "not_done"
            if p.dep[kid] in {"amod", "compound", "advmod", "det"}:
                found = self._words.adjectives.get(p.lower[kid])
                if found:
                    return found
                if p.lower[kid] in sets["ongoing"]:
                    return "ongoing"
        return None

    def _mistaken(self, before: str) -> str | None:
        """Of a verb that the parser took for a noun, as it does in headlines and capitals: "nurses to strike"."""
        sets = self._words.sets
        if before in sets["negations"]:
            return "not_done"
        return "possible" if before in sets["possible_modals"] else "planned"

    def _own_verb(self, i: int) -> str | None:
        p, sets = self._p, self._words.sets
        kids = p.kids[i]
        helpers = [k for k in kids if p.dep[k] in {"aux", "auxpass"}]
        lowers = {p.lower[k] for k in helpers}
        if "to" in lowers and "have" in lowers:
            return "happened"
        negated = self._negated(i, helpers)
        real = self._modal(i, lowers) or self._tense(i, lowers)
        if negated and self._waits(i):
            return "happened" if lowers & sets["past_helpers"] or lowers & sets["be_past"] else "planned"
        if negated:
            may = real == "possible" and lowers & {"may", "might", "should"}
            return "possible" if may else "not_done"
        if real in {None, "happened", "ongoing", "planned"} and any(p.lower[k] in sets["maybe"] for k in kids):
            return "possible"
        if real is not None and self._asked(i):
            return "possible"
        if real == "planned" and self._conditional(i):
            return "possible"
        return real

    def _negated(self, i: int, helpers: list[int]) -> bool:
        p, sets = self._p, self._words.sets
        for k in p.kids[i]:
            if p.dep[k] == "neg" or (p.dep[k] in {"advmod", "preconj", "cc"} and p.lower[k] in sets["negations"]):
                return True
            if p.dep[k] in _SUBJECTS and self._is_none(k):
                return True
        return any(p.dep[k] == "neg" for h in helpers for k in p.kids[h])

    def _waits(self, i: int) -> bool:
        """ "Not until Friday": only then."""
        p = self._p
        return any(
            p.lower[k] in _UNTIL or (p.dep[k] == "advcl" and self._mark(k) in _UNTIL) for k in p.kids[i] if k > i
        )

    def _is_none(self, noun: int) -> bool:
        p, none = self._p, self._words.sets["no_one"]
        before = list(p.lower[max(0, noun - 2) : noun])
        if p.lower[noun] in none or (p.lower[noun] == "one" and (before[-1:] == ["no"] or before == ["no", "-"])):
            return True
        return any(p.dep[k] in {"det", "neg"} and p.lower[k] in none for k in p.kids[noun])

    def _modal(self, i: int, helpers: set[str]) -> str | None:
        sets = self._words.sets
        if helpers & sets["future_modals"]:
            return "planned"
        modal = helpers & sets["possible_modals"]
        if not modal:
            return None
        if "would" in modal or "'d" in modal:
            if "have" in helpers:
                return "not_done"
            return "planned" if self._reported(i) else "possible"
        return "not_done" if "should" in modal and "have" in helpers else "possible"

    def _reported(self, i: int) -> bool:
        """ "would" of a past telling: "said it would withdraw"."""
        p, head = self._p, self._p.head[i]
        return p.dep[i] == "ccomp" and p.tag[head] in {"VBD", "VBN"} and not self._conditional(i)

    def _tense(self, i: int, helpers: set[str]) -> str | None:
        p, tag, sets = self._p, self._p.tag[i], self._words.sets
        if tag == "VBG":
            if helpers & sets["be_past"]:
                return "happened"
            return ("planned" if self._later(i) else "ongoing") if helpers & sets["be_present"] else None
        if "being" in helpers:
            return "happened" if helpers & sets["be_past"] else ("ongoing" if helpers & sets["be_now"] else None)
        if tag == "VBN" and not helpers & sets["finite_helpers"]:
            return "happened" if p.dep[i] == "ROOT" else None
        if tag == "VBD" or helpers & sets["past_helpers"]:
            return None if "to" in helpers else "happened"
        if tag == "VB":
            return self._base_form(i, helpers)
        return "planned" if self._later(i) else ("ongoing" if p.lemma[i] in sets["states"] else "happened")

    def _base_form(self, i: int, helpers: set[str]) -> str | None:
        p = self._p
        subject = any(p.dep[k] in _SUBJECTS for k in p.kids[i])
        if "to" in helpers:
            over = p.head[i] if p.dep[i] in {"relcl", "acl"} else i
            return "planned" if p.dep[over] == "ROOT" and p.sent[i] in self._titles else None
        if p.dep[i] in {"xcomp", "conj", "acl"} or (p.dep[i] == "ccomp" and subject):
            return None
        return "happened" if subject or helpers or p.sent[i] in self._titles else "possible"

    def _later(self, i: int) -> bool:
        """The verb's own clause dates it ahead: tomorrow, next week."""
        p, later = self._p, self._words.sets["later"]
        for k in p.kids[i]:
            if p.lower[k] in later and p.dep[k] in {"npadvmod", "advmod"}:
                return True
            if p.dep[k] in {"npadvmod", "prep"} and any(
                p.lower[x] in later for y in (k, *p.kids[k]) for x in p.kids[y]
            ):
                return True
        return False

    def _asked(self, i: int) -> bool:
        p = self._p
        first, last = p.sentences[p.sent[i]]
        return p.dep[i] == "ROOT" and "?" in p.words[max(first, last - 2) : last]

    def _conditional(self, i: int) -> bool:
        """An "if" clause hangs on the verb."""
        p = self._p
        return any(p.dep[k] == "advcl" and self._mark(k) in self._words.sets["if"] for k in p.kids[i])

    def _mark(self, i: int) -> str:
        p = self._p
        return next(
            (
                p.lower[k]
                for k in p.kids[i]
                if p.dep[k] in {"mark", "advmod"} and k < i and p.lower[k] in self._words.sets["marks"]
            ),
            "",
        )

    # -- what governs it

    def _link(self, i: int) -> Link:
        p = self._p
        dep, head = p.dep[i], p.head[i]
        if dep == "ROOT" or head == i:
            return _CLOSED
        if dep == "conj":
            return self._beside(i, head)
        if p.pos[i] in _VERBAL and dep not in _NOUN_LIKE:
            return self._over_clause(i, dep, head)
        return self._over_noun(i, dep, head)

    def _beside(self, i: int, head: int) -> Link:
        """Of two joined by "and": the second shares what governs the first, and its helpers where it has none."""
        p = self._p
        alike = p.pos[i] in _VERBAL and p.pos[head] in _VERBAL
        if not alike:
            return Link(head, "inherit") if p.pos[i] == p.pos[head] or p.pos[i] in {"NOUN", "PROPN"} else _CLOSED
        if self._finite(i) and not self._finite(head):
            return _CLOSED
        own = p.tag[i] in _FINITE or any(p.dep[k] in _SUBJECTS | {"aux", "auxpass"} for k in p.kids[i])
        if not own:
            return Link(head, "inherit")
        return self._link(head) if p.dep[head] != "conj" else _CLOSED

    def _over_clause(self, i: int, dep: str, head: int) -> Link:
        if dep == "advcl":
            return self._over_adverbial(i, head)
        finite = self._finite(i)
        if dep in {"xcomp", "ccomp", "csubj"}:
            operator = self._governing(head)
            if finite and self._mark(i) in self._words.sets["if"]:
                return Link(None, "possible")
            if finite and self._p.lemma[head] in self._words.sets["unsure"]:
                return Link(head, "doubt")
            if finite:
                open_ = operator in {"not_done", "excluded"} or self._p.lemma[head] in self._words.sets["doubting"]
                return Link(head, operator) if operator and open_ else _CLOSED
            return Link(head, operator or "inherit")
        if dep in {"acl", "relcl"}:
            operator = self._words.nouns.get(self._p.lemma[head].lower())
            if operator == "doubt" or (not finite and self._infinitive(i)):
                return Link(head, operator or "inherit")
        return _CLOSED

    def _over_adverbial(self, i: int, head: int) -> Link:
        mark, sets = self._mark(i), self._words.sets
        if mark in sets["if"]:
            return Link(None, "possible")
        if self._finite(i):
            return Link(head, "lean") if mark in sets["until"] else _CLOSED
        if self._infinitive(i):
            operator = self._governing(head)
            return Link(head, operator or "planned")
        straight = self._p.pos[i - 1] != "PUNCT" and i > head  # "ruled out sending"
        return Link(head, (self._governing(head) if straight else None) or "inherit")

    def _governing(self, head: int) -> str | None:
        """What a verb or adjective does to an infinitive or clause under it; None for no class."""
        p = self._p
        lemma = p.lemma[head].lower()
        if lemma in {"be", "have"} and p.pos[head] in _VERBAL:
            adjective = next((k for k in p.kids[head] if p.dep[k] == "acomp"), None)
            if adjective is not None:
                return self._predicate(adjective)
            if lemma == "have":
                yet = any(p.lower[k] == "yet" for k in p.kids[head])
                return "not_done" if yet else "possible"
            return "planned"
        if lemma == "go" and p.tag[head] == "VBG":
            return "planned"
        if p.pos[head] in {"ADJ", "ADV"}:
            return self._predicate(head)
        found = self._looked_up(self._words.verbs, head)
        return found or (self._words.nouns.get(lemma) if p.pos[head] == "NOUN" else None)

    def _predicate(self, adjective: int) -> str | None:
        word = self._p.lower[adjective]
        return self._words.adjectives.get(word) or self._words.predicates.get(word)

    def _looked_up(self, classes: dict[str, str], verb: int) -> str | None:
        """The class of a verb, with its particle ("rule_out") or by itself."""
        p = self._p
        lemma = p.lemma[verb].lower()
        particle = next((p.lower[k] for k in p.kids[verb] if p.dep[k] == "prt"), None)
        return (classes.get(f"{lemma}_{particle}") if particle else None) or classes.get(lemma)

    def _finite(self, i: int) -> bool:
        p = self._p
        if p.tag[i] in {"VBD", "VBZ", "VBP"}:
            return True
        return any(p.tag[k] in _FINITE for k in p.kids[i] if p.dep[k] in {"aux", "auxpass"})

    def _infinitive(self, i: int) -> bool:
        p = self._p
        return any(p.dep[k] == "aux" and p.lower[k] == "to" for k in p.kids[i])

    def _over_noun(self, i: int, dep: str, head: int) -> Link:
        p = self._p
        if dep in {"pobj", "pcomp"}:
            return self._over_preposition(i, head)
        if dep == "amod" and p.tag[i] == "VBG" and p.head[head] == i - 1 and p.pos[i - 1] in _VERBAL:
            return Link(i - 1, self._governing(i - 1) or "inherit")  # "denied bribing officials"
        if dep in {"compound", "nmod", "amod"}:
            operator = self._words.nouns.get(p.lemma[head].lower())
            return Link(head, operator) if operator else _CLOSED
        if dep in {"dobj", "nsubjpass", "attr", "oprd", "dative"}:
            return self._under_verb(i, head, self._words.objects)
        if dep in {"nsubj", "csubj"}:
            return self._under_verb(i, head, self._words.subjects)
        if dep in {"xcomp", "ccomp", "acl"}:
            return self._over_clause(i, dep, head)
        return _CLOSED

    def _under_verb(self, i: int, head: int, classes: dict[str, str]) -> Link:
        p = self._p
        lemma = p.lemma[head].lower()
        if lemma == "be" and (ahead := self._to_come(head)) >= 0:  # "talks are to be held"
            passive = any(p.dep[k] == "auxpass" for k in p.kids[ahead])
            return self._under_verb(i, ahead, self._words.objects if passive else classes)
        if lemma == "be" and p.tag[head] in {"VBZ", "VBP"} and self._going_on(head):
            return Link(None, "ongoing")
        if lemma == "be" or (lemma in {"remain", "seem", "look", "appear"} and classes is self._words.subjects):
            adjective = next((k for k in p.kids[head] if p.dep[k] == "acomp"), None)
            operator = self._predicate(adjective) if adjective is not None else None
            return Link(head, operator or ("lean" if self._definite(i) else "inherit"))
        operator = self._looked_up(classes, head)
        if operator in _OF_ANY:
            return _CLOSED if self._definite(i) or p.dep[i] == "oprd" else Link(head, _OF_ANY[operator])
        if operator:
            return Link(head, "inherit" if operator == "through" else operator)
        return _CLOSED if self._definite(i) else Link(head, "lean")

    def _to_come(self, be: int) -> int:
        """The infinitive of "are to …"; -1 for none."""
        p = self._p
        verbs = (k for k in p.kids[be] if p.dep[k] == "xcomp" and p.lemma[k].lower() != "be" and self._infinitive(k))
        return next(verbs, -1)

    def _going_on(self, be: int) -> bool:
        """ "Are under way", "is in progress"."""
        p = self._p
        beside = [k for k in p.kids[be] if k > be and p.dep[k] in {"prep", "advmod", "acomp"}]
        words_ = {p.lower[k] for k in (*beside, *(x for k in beside for x in p.kids[k]))}
        return not words_.isdisjoint(self._words.sets["going_on"])

    def _definite(self, i: int) -> bool:
        p = self._p
        return any(p.dep[k] == "poss" or p.lower[k] in {"the", "this", "that", "these", "those"} for k in p.kids[i])

    def _over_preposition(self, i: int, prep: int) -> Link:
        p, sets = self._p, self._words.sets
        word, over = p.lower[prep], p.head[prep]
        if word in sets["without"]:
            return Link(None, "not_done")
        if word in _PAST_PREPOSITIONS or over == prep or p.lower[over] in sets["because"]:
            return _CLOSED
        if word == "at" and p.pos[over] in _VERBAL:
            return Link(over, "lean")  # "will speak at the trial"
        if word in sets["before"] or (word == "of" and p.lower[over] == "ahead"):
            return Link(over if word != "of" else None, "lean" if word == "before" else "planned")
        lemma = p.lemma[over].lower()
        if p.pos[over] in _VERBAL:
            operator = self._words.verbs.get(f"{lemma}_{word}")
            operator = operator or (self._words.verbs.get(lemma) if word in sets["linking"] else None)
            if operator and operator != "through":
                return Link(over, operator)
            through = (word == "to" and lemma in sets["leading"]) or (word == "by" and p.pos[i] in _VERBAL)
            return Link(over, "inherit") if through else _CLOSED
        if lemma in sets["grounds"]:
            return Link(over, "inherit") if self._is_none(over) and not self._definite(i) else _CLOSED
        if operator := self._words.nouns.get(lemma):
            return Link(over, operator)
        if operator := self._predicate(over):
            near = operator == "not_done" and self._definite(i)  # "far from the fighting"
            return _CLOSED if near else Link(over, operator)
        return Link(over, "inherit") if word == "of" and lemma in sets["series"] else _CLOSED


def applied(operator: str, outer: str) -> str:
    """What the governed thing's reality is, given the governor's own: "failed to prevent" gives happened."""
    if operator == "closed":
        return "happened"
    if operator in {"inherit", "through"}:
        return outer
    if operator == "doubt":
        return "happened" if outer in {"happened", "ongoing"} else "possible"
    if operator == "lean":
        return outer if outer in _UNREAL else "happened"
    if operator == "excluded":
        return "not_done" if outer in {"happened", "ongoing"} else "possible"
    if operator == "not_done":
        return {"happened": "not_done", "ongoing": "not_done", "not_done": "happened"}.get(outer, "possible")
    if outer in {"happened", "ongoing"}:
        return operator
    return "not_done" if outer == "not_done" else ("planned" if operator == outer == "planned" else "possible")


def merged(own: str | None, embedded: str) -> str:
    """The word's own marks and what its governors leave of them."""
    if own is None or (own in {"happened", "ongoing"} and embedded not in {"happened", "ongoing"}):
        return embedded
    if embedded in {"happened", "ongoing"}:
        return own
    if own == "not_done":
        return "not_done" if embedded == "planned" else "possible"
    if embedded == "not_done":
        return "not_done"
    return "possible" if "possible" in (own, embedded) else own
