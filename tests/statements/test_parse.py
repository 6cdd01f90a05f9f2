"""Words and offsets are the text's own, however it is cased or broken; what posts share is no post's business."""

from __future__ import annotations

import pytest

from onrecord.model import Block, Post
from onrecord.statements.parse import PIECE, Parse, language, parse


def post(text: str, kind: str = "paragraph") -> Post:
    return Post("p", text, (Block(kind, 0, len(text)),))  # type: ignore[arg-type]


def read(text: str) -> Parse:
    return next(parse([post(text)]))


def rows(parsed: Parse) -> list[tuple[str, str, str, str, int]]:
    return list(zip(parsed.words, parsed.lemma, parsed.pos, parsed.dep, parsed.head, strict=True))


TEXT = (
    "There's no truce, Ms Adair said. Let's wait; they're gonna talk, she didn't add. “It is over,” he's told us.\n"
    "The mayors had been leaving when the tallest walls fell, and who knew? I'd say nothin' ain't lost."
)


def test_forms_are_those_of_the_whole_pipeline() -> None:
    doc = language()(TEXT)
    parsed = read(TEXT)
    whole = {t.idx: (t.text, t.lemma_, t.pos_, t.tag_) for t in doc if not t.is_space}
    found = zip(parsed.words, parsed.lemma, parsed.pos, parsed.tag, strict=True)
    assert dict(zip(parsed.start, found, strict=True)) == whole


def test_a_second_reading_is_the_same() -> None:
    assert rows(read(TEXT)) == rows(read(TEXT))


def test_posts_without_words_keep_their_place() -> None:
    posts = [post(""), post("Two people died."), post("   \n "), post("A credit", "credit"), post("It rained.")]
    assert [len(p.words) for p in parse(posts)] == [0, 4, 0, 0, 3]


def test_long_posts_are_parsed_in_pieces() -> None:
    text = "The bridge fell into the river. " * (3 * PIECE // 32)
    parsed = read(text)
    assert len(parsed.sentences) == text.count("river")
    assert all(text[a:b] == w for a, b, w in zip(parsed.start, parsed.end, parsed.words, strict=True))


def test_posts_are_parsed_as_they_come() -> None:
    taken = []

    def many() -> object:
        for number in range(200):
            taken.append(number)
            yield post("Rain fell.")

    next(parse(many()))  # type: ignore[arg-type]
    assert len(taken) < 100


def test_capitals_are_parsed_as_words() -> None:
    parsed = read("TWO FARMERS WERE KILLED NEAR THE BRIDGE IN PERU ON MONDAY, POLICE REPORTED.")
    said = dict(zip(parsed.words, zip(parsed.lemma, parsed.pos, strict=True), strict=True))
    assert said["KILLED"] == ("kill", "VERB")
    assert said["FARMERS"] == ("farmer", "NOUN")
    assert said["PERU"][1] == "PROPN"
    assert parsed.words[0] == "TWO"


@pytest.mark.parametrize("marks", ['"' * 5_000, "“”" * 5_000, "!?" * 500])
def test_long_runs_of_signs_are_no_words(marks: str) -> None:
    parsed = read(f"It is over. {marks} He left.")
    assert parsed.words == ["It", "is", "over", ".", "He", "left", "."]
    assert parsed.text[parsed.start[4] : parsed.end[4]] == "He"


def test_a_curled_apostrophe_is_an_apostrophe_to_the_parser() -> None:
    curled, straight = (
        read("We’re sure it doesn’t leak, and that’s that."),
        read("We're sure it doesn't leak, and that's that."),
    )
    assert [*curled.words[1:2], *curled.words[5:6]] == ["’re", "n’t"]
    assert (curled.lemma, curled.tag, curled.dep) == (straight.lemma, straight.tag, straight.dep)


def test_a_verb_that_before_puts_under_another_is_not_the_sentences_own() -> None:
    parsed = read(
        "Reis Power has acknowledged that one gate of the dam was opened at 3.10am, hours before the valley was warned."
    )
    assert [parsed.words[i] for i, dep in enumerate(parsed.dep) if dep == "ROOT"] == ["acknowledged"]
