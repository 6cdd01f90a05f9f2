"""Posts without own ids → made ids that the same words always get."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import READ_BLOCKS, Post

_WORD = re.compile(r"\w+")
_FIRST_WORDS = 24


def made_ids(posts: Sequence[Post]) -> list[Post]:
    """The posts, those without an id with one made from title and first words; equal posts are told apart by number."""
    counts: Counter[str] = Counter()
    out = []
    for post in posts:
        if post.id:
            out.append(post)
            continue
        base = _base(post)
        counts[base] += 1
        made = "p" + hashlib.sha256(f"{base}\n{counts[base]}".encode()).hexdigest()[:11]
        out.append(replace(post, id=made, made_id=True))
    return out


def _base(post: Post) -> str:
    told = " ".join(post.text[b.start : b.end] for b in post.blocks if b.kind in READ_BLOCKS and b.kind != "related")
    words = _WORD.findall((told or post.text)[:2000].casefold())[:_FIRST_WORDS]
    return " ".join(words)


def revision_hash(post: Post) -> str:
    """Hash of what reading a post sees, its text and blocks: equal hashes, equal readings."""
    blocks = ";".join(f"{b.kind}:{b.start}:{b.end}" for b in post.blocks)
    return hashlib.sha256(f"{blocks}\n{post.text}".encode(errors="surrogatepass")).hexdigest()
