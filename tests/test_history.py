"""Captures of one page → its posts over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.history import Gone, PageHistory, Seen, told
from onrecord.model import Block, Page, Post
from onrecord.posts.align import ids

NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)


def post(name: str, text: str = "The bridge is closed.", *, time: datetime | None = None, **more: object) -> Post:
    return Post(name, text, (Block("paragraph", 0, len(text)),), time=time, **more)  # type: ignore[arg-type]


def seen(hours: int, *posts: Post, published: datetime | None = None) -> Seen:
    page = Page("page.html", "live", "Radio Nord", published=published, posts=posts)
    return Seen(page, "page.html", NOON + timedelta(hours=hours), f"hash {hours}", hours + 1)


def part(hours: int, *posts: Post, more: bool = False) -> Seen:
    """A page that goes on, or with posts above it elsewhere."""
    return further(seen(hours, *posts), more=more, below=True)


def further(one: Seen, *, more: bool = True, below: bool = False) -> Seen:
    return replace(one, page=replace(one.page, more="https://nord.example/live?page=2" if more else None), part=below)


def after(*captures: Seen | Gone) -> PageHistory:
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


def test_how_long_ago_a_post_is_changes_nothing_of_it() -> None:
    first = post("a", time=NOON - timedelta(minutes=5), shown="5 minutes ago")
    later = post("a", time=NOON - timedelta(minutes=20), shown="1h ago")
    (found,) = after(seen(0, first), seen(1, later)).posts
    assert [r.post for r in found.revisions] == [first]


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


def test_a_page_in_parts_is_one_page_and_a_part_tells_of_itself_alone() -> None:
    e, d, c, b, a = (post(name) for name in "edcba")
    parts = after(further(seen(0, e, d)), part(1, c, b, a), further(seen(2, e, d)), further(seen(3, e, d)))
    assert [p.id for p in parts.posts] == ["e", "d", "c", "b", "a"]
    assert not any(p.absent or len(p.revisions) > 1 for p in parts.posts)
    first = [further(seen(0, e, d)), part(1, c, b, a)]
    gone = after(*first, further(seen(2, e, d)), part(3, c, a), further(seen(4, e, d)), part(5, c, a))
    assert [p.id for p in gone.posts if p.last.removed] == ["b"]
    cut = after(*first, part(2, c, b))
    assert [p.id for p in cut.posts if p.absent] == ["a"]  # the last part does not show it any more
    slid = after(*first, further(seen(2, post("f"), e)), part(3, d, c), part(4, b, a))
    assert not any(p.absent for p in slid.posts)


def test_a_gap_is_known_until_a_part_closes_it() -> None:
    names = {n: post(n, time=NOON + timedelta(minutes=i)) for i, n in enumerate("abcdefghij")}

    def shown(text: str) -> list[Post]:
        return [names[n] for n in text]

    first = after(further(seen(0, *shown("ba"))))
    assert [(g.post, g.open) for g in first.gaps] == [("a", True)]
    known = [seen(0, *shown("cba"))]
    assert after(*known, seen(1, *shown("dcb"))).gaps == ()
    slept = [*known, further(seen(1, *shown("ji")))]
    history = after(*slept)
    assert [p.id for p in history.posts] == list("jicba")
    assert [g.post for g in history.gaps] == ["i"]
    assert [g.post for g in after(*slept, part(2, *shown("hg"), more=True)).gaps] == ["g"]
    closed = after(*slept, part(2, *shown("hg"), more=True), part(3, *shown("fedc"), more=True))
    assert closed.gaps == ()
    assert [p.id for p in closed.posts] == list("jihgfedcba")
    rolled = after(*known, seen(1, *shown("ji")))
    assert [(g.post, g.open) for g in rolled.gaps] == [("i", False)]
    assert [g.post for g in after(*known, seen(1, *shown("ji")), seen(2, *shown("ji"))).gaps] == ["i"]


def test_a_post_whose_own_address_says_that_it_is_gone_is_removed_if_its_page_does_not_show_it() -> None:
    three, two = [post("c"), post("b"), post("a")], [post("c"), post("b")]
    at = NOON + timedelta(hours=2)
    gone = after(seen(0, *three), seen(1, *two), Gone("a", at, 9))
    assert [(n, r) for n, _, r in versions(gone, "a")] == [(1, False), (2, True)]
    assert gone.posts[-1].last.public == at
    assert gone.change == 9
    shown = after(seen(0, *three), Gone("a", at, 9))
    assert not any(p.last.removed for p in shown.posts)
    back = after(seen(0, *three), seen(1, *two), Gone("a", at, 9), seen(3, *three))
    assert [r for _, _, r in versions(back, "a")] == [False, True, False]


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
