"""Words that point back ("he", "the ministry", "the prime minister") → whom they mean in their post."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Post
from onrecord.statements import sides
from onrecord.statements.draft import Draft, MentionDraft, Range, StatementDraft
from onrecord.statements.mentions_words import words
from onrecord.statements.speakers_people import Entity, Register, role_of

_INDEFINITE = frozenset(
    {
        "a",
        "an",
        "one",
        "some",
        "several",
        "two",
        "three",
        "four",
        "five",
        "many",
        "most",
        "another",
        "other",
        "few",
        "no",
    }
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a mention means."""

    name: str
    kind: str
    side: str | None = None
    office: str | None = None
    gender: str | None = None
    plural: bool = False
    heads: frozenset[str] = frozenset()


class Back:
    """One post's mentions, resolved from its top down."""

    def __init__(self, post: Post, draft: Draft, register: Register, number: int) -> None:
        self.post = post
        self.draft = draft
        self.register = register
        self.number = number
        self.index = {(m.start, m.end): i for i, m in enumerate(draft.mentions)}
        self.spoken: list[tuple[int, Who]] = []
        """(where, who) of the speakers so far."""
        self.quoted = [span for s in draft.statements if s.mode == "direct" for span in s.content]
        self.done: dict[int, Who | None] = {}

    def at(self, span: Range) -> int:
        """The number of the mention at a statement's speaker range."""
        return self.index[span]

    def who(self, number: int, statement: StatementDraft) -> Who:
        """Whom a statement's speaker means."""
        mention = self.draft.mentions[number]
        found = self._who(number) or _unnamed(mention, self._text(mention), self._side(mention))
        self.spoken.append((mention.start, found))
        return found

    def _who(self, number: int) -> Who | None:
        """Whom a mention means, without regard to who asks; found once."""
        if number not in self.done:
            self.done[number] = None  # while it is looked for, it is nobody
            self.done[number] = self._find(number)
        return self.done[number]

    def _find(self, number: int) -> Who | None:
        mention = self.draft.mentions[number]
        entity = self.register.of.get((self.number, number))
        if entity:
            return _of(entity)
        if mention.kind == "place" and mention.side:
            return Who(sides.government(mention.side), "body", mention.side, gender="n")
        if mention.kind == "pronoun":
            return self._pronoun(number)
        if mention.kind == "office":
            return self._office(number)
        if mention.kind in {"body", "outlet"}:
            return self._body(number)
        if mention.kind == "document":
            return self._document(number)
        return None

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def _pronoun(self, number: int) -> Who | None:
        mention = self.draft.mentions[number]
        text = self._text(mention).lower()
        best: tuple[float, Who] | None = None
        for i in range(number - 1, max(-1, number - 60), -1):
            other = self.draft.mentions[i]
            if other.kind == "pronoun" and i not in self.done or other.end > mention.start:
                continue
            found = self._who(i)
            if found is None or not _agrees(text, mention, other, found):
                continue
            score = self._score(mention, i, other, found)
            if best is None or score > best[0]:
                best = score, found
        return best[1] if best else None

    def _score(self, mention: MentionDraft, i: int, other: MentionDraft, found: Who) -> float:
        apart = mention.sentence - other.sentence
        last = self.spoken[-1][1] if self.spoken else None
        return (
            -1.0 * apart
            + 1.0 * other.subject
            + 1.5 * (last is not None and last.name == found.name)
            + 0.5 * (found.kind == "person")
            - 1.5 * any(a <= other.start < b for a, b in self.quoted)
            - 0.01 * (len(self.draft.mentions) - i)
        )

    # -- offices -------------------------------------------------------------------------------------------------------

    def _office(self, number: int) -> Who | None:
        mention = self.draft.mentions[number]
        text = self._text(mention)
        side = self._side(mention)
        if mention.plural or text.split()[0].lower() in _INDEFINITE:
            return _unnamed(mention, text, side or self._context(mention))
        role = role_of(mention.role or text, side)
        holders = self.register.holders(role)
        here = self._nearest(number, holders)
        if here:
            return here
        if len(holders) == 1:
            return _of(holders[0])
        same = self._same_head(number, role.heads)
        if same:
            return same
        kind = words().roles.get(next(iter(role.heads), ""), "office")
        if kind in {"private", "member", "source"}:
            return _unnamed(mention, text, side or self._context(mention))
        recent = self._recent_person(number, side)
        if recent and not mention.side:
            return recent
        return Who(_clean(text), "office", side or self._context(mention), mention.role, mention.gender)

    def _nearest(self, number: int, entities: list[Entity]) -> Who | None:
        for i in range(number, -1, -1):
            entity = self.register.of.get((self.number, i))
            if entity in entities:
                return _of(entity)
        return None

    def _same_head(self, number: int, heads: frozenset[str]) -> Who | None:
        """An unnamed source spoken of before in the same words: "a Syrian source … the Syrian source"."""
        for _, who in reversed(self.spoken):
            if who.heads & heads:
                return who
        return None

    def _recent_person(self, number: int, side: str | None) -> Who | None:
        mention = self.draft.mentions[number]
        for i in range(number - 1, -1, -1):
            entity = self.register.of.get((self.number, i))
            if entity and entity.kind == "person" and self.draft.mentions[i].end < mention.start:
                fits = not entity.roles and side in {None, entity.side, *([] if entity.side else [side])}
                if fits:
                    return _of(entity)
        return None

    # -- bodies and documents ------------------------------------------------------------------------------------------

    def _body(self, number: int) -> Who | None:
        mention = self.draft.mentions[number]
        text = self._text(mention)
        if mention.plural and not text.lower().startswith("the "):
            return _unnamed(mention, text, self._side(mention))
        head = _head(mention.role or text)
        for i in range(number - 1, -1, -1):
            other = self.draft.mentions[i]
            found = self._who(i) if other.kind in {"body", "outlet", "place"} else None
            if found and (head in found.heads or head == "government" and other.kind == "place"):
                return found
        elsewhere = [e for e in self.register.bodies if head in e.heads]
        if text.lower().startswith(("the ", "its ", "their ")) and len({e.name for e in elsewhere}) == 1:
            return _of(elsewhere[0])
        side = self._side(mention) or self._context(mention)
        if text.split()[0].lower() in _INDEFINITE:
            return _unnamed(mention, text, self._side(mention))
        rest = _clean(text)
        return Who(
            f"{sides.adjective(side)} {rest}" if side else rest, "body", side, gender="n", heads=frozenset({head})
        )

    def _document(self, number: int) -> Who | None:
        mention = self.draft.mentions[number]
        if mention.name:
            return Who(mention.name, "document", self._side(mention), gender="n")
        head = _head(mention.role or "")
        for other in self.draft.mentions:
            if other.kind == "document" and other.name and _head(other.role or "") == head:
                return Who(other.name, "document", self._side(other), gender="n")
        if self._text(mention).lower().startswith(("the ", "this ", "its ", "his ", "her ")) and self.spoken:
            return self.spoken[-1][1]
        return _unnamed(mention, self._text(mention), None)

    # -- sides ---------------------------------------------------------------------------------------------------------

    def _side(self, mention: MentionDraft) -> str | None:
        return self.register.side_of(mention.side)

    def _context(self, mention: MentionDraft) -> str | None:
        """The side of "local officials": the last country that the sentence, else the post, named before."""
        role = words().roles.get(_head(mention.role or self._text(mention)))
        if role in {"private", "source"}:
            return None
        before = self.post.text[: mention.start]
        found = [hit.known for hit in sides.hits(sides.split(before)) if sides.is_country(hit.known.side)]
        return found[-1].side if found else None

    def _text(self, mention: MentionDraft) -> str:
        return " ".join(self.post.text[mention.start : mention.end].split())


def _of(entity: Entity) -> Who:
    return Who(
        entity.name, entity.kind, entity.side, entity.office, entity.gender, entity.plural, frozenset(entity.heads)
    )


def _agrees(text: str, mention: MentionDraft, other: MentionDraft, found: Who) -> bool:
    """Gender and number of a pronoun and of what it may mean."""
    if text in {"they", "them"}:
        return found.plural or other.plural or found.kind in {"body", "unnamed"}
    if text in {"it", "which"}:
        return found.kind in {"body", "outlet", "document"} and not other.plural
    if found.kind in {"body", "outlet", "document"} or other.plural:
        return False
    gender = other.gender if other.gender in {"m", "f"} else found.gender
    return mention.gender is None or gender not in {"m", "f"} or gender == mention.gender


def _unnamed(mention: MentionDraft, text: str, side: str | None) -> Who:
    head = _head(mention.role or text)
    return Who(f"unnamed: {_lowered(text)}", "unnamed", side, None, mention.gender, mention.plural, frozenset({head}))


def _head(text: str) -> str:
    """The last word of a description before its tail, in the singular."""
    tokens = [w.lower() for w in sides.split(text)]
    stop = next(
        (
            i
            for i, w in enumerate(tokens)
            if i and w in {"of", "for", "to", "in", "at", "from", "who", "with", "familiar", "close", ";"}
        ),
        len(tokens),
    )
    head = tokens[stop - 1] if tokens else ""
    return head[:-1] if head.endswith("s") and not head.endswith("ss") else head


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in {"A", "An", "The", "One", "Two", "Some", "Several", "Local"} else text


def _clean(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"the", "a", "an", "his", "her", "its", "their"} and rest else text
