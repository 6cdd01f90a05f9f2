"""Captures of one page → the same posts, and the removed ones."""

from __future__ import annotations

from datetime import UTC, datetime

from onrecord.model import Post
from onrecord.posts import align, made_ids

T = datetime(2031, 3, 1, 9, tzinfo=UTC)


def post(text: str, time: datetime | None = None, title: str | None = None) -> Post:
    return made_ids([Post("", text, (), title=title, time=time, made_id=True)])[0]


def test_an_edited_post_keeps_its_first_id() -> None:
    before = [
        post("The ferry with forty people on board ran aground near the old harbour at dawn.", T),
        post("Schools in the valley stay shut for a third day after the storm.", T.replace(hour=8)),
    ]
    after = [
        post("A ferry with forty people on board ran aground near the old harbour at dawn. Nobody was hurt.", T),
        post("Rail services have resumed between the capital and the coast.", T.replace(hour=10)),
        before[1],
    ]
    assert align.ids(before, after) == {after[0].id: before[0].id}


def test_no_two_posts_take_one_id() -> None:
    before = [post("The minister said the dam would hold through the night whatever came.")]
    after = [
        post("But the minister said the dam would hold through the night whatever came."),
        post("Again the minister said the dam would hold through the night whatever came."),
    ]
    assert len(align.ids(before, after)) == 1


def test_a_post_between_two_that_stay_is_removed() -> None:
    assert align.removals([["a", "b", "c"], ["a", "c"], ["n", "a", "c"]]) == {"b": "removed"}


def test_absence_alone_proves_nothing() -> None:
    assert align.removals([["a", "b", "c"], ["a", "c"]]) == {"b": "not shown"}
    assert align.removals([["a", "b", "c"], ["n", "a"], ["m", "n", "a"]]) == {"b": "not shown", "c": "not shown"}
    assert align.removals([["a", "b", "c"], ["a", "c"], ["a", "b", "c"]]) == {}
