"""Captures of one page → its posts over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.history import PageHistory, Seen, told
from onrecord.model import Block, Page, Post
from onrecord.posts.align import ids

NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)


def post(name: str, text: str = "The bridge is closed.", *, time: datetime | None = None, **more: object) -> Post:
    return Post(name, text, (Block("paragraph", 0, len(text)),), time=time, **more)  # type: ignore[arg-type]


def seen(hours: int, *posts: Post, published: datetime | None = None) -> Seen:
    page = Page("page.html", "live", "Radio Nord", published=published, posts=posts)
    return Seen(page, "page.html", NOON + timedelta(hours=hours), f"hash {hours}", hours + 1)


def after(*captures: Seen) -> PageHistory:
    return told(captures, ids)


def versions(history: PageHistory, name: str) -> list[tuple[int, str, bool]]:
    (found,) = [p for p in history.posts if p.id == name]
    return [(r.number, r.post.text, r.removed) for r in found.revisions]


def test_an_edit_makes_a_version_and_keeps_the_old_one() -> None:
    history = after(
        seen(0, post("a", "Two hurt.")), seen(1, post("a", "Three hurt.")), seen(2, post("a", "Three hurt."))
    )
    assert versions(history, "a") == [(1, "Two hurt.", False), (2, "Three hurt.", False)]
    first, second = history.posts[0].revisions
    assert (first.first_seen, second.first_seen) == (NOON, NOON + timedelta(hours=1))


def test_a_silent_edit_is_public_when_seen_and_a_stamped_one_at_its_stamp() -> None:
    early, stamp = NOON - timedelta(hours=3), NOON + timedelta(minutes=20)
    history = after(
        seen(0, post("a", "One.", time=early)),
        seen(1, post("a", "Two.", time=early, updated=stamp)),
        seen(2, post("a", "Three.", time=early, updated=stamp)),
    )
    assert [r.public for r in history.posts[0].revisions] == [early, stamp, NOON + timedelta(hours=2)]


def test_an_undated_post_is_as_old_as_its_page_on_the_first_capture_only() -> None:
    printed = NOON - timedelta(hours=5)
    history = after(seen(0, post("a"), published=printed), seen(1, post("b"), post("a"), published=printed))
    assert {p.id: p.last.public for p in history.posts} == {"a": printed, "b": NOON + timedelta(hours=1)}


def test_a_removal_needs_both_neighbours_twice_running() -> None:
    three, two = [post("c"), post("b"), post("a")], [post("c"), post("a")]
    assert [v[2] for v in versions(after(seen(0, *three), seen(1, *two)), "b")] == [False]
    gone = after(seen(0, *three), seen(1, *two), seen(2, *two))
    assert [v[2] for v in versions(gone, "b")] == [False, True]
    broken = after(seen(0, *three), seen(1, *two), seen(2, post("c")), seen(3, *two))
    assert [v[2] for v in versions(broken, "b")] == [False]


def test_a_post_that_moves_takes_nobody_with_it() -> None:
    shown = [post("d"), post("c"), post("b"), post("a")]
    moved = seen(2, post("b"), post("d"), post("c"))
    history = after(seen(0, *shown), seen(1, *shown[:3]), moved, replace(moved, at=NOON + timedelta(hours=3)))
    assert [p.id for p in history.posts] == ["b", "d", "c", "a"]
    assert {p.id: p.moves for p in history.posts if p.moves} == {"b": (NOON + timedelta(hours=2),)}
    assert {p.id: p.absent for p in history.posts if p.absent} == {"a": NOON + timedelta(hours=1)}
    assert not any(p.last.removed for p in history.posts)


@given(old=st.permutations("abcdefg"), cut=st.integers(0, 7))
def test_the_fewest_posts_count_as_moved(old: list[str], cut: int) -> None:
    history = after(seen(0, *map(post, old)), seen(1, *map(post, sorted(old))))
    stayed = [p.id for p in history.posts if not p.moves]
    assert stayed == [name for name in old if name in stayed]
    moved_one = [name for name in old if name != old[cut % 7]]
    again = after(seen(0, *map(post, old)), seen(1, *map(post, [old[cut % 7], *moved_one])))
    assert sum(len(p.moves) for p in again.posts) == (0 if cut % 7 == 0 else 1)


def test_rolling_off_the_end_is_no_removal_and_coming_back_no_edit() -> None:
    history = after(seen(0, post("b"), post("a")), seen(1, post("c"), post("b")), seen(2, post("d"), post("c")))
    assert [p.id for p in history.posts] == ["d", "c", "b", "a"]
    assert all(len(p.revisions) == 1 for p in history.posts)


def test_a_removed_post_that_is_shown_again_is_restored() -> None:
    three, two = [post("c"), post("b"), post("a")], [post("c"), post("a")]
    history = after(seen(0, *three), seen(1, *two), seen(2, *two), seen(3, *three))
    assert [(n, gone) for n, _, gone in versions(history, "b")] == [(1, False), (2, True), (3, False)]


def test_a_post_without_own_id_keeps_its_first_one_through_an_edit() -> None:
    text = "The power station at Hol stands still since the flood came on Monday night, the owner says."
    history = after(
        seen(0, post("p1", text, made_id=True)), seen(1, post("p2", text + " Nobody is hurt.", made_id=True))
    )
    assert [p.id for p in history.posts] == ["p1"]
    assert len(history.posts[0].revisions) == 2


PAGES = st.lists(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["One.", "Two."])), unique_by=lambda p: p[0], max_size=4
    ),
    min_size=1,
    max_size=6,
)


@given(pages=PAGES, cut=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_going_on_from_a_stored_history_equals_starting_anew(pages: Sequence[list[tuple[str, str]]], cut: int) -> None:
    captures = [seen(n, *(post(name, text) for name, text in page)) for n, page in enumerate(pages)]
    assert told(captures[cut:], ids, told(captures[:cut], ids)) == told(captures, ids)


@given(pages=PAGES)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_versions_go_forward_in_time(pages: Sequence[list[tuple[str, str]]]) -> None:
    captures = [seen(n, *(post(name, text) for name, text in page)) for n, page in enumerate(pages)]
    history = told(captures, ids)
    assert {p.id for p in history.posts} == {name for page in pages for name, _ in page}
    for found in history.posts:
        assert [r.number for r in found.revisions] == list(range(1, len(found.revisions) + 1))
        publics = [r.public for r in found.revisions]
        assert publics == sorted(publics)
        assert all(r.public <= r.first_seen for r in found.revisions)
