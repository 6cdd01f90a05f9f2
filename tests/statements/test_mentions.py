"""Who and what a post mentions, from its words alone."""

from __future__ import annotations

import pytest

from onrecord.model import Block, Post
from onrecord.statements import mentions
from onrecord.statements.draft import MentionDraft, Range, StatementDraft
from onrecord.statements.extract import extract
from onrecord.statements.parse import parse


def find(text: str, *speakers: str) -> list[MentionDraft]:
    post = Post("1", text, (Block("paragraph", 0, len(text)),))
    statements = [StatementDraft("attributed", ((0, 1),), speaker=span(text, words)) for words in speakers]
    return mentions.find(next(iter(parse([post]))), statements)


def span(text: str, words: str) -> Range:
    start = text.index(words)
    return start, start + len(words)


def one(text: str, words: str) -> MentionDraft:
    start, end = span(text, words)
    return next(m for m in find(text, words) if (m.start, m.end) == (start, end))


@pytest.mark.parametrize(
    ("text", "words", "kind", "name", "role", "side", "gender"),
    [
        ("Chad’s foreign ministry spokeswoman Ana Reis said so.", "Chad’s foreign ministry spokeswoman Ana Reis",
         "person", "Ana Reis", "Chad’s foreign ministry spokeswoman", "Chad", "f"),
        ("Tom Lobo, the Kremlin spokesman, said so.", "Tom Lobo, the Kremlin spokesman",
         "person", "Tom Lobo", "Kremlin spokesman", "Russia", "m"),
        ("The governor of Lagoa, Ana Reis, said so.", "The governor of Lagoa, Ana Reis",
         "person", "Ana Reis", "governor of Lagoa", "Lagoa", "f"),
        ("Peruvian ambassador to Chad Ana Reis said so.", "Peruvian ambassador to Chad Ana Reis",
         "person", "Ana Reis", "Peruvian ambassador", "Peru", "f"),
        ("Major General Omar Sarr said so.",
         "Major General Omar Sarr", "person", "Omar Sarr", "Major General", None, "m"),
        ("Stephen King said so.", "Stephen King", "person", "Stephen King", None, None, "m"),
        ("Brightwell’s chief executive Mia Holm said so.", "Brightwell’s chief executive Mia Holm",
         "person", "Mia Holm", "Brightwell’s chief executive", "Brightwell", "f"),
        ("PRESIDENT TOMAS REIS SAID TODAY THAT IT WAS OVER.", "PRESIDENT TOMAS REIS",
         "person", "TOMAS REIS", "PRESIDENT", None, "m"),
        ("Peru's defence ministry said so.", "Peru's defence ministry",
         "body", "Peruvian defence ministry", "Peru's defence ministry", "Peru", "n"),
        ("State news agency Onda said so.",
         "State news agency Onda", "outlet", "Onda", "State news agency Onda", None, "n"),
        ("The Lagoa Anti-Fraud Bureau (LAFB) said so.", "The Lagoa Anti-Fraud Bureau (LAFB)",
         "body", "Lagoa Anti-Fraud Bureau", "Lagoa Anti-Fraud Bureau", None, "n"),
        ("Lima said so.", "Lima", "place", "Peru", None, "Peru", None),
        ("A senior Peruvian official said so.", "A senior Peruvian official",
         "office", None, "senior Peruvian official", "Peru", None),
        ("A suit filed by Lagoa Bank says so.", "A suit filed by Lagoa Bank",
         "document", "Lagoa Bank", "suit", "Lagoa Bank", "n"),
        ("“It is over,” she said.", "she", "pronoun", None, None, None, "f"),
    ],
)  # fmt: skip
def test_reads_whom_a_phrase_names(
    text: str, words: str, kind: str, name: str | None, role: str | None, side: str | None, gender: str | None
) -> None:
    found = one(text, words)
    assert (found.kind, found.name, found.role, found.side, found.gender) == (kind, name, role, side, gender)


def test_alias_stands_beside_the_name() -> None:
    assert one("The Lagoa Anti-Fraud Bureau (LAFB) said so.", "The Lagoa Anti-Fraud Bureau (LAFB)").alias == "LAFB"


def test_a_country_that_backs_is_no_side() -> None:
    assert one("The Chad-backed Peruvian rebels said so.", "The Chad-backed Peruvian rebels").side == "Peruvian rebels"
    assert one("MRTA rebels said so.", "MRTA rebels").side == "MRTA"


def test_exile_turns_the_side() -> None:
    text = "Ana Reis, a former Peruvian MP who now leads a party in exile, said so."
    assert one(text, "Ana Reis, a former Peruvian MP").side == "Peruvian opposition"


def test_two_names_are_two() -> None:
    found = one("Mr Reis and Ms Lobo said so.", "Mr Reis and Ms Lobo")
    assert (found.name, found.plural) == ("Reis and Lobo", True)


def test_every_speaker_is_a_mention_and_order_is_the_texts() -> None:
    text = "The lights went out, the strange old radio said. Ana Reis and the mayor of Lagoa told Onda so."
    speakers = ["the strange old radio", "Ana Reis", "went"]
    found = find(text, *speakers)
    assert {span(text, words) for words in speakers} <= {(m.start, m.end) for m in found}
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_common_nouns_and_days_are_no_mentions() -> None:
    names = {m.name for m in find("Nurses of courage met on Monday, an abuse of authority.")}
    assert names <= {None}


def test_hostile_text_stays_bounded() -> None:
    text = "the ministry's board's " * 400 + "it said."
    assert len(find(text)) < 5000


@pytest.mark.parametrize(
    "end", ["a high-ranking official", "the head of", "an adviser to", "its spokesman", "the mayor of Lund"]
)
def test_a_text_may_end_in_the_middle_of_who_speaks(end: str) -> None:
    text = f"The bridge was closed, the radio reported referring to {end}"
    (draft,) = extract([Post("p", text, (Block("paragraph", 0, len(text)),))])
    assert all(m.end <= len(text) for m in draft.mentions)
