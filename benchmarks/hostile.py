"""Texts that are made to be hard: no reader may take more than linear time over them."""

from __future__ import annotations

from onrecord.model import Block, Post


def texts() -> dict[str, str]:
    """By name, a stretch that is repeated until the text is as long as wanted."""
    return {
        "quote marks": '"',
        "mixed quote marks": "“'\"‘”’«»„",
        "said and said": "he said that she said that ",
        "killed and killed": "killed and killed and ",
        "numbers": "5 killed, 3,000 wounded, $1.4bn, 12 of 40 drones; ",
        "dates": "on Friday two days after last Monday at 13.55 on 3 May ",
        "capitals": "TWO PEOPLE WERE KILLED IN SAN PEDRO, POLICE SAID. ",
        "names": "Mr Anders Vik of the Kaldor Council of North Kaldor and ",
        "brackets": "((([[[{{{",
        "no spaces": "abcdefghij",
        "full stops": ". ",
        "right to left": "قال الوزير إن שלום עליכם said ",
        "emoji and joiners": "👩‍👩‍👧‍👦🇺🇦 ",
        "zero width": "k\u200bi\u200bl\u200bl\u200bed \u200d\ufeff",
        "combining marks": "e\u0301\u0302\u0303\u0304",
        "short lines": "a\n",
        "commas": "Oslo, ",
    }


def post(text: str) -> Post:
    """The text as one post of one block."""
    return Post("p", text, (Block("paragraph", 0, len(text)),))
