"""The text of a page → its lines, each with what it shows itself to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import cache
from itertools import pairwise
from typing import Literal

from onrecord.posts.addressed import takes_leave
from onrecord.posts.bracketed import behind_name, bracketed
from onrecord.posts.furniture import is_furniture
from onrecord.posts.leads import DAY_LEAD, SPAN, leads, tailed
from onrecord.posts.leads import bare as unmarked
from onrecord.posts.moments import NO_YEAR, Printed, epoch, printed, worded
from onrecord.posts.people import capitals, is_name, names, owned, prefixed
from onrecord.posts.sums import announces, sums_up
from onrecord.posts.words import listing, plain, words

Kind = Literal[
    "body",
    "short",
    "title",
    "caption",
    "credit",
    "label",
    "byline",
    "time",
    "lead",
    "signed",
    "day",
    "related",
    "signoff",
    "chrome",
    "stamp",
]

Bracket = Literal["", "opens", "closes"]

PAGE_LEVEL = frozenset({"chrome", "signoff", "stamp", "day"})
"""Kinds of line that are no part of a post."""

FURNITURE = 140
"""A longer line is never taken for furniture, a label, a byline or a credit."""

_HEADLINE = 16
"""Words of a headline, at most, where its last sign might be a full stop."""
SHORT = 4
"""Words of what is no full headline."""
PARAGRAPH = 12
"""Words of what is surely a paragraph."""
LONGEST_LED = 28
"""Words of a headline behind a time, at most."""
POINTS = "•·▪●◦►▶➤‣"
BULLETS = POINTS + "*-–—"
"""What items of a list begin with."""
QUOTES = "\"“”'‘’«»„"
COUNTER = re.compile(r"(?:live\s?)?\d{1,4} (?:new )?(?:posts|updates|entries|items|comments)", re.IGNORECASE)
"""How many posts a page has."""
_NAMED = 8
"""Words of a byline, at most."""
_STAMPED = 16
"""Signs in which a row that prints a time does."""
_WIDEST = 100
_NARROWEST = 30
"""Signs of a row that was broken to a width, at least."""
_LONGEST = 5000
_FILE = "posts_lines.toml"
_STOP = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[\"”»]$")
_NUMBERED_DAY = re.compile(r"\(?day\s\w{1,12}\)?", re.IGNORECASE)
_SHORTENED = re.compile(r"\b(?:[ap]\.m|[A-Z]\.[A-Z]|Inc|Co|Corp|Ltd|Jr|Sr|St|No|vs)\.$")
_ARTICLES = ("the ", "a ", "an ", "it ", "he ", "she ", "they ", "we ")
"""How sentences begin, and headlines seldom."""
_ENDED = re.compile(r"[a-z)]{2}[.!?][\"'”’]?\s+[A-Z]")
_SIGNED = re.compile(r"(?:(?:Share|Tweet|Print|Email|Reply|Comment)\s)?[-–—]{1,2}\s?(?=[A-Z])")
_AGENCY = re.compile(r"\([A-Z][A-Za-z]{1,10}\)\s?[-–—]?$")
"""The end of a dateline: `TAMPA, Fla. (AP) -`."""
_STAFF = re.compile(
    r"(?:from|by) (?:the )?(?P<who>[\w.&' ]{2,30} "
    r"(?:staff|teams?|reporters|correspondents|journalists|writers|newsroom|bureau|desk))"
    r"(?: in [\w ,.'-]{2,40})?"
)
"""A byline that names no person."""
_HOLDER = re.compile(r"\((?:[A-Z][\w.'’-]{0,20} ){0,3}[A-Z][\w.'’-]{0,20}/[A-Z][\w ]{1,30}\)$")
"""Who took a picture, and for whom, behind its caption: `(Ana Sousa/PA)`."""
_CREDITED = re.compile(r"[.!?”\"]\s(?P<who>[A-Z][^.!?]{4,60})$")
"""What stands behind a caption's last full stop: `… is closed. Ana Sousa/AFP via Getty Images`."""
_PICTURE_WORDS = frozenset({"getty", "images", "photo", "photos", "via", "handout", "shutterstock"})
"""Words of a holder that no signature below a paragraph has."""
_SIGNS = re.compile(r"[\w'’]+")
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
_BLANK_CLOCK = re.compile(r"\d{1,2}: [0-5]\d(?:$|\s?[aApP]\.?[mM]\b|\s?\(?[A-Z]{2,4}\b)")
_COUNTS = re.compile(r"(?:update|post|entry|bulletin|part)\s(?:no\.?\s)?#?\d{1,3}")
_UPDATE = re.compile(r"update\s?#?\d{0,3}\W", re.IGNORECASE)
_TAIL = 24
"""Signs in which a time behind a headline ends."""
_TAILED = re.compile(
    r"(?P<head>[^|]{10,160}?(?:\s?[|·•]|\s[-–—]{1,2}|,)\s?)(?P<when>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s(?:\d{4},?\s)?)?"
    r"\d{1,2}(?:[:.]\d\d(?:\s?[aApP]\.?[mM]\.?)?|\s?[aApP]\.?[mM]\.?)(?:\s\(?[A-Z]{2,4}\)?)?)"
)
_GLUED_TIME = re.compile(r"[Pp]ublished at\W*$|(?<=[a-z\d’'”\")?!])(?:Published|Posted|Updated)(?: at| on)?\W*$")
"""What joins a headline and its time."""
_IN_ZONE = re.compile(
    r"\(?(?:(?:[A-ZÀ-Þ][\w'’.-]{1,20}|local|standard|summer|daylight)\s){1,3}time\)?|\(?(?:Eastern|Central|Mountain|Pacific)\)?"
)
"""A zone in words, known or not."""
_WHERE = re.compile(r"\s(?:in|from|at|for)\s")
_HANDLE = re.compile(r"@\w{2,30}")
_DATED = re.compile(
    r"\((?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s)?\d{1,2}[:.]\d\d\s?(?:[aApP]\.?[mM]\.?)?(?:\s[A-Z]{2,4})?\)$"
)


@dataclass(slots=True)
class Line:
    """One line of the page that holds words."""

    number: int
    """Counted from 0, empty lines included."""
    start: int
    end: int
    text: str
    kind: Kind = "body"
    time: Printed | None = None
    authors: tuple[str, ...] = ()
    indent: int = 0
    """Blanks before its first letter."""
    told: bool = False
    """It is a paragraph, however it ends."""
    headline: str | None = None
    """What of its words is the headline of its post, where a paragraph goes on in the same line."""
    bracket: Bracket = ""
    """Where a stamp in brackets stands in a paragraph, which then is a `lead`."""
    faint: bool = False
    """It begins with four digits that may be a clock or something else."""
    tail: Printed | None = None
    """A time behind its words: that of a post which they head, where other headlines end so."""
    plain: str = field(default="", repr=False)
    odds: float | None = None
    """The log-odds that it heads a post, where it may."""

    @property
    def size(self) -> int:
        """Its number of words."""
        return self.text.count(" ") + 1


def lines_of(text: str, near: tzinfo | None = None) -> list[Line]:
    """The lines that hold words, in order, each with its kind as far as the line alone tells it.

    Where lines are broken to a width, as in wire copy, the lines of a paragraph count as one.
    """
    rows = text.split("\n")
    out: list[Line] = []
    wrapped = is_wrapped(rows)
    start = 0
    open_paragraph = False
    for number, raw in enumerate(rows):
        stripped = raw.strip()
        if (
            stripped
            and open_paragraph
            and (wrapped or _runs_on(out[-1].text, stripped))
            and not raw.startswith(("  ", "\t"))
            and len(out[-1].text) < _LONGEST
        ):
            out[-1].text += " " + stripped
            out[-1].end = start + len(raw)
            out[-1].told = True
        elif stripped:
            text = stripped.strip("| ") or stripped
            out.append(Line(number, start, start + len(raw), text, indent=len(raw) - len(raw.lstrip())))
        open_paragraph = bool(stripped)
        start += len(raw) + 1
    for line in out:
        line.plain = plain(line.text[: FURNITURE + 60])
        classified(line, near)
    return out


def _runs_on(above: str, below: str) -> bool:
    """Whether a row goes on with the sentence above, which was broken to a width in an else unbroken page."""
    broken = len(above) >= _NARROWEST and (above[-1].isalpha() or above[-1] == ",") and below[:1].islower()
    signs = prefixed(below) and below.count(" ") < _NAMED
    return broken and not signs and not any(map(str.isdecimal, below[:_STAMPED]))


def is_wrapped(rows: list[str]) -> bool:
    """Whether lines are broken to a width: most go on in the next one without ending a sentence."""
    sample = rows[:2000]
    pairs = [(a, b) for a, b in pairwise(sample) if a.strip() and b.strip()]
    if len(pairs) < 3 or sorted(map(len, sample))[len(sample) * 98 // 100] > _WIDEST:
        return False
    broken = sum(len(a) >= _WIDEST // 2 and not _STOP.search(a.rstrip()) and a.rstrip()[-1] != "]" for a, _ in pairs)
    return 2 * broken > len(pairs)


def classified(line: Line, near: tzinfo | None = None) -> Line:
    """The line with its kind. Lines too short for a paragraph that show nothing else stay `short`."""
    if _starts("notice_start", line.plain):
        line.kind = "chrome"
    elif _starts("welcome_start", line.plain) and len(line.text) <= 3 * FURNITURE:
        line.kind = "signoff"
    elif len(line.text) <= FURNITURE and is_furniture(line.plain) and line.plain.startswith("• "):
        line.kind = "chrome"
    elif _related(line.plain):
        line.kind = _stamp_kind(line, near) or ("lead" if leads(line, near) else "related")
    elif len(line.text) <= 2 * FURNITURE and takes_leave(line.plain):
        line.kind = "signoff"
    elif len(line.text) > FURNITURE + 60:
        line.kind = "lead" if leads(line, near) else "body"
    else:
        line.kind = _short_kind(line, near)
    return line


def _stamp_kind(line: Line, near: tzinfo | None) -> Kind | None:
    """The kind of a line that is there to print a time or a day."""
    bare = unmarked(line.text)
    if (counted := epoch(bare)) is not None:
        line.time = counted
        return "time"
    if _BLANK_CLOCK.match(bare):
        bare = bare.replace(": ", ":", 1)
    if (whole := bracketed(bare, near) or behind_name(bare, near)) is not None:
        line.time = whole
        return "time"
    when = printed(bare, near) or worded(bare)
    if when is not None and not when.ago and when.rest and (last := _DATED.search(bare)) and last.start() > when.at:
        own = printed(last[0], near)
        when = own and replace(own, rest=bare[: last.start()].rstrip(), at=last.start(), text=last[0])
    if when is None or not _is_time(when, line):
        return None
    return "time" if when.clock is not None or when.ago is not None else "day"


def _short_kind(line: Line, near: tzinfo | None) -> Kind:
    if _starts("promo_start", line.plain) or (len(line.text) <= FURNITURE and is_furniture(line.plain)):
        return "chrome"
    stamp = None if DAY_LEAD.match(line.text) else _stamp_kind(line, near)
    if stamp is not None:
        line.tail = _tail(line, near) if stamp == "time" and line.time and line.time.at else None
        return stamp
    if leads(line, near):
        return "lead"
    if len(line.text) <= FURNITURE:
        if _is_label(line):
            return "label"
        if _is_byline(line):
            return "signed" if _SIGNED.match(line.text) else "byline"
        if _is_credit(line):
            return "credit"
    if _is_caption(line):
        return "caption"
    line.tail = _tail(line, near)
    heads = line.size <= _HEADLINE and line.text.endswith(("…", "...")) and announces(line)
    stops = (
        _stops(line.text)
        and not heads
        and not line.tail
        and not (line.size <= _HEADLINE and _SHORTENED.search(line.text) and not line.plain.startswith(_ARTICLES))
    )
    return "body" if stops or line.size > 28 or _opens_quote(line.text) else "short"


def _opens_quote(text: str) -> bool:
    """Whether a quotation begins that does not end in the line, as none does in a headline."""
    return sum(map(text.count, '“”"')) % 2 > 0


def _tail(line: Line, near: tzinfo | None) -> Printed | None:
    """The time behind the words of a line: `Bridge reopens — 2:32pm`, `Bridge reopens | 14:32`."""
    if line.size > 2 * _HEADLINE or not any(map(str.isdecimal, line.text[-_TAIL:])):
        return None
    if (when := tailed(line.text, near)) is not None:
        return when
    found = _TAILED.fullmatch(line.text)
    when = printed(found["when"], near) if found else None
    return when and found and replace(when, rest=found["head"].rstrip(" ,|·•-–—"), at=found.start("when"))


def _stops(text: str) -> bool:
    """Whether a line ends as sentences do; a quotation at a headline's end has no full stop."""
    found = _STOP.search(text)
    return found is not None and (found[0][0] not in '"”»' or text[0] in '"“«')


def _is_time(when: Printed, line: Line) -> bool:
    """Whether the line is there to print a time: nothing stands beside it, or a name, or a headline that it dates."""
    line.time = when
    rest = when.rest.strip(" /")
    if not rest and when.zone is None and when.ago is None and SPAN.fullmatch(line.text):
        line.time = None
        return False
    if when.clock is not None and _UPDATE.match(line.text) and (not rest or rest.strip("#:. ").isdecimal()):
        return True
    if (when.clock is not None or when.day is not None) and _IN_ZONE.fullmatch(rest):
        line.time = replace(when, rest="")
        return True
    if when.ago is not None and COUNTER.fullmatch(rest):
        line.time = replace(when, rest="")
        return True
    if (
        not rest
        or _HANDLE.fullmatch(rest)
        or rest.lower() in ("uhr", "h", "hrs", "live", "by")
        or _starts("label_exact", plain(rest), whole=True)
    ):
        return True
    if when.at and prefixed(rest) and (named := names(rest)) and " " in named[0]:
        line.authors = named
        return True
    if when.at and (_GLUED_TIME.search(line.text, 0, when.at) or _DATED.search(line.text)):
        return len(rest.split()) > 1
    named = names(rest) if prefixed(rest) or capitals(rest) else ()
    if named and when.at == 0 and len(rest.split()) == 1:
        return True  # a place after the time: "20:30, Norway"
    told = _is_sentence(rest) or (line.size > 8 and line.text.endswith((".", ":")))
    if named and not told and (when.clock is not None or when.ago is not None or prefixed(rest)):
        line.authors = () if _AGENCY.search(rest) or (" " not in named[0] and not prefixed(rest)) else named
        return True
    if when.at and len(rest.split()) > 1 and _glued_day(when, line):
        return True
    if when.day is not None and line.size <= 14 and _is_stamp(when, rest):
        return True
    line.time = None
    return False


def _glued_day(when: Printed, line: Line) -> bool:
    """Whether day and clock are glued to what stands before them: a headline."""
    before = line.text[when.at - 1]
    return when.day is not None and when.clock is not None and (before.isalpha() or before in "’'”\"?!")


def _is_stamp(when: Printed, rest: str) -> bool:
    """Whether a line with a day is the page's stamp or a day's heading: whole date and clock, or few words beside."""
    count = len(rest.split())
    dated = when.day is not None and when.day.year != NO_YEAR
    if dated and when.clock is not None:
        return count <= 5 and not rest.endswith((".", "?", "!"))
    if when.clock is not None:
        return False
    if plain(rest) in words(_FILE, "stamp_rest"):
        return True
    return when.at == 0 and (_NUMBERED_DAY.fullmatch(rest) is not None or (dated and count <= 2))


def _is_sentence(text: str) -> bool:
    """Whether there is more to read than a byline holds."""
    return len(text.split()) > 14 or _ENDED.search(text) is not None


def _is_label(line: Line) -> bool:
    low = line.plain.rstrip(" .:|-–—")
    if _COUNTS.fullmatch(low):
        return True
    if low in words(_FILE, "label_exact") or sums_up(line.plain) or _NUMBER.sub("", low) in words(_FILE, "kind_label"):
        return True
    for prefix in listing(_FILE, "label_author"):
        if prefix != "by" and low.startswith(prefix + " "):
            line.authors = names(line.text[len(prefix) :])
            return bool(line.authors)
    return False


def _is_byline(line: Line) -> bool:
    """`By Ana Sousa`, `From CNN's Jo Park`, `Jo Park in Nairobi`, `Jo Park, science correspondent`: no sentence."""
    if line.plain.startswith("reporting from ") and line.size <= 6:
        return True
    sign = _SIGNED.match(line.text)
    if line.size > 14 or _STOP.search(line.text.rstrip(";") if sign else line.text):
        return False
    if sign:
        people = names(line.text[sign.end() :])
        line.authors = people if people and " " in people[0] else ()
        return bool(line.authors)
    low = line.plain
    if line.size <= 10 and (staff := _STAFF.fullmatch(low)):
        line.authors = (line.text[staff.start("who") : staff.end("who")],)
        return True
    role = "," in low and _is_role(low.partition(", ")[2])
    if not (
        low.startswith(("by ", "from cnn", "analysis by "))
        or role
        or (prefixed(line.text) and line.size <= 8)
        or owned(line.text)
    ):
        return False
    found = names(line.text)
    line.authors = found if found and " " in found[0] else ()
    return bool(line.authors)


def _is_role(low: str) -> bool:
    """Whether words behind a name say what that person does: `political editor`, `reporting from Beira`."""
    told = _WHERE.split(low, maxsplit=1)[0].split()
    return bool(told) and told[-1] in words(_FILE, "author_end")


def _is_credit(line: Line) -> bool:
    if _starts("credit_start", line.plain) and line.size <= 14:
        return True
    inner = line.text.strip("() ")
    holder, _, rest = inner.partition(": ")
    if rest and len(rest.split()) < 5 and is_name(rest) and (line.text[0] == "(" or _all_holders(plain(holder))):
        return True
    if line.text[0] == "(" and line.text[-1] == ")" and line.size < 4 and all(w[0].isupper() for w in inner.split()):
        return True
    letters = [c for c in line.text if c.isalpha()]
    tokens = _SIGNS.findall(line.plain)
    holders = sum(t in words(_FILE, "credit_holder") for t in tokens)
    if holders > 1 and holders == len(tokens):
        return True
    capital = len(letters) >= 2 and not any(c.islower() for c in letters)
    if capital and holders and (2 * holders >= len(tokens) or "/" in line.text):
        return True
    return (
        ("/" in line.text or " | " in line.text)
        and holders > 0
        and 3 * holders >= len(tokens)
        and len(tokens) <= 12
        and not _STOP.search(line.text)
        and (line.text[0] == "(" or not _HOLDER.search(line.text))
    )


def _all_holders(low: str) -> bool:
    tokens = low.split()
    known = sum(t in words(_FILE, "credit_holder") for t in tokens)
    return 0 < len(tokens) < 4 and 2 * known >= len(tokens)


def _is_caption(line: Line) -> bool:
    low = line.plain
    if _starts("caption_start", low):
        return line.size <= 40
    if (_HOLDER.search(line.text) or _is_credited(line.text)) and line.size <= 40:
        return True
    unfinished = not line.text.rstrip().endswith((".", "?", "!"))
    return unfinished and line.size <= 40 and any(part in low for part in listing(_FILE, "caption_part"))


def _is_credited(text: str) -> bool:
    """Whether the holder of a picture's rights stands behind the last sentence."""
    found = _CREDITED.search(text)
    tokens = _SIGNS.findall(plain(found["who"].rpartition("/")[2])) if found else []
    return words(_FILE, "credit_holder").issuperset(tokens) and not _PICTURE_WORDS.isdisjoint(tokens)


def asks(line: Line) -> bool:
    """Whether a line may be a headline that asks, and no quotation."""
    return line.kind == "body" and line.text[-1] == "?" and line.text[0] not in QUOTES and line.text[0] not in BULLETS


def shows(line: Line) -> bool:
    """Whether a line says that a film or a picture is what its post shows, as headlines do too."""
    return line.size <= _HEADLINE and _starts("shows_start", line.plain)


def is_live(low: str) -> bool:
    """Whether a line, written small, says that live coverage stands on its page."""
    return low.endswith((" live", " – live", "-live")) or any(part in low for part in listing(_FILE, "live_part"))


def _related(low: str) -> bool:
    if low.startswith("• ") and low.endswith("."):
        return False
    return low.startswith(tuple(listing(_FILE, "related_start"))) and len(low) <= FURNITURE + 40


@cache
def _heads(key: str) -> tuple[str, ...]:
    return listing(_FILE, key)


def _starts(key: str, low: str, whole: bool = False) -> bool:
    return low in words(_FILE, key) if whole else low.startswith(_heads(key))
