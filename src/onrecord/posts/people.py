"""A byline → the people whom it names: `By Ana Sousa in Recife and Jo Park, CNN`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord import words as word_files
from onrecord.posts.words import listing, outlet_named, plain, words

_FILE = "posts_lines.toml"
_NAME = re.compile(
    r"[A-ZÀ-ÞĀ-ſΑ-ΩЀ-ЯҐ][\w'’.-]*|(?:de|da|do|dos|das|du|des|van|von|der|den|del|della|di|dal|al|el|ul|bin|bint|ibn|ben|la|le|las|los|"
    r"ten|ter|te|zu|zur|af|av|y|e)"
)
_OWNER = re.compile(r"^(?:[A-Z][\w.&]{0,12}\s){0,2}[A-Z][\w.&]{1,12}(?:['’]s|(?<=s)['’])\s(?=[A-Z])")
_PLACED = re.compile(r"\s(?:in|at|for|from|of|on|reporting)\s")
_LONGEST_ROLE = 60
_DASHES = "—–-"
_LONGEST = 100
"""A longer line is no byline."""
_LEAST_SMALL = 3
"""So many words without a capital make a headline of a line."""
_JOINTS = frozenset(["the", "a", "of", "and", "de", "la", "al", "el", "at", "in"])
"""Small words inside the names of places and outlets."""


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether a line is nothing but one person's name."""
    tokens = text.split()
    return (
        2 <= len(tokens) <= 4
        and all(_NAME.fullmatch(t) for t in tokens)
        and tokens[0][0].isupper()
        and tokens[-1][0].isupper()
    )


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[str, ...]:
    """The people whom a byline names: `By Ana Sousa in Recife and Jo Park, CNN`. Empty when it is none."""
    clean = _unprefixed(text.strip(" .,:;|-–—"))
    out: list[str] = []
    for part in re.split(r",|\s(?:and|with|edited by|AND|WITH)\s|&|;|\||\s/\s", clean):
        name, _, where = _PLACED.sub("\0", part.strip(), count=1).partition("\0")
        if " " not in name and not all(t[0].isupper() or t in _JOINTS for t in where.split()):
            return tuple(out)  # "Demonstrators at polling stations"
        tokens = _person(name.split())
        while len(tokens) > 2 and tokens[0] in words(_FILE, "role_end"):
            del tokens[0]
        if not tokens or _is_role(part) or (out and (_is_outlet(part) or part.strip() in _countries())):
            continue
        if len(tokens) > (4 if out else 5) or not all(_NAME.fullmatch(t) for t in tokens) or _shouts(tokens):
            return tuple(out)
        if len(tokens) > 1 or not out:
            out.append(_cased(" ".join(tokens)))
    return tuple(out)


def _cased(name: str) -> str:
    """A name of several words in capitals as it is usually written."""
    return name.title() if name.isupper() and " " in name and len(name) > 7 else name


def _person(tokens: list[str]) -> list[str]:
    """The words of a byline without the outlet's name behind the person's."""
    for k in range(2, len(tokens)):
        known = len(tokens) - k > 1 and tokens[-1].lower() in words(_FILE, "outlet_end")
        if known or outlet_named(" ".join(tokens[k:])):
            return tokens[:k]
    return tokens


def _shouts(tokens: list[str]) -> bool:
    """Whether words in capitals are a headline rather than a name: small words are among them."""
    return any(t.isupper() and t.lower() in words(_FILE, "no_name") for t in tokens)


def _is_role(part: str) -> bool:
    last = plain(part).split()[-1:]
    return not part.strip() or (bool(last) and last[0] in words(_FILE, "author_end"))


@cache
def _countries() -> frozenset[str]:
    """Names of countries, as they stand behind the places of bylines: `Jo Park in Dubai, United Arab Emirates`."""
    return frozenset(row["name"] for row in word_files.table("countries.toml").values())


def _is_outlet(part: str) -> bool:
    return outlet_named(part.strip()) is not None or plain(part).split()[-1] in words(_FILE, "outlet_end")


def _unprefixed(text: str) -> str:
    """Without "By", "Analysis by", "From CNN's"."""
    low = plain(text)
    for prefix in sorted(listing(_FILE, "author_start"), key=len, reverse=True):
        if low.startswith((prefix, f"{prefix.rstrip()}:")):
            rest = text[len(prefix) :].strip(" :")
            return _OWNER.sub("", rest)
    return _OWNER.sub("", text)


def signers(text: str) -> tuple[str, ...]:
    """The people whom a line names that is nothing but a byline: `By Ana Sousa`, `Jo Park, city editor`, `— Li Wei`."""
    if text[:1] in _DASHES and is_name(bare := text.lstrip(_DASHES + " ")):
        return (bare,)
    if text[:1] in "([" and text[-1:] in ")]" and is_name(text[1:-1]):
        return (text[1:-1],)
    first, _, role = text.partition(", ")
    if role and is_name(first) and len(role) <= _LONGEST_ROLE and plain(role).split()[-1] in words(_FILE, "role_end"):
        return (first,)
    if len(text) > _LONGEST or text[-1:] in ".!?…" or not prefixed(text) or not capitals(text):
        return ()
    found = names(text)
    return found if found and all(" " in name for name in found) else ()


def prefixed(text: str) -> bool:
    """Whether a line begins as bylines do: `By`, `From`, `Analysis by`, or with an outlet: `CNN's Ana Sousa`."""
    return plain(text).startswith(tuple(listing(_FILE, "author_start"))) or owned(text)


def owned(text: str) -> bool:
    """Whether a line begins with an outlet whose the people are that it names, with or without a word before it."""
    owner = _OWNER.match(text)
    tokens = owner[0].strip()[:-2].split() if owner else []
    return any(outlet_named(" ".join(tokens[k:])) is not None for k in range(min(2, len(tokens))))


def capitals(text: str) -> bool:
    """Whether most words begin with a capital, as in a byline."""
    small = [t for t in text.split() if t[:1].islower() and t not in _JOINTS]
    return len(small) < _LEAST_SMALL or any(t.strip(",.") in words(_FILE, "role_end") for t in small)
