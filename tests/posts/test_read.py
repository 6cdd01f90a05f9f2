"""Captures → pages, whatever the bytes are."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import pytest

from onrecord import posts
from onrecord.model import Capture, Hints, Page


def page(body: bytes | str, **hints: object) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return posts.read(Capture("page", raw, "0", datetime(2031, 3, 1, tzinfo=UTC), Hints(**hints)))  # type: ignore[arg-type]


def codes(read: Page) -> set[str]:
    return {p.code for p in read.problems}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\n", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not-text"),
        (b"PK\x03\x04\x14\x00\x00\x00", "not-text"),
    ],
)
def test_what_can_not_be_read_at_all(body: bytes, code: str) -> None:
    read = page(body)
    assert not read.posts
    assert [(p.code, p.fatal) for p in read.problems] == [(code, True)]
    assert read.problems[0].mend


def test_a_wrong_encoding_is_guessed_and_named() -> None:
    read = page(
        "Le maire de Besançon a parlé à l’hôtel de ville après la tempête, où l’été fut très sec.".encode("cp1252")
    )
    assert "bad-encoding" in codes(read)
    assert "Besançon" in read.posts[0].text


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    body = "The mayor of São Luís said the bridge at Paço was safe.".encode() + b"\xff\n" + b"It was."
    read = page(body)
    assert "São Luís" in (read.text or "")
    assert "bad-encoding" in codes(read)


def test_another_language_gives_posts_and_a_problem() -> None:
    read = page("O governador disse que as chuvas de ontem mataram três pessoas no norte do estado e que está fechada.")
    assert read.language == "pt"
    assert "language" in codes(read)
    assert read.posts


def test_a_page_without_date_outlet_or_zone_names_the_flags() -> None:
    read = page(
        "14:32\nThe bridge has been closed to all traffic, police said.\n14:10\nA lorry hit the bridge, police said."
    )
    mends = " ".join(p.mend for p in read.problems)
    assert all(flag in mends for flag in ("--published", "--outlet", "--tz"))


def test_a_long_text_is_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.posts.page.MOST_TEXT", 5_000)
    read = page(b"The river is rising again in the valley this morning.\n" * 300)
    assert len(read.text or "") <= 5_000
    assert "too-large" in codes(read)
    assert read.posts


def test_a_broken_off_page_gives_what_it_has() -> None:
    read = page(
        "<!doctype html><html><body><article><p>The dam broke at nine, the governor of the province said.</p><p>Thr"
    )
    assert "truncated-html" in codes(read)
    assert "governor" in read.posts[0].text


def test_revision_hash_is_over_text_and_blocks_alone() -> None:
    first, second = (page("The dam broke at nine, the governor said.", outlet=o).posts[0] for o in ("A", "B"))
    assert posts.revision_hash(first) == posts.revision_hash(second)
    assert posts.revision_hash(first) != posts.revision_hash(page("The dam held, the governor said.").posts[0])


def test_garbage_is_looked_for_again_whatever_happens_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Page:
        assert not gc.isenabled()
        raise RuntimeError

    monkeypatch.setattr("onrecord.posts.page.read_html", fail)
    assert gc.isenabled()
    with pytest.raises(RuntimeError):
        page("<html><body><p>The dam broke at nine.</p></body></html>")
    assert gc.isenabled()
