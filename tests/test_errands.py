"""What is asked beside a watched page: its further parts, and missing posts' own addresses."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.history import PageHistory
from onrecord.model import Source
from onrecord.sources.fetch import Fetcher
from onrecord.sources.watch import Pace, health
from onrecord.story import Story, View
from onrecord.watching import Step, Watch
from tests.replay.forker import LIMITS
from tests.replay.server import Reply, Server

NAMES = [f"n{number:02}" for number in range(1, 13)]
"""Posts of the page, oldest first."""


class Halden:
    """The server side of an invented live page: so many posts a part, newest first, each with an address of its own."""

    def __init__(self, size: int, shown: Sequence[str]) -> None:
        self.size, self.shown = size, list(shown)
        self.deleted: set[str] = set()
        self.replies: dict[str, Reply] = {}
        self.own = True
        self.rising = False
        """Oldest first, as some outlets show their posts."""

    def __call__(self, path: str, _headers: Mapping[str, str]) -> Reply:
        if path in self.replies:
            return self.replies[path]
        if path.startswith("/live/post/"):
            there = self.own and path.rpartition("/")[2] not in self.deleted
            return Reply(b"<p>a post</p>") if there else Reply(status=404)
        return Reply(self._page(int(path.partition("?page=")[2] or 1)))

    def _page(self, number: int) -> bytes:
        order = self.shown if self.rising else self.shown[::-1]
        newest = [name for name in order if name not in self.deleted]
        mine = newest[(number - 1) * self.size : number * self.size]
        older = f'<a rel="next" href="/live?page={number + 1}">Older</a>' if len(newest) > number * self.size else ""
        inner = "".join(map(self._post, mine))
        kind = 'itemscope itemtype="https://schema.org/LiveBlogPosting"'
        return (
            f'<html lang="en"><title>Halden live</title><body><main {kind}>{inner}</main>{older}</body></html>'.encode()
        )

    def _post(self, name: str) -> str:
        at = f"2025-03-13T10:{NAMES.index(name):02}:00+00:00"
        text = html.escape(f"Update {name}: the bridge at Halden stays closed, the police said.")
        return (
            f'<article id="{name}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">'
            f'<a itemprop="url" href="/live/post/{name}"><time datetime="{at}" itemprop="datePublished">then</time></a>'
            f'<div itemprop="articleBody"><p>{text}</p></div></article>'
        )


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with Story.create(tmp_path / "story.db") as made:
        yield made


def look(story: Story, page: Halden, server: Server, pace: Pace = Pace(), times: int = 1) -> list[Step]:  # noqa: B008
    """Ask the page once, or so often, and all that is asked beside it."""
    if not story.sources():
        story.keep_source(Source(f"{server.url}/live", "Nord Live", every=0.01))
    steps: list[Step] = []
    for _ in range(times):
        Watch(story, Fetcher(LIMITS), steps.append, pace).run(once=True)
    return steps


def held(story: Story) -> PageHistory:
    ((_, state),) = story.watched().items()
    return story.whereabouts(state.page)


def shown(story: Story) -> list[str]:
    return [p.id for p in held(story).posts if not p.last.removed]


# -- parts -------------------------------------------------------------------------------------------------------------


def test_older_posts_are_followed_and_the_parts_are_one_page(story: Story) -> None:
    page = Halden(4, NAMES[:11])
    with Server(page) as server:
        steps = look(story, page, server)
        assert server.paths() == ["/live", "/live?page=2", "/live?page=3"]
        assert [step.what for step in steps] == ["fetched", "part", "part"]
        assert shown(story) == NAMES[10::-1]
        page.shown = NAMES
        look(story, page, server)
        assert server.paths()[3:] == ["/live"]  # its last post was known: nothing to follow
    assert shown(story) == NAMES[::-1]
    assert not any(p.absent for p in held(story).posts)
    assert len({view.page for view in story.posts()}) == 1
    assert held(story).gaps == ()


def test_after_a_sleep_parts_are_followed_till_they_meet_what_is_known(story: Story) -> None:
    page = Halden(2, NAMES[:6])
    with Server(page) as server:
        look(story, page, server)
        page.shown = NAMES[:11]
        asked = len(server.paths())
        look(story, page, server)
        assert server.paths()[asked:] == ["/live", "/live?page=2", "/live?page=3"]
    assert shown(story) == NAMES[10::-1]
    assert held(story).gaps == ()


def test_a_bound_that_is_met_leaves_a_gap_that_is_told(story: Story) -> None:
    page = Halden(2, NAMES)
    with Server(page) as server:
        steps = look(story, page, server, Pace(parts=2))
        assert server.paths() == ["/live", "/live?page=2", "/live?page=3"]
        again = look(story, page, server, Pace(parts=2))
        assert server.paths()[3:] == ["/live"]
    (gap,) = [step for step in steps if step.what == "gap"]
    assert gap.problem is not None
    assert (gap.problem.code, gap.problem.fatal) == ("gap", False)
    assert gap.problem.why == "posts before 2025-03-13 10:06 UTC may be missing"
    assert "--parts" in gap.problem.mend
    assert not any(step.what == "gap" for step in again)  # told once
    (source,) = story.sources()
    assert gap.problem.why in health(source, story.watched()[source.id], datetime.now(UTC))


def test_a_window_that_rolled_on_while_nobody_watched_leaves_a_gap(story: Story) -> None:
    page = Halden(99, NAMES[:3])
    with Server(page) as server:
        look(story, page, server)
        page.shown = NAMES[8:]
        steps = look(story, page, server, Pace(links=0))
    (gap,) = [step for step in steps if step.what == "gap"]
    assert gap.problem is not None
    assert gap.problem.why == "posts between 2025-03-13 10:02 UTC and 2025-03-13 10:08 UTC may be missing"
    assert [p.id for p in held(story).posts] == [*NAMES[:7:-1], *NAMES[2::-1]]


def test_parts_are_gone_through_again_and_show_what_was_taken_down(story: Story) -> None:
    page = Halden(4, NAMES)
    with Server(page) as server:
        look(story, page, server)
        page.deleted.add("n03")
        look(story, page, server, Pace(parts_every=0, links=0), times=2)
        late = [name for name in shown(story) if name in NAMES]
        assert late == [name for name in NAMES[::-1] if name != "n03"]


def test_new_posts_of_a_page_that_shows_the_oldest_first_come_at_its_end(story: Story) -> None:
    page = Halden(4, NAMES[:11])
    page.rising = True
    with Server(page) as server:
        look(story, page, server)
        assert server.paths() == ["/live", "/live?page=2", "/live?page=3"]
        page.shown = NAMES
        look(story, page, server, Pace(links=0))
        assert server.paths()[3] == "/live"
        assert server.paths()[4] == "/live?page=3"
    assert sorted(shown(story)) == sorted(NAMES)


def test_parts_that_are_in_twice_cost_nothing(story: Story) -> None:
    page = Halden(4, NAMES)
    steps: list[Step] = []
    with Server(page) as server:
        story.keep_source(Source(f"{server.url}/live", every=0.01))

        def tell(step: Step) -> None:
            steps.append(step)
            if len(steps) == 30:
                watch.stop()

        watch = Watch(story, Fetcher(LIMITS), tell, Pace(parts_every=0))
        watch.run(seconds=60)
    assert sum(kind == "capture" for _, _, kind, _ in story.log()) == 6
    assert sum(step.what == "part" for step in steps) == 4


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=500), "server-error"),
        (Reply(status=302, headers={"Location": "http://10.0.0.1/"}), "refused-address"),
        (Reply(bytes(range(256)) * 9), "not-text"),
        (None, "no-parts"),
    ],
)
def test_a_part_that_can_not_be_had_is_told_and_loses_nothing(story: Story, reply: Reply | None, code: str) -> None:
    page = Halden(4, NAMES)
    with Server(page) as server:
        page.replies["/live?page=2"] = reply or page("/live", {})
        steps = look(story, page, server)
        assert server.paths() == ["/live", "/live?page=2"]
    assert [step.problem.code for step in steps if step.what == "lost" and step.problem] == [code]
    assert shown(story) == NAMES[:7:-1]
    assert [step.what for step in steps if step.problem and step.what != "lost"] == ["gap"]
    assert story.watched()[story.sources()[0].id].failures == 0


def test_the_page_comes_first_and_its_parts_in_between(story: Story) -> None:
    page = Halden(1, NAMES)
    with Server(page) as server:
        story.keep_source(Source(f"{server.url}/live", every=0.01))
        steps: list[Step] = []

        def tell(step: Step) -> None:
            steps.append(step)
            if len(steps) == 8:
                watch.stop()

        watch = Watch(story, Fetcher(LIMITS), tell)
        watch.run(seconds=30)
    kinds = [step.what for step in steps if step.what != "gap"]
    assert kinds[:6] == ["fetched", "part", "same", "part", "same", "part"]


# -- posts' own addresses ----------------------------------------------------------------------------------------------


def test_a_missing_post_whose_own_address_is_gone_is_removed(story: Story) -> None:
    page = Halden(99, NAMES[:4])
    with Server(page) as server:
        look(story, page, server)
        page.shown = NAMES[2:5]  # n01 and n02 have left its end; n02 is taken down
        page.deleted.add("n02")
        steps = look(story, page, server)
        assert server.paths()[2:] == ["/live/post/n05", "/live/post/n02", "/live/post/n01"] or server.paths()[2:] == [
            "/live/post/n05", "/live/post/n01", "/live/post/n02"
        ]  # fmt: skip
        assert sorted(step.what for step in steps) == ["fetched", "removed", "there", "there"]
        look(story, page, server)
        assert server.paths().count("/live/post/n01") == 2  # a new watch; one that runs on waits for hours
    assert [p.id for p in held(story).posts if p.last.removed] == ["n02"]
    (change,) = [c for c in story.edits() if c.kind == "removed"]
    assert change.post == "n02"
    story.rebuild()
    assert [p.id for p in held(story).posts if p.last.removed] == ["n02"]


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_says_gone_proves_and_a_redirect_to_the_page_does_not(story: Story, status: int) -> None:
    page = Halden(99, NAMES[:4])
    with Server(page) as server:
        look(story, page, server)
        page.shown = NAMES[2:4]
        page.replies["/live/post/n01"] = Reply(status=status)
        page.replies["/live/post/n02"] = Reply(status=302, headers={"Location": "/live"})
        look(story, page, server)
    assert [p.id for p in held(story).posts if p.last.removed] == ["n01"]
    assert [p.id for p in held(story).posts if p.absent and not p.last.removed] == ["n02"]


def test_where_no_own_address_works_none_proves_anything(story: Story) -> None:
    page = Halden(99, NAMES[:6])
    with Server(page) as server:
        look(story, page, server)
        page.shown, page.own = NAMES[3:6], False
        look(story, page, server)
        assert server.paths()[2:] == ["/live/post/n06"]  # a shown post's address does not answer
    assert not any(p.last.removed for p in held(story).posts)


def test_only_so_many_are_asked_in_a_round(story: Story) -> None:
    page = Halden(99, NAMES)
    with Server(page) as server:
        look(story, page, server)
        page.shown = NAMES[9:]
        look(story, page, server, Pace(links=3))
        assert len(server.paths()) == 2 + 1 + 3
        look(story, page, server, Pace(links=0))
        assert len(server.paths()) == 2 + 1 + 3 + 1


def test_a_view_of_before_the_proof_still_shows_the_post(story: Story) -> None:
    page = Halden(99, NAMES[:4])
    with Server(page) as server:
        look(story, page, server)
        page.shown, page.deleted = NAMES[1:4], {"n01"}
        look(story, page, server)
    (proof,) = [change for change, _, kind, _ in story.log() if kind == "gone"]
    gone = [view.post.id for view in story.posts() if view.removed]
    before = [view.post.id for view in story.posts(View(recorded=proof - 1)) if view.removed]
    assert (gone, before) == (["n01"], [])
    early = View(as_of=datetime.now(UTC) - timedelta(days=1))
    assert not any(view.removed for view in story.posts(early))


# -- rights ------------------------------------------------------------------------------------------------------------


def test_the_rights_of_a_source_hold_behind_redirects_and_when_it_is_taken_out(story: Story) -> None:
    page = Halden(99, NAMES[:3])
    with Server(page) as server:
        page.replies["/today"] = Reply(status=302, headers={"Location": "/live"})
        source = Source(f"{server.url}/today", rights="link", every=0.01)
        story.keep_source(source)
        look(story, page, server)
        (where,) = {view.where for view in story.posts()}
        outlet = next(iter(story.posts())).outlet
        assert where == f"{server.url}/live"
        assert story.allowed().rights(outlet, where) == "link"
        story.keep_source(replace(source, rights="full"))
        assert story.allowed().rights(outlet, where) == "full"
        story.keep_source(source)
        story.drop_source(source)
        assert story.allowed().rights(outlet, where) == "link"
        assert story.allowed().rights("Another", f"{server.url}/other") == "quote"
