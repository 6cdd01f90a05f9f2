"""A sentence → the channels that it names: "told …", "in an interview with …", "on …", "…, X reported"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.statements.openings import Openings
from onrecord.statements.parse import Parse
from onrecord.statements.via_names import OWN, Named, channels, listed, read

_FAR = 3_000
"""So many characters around a name are looked through for it."""
_SPEECH = r"(?:interviews?|conversation|q&a|comments?|remarks?|(?:tele)?phone call|video call)"
_LEADS = Openings([(
    r"\b(?:(?P<sure>(?:told|tells|telling|tell|informed)(?: both)?"
    rf"|{_SPEECH} (?:with|to|for|by|given to|given by|published by|published in|carried by|broadcast by|aired by)"
    r"|interviewed (?:by|on)|asked by|confirmed (?:to|for)"
    r"|(?:speaking|spoke|speaks|spoken|talking|talked)(?: \w+ly| live)? (?:to|with)"
    r"|(?:wrote|writing|writes|written)(?: \w+ly)? (?:in|for)"
    r"|(?:op-ed|article|column|essay|opinion piece|piece)(?: published)? (?:in|for|by)"
    r"|(?:seen|obtained|reviewed|viewed|published|aired|broadcast|carried|quoted(?: as saying)?|reported|cited"
    r"|collected|gathered|relayed|released|distributed|monitored|picked up|run|shown|translated|disseminated"
    r"|circulated) by"
    r"|(?:shared|leaked) (?:with|to))"
    r"|(?P<on>using|(?:said|argued|warned|claimed|reported|published|revealed|appeared|appearing) in"
    r"|on|via|through|over|to|with|by|from|per|according to|citing|quoting|cited|told reporters from)"
    r"|(?P<post>in) (?:a|an|another|his|her|their|its|the|several|two|three|separate)"
    r"|(?P<also>and))\s+"
)])  # fmt: skip
_WORD = re.compile(r"[\w-]+\s")
_POSTED = re.compile(
    r"[’']?s?\s+(?:\w+\s+){0,2}(?:posts?|messages?|videos?|statements?|interviews?|programmes?|programs?|broadcasts?"
    r"|op-eds?|podcasts?|livestreams?|streams?|updates?|stories|story|threads?"
    r"|town halls?|appearances?|columns?|articles?|reports?|documentary)\b"
)
_OWN = re.compile(r"\b(?i:told|tells|telling|speaking to|spoke to|in an interview with) us\b")
_TALK = Openings([(
    r"\b(?:in|during|on|via|over) (?:a |an |another |his |her |their |the |its |several )?(?:\w+ly )?"
    r"((?:nationally |live )?televised (?:comments|remarks|interview)"
    r"|(?:TV|television|radio|online|YouTube|video|podcast|newspaper) (?:interview|post|broadcast|podcast)"
    r"|(?:TV|television|radio) address"
    r"|(?:live|state|national|public|local|breakfast) (?:TV|television|radio)|social media)\b"
)])  # fmt: skip
_TWEETS = re.compile(
    r"\b(?:in|with|via|through|posted|sent|published|shared) "
    r"(?:(?:a|an|another|his|her|its|their|the|several|two|separate) )?"
    r"(?:[\w-]+ ){0,2}?(?:re)?tweets?\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\s(?:ha[sd] |have |later |also |first |then )?(?:reported|reports?|said|says|wrote|writes|quoted|quotes|cited)\b"
)
_REPORTED = re.compile(r"\s(?:has |have )?(?:reported|reports)\b")
_REPORTING = Openings([r"\b(?:reported|reports?|said|says|wrote|writes|quoted|quotes|cited)\b"])
_COMMA = re.compile(r"[,”\"’]\s+")
_REACH = 600
"""A name and what stands between it and its verb have no more characters."""
_ONLINE = re.compile(r"\b(?:said|wrote|posted|published|announced|shared|written|writing|posting|(?<=, ))\s?(online)\b")


@dataclass(slots=True)
class Hit:
    """A channel named in a sentence: characters, and its name; None for "the newspaper"."""

    start: int
    end: int
    name: str | None
    apart: bool = False
    """It tells of the whole sentence: "…, Lagoa Radio reported"."""


def hits(parsed: Parse, low: int, high: int) -> Iterator[Hit]:
    """The channels that the sentence from `low` to `high` names, left to right within each form."""
    text, last = parsed.text, -1
    for lead in _LEADS.find(parsed, low, high):
        if lead.end() <= last:
            continue
        if lead["also"] and lead.start() - 1 != last:
            continue
        found = _behind(text, lead, high)
        if found:
            yield found
            last = found.end
    yield from _kinds(parsed, low, high)
    yield from _reported(parsed, low, high)


def _behind(text: str, lead: re.Match[str], high: int) -> Hit | None:
    if lead["post"]:
        return _in_post(text, lead.end(), high)
    found = read(text, lead.end(), high)
    if lead.group().strip() == "by" and _CHECKED.search(text, max(0, lead.start() - 16), lead.start()):
        return None  # "footage verified by Radio Sul": who checks it passes nothing on
    if found is None or not (found.sure or lead["sure"]) or not _fits(text, lead, found):
        return _in_post(text, lead.end(), high) if lead.group().rstrip().endswith("in") else None
    if not found.sure and _person(text, lead.end(), found.end):
        return None
    if found.name is None and not (lead["sure"] or "to" in lead.group().lower()):
        return None
    return Hit(lead.end(), found.end, found.name)


_CHECKED = re.compile(r"\b(?:verified|authenticated|geolocated|corroborated|confirmed|fact-checked|disputed|denied) $")


def _person(text: str, start: int, end: int) -> bool:
    """The post has the name elsewhere, or somebody is told to do something: "told Reis to leave"."""
    name = text[start:end]
    if _newsroom(name).search(text, max(0, start - _FAR), end + _FAR):
        return False
    elsewhere = text.find(name, max(0, start - _FAR), start) >= 0 or text.find(name, end, end + _FAR) >= 0
    return elsewhere or text.startswith((" to ", " not to "), end)


@lru_cache(maxsize=64)
def _newsroom(name: str) -> re.Pattern[str]:
    """The name with what only an outlet has beside it: "Le Sud’s request for comment", "the journal Le Sud"."""
    owned = r"[’']s (?:\w+ ){0,2}(?:requests?|questions?|correspondents?|reporters?|journalists?|newsroom|editor)\b"
    kind = r"\b(?:journal|newspaper|magazine|website|agency|channel|broadcaster|station|outlet|paper)(?: of)? "
    return re.compile(rf"{re.escape(name)}{owned}|{kind}{re.escape(name)}\b")


def _fits(text: str, lead: re.Match[str], found: Named) -> bool:
    """A platform is spoken on, not told; "X" needs its preposition; an account or a show follows "on" or a name."""
    if found.name not in channels().social:
        before = text[lead.end() : found.end].lower()
        return found.sure or not before.startswith("on ")
    if not lead["on"] or lead.group().strip().lower() in {"by", "with", "citing", "cited", "quoting"}:
        return bool(re.match(r"(?:shared|posted|published|carried)", lead.group(), re.IGNORECASE))
    return found.name != "X" or bool(re.match(r"(?:on|via|to|through)\s", lead.group(), re.IGNORECASE))


def _in_post(text: str, at: int, high: int) -> Hit | None:
    """ "In a Facebook post", "in a long BBC interview"."""
    for _ in range(3):
        if found := listed(text, at):
            return Hit(at, found[0], found[1]) if _POSTED.match(text, found[0], high) else None
        word = _WORD.match(text, at, high)
        if word is None:
            return None
        at = word.end()
    return None


def _kinds(parsed: Parse, low: int, high: int) -> Iterator[Hit]:
    """Kinds of talk ("in a TV interview"), and the page's own outlet ("told us")."""
    text, sentence = parsed.text, parsed.small[low:high]
    for found in _TALK.find(parsed, low, high):
        if not _PLATFORM.match(text, found.end(), found.end() + 60):
            yield Hit(found.start(), found.end(), found.group(1))
    if "tweet" in sentence:
        for found in _TWEETS.finditer(text, low, high):
            yield Hit(found.start(), found.end(), "Twitter")
    if " us" in sentence:
        for found in _OWN.finditer(text, low, high):
            yield Hit(found.start(), found.end(), OWN)
    if "online" in sentence:
        for found in _ONLINE.finditer(text, low, high):
            yield Hit(found.start(1), found.end(1), "online")


_PLATFORM = re.compile(r" (?:platform|site|network|app|service|website|channel)s? ")


def _reported(parsed: Parse, low: int, high: int) -> Iterator[Hit]:
    """ "…, the Lagoa Times reported"."""
    text = parsed.text
    verbs = [found.start() for found in _REPORTING.find(parsed, low, high + 1)]
    for comma in _COMMA.finditer(text, low, verbs[-1]) if verbs else ():
        verb = verbs[bisect_left(verbs, comma.end())]
        found = read(text, comma.end(), high) if verb < comma.end() + _REACH else None
        named = found and found.name and found.name not in channels().social
        named = named and found and (found.sure or (found.name or "").isupper())
        if found and named and (_REPORTS if found.sure else _REPORTED).match(text, found.end, high + 1):
            yield Hit(comma.end(), found.end, found.name, apart=True)
