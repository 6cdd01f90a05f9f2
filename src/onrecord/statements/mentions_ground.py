"""A parsed post's words → what each may be in a phrase about people or bodies."""

from __future__ import annotations

from functools import cache

from onrecord.statements import sides
from onrecord.statements.mentions_words import is_own_name, words
from onrecord.statements.parse import Parse
from onrecord.statements.speakers_names import leaders

SETS = words().sets
POSSESSIVE = frozenset({"'s", "’s", "‘s", "´s", "'", "’", "‘"})
STOPS = SETS["prepositions"] | SETS["joins"]
_ASKING = frozenset({"WP", "PRP", "WDT"})
_LINKS = frozenset({"of", "for", "and", "&", "the"})
_CUT = frozenset({"sen", "rep", "gov", "min", "gen", "col", "sec"})
"""Offices cut short, which are names too."""
_ORDINARY = SETS["calendar"] | SETS["ordinary"]


@cache
def _role_ends() -> frozenset[str]:
    """Words that roles end with: "minister", and the "lady" of "first lady"."""
    return frozenset(role.rpartition(" ")[2] for role in words().roles)


def _unpapered(parsed: Parse, hit: sides.Hit) -> sides.Hit:
    """ "The Australian Harbour Authority": no paper, but its people's."""
    goes_on = hit.last - hit.first == 2 and parsed.words[hit.last : hit.last + 1]
    if hit.known.kind != "outlet" or not goes_on or parsed.lower[hit.first] != "the" or not goes_on[0][0].isupper():
        return hit
    known = sides.of(parsed.words[hit.first + 1])
    return sides.Hit(hit.first + 1, hit.last, known) if known and known.kind == "demonym" else hit


class Ground:
    """The words of one post, looked up once."""

    def __init__(self, parsed: Parse) -> None:
        self.parsed = parsed
        self.lower = parsed.lower
        self.lists = words()
        found = [
            _unpapered(parsed, h)
            for h in sides.hits(parsed.words)
            if (parsed.tag[h.first] not in _ASKING or _acronym(parsed, h.first)) and not _whole_land(parsed, h.first)
        ]
        self.starts = {hit.first: hit for hit in found}
        self.inside = {i: hit for hit in found for i in range(hit.first, hit.last)}
        shouted = [_shouted(parsed, a, b) for a, b in parsed.sentences]
        self.shout = [shouted[s] for s in parsed.sent]
        names = zip(parsed.words, parsed.pos, parsed.lower, strict=True)
        may_be = [w[0].isupper() or pos == "PROPN" or low in SETS["prefixes"] for w, pos, low in names]
        self.capital = [may and self._capital(i) for i, may in enumerate(may_be)]
        self.joined = {i for i, w in enumerate(parsed.lower) if w in POSSESSIVE and self._joined(i)}
        """Possessive marks inside names: "Dockers' Union", "People's Front"."""
        roles, ends = self.lists.roles, _role_ends()
        self.tails = [w in SETS["union_tails"] and self._union(i) for i, w in enumerate(parsed.lower)]
        """Last words of unions' names: "United Mill Workers"."""
        self.body: list[str | None] = [
            self._body(i, w) if w in self.lists.body_ends else None for i, w in enumerate(parsed.lower)
        ]
        """state, armed, group, firm, outlet or paper for the head of a body."""
        self.role: list[str | None] = [
            None if w not in ends or (w in roles and self._no_role(i, w)) else roles.get(self._pair(i)) or roles.get(w)
            for i, w in enumerate(parsed.lower)
        ]
        """office, spokes, member, private or source for the head of a role."""

    def _capital(self, i: int) -> bool:
        """True when the word looks like part of a name; in a text all in capitals, when its grammar allows it."""
        word, pos = self.parsed.words[i], self.parsed.pos[i]
        if not word[0].isupper():
            if self.lower[i] in SETS["prefixes"] and self.lower[i + 1 : i + 2] == ["-"]:
                return self.parsed.words[i + 2 : i + 3] != [] and self.parsed.words[i + 2][0].isupper()
            if word[1:2] in {"'", "’"} and word[2:3].isupper():
                return True  # "d'Angelo"
            joined = i > 1 and self.lower[i - 1] == "-" and self.parsed.words[i - 2][0].isupper() and word[0].isalpha()
            return pos == "PROPN" and (word[0].isdigit() or joined)
        if pos not in {"PROPN", "X"} and i == self.parsed.sentences[self.parsed.sent[i]][0] and i not in self.inside:
            return self.shout[i] or sides.fold(word) in leaders()
        return not self.shout[i] or self.parsed.pos[i] in {"PROPN", "NOUN", "ADJ", "X"}

    def _joined(self, i: int) -> bool:
        """Between capitals, behind a plural ("Nurses' League") or a word that owns in names ("Women's League")."""
        if not 0 < i < len(self.parsed) - 1 or not (self.capital[i - 1] and self.capital[i + 1]) or self.shout[i]:
            return False
        before = self.lower[i - 1]
        if i - 1 in self.inside:
            return i in self.inside
        bare = len(self.lower[i]) == 1
        if not bare and before in self.lists.roles and before not in SETS["role_surnames"] | SETS["owning"]:
            near = range(i + 1, min(i + 4, len(self.lower)))  # "Engine Driver's Union"
            return any(self.lists.bodies.get(self.lower[k]) == "group" and self.capital[k] for k in near)
        return before in SETS["owning"] or (
            bare and (before in self.lists.plurals or before.endswith(("workers", "owners", "makers", "ists", "ers")))
        )

    def _body(self, i: int, word: str) -> str | None:
        if self.capital[i] and self.first_name(i):
            return None  # "Bill Reis"
        if word in SETS["union_tails"] and not self.tails[i]:
            return None
        pair = f"{self.lower[i - 1]} {word}" if i else ""
        return self.lists.bodies.get(pair) or self.lists.bodies.get(word)

    def _union(self, i: int) -> bool:
        return i > 1 and not self.shout[i] and self.capital[i] and self.capital[i - 1] and self.capital[i - 2]

    def _members(self, i: int) -> bool:
        """The capitals before make it a body's: "National Union of Ferry WORKERS"."""
        at, of = i - 1, False
        if not self.capital[i] or self.shout[i]:
            return False
        while at >= max(0, i - 8) and (self.capital[at] or self.lower[at] in _LINKS):
            if of and self.capital[at] and self.body[at]:
                return True
            of = of or self.lower[at] in {"of", "for"}
            at -= 1
        return False

    def _pair(self, i: int) -> str:
        return f"{self.lower[i - 1]} {self.lower[i]}" if i else ""

    def _no_role(self, i: int, word: str) -> bool:
        """ "Coast Guard" is a body, "Stephen King" a name."""
        joined = i + 1 in self.joined or self.tails[i]  # the People's Front, the United Mill Workers
        joined = joined or (word in self.lists.plurals and self._members(i)) or self._portfolio(i, word)
        joined = joined or (word in SETS["lettered"] and not self._lettered(i))
        joined = joined or (word in _CUT and self._ends_name(i))
        return joined or (i > 0 and f"{self.lower[i - 1]} {word}" in self.lists.bodies) or self._surname(i)

    def _ends_name(self, i: int) -> bool:
        """ "Hun SEN", whom no name follows: no senator."""
        behind = self.parsed.words[i + 1 : i + 2]
        return i > 0 and self.capital[i - 1] and self.capital[i] and not (behind and behind[0][0].isupper())

    def _lettered(self, i: int) -> bool:
        """ "Chadian FM", "CM Ana Reis", not "Lagoa FM" or "30 cm"."""
        beside = i - 1 in self.inside or (i + 1 < len(self.parsed) and self.parsed.words[i + 1][0].isupper())
        return self.parsed.words[i].isupper() and beside

    def _portfolio(self, i: int, word: str) -> bool:
        """What a ministry is of: "Ministry of Security and JUSTICE"."""
        if i < 2 or word not in self.lists.fields or not self.capital[i] or self.lower[i - 1] not in {"of", "and"}:
            return False
        return any(self.body[k] == "state" and self.lower[k + 1] == "of" for k in range(max(0, i - 5), i - 1))

    def _surname(self, i: int) -> bool:
        """ "King" in "Stephen King"."""
        if not i or not self.capital[i] or not self.capital[i - 1]:
            return False
        before = self.lower[i - 1].rstrip(".")
        if self.lower[i] not in SETS["role_surnames"] and i + 1 < len(self.parsed) and self.capital[i + 1]:
            return False  # "Virginia Governor Ana Reis"
        return (before in self.lists.honorifics and before not in self.lists.roles) or (
            not self.shout[i] and bool(self.first_name(i - 1))
        )

    def day(self, i: int) -> bool:
        """A day or month before a name: "on FRIDAY Rovers' chairman"; not "April Reis"."""
        ahead = i + 1 < len(self.parsed) and self.capital[i + 1]
        return ahead and self.lower[i] in SETS["calendar"] and not self.first_name(i)

    def first_name(self, i: int) -> str | None:
        """m, f or u for a first name in the list."""
        return self.lists.names.get(sides.fold(self.parsed.words[i]))

    def title(self, i: int) -> bool:
        """Mr, Dr, General: a word before a name."""
        word = self.lower[i].rstrip(".")
        if word in SETS["dotted"] and word == self.lower[i]:
            return False  # "Min Aung", not "Min. Reis"
        return not word or word in self.lists.honorifics or word in self.lists.ranks

    def text(self, first: int, last: int) -> str:
        """The words as they stand, white space made single."""
        return " ".join(self.parsed.between(first, last).split())

    def side_of(self, first: int, last: int) -> str | None:
        """The side of the first known word; "Kyiv-backed" names no side, "Moscow-installed" does."""
        for i in range(first, last):
            hit = self.starts.get(i)
            if not hit or hit.last > last or not hit.known.side or self._backed(hit.last, last):
                continue
            side = hit.known.side
            against = any(w in self.lists.opposition for w in self.lower[hit.last : last + 1])
            return sides.opposition(side) if against else side
        return None

    def _backed(self, i: int, last: int) -> bool:
        return i + 1 < last and self.lower[i] == "-" and self.lower[i + 1] in SETS["no_side"]

    def raw(self, first: int, last: int, whole: bool = True) -> str | None:
        """Capitals that the page may know: "governor of Kherson"; not `whole`, before a role: "Kherson governor"."""
        start = next((i for i in range(first, last) if self.capital[i] and not self._common(i, whole)), last)
        stop = start
        while stop < last and (self.capital[stop] or self._joins(stop)):
            if stop > start and (self.role[stop] or self.title(stop)):
                break
            stop += 1
        while stop > start and not self.capital[stop - 1]:
            stop -= 1
        common = stop - start == 1 and stop < last and self._pair(stop) in self.lists.bodies
        if common and not self.capital[stop]:
            return None  # "Coast guard spokesman", at the start of a sentence
        if start >= stop or self.shout[start] or (stop - start == 1 and self._vague(start)):
            return None
        return self.text(start, stop)

    def _owned_body(self, first: int, last: int) -> str | None:
        """The party or firm in "leader of Chad's Dawn Party": it stands before its country."""
        mark = next((i for i in range(first, last) if self.lower[i] in POSSESSIVE and i not in self.joined), None)
        first = next((i for i in range((mark or 0) + 1, last) if self.capital[i]), last)
        if mark is None or not any(self.body[i] in {"group", "firm"} for i in range(first, last)):
            return None
        return self.raw(mark + 1, last)

    def _vague(self, i: int) -> bool:
        """A capital that names nobody: "secretary of State", "Committee chairman"."""
        return self.body[i] is not None or self.lower[i] in self.lists.fields or self.lower[i] in _ORDINARY

    def _joins(self, i: int) -> bool:
        if self.lower[i] == "of" and self.body[i - 1] == "firm" and self.lower[i - 1] not in SETS["firms_of"]:
            return False  # "Lagoa Motors of Ohio"
        return self.lower[i] in {"-", "of", "&"} or self.lower[i] in self.lists.particles or i in self.joined

    def _common(self, i: int, whole: bool) -> bool:
        members = whole and self.lower[i] in self.lists.plurals and self.capital[i + 1 : i + 2] == [True]
        if self.day(i) or self.title(i) or (self.role[i] is not None and not members):
            return True  # but "founder of | Nurses Without Borders"
        return not whole and (self.lower[i] in self.lists.fields or self.lower[i] in _ORDINARY)

    def sides_after(self, end: int, last: int, kind: str) -> str | None:
        """The side in a role's tail: "officials in Kyiv", "governor of Kherson"; not whom an envoy is sent to."""
        if "exile" in self.lower[end:last]:
            return None
        if end >= last or self.lower[end] not in SETS["spoken_for" if kind in {"spokes", "member"} else "owned_by"]:
            return None
        stop = next((i for i in range(end + 1, last) if self.lower[i] in {"who", "that", "which"}), last)
        if owned := self._owned_body(end + 1, stop):
            return owned
        stop = next((i for i in range(end + 1, stop) if self.lower[i] in POSSESSIVE and i not in self.joined), stop)
        first = next((i for i in range(end + 1, stop) if self.capital[i]), stop)
        if any(w in SETS["unstated"] or w in SETS["civic"] for w in self.lower[end + 1 : first]):
            return None  # "a lawyer for the family of Ana Reis"
        name, side = self.raw(end + 1, stop), self.side_of(end + 1, stop)
        if name and is_own_name(name) and (side is None or sides.is_country(side)):
            return name  # "leader of the Chadian Dockers' League"
        if side:
            return side
        tail = self.lower[end + 1 : stop][-1:]
        return None if name and tail and tail[0] in SETS["civic"] and not self.capital[stop - 1] else name


def _acronym(parsed: Parse, i: int) -> bool:
    """WHO, not who."""
    return parsed.words[i] == "WHO" and not _shouted(parsed, *parsed.sentences[parsed.sent[i]])


def _whole_land(parsed: Parse, i: int) -> bool:
    """ "All-India Dockers' Federation", "Inter-American Bank": a part of a name, and no side."""
    return i > 1 and parsed.words[i - 1] == "-" and parsed.lower[i - 2] in SETS["whole_lands"]


def _shouted(parsed: Parse, first: int, last: int) -> bool:
    """True for a sentence all in capitals."""
    upper = sum(map(str.isupper, parsed.words[first:last]))
    return upper > 3 and upper > 0.6 * (last - first)
