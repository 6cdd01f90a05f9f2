"""A part of a phrase that is about a body, an outlet or a document → name, side, kind."""

from __future__ import annotations

from onrecord.statements import sides
from onrecord.statements.mentions_ground import SETS, Ground
from onrecord.statements.mentions_people import Part, Phrase, campaign
from onrecord.statements.mentions_words import is_own_name, words
from onrecord.statements.sides import Hit, Known

Run = tuple[int, int]
PARTIES = frozenset(words().parties.values())
_FIELD = 3
"""Words of a ministry's field at most."""
_SHORT = 6
"""Letters of a state body's short name at most."""


def owned(ground: Ground, part: Part, name: str, side: str) -> Phrase:
    """A bare name behind its country's: "Russia's FSB" is what the lists know; "India's NDMA" speaks for India."""
    at = ground.starts.get(part.after)
    if at and at.last == part.end and at.known.kind in {"body", "outlet"}:
        return Phrase(at.known.kind, at.known.name, None, at.known.side or side, "n")
    letters = name.isupper() and name.isalpha() and 2 < len(name) <= _SHORT
    if letters and name not in PARTIES and name not in sides.at_home("firms"):
        return Phrase("body", name, None, side, "n")
    return Phrase("name", name, None, None, "n")


def hit(ground: Ground, known: Known, first: int, last: int) -> Phrase:
    """A phrase that is a known name and nothing else."""
    if known.kind in {"country", "capital"}:
        return Phrase("place", known.name, side=known.side)
    if known.kind in {"people", "demonym"}:
        return Phrase("unnamed", role=ground.text(first, last), side=known.side, plural=True)
    kind = "body" if known.kind == "nation" else known.kind
    return Phrase(kind, known.name, side=known.side, gender="n")


def branch(ground: Ground, hit_: Hit, part: Part) -> Phrase | None:
    """A known body's part somewhere: "the ACLU OF OHIO"."""
    known, at = hit_.known, hit_.last
    if known.kind != "body" or at >= part.end - 1 or ground.lower[at] != "of":
        return None
    if sides.is_country(known.side) and ground.side_of(at + 1, part.end) not in {None, known.side}:
        return None
    name = ground.text(part.after, part.end)
    return Phrase("body", name, side=name if known.side == known.name else known.side, gender="n")


def club(ground: Ground, run: Run) -> Phrase | None:
    """A club by its letters: "FC Lagoa", "Lagoa AFC"; it is called without them."""
    words = ground.parsed.words[run[0] : run[1]]
    if len(words) < 2 or not {words[0], words[-1]} & _CLUBS:
        return None
    name = ground.text(*run)
    bare = name.removeprefix(f"{words[0]} ") if words[0] in _CLUBS else name.removesuffix(f" {words[-1]}")
    return Phrase("body", name, side=bare, gender="n")


_CLUBS = SETS["clubs"]


def kind_of(ground: Ground, part: Part, run: Run | None, forced: bool) -> str | None:
    """state, armed, group, firm, outlet or paper; None when nothing says that this is a body."""
    head = ground.body[part.end - 1]
    named = run is not None and run[1] == part.end
    if head == "state" and named and ground.lower[part.end - 1] in SETS["own_allied"] and run and run[1] - run[0] > 1:
        return "group"
    if ground.lower[part.end - 1] == "campaign" and campaign(ground, part.start, part.end):
        return head
    if head and not named and not forced and ground.lower[part.end - 1] in ground.lists.weak:
        owned = part.owner and any(ground.capital[part.owner[0] : part.owner[1]])
        head = head if owned else None
    if head or run is None:
        return head
    told = ground.body[run[0] - 1] if run[0] > part.after else None  # "the internet PROVIDER Lagoa Media"
    return told or next((kind for i in range(*run) if (kind := ground.body[i])), None)


def idle(ground: Ground, part: Part, found: Phrase) -> bool:
    """True for a common noun without article, owner or name: "abuse of authority", "in court"."""
    if found.name or found.side or found.plural or part.owner or ground.capital[part.end - 1]:
        return False
    before = ground.lower[part.start - 1] if part.start else ""
    return before not in SETS["articles"] and ground.lower[part.end - 1] not in SETS["alone"]


def run_of(ground: Ground, first: int, end: int) -> Run | None:
    """The last run of words with capitals, with the small words inside it."""
    stop = end
    while stop > first and not ground.capital[stop - 1]:
        stop -= 1
    start = stop
    while start > first and (ground.capital[start - 1] or _inner(ground, start - 1, first)):
        start -= 1
    hyphened = stop < end - 1 and ground.lower[stop] == "-" and stop - start == 1 and start not in ground.inside
    return (start, stop) if start < stop and not hyphened else None  # "Right-wing party"


def _inner(ground: Ground, i: int, first: int) -> bool:
    word = ground.lower[i]
    small = (
        i in ground.joined
        or word in SETS["joins"]
        or word in ground.lists.particles
        or word in {"-", "the", "'", "’", ".", "/", "&"}
    )
    before = ground.lower[i - 1]
    return (
        small and i > first and (ground.capital[i - 1] or before in SETS["joins"] or before in ground.lists.particles)
    )


def paper(ground: Ground, part: Part, maker: Phrase | None) -> Phrase:
    """A document; what it says, its maker says."""
    plural = ground.lower[part.end - 1].endswith("s")
    name, side = (maker.name, maker.side) if maker else _maker_before(ground, part)
    return Phrase("document", name, ground.text(part.start, part.end), side, "n", plural)


def _maker_before(ground: Ground, part: Part) -> tuple[str | None, str | None]:
    """Who made "a Pentagon statement", "the Onda article"; of "a Chadian report" the side alone is known."""
    for i in range(part.after, part.end - 1):
        if (at := ground.starts.get(i)) and at.last < part.end:
            return (at.known.name if at.known.kind in {"body", "outlet"} else None), at.known.side
    return None, None


def body(ground: Ground, part: Part, run: Run | None, kind: str) -> Phrase:
    """A ministry, army, firm, group or outlet, by name or by description."""
    if ground.lower[part.end - 1] == "campaign" and (whose := campaign(ground, part.start, part.end)):
        return Phrase("body", whose, ground.text(part.start, part.end), whose, "n")
    country = _country(ground, part)
    known = _known(ground, part, country)
    role = ground.text(part.start, part.last if part.last - part.start < 16 else part.end)
    if known and run and (longer := _longer(ground, part, run, kind)):
        return Phrase("body", longer, role, known.side, "n")
    if known and (kind in {"outlet", "firm", "group"} or (run and run[1] == part.end and run[0] == part.after)):
        return Phrase(known.kind, known.name, role, known.side or (country if kind == "state" else None), "n")
    name = _name(ground, part, run, kind, country)
    plural = ground.lower[part.end - 1].endswith("s") and kind not in {"armed", "state"}
    side = _side(ground, part, name, kind, country)
    return Phrase("outlet" if kind == "outlet" else "body", name, role, side, "n", plural)


def _longer(ground: Ground, part: Part, run: Run, kind: str) -> str | None:
    """A name that only begins with a known body's: "the UN Mission in Lagoa", "Hamas Roads Ministry"."""
    hit_ = ground.starts.get(run[0])
    if kind not in {"state", "armed"} or hit_ is None or hit_.known.kind != "body" or run[0] != part.after:
        return None
    return ground.text(*run) if run[1] == part.end and any(ground.body[hit_.last : run[1]]) else None


def _known(ground: Ground, part: Part, country: str | None) -> Known | None:
    """A body of the lists inside the part, unless the words give it to another country."""
    for i in range(part.after, part.end):
        at = ground.starts.get(i)
        if not at or at.known.kind not in {"body", "outlet"}:
            continue
        if (
            at.known.kind == "outlet"
            and at.last < part.end
            and ground.capital[at.last]
            and ground.body[at.last] != "outlet"
        ):
            continue  # "Dawn Front" is not Dawn
        own = at.last == part.end and not sides.is_country(at.known.side)  # "Sudan's Rapid Support Forces"
        if own or at.known.side == country or country is None or not at.known.side:
            return at.known
    return None


_ABROAD = frozenset({"embassy", "consulate", "mission", "commission", "delegation"})
"""Bodies whose place is not whose they are: "our embassy in Lagoa"."""


def _country(ground: Ground, part: Part) -> str | None:
    if part.owner and (side := ground.side_of(*part.owner)):
        return side
    if side := ground.side_of(part.after, part.end):
        return side
    abroad = ground.lower[part.end - 1] in _ABROAD and ground.lower[part.end : part.end + 1] == ["in"]
    if part.end < part.last and ground.lower[part.end] in {"of", "in"} and not abroad:
        return ground.side_of(part.end + 1, part.last)
    return None


def _name(ground: Ground, part: Part, run: Run | None, kind: str, country: str | None) -> str | None:
    if run and (name := _capital_name(ground, part, run, kind, country)):
        return name
    if country and (part.owner or kind in {"state", "armed"}):
        hit_ = ground.starts.get(part.after)
        rest = hit_.last if hit_ and hit_.last < part.end and hit_.known.side == country else part.after
        if hit_ and rest > part.after and ground.lower[rest - 1] == "city" and hit_.known.kind == "capital":
            return ground.text(part.after, part.end)  # "the Mexico City government" is not Mexico's
        told = ground.text(rest, part.end)
        told = told if ground.capital[rest] else told[:1].lower() + told[1:]
        told = f"{field} {told}" if rest == part.end - 1 and (field := _field(ground, part)) else told
        return told if ground.side_of(rest, part.end) == country else f"{sides.adjective(country)} {told}"
    owned = part.owner and kind in {"state", "armed"} and ground.raw(*part.owner)
    return ground.text(part.owner[0], part.end) if part.owner and owned else None


def _field(ground: Ground, part: Part) -> str:
    """What a ministry is there for: `health` of "the ministry of health", `foreign` of "of foreign affairs"."""
    first = part.end + 1
    if ground.lower[part.end - 1] not in SETS["of_fields"] or first >= part.last or ground.lower[part.end] != "of":
        return ""
    stop = next((i for i in range(first, part.last) if not ground.lower[i].isalpha()), part.last)
    if not 0 < stop - first <= _FIELD or ground.side_of(first, stop) or ground.lower[first] in SETS["articles"]:
        return ""
    words = ground.lower[first:stop]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] == "affairs" else words)


def _capital_name(ground: Ground, part: Part, run: Run, kind: str, country: str | None) -> str | None:
    """The name that capitals give: `Lagoa Bank`, `Onda` of "the Onda Telegram channel", `Lagoa city council`."""
    first, stop = run
    if stop - first == 1 and stop < part.end and ground.lower[first] in SETS["creeds"]:
        return None
    while stop > first + 1 and ground.lower[stop - 1] in SETS["platforms"] and stop < part.end:
        stop -= 1
    hit_ = ground.starts.get(first)
    led = (
        hit_ if hit_ and hit_.last <= stop and hit_.known.kind in {"country", "capital", "demonym", "people"} else None
    )
    inside = any(ground.body[i] for i in range(first, stop))
    if (led and led.last == stop) or (stop - first == 1 and inside):
        return None  # "the Ministry" is no name
    if stop < part.end and ground.lower[part.end - 1] == "club":
        return ground.text(first, stop)  # "Lagoa Rovers football club"
    if inside:
        text = ground.text(first, stop)
        outside = country and not ground.side_of(first, stop)
        return f"{sides.adjective(country)} {text}" if outside and country and kind == "state" else text
    if kind in {"outlet", "firm"} or (kind == "group" and ground.lower[part.end - 1] not in ground.lists.weak):
        return ground.text(led.last if led else first, stop)
    return ground.text(first, part.end) if stop < part.end else ground.text(first, stop)


def _side(ground: Ground, part: Part, name: str | None, kind: str, country: str | None) -> str | None:
    if kind == "outlet":
        return country if SETS["state_media"] & set(ground.lower[part.after : part.end]) else None
    if kind in {"state", "armed"}:
        lower = not ground.capital[part.end - 1]
        return (
            country
            or (ground.raw(*part.owner) if part.owner else None)
            or (ground.raw(part.after, part.end) if lower else None)
            or (ground.raw(part.end + 1, part.last) if lower and _within_place(ground, part) else None)
        )
    if country and ground.lists.opposition & set(ground.lower[part.after : part.end]):
        return sides.opposition(country)
    described = country and name and name.startswith(sides.adjective(country)) and not is_own_name(name)
    return name if name and not described else country


def _within_place(ground: Ground, part: Part) -> bool:
    """ "The weather bureau in Lagoa"."""
    return part.end < part.last - 1 and ground.lower[part.end] in {"in", "of"}


def belonging(ground: Ground, first: int, last: int) -> str | None:
    """The body that "of the …" names; a place is none: it has no article and holds no body's word."""
    article = first < last and ground.lower[first] == "the"
    first += article
    while first < last - 1 and not ground.capital[first] and ground.parsed.pos[first] in {"ADJ", "NOUN"}:
        first += 1  # "the opposition | Dawn party"
    stop = first
    while stop < last and (ground.capital[stop] or ground.lower[stop] in {"of", "-", "&"} or stop in ground.joined):
        stop += 1
    while stop > first and not ground.capital[stop - 1]:
        stop -= 1
    if stop == first or not ground.capital[first] or ground.shout[first]:
        return None
    stop += stop < last and ground.lower[stop] in {"party", "union", "movement", "alliance", "league"}
    held = any(ground.body[i] in {"group", "firm", "armed"} for i in range(first, stop))
    if hit_ := ground.starts.get(first):
        return hit_.known.side if hit_.last == stop and hit_.known.kind == "body" else None
    acronym = (
        stop - first == 1
        and (2 if article else 3) <= len(ground.parsed.words[first]) <= 6
        and ground.parsed.words[first].isupper()
    )
    return ground.text(first, stop) if held or acronym or (article and stop - first > 1) else None
