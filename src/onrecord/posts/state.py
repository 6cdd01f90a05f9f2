"""The data that a page hands to its own scripts → the posts in them, for pages that scripts draw."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from onrecord.model import Post
from onrecord.posts.jsonld import Value, loaded
from onrecord.posts.payload import payload_posts
from onrecord.posts.series import LEAST

_LEAST_LETTERS = 500
_SET = re.compile(
    r"\s{0,99}(?:window|self|globalThis|var|let|const)[\s.\[\"']{1,9}[\w$]{1,80}[\"'\]]{0,2}\s{0,9}=\s{0,9}(?=[\[{\"'])"
)


def embedded(tree: LexborHTMLParser) -> list[Post]:
    """The posts of the largest list of them in the page's scripts of data; none where few of them have a text."""
    best: list[Post] = []
    for script in tree.css("script"):
        kind = script.attributes.get("type") or ""
        if kind == "application/ld+json" or script.attributes.get("src"):
            continue
        text = script.text()
        if len(text) >= _LEAST_LETTERS and (value := _value(text, kind)) is not None:
            found = payload_posts(value)
            told = sum(bool(p.text) for p in found)
            if len(found) >= LEAST and 2 * told > len(found) and len(found) > len(best):
                best = found
    return best


def _value(text: str, kind: str) -> Value:
    """The data of a script: JSON, or JSON set as a variable, also as a text that holds JSON."""
    start = 0 if "json" in kind else (found.end() if (found := _SET.match(text)) else -1)
    if start < 0:
        return None
    value = loaded(text[start:].strip().rstrip(";"))
    return loaded(value) if isinstance(value, str) else value
