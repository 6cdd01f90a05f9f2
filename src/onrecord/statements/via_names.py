"""The words behind "told", "on" or "citing" → the outlet, platform or kind of media that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import words as word_files
from onrecord.statements import sides
from onrecord.statements.mentions_words import singular
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.speakers_names import leaders

OWN = "this outlet"
"""Stands for the outlet that the page is of, until the page is known."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The words of `data/channels.toml`."""

    names: dict[str, str]
    """Each way to write a name → the name."""
    forms: dict[str, tuple[str, ...]]
    """First word of a name → the ways to write names that begin with it, longest first."""
    social: frozenset[str]
    kinds: frozenset[str]
    near: frozenset[str]
    outlet: frozenset[str]
    endings: tuple[str, ...]
    own: frozenset[str]
    modifiers: frozenset[str]
    chambers: frozenset[str]


@cache
def channels() -> Channels:
    """The shipped channels, read once."""
    data = word_files.table("channels.toml")
    names: dict[str, str] = {}
    for body in word_files.table("bodies.toml")["body"]:
        if body.get("kind") == "outlet":
            name = body["name"].removeprefix("The ")
            forms_of = (form.removeprefix("The ") for form in (name, *body.get("also", ())))
            names |= {form: name if " " in form or form.isupper() else form for form in forms_of}
    names |= {name: name for name in (*data["more"]["names"], *data["social"]["names"])}
    names |= {form: name for name, also in data["names"].items() for form in (name, *also)}
    forms: dict[str, tuple[str, ...]] = {}
    for form in sorted(names, key=len, reverse=True):
        key = first_word(form)
        forms[key] = (*forms.get(key, ()), form)
    lists = {key: frozenset(data["words"][key]) for key in ("kinds", "near", "outlet", "own", "modifiers", "chambers")}
    return Channels(names, forms, frozenset(data["social"]["names"]), endings=tuple(data["words"]["endings"]), **lists)


def first_word(form: str) -> str:
    """The letters and digits that a name begins with."""
    found = _WORD.match(form)
    return found.group() if found else form


_WORD = re.compile(r"\w+")


def listed(text: str, start: int) -> tuple[int, str] | None:
    """(end, name) of the listed channel that the text has at `start`."""
    known = channels()
    found = _WORD.match(text, start, start + 40)
    for form in known.forms.get(found.group() if found else text[start : start + 40], ()):
        end = start + len(form)
        if text.startswith(form, start) and not text[end : end + 1].isalnum():
            return end, known.names[form]
    return None


@dataclass(frozen=True, slots=True)
class Named:
    """A channel: `name` is None where the words point back ("the newspaper"), `sure` where they say what it is."""

    end: int
    name: str | None
    sure: bool


_SMALL = r"(?:de|da|do|dos|del|della|dello|delle|dei|des|di|du|la|le|el|al|of|and|for|und|y|e|&|en|van|der|den|the)"
_CAPITAL = r"(?:[A-Z0-9ÀÁÂÄÅÆÇÈÉÍÎÑÓÔÖØÚÜČĆĐŠŽŁŚŞİ][\w&]*|[a-z]{1,3}-[A-Z]\w+)(?:[-.’'/+][\w]+){0,4}"
_NAME = re.compile(rf"{_CAPITAL}(?:(?:\s|, (?=Inc)){_CAPITAL}|\s{_SMALL}(?:\s{_SMALL})?\s{_CAPITAL}){{0,5}}")
_SITE = re.compile(
    r"\w[\w-]{1,30}\.(?:com|net|org|news|info|tv|co|io|me|eu|ru|ua|uk|de|fr|it|es|pl|br|in|id|ng|za)(?:\.\w\w)?\b"
)
_ARTICLE = re.compile(
    r"(?:the|a|an|its|his|her|their|our|this|my|some|several|multiple|various|other|many)\s+", re.IGNORECASE
)
_BASED = re.compile(r"[A-Z][\w.]{1,30}(?:[ -][A-Z]\w{1,30})?-based\s+(?=[A-Z])")
"""Where an outlet sits is no part of its name: "the Lagoa-based Delta News"."""
_LOWER = re.compile(r"(?:TV|[a-zé]+)(?:[-’'][A-Za-z]+){0,3}(?=[\s,.;:)”\"]|$)")
_FIRST = re.compile(
    r"[A-Z][a-z]+(?:-[a-z]+){1,2}(?=\s)"
    r"|[A-Z][a-z]+(?=\s(?:media|television|tv|TV|radio|newspapers?|broadcasters?|outlets?|press|news agency)\b)"
)
"""At the head of a sentence: "State-run …", "Local media …"."""
_OPENING = re.compile(r"[‘'“\"] ?(?=[A-ZÀ-Ž])")
_OWNED = re.compile(r"(?:[’']s|s[’'])\s(?=[A-Z])")
_SHOW = re.compile(r"[’']s?(?=\s|$|[,.;:])")
_CAPITALS = re.compile(r"[A-Z]\w+(?:-[A-Z]\w+)?(?:\s[A-Z]\w+)??(?:[’']s)?\s(?=\w)")
_NEXT_WORD = re.compile(r"\s([a-z]+)\b")
_TAIL = re.compile(r"\s+(?:(?:state|news|public|satellite|television|private)\s+){0,2}([a-z]+)\b")


@lru_cache(maxsize=256)
def read(text: str, start: int, stop: int) -> Named | None:
    """What the words from `start` on name: "the state-run Lagoa news agency", "local radio", "the newspaper"."""
    stop = min(stop, start + 160)
    at, article = start, ""
    if found := _ARTICLE.match(text, at, stop):
        at, article = found.end(), found.group().strip().lower()
    if found := _BASED.match(text, at, stop):
        at = found.end()
    if _is_plain(text, at, stop):
        return None
    at, kinds, told = _lead_words(text, at, stop)
    if kinds and kinds[-1] in channels().near and (mark := _OPENING.match(text, at, stop)):
        at = mark.end()
    name = _name(text, at, stop)
    if name is None:
        return _unnamed(text, start, article, kinds, told, at)
    end, said, sure = name
    if article in {"a", "an"} and sure and not kinds and _one_of_them(text, end) and not listed(text, at):
        return None  # "a Gold Star mother"
    if tail := _TAIL.match(text, end, stop):
        kind = tail.group(1) in _media()
        sure, end = sure or kind, tail.end() if kind else end
    if not sure and (not kinds or kinds[-1] not in _media()):
        media = all(kind.startswith(("state", "pro-", "public")) for kind in kinds)
        return Named(end, said, False) if media and _free(said) else None
    return Named(end, said, True)


def _one_of_them(text: str, at: int) -> bool:
    """A word for people follows: "a Lagoa Star MOTHER" is somebody, not a paper."""
    found = _NEXT_WORD.match(text, at)
    return found is not None and singular(found[1]) in people_words().sets["one_of_many"]


def _is_plain(text: str, at: int, stop: int) -> bool:
    """A small word that begins no name and no kind of media: most are, and no more need be looked at."""
    found = _WORD.match(text, at, stop)
    if found is None or found.end() == stop or not text[at].islower() or text[found.end()] in "-.’'":
        return False
    return found.group() not in _begun()


@cache
def _begun() -> frozenset[str]:
    """The words that begin a listed name or a kind of media."""
    return _leading() | channels().forms.keys()


@cache
def _leading() -> frozenset[str]:
    """Small words that stand before a name of media."""
    return _media() | channels().modifiers


@cache
def _media() -> frozenset[str]:
    return channels().near | channels().kinds


def _lead_words(text: str, at: int, stop: int) -> tuple[int, list[str], bool]:
    """The small words before a name: (where they end, the lower-case ones, whether a people or country is named)."""
    kinds: list[str] = []
    told = False
    while len(kinds) < 5:
        found = _LOWER.match(text, at, stop) or (None if kinds else _first(text, at, stop))
        if found is not None:
            word = found.group()
            word = word if kinds or word == "TV" else word[0].lower() + word[1:]
            if (word == "TV" and not kinds) or not (word in _leading() or "-" in word):
                break
            kinds.append(word)
            at = found.end() + (text[found.end() : found.end() + 1] == " ")
        elif (origin := _origin(text, at, stop)) is not None:
            told, at = True, origin
        else:
            break
        if at < stop and text[at - 1] != " ":
            break
    return at, kinds, told


def _first(text: str, at: int, stop: int) -> re.Match[str] | None:
    found = _FIRST.match(text, at, stop) if text[at : at + 1].isupper() else None
    word = found.group()[0].lower() + found.group()[1:] if found else ""
    return found if "-" in word or word in _leading() else None


def _origin(text: str, at: int, stop: int) -> int | None:
    """Where the words behind "Danish" or "Iran's" begin."""
    if listed(text, at):
        return None
    found = _CAPITALS.match(text, at, stop)
    if found is None:
        return None
    word = found.group().strip()
    owner = word[:-2] if word.endswith(("’s", "'s")) else word
    known = sides.of(owner.rpartition("-")[2]) if owner else None
    if known is None or known.kind in {"body", "outlet"}:
        return None
    if owner != word:
        return found.end()
    free = text[found.end()].islower() or listed(text, found.end())
    return found.end() if known.kind in {"demonym", "people"} and free else None


def _name(text: str, at: int, stop: int) -> tuple[int, str, bool] | None:
    """(end, name, whether it is an outlet's by its own words) of the capitals at a place."""
    if found := listed(text, at):
        return (*_with_suffix(text, at, *found), True)
    if site := _SITE.match(text, at, stop):
        return site.end(), site.group(), True
    run = _NAME.match(text, at, stop)
    if run is None:
        return None
    name = _trimmed(run.group())
    if behind := _behind_kind(text, at + len(name), stop):
        return behind
    if not name:
        return None
    end = at + len(name)
    if (owned := _OWNED.search(name)) and (inner := listed(text, at + owned.end())):
        return (*_with_suffix(text, at + owned.end(), *inner), True)  # "Norvia’s Reuters", "the rebels’ Telegram"
    for show in _SHOW.finditer(name):
        if (inner := listed(name, 0)) and inner[0] == show.start():
            return at + show.start(), inner[1], True
        if by_form(name[: show.start()]):
            return (*_with_programme(text, at, at + show.start(), name[: show.start()]), True)
    if name.endswith(("’s", "'s")):
        name, end = name[:-2], end - 2
    return end, name, by_form(name)


_SUFFIX = re.compile(
    r"\s(?:Breakfast|Newsnight|Panorama|Verify|Afternoon Briefing|Radio (?:\d|Five) Live"
    r"|TV|News|FM|Television|Online|Sports?|Business|World Service|World|Arabic|Persian|Africa|Asia|English"
    r"|International|Haber|Türk|Noticias|[0-9]{1,3}|Radio(?: [A-Z][a-z]+| [0-9])?)\b"
)
_NUMBERED = re.compile(r"\s(?:[A-Z]{2,5}\d{1,3}|[A-Z]{1,2}\d{1,2})\b")
_REGIONAL = frozenset(
    {"CBS", "NBC", "BBC", "ABC", "CBC", "ITV", "RTE", "SBS", "SABC", "NPR", "NDR", "MDR", "WDR", "SRF"}
)
_REGION = re.compile(r"\s[A-Z][a-z]{3,}(?=[,.]| (?:that|on|in|the|he|she|it|they|his|her)\b)")
_PARTNER = re.compile(r"(?:[’']s)?\s(?:affiliate|partner|station|sister station|member station)s?\s(?=[A-Z])")
_KIND_NAME = re.compile(r"\s(?:(?:news|TV|radio|television)\s)?([a-z]+)\s(?=[A-Z])")


_PROGRAMME = re.compile(r"[’']s? (?:[A-Z][\w’'-]+ ){1,6}(?:programme|program|show|podcast|bulletin)\b")


def _with_suffix(text: str, at: int, end: int, name: str) -> tuple[int, str]:
    """The outlet with what the text says of it, or with its programme: "Radio 4’s PM programme"."""
    last, told = _with_tail(text, at, end, name)
    return _with_programme(text, at, last, told) if name not in channels().social else (last, told)


def _with_programme(text: str, at: int, end: int, name: str) -> tuple[int, str]:
    programme = _PROGRAMME.match(text, end)
    return (programme.end(), text[at : programme.end()]) if programme else (end, name)


def _with_tail(text: str, at: int, end: int, name: str) -> tuple[int, str]:
    """ "Suspilne NEWS", as the text gives it, where the list has the name alone."""
    if (partner := _PARTNER.match(text, end)) and (run := _NAME.match(text, partner.end())):
        return run.end(), _trimmed(run.group())
    if name in channels().social:
        return end, name
    if (number := _NUMBERED.match(text, end)) and " " not in text[at:end]:
        return number.end(), text[at : number.end()]
    if name.isupper() and name in _REGIONAL and (region := _REGION.match(text, end)):
        return region.end(), text[at : region.end()]
    shows = _SUFFIX.match(text, at + len(name)) if text.startswith(name, at) else None
    if shows is None or shows.end() < end:
        return end, name
    if shows.group() in _KINDS_TOLD and _CHANNEL.match(text, shows.end()):
        return shows.end(), name  # "the Lagoa TV channel"
    return shows.end(), text[at : shows.end()]


_KINDS_TOLD = frozenset({" TV", " Television", " Radio"})
_CHANNEL = re.compile(r"\s(?:channel|station|network)s?\b")


def _behind_kind(text: str, at: int, stop: int) -> tuple[int, str, bool] | None:
    """The name behind "Saudi channel …", "Baltimore newspaper …"."""
    kind = _KIND_NAME.match(text, at, stop)
    if kind is None or kind.group(1) not in channels().near:
        return None
    if found := listed(text, kind.end()):
        return (*found, True)
    run = _NAME.match(text, kind.end(), stop)
    name = _trimmed(run.group()) if run else ""
    return (kind.end() + len(name), name, True) if name else None


def _trimmed(name: str) -> str:
    """The name without days, months and joined names at its end."""
    words = name.split(" ")
    calendar = people_words().sets["calendar"]
    stop = next((i for i, w in enumerate(words) if w.lower() in calendar and not (i and w == "Today")), len(words))
    words = words[:stop]
    while words and words[-1].lower() in {"the", "of", "and", "for", "de", "la", "e", "y"}:
        words.pop()
    if "and" in words:
        left = words[: words.index("and")]
        if by_form(" ".join(left)):
            words = left
    return " ".join(words)


def by_form(name: str) -> bool:
    """A name that says that it is an outlet's: "Lagoa Times", "Radio Aurora", "TV 9", "Nordposten"."""
    known, tokens = channels(), re.split(r"[\s-]", name)
    ends = {tokens[0], tokens[-1], *(set(tokens) & {"Radio", "TV", "News", "Television"})}
    if ends & known.outlet and (len(tokens) > 1 or (len(tokens[0]) > 2 and tokens[0].endswith(("TV", "FM")))):
        return True
    last = tokens[-1]
    return (len(last) > 6 and last.lower().endswith(known.endings)) or bool(
        re.search(r"\w(?:TV|FM|24)$|^[A-Z]{3,5}\d{1,2}$", name)
    )


def _free(name: str) -> bool:
    """A name that may be an outlet's: no person's, body's or country's that the lists know."""
    lists, tokens = people_words(), name.split(" ")
    if sides.fold(tokens[-1]) in leaders():
        return False
    if sides.fold(tokens[0]) in lists.names or tokens[0].lower().rstrip(".") in lists.honorifics:
        return False
    if any(w.lower() in lists.roles or w.lower().rstrip(".") in lists.ranks for w in tokens):
        return False
    if any(w in channels().chambers for w in tokens) or any(
        lists.bodies.get(w.lower(), "outlet") != "outlet" for w in tokens
    ):
        return False
    return not any(hit.known.kind != "outlet" for hit in sides.hits(sides.split(name)))


_OF_STATE = frozenset({"agency", "newswire", "channel", "station"})
"""Kinds that a word before them makes one of their own: "the state news agency"."""
_NO_MEDIA = re.compile(
    r"\s?(?:conferences?|briefings?|pool|corps|office|secretary|gallery|releases?|officers?|presenters?|hosts?)\b"
)


_PAGES_OWN = frozenset(
    {"newspaper", "paper", "website", "magazine", "outlet", "publication", "broadcaster", "channel", "network"}
    | {"agency", "blog", "daily", "weekly", "journal", "broadsheet", "tabloid", "podcast"}
)
"""What a page means by "this newspaper"; no "from this site", "this account"."""


def _unnamed(text: str, start: int, article: str, kinds: list[str], told: bool, at: int) -> Named | None:
    """ "Local media", "Russian state television"; "the newspaper" points back."""
    known = channels()
    if not kinds:
        return None
    last = kinds[-1]
    if _NO_MEDIA.match(text, at):
        return None
    phrase = " ".join(text[start:at].split()).rstrip(' ,.;:”"')
    phrase = phrase[len(article) :].strip() if article else phrase
    if article == "the" and not told and _media().union(("news",)).issuperset(kinds):
        return Named(at, None, True)
    if (last in known.kinds or last in _OF_STATE) and (told or len(kinds) > 1):
        return Named(start + len(text[start:at].rstrip()), phrase, True)
    if article == "this" and last in _PAGES_OWN:
        return Named(at, OWN, True)
    if article == "our" and last in _media() and len(kinds) == 1:
        return Named(at, OWN, True)
    return None


def in_phrase(text: str) -> Iterator[str]:
    """Names of the listed channels in a short text, left to right."""
    at = 0
    for word in re.finditer(r"\w+", text):
        if word.start() >= at and (found := listed(text, word.start())):
            at = found[0]
            yield found[1]
