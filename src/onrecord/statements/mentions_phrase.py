"""The words of one phrase → whom it names: name, role, side, gender.

A phrase is read flat, part by part ("Ana Reis, mayor of Lagoa"), from word lists and capitals, so that a wrong parse, or a
text all in capitals, costs little.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.statements import sides
from onrecord.statements.mentions_words import words
from onrecord.statements.parse import Parse
from onrecord.statements.sides import Hit, Known

PRONOUNS = {
    "he": "m", "him": "m", "himself": "m", "his": "m", "she": "f", "her": "f", "herself": "f", "hers": "f", "it": "n", "itself": "n", "its": "n",
    "they": None, "them": None, "themselves": None, "their": None, "i": None, "we": None, "us": None, "who": None, "which": "n",
    "that": None, "both": None, "this": "n", "these": None, "those": None, "you": None, "me": None,
}  # fmt: skip
_PLURAL = {"they", "them", "themselves", "their", "we", "us", "both", "these", "those"}
_PREPOSITIONS = frozenset(
    "of in for to at from with on by near against about after before over under into who whom whose which that where when while as "
    "because during including like through across via amid behind inside outside between among within based".split()
)
_JOINS = frozenset({"of", "for", "on", "and", "against", "to", "&"})
_LEADING = frozenset(
    "the a an this that these those his her its their our my some several many most both all one other another two three four five six".split()
)
_BREAKS = frozenset({",", "(", ")", "–", "—", ";", "[", "]", ":", "-LRB-", "-RRB-", "--", "…", "“", "”", '"'})
_POSSESSIVE = frozenset({"'s", "’s", "‘s", "'", "’", "‘"})
_OWNED_BY = frozenset({"of", "at", "from", "in", "with", "by", "inside"})
_SPOKEN_FOR = _OWNED_BY | {"for", "to"}
_PLATFORMS = frozenset({"telegram", "facebook", "youtube", "whatsapp", "twitter", "tv", "radio", "television", "news"})
_STATE_MEDIA = frozenset(
    {
        "state",
        "state-run",
        "state-owned",
        "state-controlled",
        "state-backed",
        "government-run",
        "pro-government",
        "official",
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Whom a phrase names; the fields are those of `MentionDraft`."""

    kind: str
    name: str | None = None
    role: str | None = None
    side: str | None = None
    gender: str | None = None
    plural: bool = False
    alias: str | None = None
    sure: bool = True
    """False when only the page can tell whether this is a person, a body or nothing at all."""


class Phrases:
    """Reads the phrases of one post."""

    def __init__(self, parsed: Parse) -> None:
        self.parsed = parsed
        self.lists = words()
        self.hits = sides.hits(parsed.words)
        self.starts: dict[int, Hit] = {hit.first: hit for hit in self.hits}
        self.inside = {i: hit for hit in self.hits for i in range(hit.first, hit.last)}
        self.shout = [_shouted(parsed, a, b) for a, b in parsed.sentences]

    # -- words ---------------------------------------------------------------------------------------------------------

    def base(self, i: int) -> str:
        """The base form of a word, lower case."""
        lower, lemma = self.parsed.lower[i], self.parsed.lemma[i].lower()
        if lemma != lower or not lower.endswith("s"):
            return lemma
        single = lower[:-3] + "y" if lower.endswith("ies") else lower[:-1]
        return single if single in self.lists.roles or single in self.lists.bodies else lower

    def capital(self, i: int) -> bool:
        """True when the word looks like part of a name."""
        if self.shout[self.parsed.sent[i]]:
            return self.parsed.pos[i] in {"PROPN", "NOUN", "ADJ", "X", "VERB"} and self.parsed.words[i][0].isalpha()
        return self.parsed.words[i][0].isupper()

    def role_of(self, i: int) -> str | None:
        """office, spokes, member or private, when the word is the head of a role."""
        found = self.lists.roles.get(self.base(i)) or self.lists.roles.get(self.parsed.lower[i])
        if found and i and self.capital(i) and not self.shout[self.parsed.sent[i]]:
            before = i - 1
            if self.capital(before) and self.parsed.sent[before] == self.parsed.sent[i] and self.first_name(before):
                return None  # a surname: "Stephen King"
        return found

    def body_of(self, i: int) -> str | None:
        """state, armed, group, firm, outlet or paper, when the word is the head of a body."""
        lists = self.lists.bodies
        return lists.get(self.parsed.lower[i]) or lists.get(self.base(i))

    def first_name(self, i: int) -> str | None:
        return self.lists.names.get(sides.fold(self.parsed.words[i]))

    def text(self, first: int, last: int) -> str:
        return " ".join(self.parsed.between(first, last).split())

    # -- a phrase ------------------------------------------------------------------------------------------------------

    def read(self, first: int, last: int) -> Phrase | None:
        """Whom words `first` to `last` (one past) name, or None when they name nobody."""
        while first < last and self.parsed.lower[first] in _BREAKS:
            first += 1
        if last - first == 1 and self.parsed.lower[first] in PRONOUNS and first not in self.starts:
            word = self.parsed.lower[first]
            return Phrase("pronoun", gender=PRONOUNS[word], plural=word in _PLURAL)
        parts = [part for a, b in self._cut(first, last) if (part := self._part(a, b))]
        return _joined(parts) if parts else None

    def _cut(self, first: int, last: int) -> list[tuple[int, int]]:
        out, at = [], first
        for i in range(first, last):
            if self.parsed.lower[i] in _BREAKS and i not in self.inside:
                if i > at:
                    out.append((at, i))
                at = i + 1
        return [*out, (at, last)] if at < last else out

    def _part(self, first: int, last: int) -> Phrase | None:
        start = first
        while start < last - 1 and self.parsed.lower[start] in _LEADING and start not in self.starts:
            start += 1
        end = self._base_end(start, last)
        after, owner = self._owner(start, end)
        role = self._role_head(after, end)
        if role is not None:
            return self._person(start, after, role, end, last, owner)
        return self._named(start, after, end, last, owner)

    def _base_end(self, start: int, last: int) -> int:
        """Where the first preposition, verb or relative stands: the phrase's own words end there."""
        i, noun, body = start, False, False
        while i < last:
            hit = self.starts.get(i)
            if hit and hit.last <= last:
                i, noun, body = hit.last, True, body or hit.known.kind == "body"
                continue
            word, tag = self.parsed.lower[i], self.parsed.tag[i]
            if i > start and word in _PREPOSITIONS | _JOINS and not (body and self._goes_on(i, last)):
                return i
            if noun and tag in {"VBD", "VBZ", "VBP", "VBN", "VBG", "MD"} and not self.capital(i):
                return i
            noun = noun or tag.startswith("NN")
            body = body or (self.capital(i) and self.body_of(i) is not None)
            i += 1
        return last

    def _goes_on(self, i: int, last: int) -> bool:
        """A body's name goes on after "of", "for the", "and": the next word has a capital."""
        if self.parsed.lower[i] not in _JOINS or not self.capital(i - 1):
            return False
        after = i + 1
        while after < last and self.parsed.lower[after] in {"the", "of"}:
            after += 1
        if after >= last or self.parsed.tag[after] == "DT" or self.starts.get(after) and self.parsed.lower[i] == "and":
            return False
        return self.capital(after) and self.role_of(after) is None

    def _owner(self, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
        """(first word after the last possessive, the owner's words)."""
        for i in range(end - 2, start, -1):
            if self.parsed.lower[i] in _POSSESSIVE and i not in self.inside:
                return i + 1, (start, i)
        return start, None

    # -- people --------------------------------------------------------------------------------------------------------

    def _role_head(self, start: int, end: int) -> int | None:
        for i in range(end - 1, start - 1, -1):
            if i in self.inside and self.inside[i].known.kind in {"body", "outlet"}:
                continue
            if self.role_of(i) and not any(self.body_of(j) and not self.role_of(j) for j in range(i + 1, end)):
                return i
        return None

    def _person(self, start: int, after: int, role: int, end: int, last: int, owner: tuple[int, int] | None) -> Phrase:
        name = self._name(role + 1, end) or self._name_in_tail(end, last)
        side = self._side(after, role, end, last, owner, self.role_of(role) or "private")
        text = self.text(start, role + 1)
        gender = self.lists.gender.get(self.base(role)) or (self._gender(role + 1, end) if name else None)
        plural = self.parsed.tag[role] in {"NNS", "NNPS"} or self.parsed.lower[role] in {"people", "troops", "police"}
        if name:
            return Phrase("person", name, text, side, gender or self._gender_in(name))
        bodies = self._bodies_in_tail(end, last) if self.role_of(role) == "private" else None
        if bodies:
            return Phrase("body", bodies[0], text, bodies[1], plural=True)
        tail = self.text(role + 1, last) if last > role + 1 else ""
        return Phrase("office", None, f"{text} {tail}".strip(), side, gender, plural)

    def _name(self, first: int, last: int) -> str | None:
        """A person's name in words that all have capitals; titles and letters are left out."""
        while first < last and self._title(first):
            first += 1
        while last > first and self.parsed.lower[last - 1].strip(".") in self.lists.suffixes | {"'s", "’s"}:
            last -= 1
        if first >= last or last - first > 6:
            return None
        for i in range(first, last):
            particle = self.parsed.lower[i] in self.lists.particles or self.parsed.lower[i] in {"-", ".", "'", "’"}
            if not (self.capital(i) or particle) or self.parsed.lower[i] in _PREPOSITIONS:
                return None
        return self.text(first, last).rstrip(".,")

    def _title(self, i: int) -> bool:
        word = self.parsed.lower[i].rstrip(".")
        return word in self.lists.honorifics or word in self.lists.ranks or word == ""

    def _gender(self, first: int, last: int) -> str | None:
        for i in range(first, last):
            found = self.lists.honorifics.get(self.parsed.lower[i].rstrip("."))
            if found in {"m", "f"}:
                return found
        return None

    def _gender_in(self, name: str) -> str | None:
        found = self.lists.names.get(sides.fold(name.split()[0])) if " " in name else None
        return found if found in {"m", "f"} else None

    def _name_in_tail(self, end: int, last: int) -> str | None:
        """The name after a tail: "ambassador to Chad Ana Reis", "head of the border service Ana Reis"."""
        first = last
        while first > end and (self.capital(first - 1) or self.parsed.lower[first - 1] in self.lists.particles):
            first -= 1
        hit = self.starts.get(first)
        after_place = bool(hit and hit.last < last)
        if hit and after_place:
            first = hit.last
        if last - first < 1 or first <= end:
            return None
        known = next((i for i in range(first, last - 1) if self.first_name(i) and i not in self.inside), None)
        if known is not None:
            return self._name(known, last)
        before = self.parsed.lower[first - 1]
        whole = after_place or before not in _PREPOSITIONS | {"the", "and"}
        return self._name(first, last) if whole and last - first > 1 else None

    def _bodies_in_tail(self, end: int, last: int) -> tuple[str, str | None] | None:
        """The bodies in "analysts at X and Y": (names, their one side)."""
        if end >= last or self.parsed.lower[end] not in {"from", "at", "of", "with"}:
            return None
        found, at = [], end + 1
        while at < last:
            stop = next((i for i in range(at, last) if self.parsed.lower[i] == "and" and not self._within(i)), last)
            part = self._part(at, stop)
            if part and part.kind in {"body", "outlet"} and part.name:
                found.append(part)
            at = stop + 1
        one = {part.side for part in found}
        return (" and ".join(p.name or "" for p in found), one.pop() if len(one) == 1 else None) if found else None

    def _within(self, i: int) -> bool:
        return i in self.inside

    # -- sides ---------------------------------------------------------------------------------------------------------

    def _side(self, after: int, head: int, end: int, last: int, owner: tuple[int, int] | None, kind: str) -> str | None:
        """The side that the words name: known, or raw words that the page may know."""
        if owner and (side := self._known(*owner) or self._raw(*owner)):
            return side
        if side := self._known(after, head):
            return side if kind != "private" else None
        known = self.lists.known.get(" ".join(self.parsed.lower[max(after, head - 3) : head + 1]))
        if known:
            return known
        prepositions = _SPOKEN_FOR if kind in {"spokes", "member"} else _OWNED_BY
        if end < last and self.parsed.lower[end] in prepositions and kind != "private":
            stop = next((i for i in range(end + 1, last) if self.parsed.lower[i] in {"who", "that", "which"}), last)
            if side := self._known(end + 1, stop) or self._raw(end + 1, stop):
                return side
        return self._raw(after, head) if kind != "private" else None

    def _known(self, first: int, last: int) -> str | None:
        """The side of the first known word; "Kyiv-backed" names no side, "Moscow-installed" does."""
        for i in range(first, last):
            hit = self.starts.get(i)
            if hit and hit.last <= last and hit.known.side and not self._backed(hit.last, last):
                opposed = any(
                    self.parsed.lower[j] in self.lists.opposition
                    for j in range(hit.last, min(last + 1, len(self.parsed)))
                )
                return (
                    f"{sides.adjective(hit.known.side)} opposition"
                    if opposed and sides.is_country(hit.known.side)
                    else hit.known.side
                )
        return None

    def _backed(self, i: int, last: int) -> bool:
        return (
            i + 1 < last
            and self.parsed.lower[i] == "-"
            and self.parsed.lower[i + 1] in {"backed", "born", "made", "trained", "based", "led"}
        )

    def _raw(self, first: int, last: int) -> str | None:
        """A run of capitals that the page may know: "Ilias' chief executive", "governor of Kherson"."""
        run: list[int] = []
        for i in range(first, last):
            if (
                self.capital(i)
                and self.parsed.lower[i] not in self.lists.fields
                and not self.role_of(i)
                and not self._title(i)
            ):
                run.append(i)
            elif run:
                break
        return self.text(run[0], run[-1] + 1) if run and not self.shout[self.parsed.sent[run[0]]] else None

    # -- bodies, places, names -----------------------------------------------------------------------------------------

    def _named(self, start: int, after: int, end: int, last: int, owner: tuple[int, int] | None) -> Phrase | None:
        hit = self.starts.get(after)
        if hit and hit.last == end and owner is None:
            return self._hit(hit.known, after, end, last)
        if end <= after:
            return None
        head = self.body_of(end - 1)
        run = self._run(after, end)
        kind = head or (self._kind_in(after, *run) if run else None)
        if kind == "paper" and not self.capital(end - 1):
            return self._paper(start, end, last, owner)
        if kind:
            return self._body(start, after, end, last, owner, run, kind)
        return self._bare(after, run, end) if run else None

    def _kind_in(self, after: int, first: int, stop: int) -> str | None:
        """What a run of capitals holds ("Lagoa Bank Ltd"), or is called just before it ("news website Lagoa")."""
        held = next((kind for i in range(first, stop) if (kind := self.body_of(i))), None)
        return held or (self.body_of(first - 1) if first > after else None)

    def _hit(self, known: Known, first: int, end: int, last: int) -> Phrase:
        if known.kind in {"country", "capital"}:
            return Phrase("place", known.name, side=known.side)
        if known.kind in {"people", "demonym"}:
            return Phrase("unnamed", role=self.text(first, last), side=known.side, plural=True)
        return Phrase(known.kind, known.name, side=known.side, gender="n")

    def _run(self, first: int, end: int) -> tuple[int, int] | None:
        """The last run of words with capitals."""
        stop = end
        while stop > first and not self.capital(stop - 1):
            stop -= 1
        start = stop
        while start > first and (self.capital(start - 1) or self._inner(start - 1, first)):
            start -= 1
        return (start, stop) if start < stop else None

    def _inner(self, i: int, first: int) -> bool:
        word = self.parsed.lower[i]
        joins = word in _JOINS or word in self.lists.particles or word in {"-", "the", "'", "’", ".", "/"}
        return joins and i > first and (self.capital(i - 1) or self.parsed.lower[i - 1] in _JOINS)

    def _paper(self, start: int, end: int, last: int, owner: tuple[int, int] | None) -> Phrase:
        maker = None
        by = next((i for i in range(end, last) if self.parsed.lower[i] in {"by", "from"}), None)
        if by is not None and by + 1 < last:
            maker = self._part(by + 1, last)
        elif owner:
            maker = self._part(*owner)
        plural = self.parsed.tag[end - 1] in {"NNS", "NNPS"}
        name, side = (maker.name, maker.side) if maker else (None, None)
        return Phrase("document", name, self.text(start, end), side, "n", plural)

    def _body(
        self,
        start: int,
        after: int,
        end: int,
        last: int,
        owner: tuple[int, int] | None,
        run: tuple[int, int] | None,
        kind: str,
    ) -> Phrase:
        known = next(
            (
                self.starts[i].known
                for i in range(after, end)
                if i in self.starts and self.starts[i].known.kind in {"body", "outlet"}
            ),
            None,
        )
        plural = self.parsed.tag[end - 1] in {"NNS", "NNPS"} and kind not in {"armed", "state"}
        if known and kind in {"outlet", "firm", "group"}:
            return Phrase(known.kind, known.name, self.text(start, end), known.side, "n")
        country = self._country(after, end, last, owner)
        name = self._body_name(start, after, end, owner, run, kind, country)
        side = self._body_side(name, kind, country, after, end, owner)
        role = self.text(start, last)
        return Phrase("outlet" if kind == "outlet" else "body", name, role, side, "n", plural)

    def _country(self, after: int, end: int, last: int, owner: tuple[int, int] | None) -> str | None:
        if owner and (side := self._known(*owner)):
            return side
        if side := self._known(after, end):
            return side
        if end < last and self.parsed.lower[end] in {"of", "in"}:
            return self._known(end + 1, last)
        return None

    def _body_name(
        self,
        start: int,
        after: int,
        end: int,
        owner: tuple[int, int] | None,
        run: tuple[int, int] | None,
        kind: str,
        country: str | None,
    ) -> str | None:
        if run:
            first, stop = self._without_country(*run)
            while stop > first + 1 and self.parsed.lower[stop - 1] in _PLATFORMS and stop < end:
                stop -= 1
            inside = any(self.body_of(i) for i in range(first, stop))
            if first < stop and (inside or kind in {"outlet", "group", "firm"}):
                first = run[0] if inside and not self._adjective_first(run) else first
                return self.text(first, stop)
            if first < stop:
                return self.text(first if country else start, end)
        hit = self.starts.get(after)
        rest = hit.last if hit and hit.last < end and hit.known.side == country else after
        if country:
            return f"{sides.adjective(country)} {self.text(rest, end)}"
        return self.text(owner[0], end) if owner and self._raw(*owner) else None

    def _adjective_first(self, run: tuple[int, int]) -> bool:
        hit = self.starts.get(run[0])
        return bool(
            hit
            and hit.known.kind in {"demonym", "people"}
            and len(hit.known.name) > 2
            and hit.last < run[1]
            and not self.body_of(run[1] - 1)
        )

    def _without_country(self, first: int, stop: int) -> tuple[int, int]:
        hit = self.starts.get(first)
        return (hit.last, stop) if hit and hit.last <= stop and hit.known.kind != "body" else (first, stop)

    def _body_side(
        self, name: str | None, kind: str, country: str | None, after: int, end: int, owner: tuple[int, int] | None
    ) -> str | None:
        if kind == "outlet":
            state = (
                any(self.parsed.lower[i] in _STATE_MEDIA for i in range(after, end))
                or "agency" in self.parsed.lower[after:end]
            )
            return country if state else None
        if kind in {"state", "armed"}:
            return country or (self._raw(*owner) if owner else None) or self._raw(after, end)
        named = name is not None and not (country and name.startswith(sides.adjective(country)))
        return name if named and kind in {"firm", "group"} else country

    def _bare(self, after: int, run: tuple[int, int], end: int) -> Phrase | None:
        """Names alone, with a title or without."""
        if run[1] < end:
            return None
        first = run[0]
        titled = self._title(first) and run[1] - first > 1
        name = self._name(*run)
        if name is None:
            return None
        gender = self._gender(*run)
        known = self.first_name(first) if run[1] - first > 1 else None
        rank = (
            self.text(first, first + 1) if titled and self.parsed.lower[first].rstrip(".") in self.lists.ranks else None
        )
        sure = titled or known is not None
        return Phrase("person", name, rank, None, gender or (known if known in {"m", "f"} else None), sure=sure)


def _shouted(parsed: Parse, first: int, last: int) -> bool:
    """True for a sentence all in capitals."""
    letters = [w for w in parsed.words[first:last] if w.isalpha() and len(w) > 1]
    return len(letters) > 3 and sum(w.isupper() for w in letters) > 0.8 * len(letters)


def _joined(parts: list[Phrase]) -> Phrase:
    """One phrase of its parts: the named person first, roles and sides from the rest."""
    sure = next((p for p in parts if p.kind == "person" and p.name and p.sure), None)
    main = sure or next((p for p in parts if p.name and p.kind != "place"), None) or parts[0]
    rest = [p for p in parts if p is not main]
    if not rest:
        return main
    if main.kind == "person":
        roles = "; ".join(p.role for p in (main, *rest) if p.role)
        side = main.side or next((p.side for p in rest if p.side and p.kind == "office"), None)
        gender = main.gender or next((p.gender for p in rest if p.gender in {"m", "f"}), None)
        return replace(
            main, role=roles or None, side=side, gender=gender, sure=main.sure or any(p.kind == "office" for p in rest)
        )
    alias = next((p.name for p in rest if p.name), None)
    role = main.role or next((p.role for p in rest if p.role), None)
    side = main.side or next((p.side for p in rest if p.side), None)
    return replace(main, role=role, side=side, alias=alias)
