"""A page's history → its changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from onrecord import changes
from onrecord.history import PageHistory
from onrecord.pages.marks import pieces
from onrecord.story import Story
from tests.story_maker import NOON, live
from tests.test_history import after, post, seen

STAMP = NOON + timedelta(minutes=50)


def kinds(history: PageHistory) -> list[tuple[str, str]]:
    return [(change.kind, change.post) for change in changes.of("page", history, "Nord")]


def test_every_kind_of_change_has_its_name() -> None:
    a, b, c = post("a"), post("b"), post("c")
    b2 = post("b", "The bridge is open.")
    history = after(
        seen(0, c, b, a), seen(1, c, b2, a), seen(2, c, a), seen(3, c, a), seen(4, c, b2, a), seen(5, a, c), seen(6, a)
    )
    assert sorted(kinds(history)) == sorted([
        ("new", "c"), ("new", "b"), ("new", "a"), ("edited", "b"), ("removed", "b"), ("restored", "b"),
        ("moved", "c"), ("not shown", "b"), ("not shown", "c"),
    ])  # fmt: skip


def test_markup_and_metadata_alone_are_no_edit() -> None:
    plain = post("a", "The bridge is closed.")
    spaced = replace(plain, text="The bridge  is closed.", url="https://nord.example/a", updated=STAMP)
    assert kinds(after(seen(0, plain), seen(1, spaced))) == [("new", "a")]
    flagged = after(seen(0, plain), seen(1, replace(plain, key=True)))
    assert [c.what for c in changes.of("page", flagged, "Nord")] == [(), ("key",)]


def test_an_edit_without_a_later_time_is_silent() -> None:
    first, silent = post("a", "Two hurt."), post("a", "Three hurt.")
    stamped = post("a", "Four hurt.", updated=STAMP)
    unstamped = post("a", "Five hurt.", updated=STAMP)
    found = changes.of("page", after(*(seen(n, p) for n, p in enumerate((first, silent, stamped, unstamped)))), "Nord")
    assert [c.silent for c in found] == [False, True, False, True]


def test_a_record_shows_which_figures_an_edit_changed(tmp_path: Path) -> None:
    texts = [
        "At least five people were killed in the flood in Lillehammer, the police said.",
        "At least seven people were killed in the flood in Lillehammer, the police said.",
    ]
    with Story.create(tmp_path / "story.db") as story:
        story.add(live([("p1", text)], hours=at) for at, text in enumerate(texts))
        first, edit = story.edits()
        assert (first.kind, edit.kind, edit.silent, edit.what) == ("new", "edited", True, ("text",))
        assert edit.figures == (("killed", "five people", "seven people"),)
        told = edit.to_dict()
        assert [p for p in told["difference"] if p["op"] != "same"] == [  # type: ignore[attr-defined]
            {"op": "gone", "text": "five"}, {"op": "come", "text": "seven"}
        ]  # fmt: skip
        assert [c.kind for c in story.edits(since=edit.at)] == ["edited"]
        assert story.edits(post="p2") == []


WORDS = st.lists(st.sampled_from(["bridge", "closed ", " the", "\n", "is"]), max_size=12).map("".join)


@given(before=WORDS, after=WORDS)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(text for op, text in found if op != "come") == before
    assert "".join(text for op, text in found if op != "gone") == after
