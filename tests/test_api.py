"""The names that Python users hold on to, and reading without a record."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import onrecord
from onrecord import errors
from onrecord.errors import OnRecordError, UsageError
from onrecord.evidence import check
from onrecord.model import Block, Happening, Party, Post, PostReading, Span, Speaker, Statement

TEXT = "The mayor, Kari Moen, said on Tuesday that five people were killed in Lillehammer.\n\n  Two are missing.\r\n"


def test_all_names_are_there_once() -> None:
    assert len(set(onrecord.__all__)) == len(onrecord.__all__)
    assert all(getattr(onrecord, name) is not None for name in onrecord.__all__)
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", onrecord.__version__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        onrecord.nothing  # noqa: B018


def test_the_error_tree_is_drawn_whole_and_public() -> None:
    raised = {
        name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, OnRecordError)
    }
    drawn = set(re.findall(r"\w+Error", errors.__doc__ or ""))
    assert raised == drawn == set(errors.__all__) <= set(onrecord.__all__)


def test_import_is_quick_and_meets_neither_parser_nor_database() -> None:
    code = "import sys, onrecord; print([m for m in ('spacy', 'sqlalchemy', 'alembic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_whole_text_is_one_post_unchanged_whose_blocks_are_its_lines() -> None:
    (read,) = onrecord.read_text(TEXT, split=False).posts
    assert (read.post.text, read.post.start, read.post.end) == (TEXT, 0, len(TEXT))
    assert [TEXT[b.start : b.end] for b in read.post.blocks] == [TEXT.split("\n", maxsplit=1)[0], "Two are missing."]


@pytest.mark.parametrize(
    "text", ["", " \n", "\ud800 said so.", "\x00\x01", "“" * 5000, "مرحبا\u202e 😀 said Kari Moen.", "\r\n\r"]
)
def test_odd_texts_keep_their_offsets(text: str) -> None:
    reading = onrecord.read_text(text, split=False)
    (read,) = reading.posts
    assert (len(read.post.text), read.post.end) == (len(text), len(text))
    assert all(read.post.text[s.start : s.end] == s.text for st in read.statements for s in st.content)


def test_reads_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.reading.MOST_READ", 60)
    line = "Kari Moen said nobody was hurt in Lom.\n"
    reading = onrecord.read_text(line * 3, published=date(2025, 3, 13), tz="UTC", split=False)
    assert [p.code for p in reading.problems] == ["too-long"]
    assert reading.posts[0].post.text == line * 3
    assert [p.span.start for p in reading.posts[0].places] == [line.index("Lom")]


def test_undated_text_has_one_problem_that_names_the_flag_and_no_guess() -> None:
    reading = onrecord.read_text(TEXT, split=False)
    assert [p.code for p in reading.problems] == ["no-date"]
    assert "--published" in reading.problems[0].mend
    assert [d.value for d in reading.posts[0].dates] == [None]


@pytest.mark.parametrize(
    "published",
    [date(2025, 3, 13), datetime(2025, 3, 13, 9, tzinfo=UTC), datetime(2025, 3, 13, tzinfo=ZoneInfo("Asia/Tokyo"))],
)
def test_published_is_a_day_or_a_moment(published: date) -> None:
    reading = onrecord.read_text(TEXT, published=published, tz="Asia/Tokyo", split=False)
    assert reading.problems == ()
    assert [d.value for d in reading.posts[0].dates] == ["2025-03-11"]


def test_refuses_times_without_zone_and_unknown_zones() -> None:
    with pytest.raises(UsageError, match="no time zone"):
        onrecord.read_text(TEXT, published=datetime(2025, 3, 13))  # noqa: DTZ001
    with pytest.raises(UsageError, match="Europe/Kyiv"):
        onrecord.read_text(TEXT, tz="Mars/Olympus")


def test_bytes_and_files_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode())
    from_file, from_bytes = (
        onrecord.read(source, outlet="Nord", published=date(2025, 3, 13)) for source in (path, TEXT.encode())
    )
    assert from_file.posts == from_bytes.posts
    assert from_file.page.path == str(path)
    with pytest.raises(OSError, match=r"none\.txt"):
        onrecord.read(tmp_path / "none.txt")


def test_to_dict_is_the_contract() -> None:
    given = onrecord.read_text(TEXT, outlet="Nord", published=date(2025, 3, 13), split=False).to_dict()
    assert list(given) == ["page", "posts", "statements", "happenings", "places", "dates", "figures"]
    assert given["page"]["outlet"] == "Nord"  # type: ignore[index]


def test_loose_texts_fold_across_documents() -> None:
    texts = [
        (name, "Five people were killed in a flood in Lillehammer on Tuesday, the police said.", date(2025, 3, 13))
        for name in "ab"
    ]
    events = onrecord.fold_texts(texts)
    assert any({h["doc"] for h in event["happenings"]} == {"a", "b"} for event in events)  # type: ignore[attr-defined]
    for event in events:
        for h in event["happenings"]:  # type: ignore[attr-defined]
            assert texts[0][1][h["start"] : h["end"]] == h["text"]


# -- evidence ----------------------------------------------------------------------------------------------------------

POST = Post("1", "The dam held, she said.", (Block("paragraph", 0, 23),))


def span(start: int, end: int, text: str | None = None, post: str = "1") -> Span:
    return Span(post, start, end, POST.text[start:end] if text is None else text)


def statement(name: str, **more: object) -> Statement:
    return Statement(**{"id": name, "post": "1", "voice": "attributed", "content": (span(0, 12),), **more})  # type: ignore[arg-type]


GOOD = statement("good", cue=span(18, 22), speaker=Speaker("she", "person", span=span(14, 17)))


@pytest.mark.parametrize(
    "lie",
    [
        {"content": (span(0, 12, "The dam broke"),)},
        {"content": (span(0, 12), span(-5, -1))},
        {"content": ()},
        {"content": (span(5, 5),)},
        {"content": (span(0, 12, post="2"),)},
        {"cue": span(18, 22, "denied")},
        {"cue": span(18, 99)},
        {"speaker": Speaker("he", "person", span=span(14, 17, "he"))},
        {"standing_by": span(0, 3, "unproven")},
        {"post": "2"},
    ],
)
def test_what_the_text_does_not_show_is_dropped_and_counted(lie: dict[str, object]) -> None:
    scope = span(0, 12)
    happenings = tuple(Happening(f"{s}.0", span(8, 12), s, "other", "happened", scope) for s in ("good", "bad"))
    given = PostReading(POST, (GOOD, statement("bad", **lie), statement("inner", nested_in="bad")), happenings)
    (kept,), problems = check([given], "page.txt")
    assert kept.statements == (GOOD, statement("inner"))
    assert [h.id for h in kept.happenings] == ["good.0"]
    assert [(p.code, p.where) for p in problems] == [("evidence", "page.txt")]
    assert problems[0].why.startswith("2 items")


def test_a_happening_whose_party_is_not_in_the_text_is_dropped() -> None:
    bad = Happening(
        "good.0", span(8, 12), "good", "other", "happened", span(0, 12), (Party("he", None, "by", span(0, 3, "him")),)
    )
    (kept,), problems = check([PostReading(POST, (GOOD,), (bad,))], "page.txt")
    assert (kept.statements, kept.happenings, len(problems)) == ((GOOD,), (), 1)


def test_a_true_reading_is_left_as_it_is() -> None:
    given = PostReading(POST, (GOOD,), (Happening("good.0", span(8, 12), "good", "other", "happened", span(0, 12)),))
    assert check([given], "page.txt") == ((given,), ())
