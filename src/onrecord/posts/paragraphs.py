"""A paragraph → what tells whether it opens a subject or goes on with one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.posts.words import listing, lowered, words

FILE = "posts_borders.toml"
HEAD = 700
"""Letters of a paragraph that are looked at: what opens a subject stands first."""

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*|\d[\d.,:]*")
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!Gen)[.!?…][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_PERFECT = re.compile(
    r"\b(?:has|have|had)\s(?:(?:\w+ly|also|now|reportedly|again|since|already)\s){0,2}(?:been\s)?"
    r"(?:\w+(?:ed|en|wn|ne)|said|told|made|put|set|held|sent|met|hit|cut|shot|lost|left|led|won|begun|taken|found|struck|come)\b"
)
_COMING = re.compile(r"\b(?:is|are)\s(?:\w+ly\s)?(?:set|due|expected|to|\w+ing)\b|\bwill\b")
_ENDS_SAID = re.compile(
    r",[\"”’]?\s(?:[^,]{2,60}(?:,[^,]{2,80},)?\s)?(?:has |have )?"
    r"(?:said|says|told|reported|reports|announced|claimed|confirmed|warned)"
    r"\b[^,]{0,40}$|,?\saccording\sto\s[^,]{2,80}(?:,[^,]{2,60})?$"
)
_BEGINS_SAID = re.compile(
    r"^[^,]{2,60}(?:,[^,]{2,80},)?\s(?:also\s|later\s|earlier\s)?"
    r"(?:said|says|added|told|wrote|noted|went on|insisted)\b"
)


_HAD = re.compile(r"\bhad\s(?:\w+ly\s)?(?:\w+(?:ed|en)|made|said|told)\b")
_SAID = re.compile(r"\bsaid\b")
_OLD = re.compile(
    r"\b(?:(?:last|earlier\sthis)\s(?:year|month|week|summer|autumn|winter|spring|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|(?:years?|months?|weeks?)\sago|previously|(?:in|since)\s(?:19|20)\d\d|at\sthe\stime)\b",
    re.IGNORECASE,
)
"""What is told of earlier days: background to what stands above."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w. ]{1,25})?(?: \([A-Z][\w ,.]{1,20}\))? ?[-–—]{1,2} "
    r"|[A-Z][\w .'’-]{2,30}(?:, [A-Z][\w. ]{1,25})? \([A-Z][\w ,.]{1,20}\) ?[-–—]{1,2} "
)
"""The place from which a report comes, before its first word."""
_HEADED = re.compile(r"[A-ZÀ-Þ][\w.'’-]{1,20}(?:\s[A-ZÀ-Þ][\w.'’-]{1,20}){0,3}: (?=[A-Z\d])")
_BE = (" is ", " are ", " will ")
_PAST = ("last ", "Last ", "arlier", "revious", " ago", "n 19", "n 20", "e 19", "e 20", "t the time")
"""Letters without which the patterns need not be tried."""
_REPORTS = re.compile(
    r"(?:The )?(?:[A-Z][\w.&]*\s){1,4}(?:(?:news agency|newspaper|TV|television|radio|channel|broadcaster),?\s)?"
    r"(?:(?:is|are|has|have)\s)?(?:reports?|reporting|reported)\b"
)
"""An outlet, and that it reports something."""
_CLAUSE = frozenset(["while", "as", "after", "when", "if", "since", "despite", "although"])
"""First words of a clause before what is new: unlike other first words that go on, they open a post as well."""
_LATER = frozenset(
    ["also", "later", "added", "earlier", "previously", "separately", "meanwhile", "however", "again", "further"]
)
_TALLY = re.compile(
    r"(?:the |an? )?(?:overall |total |official |confirmed )?"
    r"(?:(?:death )?toll|number of (?:people|those|dead|deaths|injured|confirmed))\b"
    r"|(?:at least|more than|around|about|as many as|some|nearly|over|up to|a total of|an estimated)\s"
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|dozens|hundreds|thousands)"
    r"|\d[\d,.]* (?:people|deaths|new|civilians|soldiers|troops|cases|children|bodies)\b",
    re.IGNORECASE,
)
"""A count that opens a paragraph: a new toll is a new post."""
_TIME_FIRST = re.compile(
    r"(?:on|in|since|by|at|during|last|earlier|back in|until|over the)\s(?:the\s)?"
    r"(?:last\s|past\s|early\s|late\s|mid-?)?(?:"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|\d{1,4}\b|night|week|month|year|summer|autumn|winter|spring|few|two|three|recent|this)"
)


@dataclass(slots=True)
class Paragraph:
    """What a paragraph shows."""

    size: int
    """Its number of words, up to `HEAD` letters."""
    first_size: int
    stems: frozenset[str]
    first_stems: frozenset[str]
    names: frozenset[str]
    """Single words of its names, without those that only begin a sentence."""
    full: frozenset[str]
    """Last words of names given in full."""
    titled: frozenset[str]
    """Last words of names given with a title: `President X`, `Mr X`."""
    alone: frozenset[str]
    """Names of one word in its first sentence."""
    nouns: frozenset[str]
    """What follows "the", "this" or "its" in its first sentence."""
    opening: str
    """How it begins: quote, goes_on, the_name, the_noun, a, number, name or other."""
    opener: frozenset[str]
    """The words of the name that it begins with."""
    signs: dict[str, float]
    """The signs that need nothing from outside the paragraph."""
    ends_open: bool
    """It ends with a colon."""
    dateline: bool
    """It begins with the place from which it comes."""
    head: str
    """What it names before a colon, as that which it is about."""
    trails: bool
    """It ends with dots: what it points at is not in the text."""


def paragraph(text: str) -> Paragraph:
    """A paragraph with its words, its names and the way that it begins."""
    head = text[:HEAD]
    low = lowered(head)
    cut = _SENTENCE.search(head)
    first = head[: cut.end()].rstrip() if cut else head
    tokens = list(_WORD.finditer(head))
    tokens_low = [_bare(low[m.start() : m.end()].removesuffix("'s")) for m in tokens]
    inside = sum(m.start() < len(first) for m in tokens)
    stems = [stem(t) for t in tokens_low]
    names = _names(tokens, tokens_low, head)
    opening, opener = _opening(head, tokens_low, names)
    return Paragraph(
        size=len(tokens),
        first_size=inside,
        stems=frozenset(s for s in stems if s),
        first_stems=frozenset(s for s in stems[:inside] if s),
        names=frozenset(tokens_low[i] for a, b in names for i in range(a, b)),
        full=frozenset(tokens_low[b - 1] for a, b in names if b - a > 1),
        titled=frozenset(tokens_low[b - 1] for a, b in names if a and tokens_low[a - 1] in words(FILE, "titles")),
        alone=frozenset(tokens_low[a] for a, b in names if b - a == 1 and a < inside),
        nouns=frozenset(_definite(tokens, tokens_low, stems, inside)),
        opening=opening,
        opener=opener,
        signs=_own_signs(first, low, tokens_low, names, inside),
        dateline=_DATELINE.match(first) is not None,
        head=headed[0] if (headed := _HEADED.match(first)) else "",
        ends_open=text.rstrip().endswith(":"),
        trails=text.rstrip().endswith(("…", "...")),
    )


def _bare(low: str) -> str:
    """A name without its article, as it stands where only the surname is given: `al-Assad` → `assad`."""
    return low[3:] if low[:3] in ("al-", "el-") else low


def _own_signs(first: str, low: str, tokens: list[str], names: list[tuple[int, int]], inside: int) -> dict[str, float]:
    bare = first.rstrip('.!?"”’ ')
    pronoun = next((i for i, t in enumerate(tokens[:inside]) if t in words(FILE, "pronouns")), None)
    name = names[0][0] if names else inside
    return {
        "back": float(low.startswith(listing(FILE, "back"))),
        "starts": float(low.startswith(listing(FILE, "continue_start"))),
        "answers": float(any(w in low[: len(first)] for w in listing(FILE, "answers"))),
        "pronoun": float(pronoun is not None and pronoun < name),
        "perfect": float(" ha" in first and _PERFECT.search(first) is not None),
        "coming": float(any(word in first for word in _BE) and _COMING.search(first) is not None),
        "ends_said": float(_ENDS_SAID.search(bare) is not None),
        "begins_said": float(_BEGINS_SAID.match(first) is not None),
        "length": min(1.0, max(-1.0, (inside - 22) / 14)),
        "short": float(len(tokens) < 14),
        "today": float(any(w in low[: len(first)] for w in listing(FILE, "today"))),
        "later": float(not _LATER.isdisjoint(tokens[: min(inside, 16)])),
        "time_first": float(_TIME_FIRST.match(low) is not None),
        "tally": float(_TALLY.match(first) is not None),
        "had": float(" had " in first and _HAD.search(first) is not None),
        "said": float("said" in first and _SAID.search(first) is not None),
        "old": float(any(word in first for word in _PAST) and _OLD.search(first) is not None),
        "reports": float("report" in first and _REPORTS.match(first) is not None),
        "clause": float(tokens[0] in _CLAUSE if tokens else False),
        "we": float(tokens[:1] == ["we"] or tokens[:1] == ["our"]),
    }


def _opening(head: str, tokens: list[str], names: list[tuple[int, int]]) -> tuple[str, frozenset[str]]:
    """How a paragraph begins, and the words of the name that it begins with."""
    if not tokens:
        return "goes_on", frozenset()
    if head[:1] in "\"“'‘«":
        return "quote", frozenset()
    first = tokens[0]
    if first in words(FILE, "continue_first"):
        return "goes_on", frozenset()
    at = 1 if first == "the" or first in words(FILE, "titles") else 0
    named = next(((a, b) for a, b in names if a <= at <= b and a <= 2), None)
    opener = frozenset(tokens[named[0] : named[1]]) if named and named[0] <= at else frozenset()
    if first == "the":
        return ("the_name" if opener else "the_noun"), opener
    if (
        first
        in ("a", "an", "some", "several", "dozens", "hundreds", "thousands", "two", "three", "four", "five", "six")
        or first[0].isdigit()
    ):
        return "a", opener
    return ("name" if opener else "other"), opener


def _definite(tokens: list[re.Match[str]], low: list[str], stems: list[str], inside: int) -> list[str]:
    """Base forms of common nouns that the first sentence takes as known."""
    out = []
    for i in range(min(inside, len(low) - 1)):
        if low[i] in ("the", "this", "that", "these", "those", "its", "their"):
            out += [stems[k] for k in range(i + 1, min(i + 5, inside)) if stems[k] and tokens[k][0][0].islower()]
    return out


def _names(tokens: list[re.Match[str]], low: list[str], head: str) -> list[tuple[int, int]]:
    """Runs of capitalised words, as ranges of tokens; a common word that only begins a sentence is none."""
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        if not _is_capital(tokens[i][0]) or low[i] in words(FILE, "titles"):
            i += 1
            continue
        end = i + 1
        while (
            end < len(tokens)
            and _is_capital(tokens[end][0])
            and tokens[end].start() - tokens[end - 1].end() == 1
            and head[tokens[end - 1].end()] in " -"
        ):
            end += 1
        begin = i + 1 if _only_opens(i, tokens, low, head) else i
        if begin < end and not (end - begin == 1 and low[begin] in words(FILE, "small")):
            out.append((begin, end))
        i = end
    return out


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital, behind an article too: `al-Assad`."""
    return word[0].isupper() or (word[2:3] == "-" and word[3:4].isupper())


def _only_opens(i: int, tokens: list[re.Match[str]], low: list[str], head: str) -> bool:
    """Whether a capital stands there because a sentence begins."""
    at = tokens[i].start()
    opens = at == 0 or head[at - 1] in "“\"‘'(" or head[max(0, at - 2)] in '.?!:”"'
    return opens and (
        low[i] in words(FILE, "small")
        or low[i] in words(FILE, "continue_first")
        or low[i].endswith(("ing", "ly", "ed"))
    )


@lru_cache(maxsize=65536)
def stem(low: str) -> str:
    """A crude base form of a lower-case word, the same for its commonest endings; "" for words that tell nothing."""
    if len(low) < 3 or low in _small():
        return ""
    for ending in ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "y", "e"):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)]
    return low


@cache
def _small() -> frozenset[str]:
    return words(FILE, "small")
