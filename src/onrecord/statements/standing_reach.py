"""A post's statements → what rules on standing ask of them: words, matter, parties, where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.statements.attribution_ground import Found, Ground, runs
from onrecord.statements.draft import Range
from onrecord.statements.standing_matter import NOTHING, Matter, matter, names
from onrecord.statements.standing_remarks import content_words

NEAR = 12
"""How many statements back a remark on standing may reach."""
ASSERTING = frozenset({"asserts", "warns"})
NEVER = frozenset({"not", "never", "no", "n't", "n’t", "nobody", "none", "without"})
OURS = frozenset({"we", "our", "ours", "i", "my", "us"})


@dataclass(slots=True)
class Reach:
    """A post's statements in text order, with their content words."""

    g: Ground
    found: list[Found]
    about: list[frozenset[str]]
    matters: dict[int, Matter] = field(default_factory=dict)
    told: dict[int, frozenset[str]] = field(default_factory=dict)
    spoke: dict[Range, frozenset[str]] = field(default_factory=dict)
    """The names in speakers' mentions."""

    def matter(self, i: int) -> Matter:
        """What a statement is about."""
        if i not in self.matters:
            self.matters[i] = matter(self.g, self.found[i].content)
        return self.matters[i]

    def lemmas(self, i: int) -> frozenset[str]:
        """The base forms of a statement's words."""
        if i not in self.told:
            lemma = self.g.parsed.lemma
            self.told[i] = frozenset([lemma[w].lower() for w in self.words(i)])
        return self.told[i]

    def spoken(self, i: int) -> frozenset[str]:
        """A statement's words as they stand, in small letters."""
        lower = self.g.parsed.lower
        return frozenset([lower[w] for w in self.words(i)])

    def words(self, i: int) -> list[int]:
        """A statement's words."""
        return [w for span in self.found[i].content for w in self.g.words_in(span)]

    def says_no(self, i: int) -> bool:
        """It holds a word of denial: "not", "never", "no"."""
        return bool(self.spoken(i) & NEVER)

    def parties(self, i: int) -> frozenset[str]:
        """The names in a statement's speaker."""
        who = self.found[i].speaker
        if who is None:
            return frozenset()
        if who not in self.spoke:
            self.spoke[who] = names(self.g, self.g.words_in(who))
        return self.spoke[who]

    def matter_of(self, head: int | None) -> Matter:
        """What a word and all below it are about."""
        if head is None:
            return NOTHING
        parsed = self.g.parsed
        return matter(self.g, runs(parsed, parsed.subtree(head)))


def reach(g: Ground, found: list[Found]) -> Reach:
    """The statements made ready to be asked about."""
    return Reach(g, found, [content_words(g, (w for span in one.content for w in g.words_in(span))) for one in found])


def start(one: Found) -> int:
    """Where the content starts."""
    return one.content[0][0]


def sentence(r: Reach, i: int) -> int:
    """The sentence that the content starts in."""
    return r.g.sentence_of[min(r.g.word_at(start(r.found[i])), len(r.g.parsed) - 1)]
