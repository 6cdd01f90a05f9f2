"""Text made to be hard → readings all the same: no failure, evidence verbatim, time linear."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import evidence
from onrecord.model import Block, Post, PostReading, Setting
from onrecord.statements import extract, resolve
from onrecord.statements.draft import dump, load

NOON = Setting(published=datetime(2031, 4, 5, 12, tzinfo=UTC), tz="UTC")
PARTS = [
    "said", "told", "killed", "wounded", "Ms Ada Lind", "he", "Oslo", "in", "the", "of", "and", "5", "3,000", "1.4m",
    "Friday", "last", "according to", "reportedly", "not", "denied", "that", "“", "”", '"', "'", "‘", "’", "«", "»",
    "-", "–", ":", ";", ",", ".", "…", "?", "\n", "\n\n", "\t", "\r", "\u2028", "\u00a0", "\u200b", "\u200d",
    "\ufeff", "\u202e", "\x00", "\x1b", "🇳🇴", "👩\u200d👧", "e\u0301", "İ", "ß", "ﬁ", "Ǆ", "قال", "אמר", "中文",
    "ไทย", "𝕬", "\ud7ff", "\U0010ffff", "SHOT DEAD", "MAYOR", "http://a.example/?q=1&b", "@user", "#tag", "<b>",
    "&amp;", "\\", "$", "%", "€2bn", "(", ")", "[",
]  # fmt: skip


def blocks(text: str) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        if line:
            yield Block("paragraph", at, at + len(line))
        at += len(line) + 1


def read(text: str) -> PostReading:
    post = Post("p", text, tuple(blocks(text)))
    draft = next(extract([post]))
    assert load(dump(draft)) == draft
    found, problems = evidence.check(resolve([(post, draft)], NOON), "here")
    assert not problems
    assert all(d.earliest <= d.latest for d in found[0].dates if d.earliest and d.latest)
    return found[0]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40), st.sampled_from(["", " "]))
def test_any_words_and_signs_are_read(parts: list[str], between: str) -> None:
    read(between.join(parts))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    read(text)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_a_problem(body: bytes) -> None:
    reading = onrecord.read(body, published=NOON.published)
    codes = {p.code for p in reading.problems + reading.page.problems}
    assert not codes & {"reader-fault", "evidence"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15"])
def test_any_encoding_keeps_the_words(encoding: str) -> None:
    text = "12:05\nTwo fishermen drowned near the café, police said.\n\n12:40\nThe ferry sank, the mayor told us.\n"
    reading = onrecord.read(text.encode(encoding), published=NOON.published)
    assert "near the café" in " ".join(r.post.text for r in reading.posts)


HARD = {
    "quote marks": '"',
    "pairs of quote marks": "“'\"‘”’",
    "killed": "killed and killed and ",
    "said": "he said that she said that ",
    "names": "Mr Anders Vik of the Kaldor Council of North Kaldor and ",
    "numbers": "5 killed, 3,000 wounded, $1.4bn; ",
    "dates": "on Friday two days after last Monday ",
    "capitals": "TWO MEN WERE SHOT IN PERU, POLICE SAID. ",
    "right to left": "قال الوزير said שלום ",
    "zero width": "k\u200bi\u200bl\u200bled \u200d",
    "brackets": "((([[[",
    "letters": "abcdefghij",
    "commas": "Oslo, ",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_time_is_linear(text: str) -> None:
    def spent(size: int) -> float:
        whole = (text * (size // len(text) + 1))[:size]
        began = time.process_time()
        read(whole)
        return time.process_time() - began

    spent(2_000)
    short, long = spent(6_000), spent(24_000)
    assert long < 4 * 2.5 * max(short, 0.02)


def test_a_million_quote_marks() -> None:
    began = time.process_time()
    assert read('"' * 1_000_000).statements == ()
    assert time.process_time() - began < 20
