"""A parsed post → the words that name or stand for people, offices, bodies and sources."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.statements import sides
from onrecord.statements.draft import MentionDraft, Range, StatementDraft
from onrecord.statements.mentions_bodies import belonging
from onrecord.statements.mentions_ground import POSSESSIVE, SETS, Ground
from onrecord.statements.mentions_people import Phrase
from onrecord.statements.mentions_phrase import read, with_maker
from onrecord.statements.parse import Parse

_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "case", "advmod", "punct", "npadvmod"}
)
_INNER = frozenset({"compound", "nmod", "amod", "poss", "npadvmod"})
_TAILS = frozenset({"of", "for", "at", "in", "to", "from"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_THIRD = frozenset({"he", "him", "she", "her", "it", "they", "them", "who"})
_CALLING = frozenset({"calling", "styling", "calls", "call", "naming"})
_SELF = frozenset({"itself", "themselves"})
_OWNERS = frozenset({"its", "his", "their"})
_LONGEST = 24
"""Words of a phrase after its head."""


_WIDEST = 60
"""Words of a phrase that are looked at."""


def find(parsed: Parse, statements: Sequence[StatementDraft]) -> list[MentionDraft]:
    """Mentions in text order; every statement's `speaker` range is one of them."""
    ground = Ground(parsed)
    spans = {_words(parsed, s.speaker): s.speaker for s in statements if s.speaker}
    out = [
        _mention(
            ground, (a, b), read(ground, _begin(ground, a), min(_whole(ground, a, b), a + _WIDEST), forced=True), span
        )
        for (a, b), span in spans.items()
    ]
    taken = {i for a, b in spans for i in (a, b - 1)}
    within = {i: b for a, b in spans for i in range(a, b)}
    edges = _Edges(parsed)
    for a, b in dict.fromkeys(_phrases(ground, edges)):
        owner = (b < len(parsed) and parsed.lower[b] in POSSESSIVE) or (b - a == 1 and parsed.pos[a] == "PRON")
        if b - a > _WIDEST or (a, b) in spans or (not owner and (a in taken or (b - 1) in taken)):
            continue
        if within.get(a, b) < b:
            continue  # a speaker's tail, with what follows
        phrase = read(ground, a, b, forced=b < len(parsed) and parsed.lower[b] in POSSESSIVE and _owns(ground, b))
        if phrase:
            out.append(_mention(ground, (a, b), phrase, (parsed.start[a], parsed.end[b - 1])))
    return sorted(out, key=lambda m: (m.start, -m.end))


def _words(parsed: Parse, span: Range) -> tuple[int, int]:
    """The words that a span covers: (first, one past the last)."""
    first = min(bisect_right(parsed.end, span[0]), len(parsed) - 1)
    return first, max(first + 1, bisect_left(parsed.start, span[1]))


def _whole(ground: Ground, first: int, last: int) -> int:
    """Where a speaker ends that the parser cut at a bracket."""
    parsed = ground.parsed
    if last < len(parsed) and parsed.lower[last] == ")" and "(" in parsed.lower[first:last]:
        return _behind_bracket(ground, last)
    return last


def _identified(ground: Ground, last: int) -> str | None:
    """The name behind "the doctor IDENTIFIED AS Ana Reis", though the words be taken for the doctor's own."""
    while last > 1 and (ground.lower[last - 1] in _IDENTIFIED or ground.lower[last - 2 : last] == ["identified", "as"]):
        last -= 1
    if last >= len(ground.lower) - 2 or ground.lower[last] not in _IDENTIFIED:
        return None
    first = last + 1 + (ground.lower[last + 1] in {"only", "simply", "as"})
    first += ground.lower[first] == "as" and first < len(ground.lower) - 1
    stop = next((i for i in range(first, min(len(ground.lower), first + 5)) if not ground.capital[i]), first)
    return ground.text(first, stop) if stop > first else None


_IDENTIFIED = frozenset({"identified", "named"})


def _begin(ground: Ground, first: int) -> int:
    """Where a speaker begins whom the parser cut off too late."""
    side = _with_side(ground, first)
    return side if side < first else _with_office(ground, first)


def _behind_bracket(ground: Ground, last: int) -> int:
    """The office and name behind a body's acronym: "the Dockers' Union (DU) SECRETARY ANA REIS"."""
    stop = min(len(ground.lower), last + 10)
    end = next((i for i in range(last + 1, stop) if not ground.capital[i] and not ground.role[i]), stop)
    return end if any(ground.role[i] for i in range(last + 1, end)) and ground.capital[end - 1] else last


def _with_office(ground: Ground, first: int) -> int:
    """Where a name's office begins that the parser took for a phrase of its own: "The LHB's DIRECTOR FOR Dr Reis"."""
    start, parsed = first, ground.parsed
    floor = max(parsed.sentences[parsed.sent[first]][0], first - 12)
    if not ground.capital[first] or first - 1 < floor:
        return first
    if ground.lower[first - 1] == ",":
        return _behind_comma(ground, first, floor)
    while start > floor and (ground.capital[start - 1] or ground.lower[start - 1] in _OFFICE_JOINS):
        start -= 1
    return start if start == floor and any(ground.role[i] == "office" for i in range(start, first)) else first


def _behind_comma(ground: Ground, first: int, floor: int) -> int:
    """The office before a name's comma: "Lagoa Dawn's STATE PRESIDENT, Ana Reis", "the HEAD OF LAGOA (LD), …"."""
    start = first - 1
    while start > floor and (
        ground.capital[start - 1]
        or ground.lower[start - 1] in _OFFICE_JOINS | {"(", ")"}
        or ground.parsed.pos[start - 1] in {"ADJ", "NOUN"}
    ):
        start -= 1
    offices = [i for i in range(start, first - 1) if ground.role[i] in {"office", "spokes"}]
    held = offices and (offices[-1] == first - 2 or ground.lower[offices[0] + 1] == "of")
    owned = any(ground.lower[i] in POSSESSIVE or ground.lower[i] == "the" for i in range(start, first))
    return start if held and owned else first


_OFFICE_JOINS = POSSESSIVE | {"for", "of", "the", "and", "-"}


def _with_side(ground: Ground, first: int) -> int:
    """Where a speaker begins with the country just before it, which a sentence cut wrongly may leave out."""
    before = first - 2 if first > 1 and ground.lower[first - 1] in POSSESSIVE else first - 1
    hit = ground.inside.get(before) if ground.parsed.words[first][0].islower() else None
    apart = not hit or ground.parsed.text[ground.parsed.end[first - 1] : ground.parsed.start[first]] != " "
    return first if apart or hit is None or ground.lower[first] in SETS["leading"] else hit.first


class _Edges:
    """For each word, the first and last word of its own phrase: `left` by modifiers alone, `right` by all below it."""

    def __init__(self, parsed: Parse) -> None:
        self.left = list(range(len(parsed)))
        self.right = list(range(len(parsed)))
        for i, head in enumerate(parsed.head):
            if head > i and parsed.dep[i] in _LEFT and self.left[i] < self.left[head]:
                self.left[head] = self.left[i]
        for i in range(len(parsed) - 1, -1, -1):
            head = parsed.head[i]
            if head < i and self.right[i] > self.right[head]:
                self.right[head] = self.right[i]


def _phrases(ground: Ground, edges: _Edges) -> Iterator[tuple[int, int]]:
    """Noun phrases that may name somebody, with appositions; the owners and names inside them; pronouns."""
    parsed = ground.parsed
    done = 0
    for i, pos in enumerate(parsed.pos):
        if i < done and parsed.dep[i] == "appos":
            continue
        if pos == "PRON":
            if parsed.lower[i] in _THIRD or (
                parsed.lower[i] in _OWNERS and (ground.role[parsed.head[i]] or ground.body[parsed.head[i]])
            ):
                yield i, i + 1
        elif (
            parsed.lower[i] in POSSESSIVE
            and i
            and i not in ground.joined
            and (ground.capital[i - 1] or _owns(ground, i))
        ):
            yield edges.left[i - 1], i
        elif (pos in {"NOUN", "PROPN"} or _hyphened(parsed, i)) and _may_name(ground, i):
            last = _right(ground, edges, i)
            done = max(done, last)
            yield _trimmed(parsed, edges.left[i], i), last


def _hyphened(parsed: Parse, i: int) -> bool:
    """ "Secretary-GENERAL", which looks like an adjective."""
    return parsed.lower[i] in {"general", "elect", "designate"} and parsed.lower[i - 1] == "-"


def _owns(ground: Ground, i: int) -> bool:
    """An office, or a body that owns one: "the company's CHIEF executive", "THE MAYOR's house"."""
    near = range(i + 1, min(i + 4, len(ground.lower)))
    owned = ground.body[i - 1] is not None and any(ground.role[k] or ground.body[k] for k in near)
    return owned or ground.role[i - 1] == "office"


def _may_name(ground: Ground, i: int) -> bool:
    """True for the head of a phrase that has a capital or stands in the lists."""
    if ground.parsed.head[i] > i and ground.parsed.dep[i] in _INNER:
        return False
    return bool(ground.role[i] or ground.body[i] or ground.capital[i] or i in ground.inside)


def _trimmed(parsed: Parse, first: int, i: int) -> int:
    first = max(first, parsed.sentences[parsed.sent[i]][0])
    while first < i and parsed.dep[first] == "punct":
        first += 1
    return first


def _right(ground: Ground, edges: _Edges, i: int) -> int:
    """One past the noun's phrase, with what names it: "of …" and appositions."""
    parsed = ground.parsed
    last = i + 1
    ceiling = min(parsed.sentences[parsed.sent[i]][1], i + _LONGEST)
    for kid in parsed.kids[i]:
        if kid < last or parsed.dep[kid] not in {"appos", "prep"} or edges.right[kid] >= ceiling:
            continue
        near = kid == last and parsed.lower[kid] in _TAILS if parsed.dep[kid] == "prep" else edges.left[kid] - last <= 1
        if near:
            last = edges.right[kid] + 1
    if last < ceiling and parsed.lower[last] == ")" and "(" in parsed.lower[i:last]:
        last += 1
    return last


def _mention(ground: Ground, words: tuple[int, int], phrase: Phrase | None, span: Range) -> MentionDraft:
    parsed = ground.parsed
    first, last = words
    phrase = phrase or _plain(ground, first, last)
    if phrase.kind in {"office", "body", "unnamed"} and (own := _calling_itself(ground, first, last)):
        phrase = Phrase("body", own, phrase.role, own, "n")
    if phrase.kind == "document" and not phrase.name:
        phrase = with_maker(ground, phrase, last)
    if phrase.kind == "office" and not phrase.plural and (told := _identified(ground, last)):
        phrase = replace(phrase, kind="person", name=told)
    if phrase.kind == "name" and parsed.lower[last : last + 2] == [",", "which"]:
        phrase = replace(phrase, gender="n")  # "Lagoa Docks, which runs"
    if phrase.kind in {"person", "name"} and not phrase.side and " " in (phrase.name or ""):
        phrase = replace(phrase, side=_belonging(ground, last))
    head = next((i for i in range(first, last) if not first <= parsed.head[i] < last or parsed.head[i] == i), first)
    return MentionDraft(
        start=span[0],
        end=span[1],
        kind=phrase.kind,
        name=phrase.name,
        role=phrase.role,
        side=_after(ground, head, last, phrase),
        gender=phrase.gender,
        plural=phrase.plural,
        sentence=parsed.sent[first],
        subject=parsed.dep[head] in _SUBJECTS,
        alias=phrase.alias,
    )


def _belonging(ground: Ground, last: int) -> str | None:
    """The body behind a name: "Ana Reis, of the Lagoa Farmers' League"."""
    ceiling = min(ground.parsed.sentences[ground.parsed.sent[last - 1]][1], last + 12)
    at = last + (ground.lower[last : last + 1] == [","])
    if at + 1 >= ceiling or ground.lower[at] not in {"of", "from"}:
        return None
    body = belonging(ground, at + 1, ceiling)
    held = body is not None and any(w.lower() in ground.lists.bodies for w in body.split(" "))
    return body if held or ground.lower[at] == "of" else None


def _calling_itself(ground: Ground, first: int, last: int) -> str | None:
    """The name in "a group of soldiers calling itself the Council of the Dawn"."""
    lower = ground.lower
    stop = min(ground.parsed.sentences[ground.parsed.sent[first]][1], last + 10)
    at = next(
        (i for i in range(first, min(last + 2, stop - 2)) if lower[i] in _CALLING and lower[i + 1] in _SELF), None
    )
    return _name_behind(ground, at + 2) if at is not None else None


def _name_behind(ground: Ground, first: int) -> str | None:
    """A body's whole name: "the Council FOR THE DAWN OF the People"."""
    first += ground.lower[first] == "the"
    stop = last = first
    while stop < len(ground.lower) and (ground.capital[stop] or ground.lower[stop] in SETS["joins"] | {"the"}):
        stop += 1
        last = stop if ground.capital[stop - 1] else last
    return ground.text(first, last) if last > first else None


def _plain(ground: Ground, first: int, last: int) -> Phrase:
    """What is known to speak and stands in no list: a name when it has a capital, else a source without one."""
    text = ground.text(first, last)
    words = ground.parsed.words[first:last]
    named = len(words) <= 2 and all(w[0].isupper() for w in words) and not ground.shout[first]
    return Phrase("name", text) if named else Phrase("unnamed", role=text)


def _after(ground: Ground, head: int, last: int, phrase: Phrase) -> str | None:
    """The side, where a clause after the phrase turns it: "a former MP who now leads the opposition in exile"."""

    if phrase.kind not in {"person", "office"} or not sides.is_country(phrase.side):
        return phrase.side
    ceiling = min(ground.parsed.sentences[ground.parsed.sent[head]][1], last + 14)
    clause = ground.lower[last:ceiling]
    if clause[:1] == ["who"] and "exile" in clause:
        return sides.opposition(phrase.side or "")
    return phrase.side
