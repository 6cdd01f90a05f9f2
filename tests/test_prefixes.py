"""What posts said before the last of their page came is known where it was the same: no page is read again for it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord import prefixes
from onrecord.history import PageHistory
from onrecord.model import Capture
from onrecord.store import codec, derived
from onrecord.store import prefixes as stored
from onrecord.store.rows import stamp
from onrecord.story import Story, View
from onrecord.upkeep import Upkeep
from tests.story_maker import SENTENCES, live

SHORT = ("Moen thanked the firefighters.", "Five people died, Lund said.", "The governor said the road was shut.")


def captures(seed: int) -> list[Capture]:
    """A page that grows, is edited and loses posts, as it was seen from time to time."""
    chance = random.Random(seed)
    posts: list[tuple[str, str]] = []
    out = []
    for hour in range(5):
        for _ in range(chance.randint(1, 3)):
            posts.insert(0, (f"b{len(posts) + 9 * chance.randint(0, 3)}", chance.choice((*SENTENCES, *SHORT))))
        if chance.random() < 0.3:
            at = chance.randrange(len(posts))
            posts[at] = (posts[at][0], chance.choice(SENTENCES))
        posts = list(dict(posts).items())
        out.append(live(posts, hours=hour))
    return out


def known(story: Story) -> dict[str, tuple[PageHistory, stored.Known]]:
    """Each page's history, and what is known of the moments before its last post."""
    with story._record.reading() as connection:
        number = derived.generation(connection)
        histories = dict(derived.all_histories(connection, number))
        found = stored.load(connection, number, histories)
    return {page: (codec.load(PageHistory, histories[page]), rows) for page, rows in found.items()}


def check(story: Story) -> int:
    """What is kept as the same is what reading the page at each moment gives; how many such posts there are."""
    same = 0
    now = {(v.page, v.post.id): v for v in story.posts()}
    for page, (history, rows) in known(story).items():
        moments = sorted({p.last.public for p in history.posts})
        for moment in moments[:-1]:
            places = prefixes.at(rows, stamp(moment))
            told = story._upkeep.tell(page, history, moment)
            other = {history.posts[place].id for place in places or ()}
            if places is not None:
                assert all(now[page, v.post.id] == v for v in told.views if v.post.id not in other)
                same += len(told.views) - len(other)
    return same


@pytest.mark.parametrize("seed", [0, 1, 3, 5])
def test_posts_that_are_kept_as_the_same_are(tmp_path: Path, seed: int) -> None:
    taken: Sequence[Capture] = captures(seed)
    with Story.create(tmp_path / "steps.db") as story:
        for one in taken:
            story.add([one])
            check(story)
    with Story.create(tmp_path / "once.db") as story:
        story.add(taken)
        check(story)
        story.rebuild()
        assert check(story) > 0


def test_a_page_is_not_read_again_for_a_moment_between_its_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Story.create(tmp_path / "s.db") as story:
        story.add([live([(f"b{n}", SENTENCES[n]) for n in range(5)])])
        assert check(story) > 3
        moments = sorted(v.public_time for v in story.posts())
        expected = [story._upkeep.tell(page, history, moments[2]) for page, (history, _) in known(story).items()]

        def tell(*_: object, **__: object) -> object:
            raise AssertionError("the page is told again")

        monkeypatch.setattr(Upkeep, "tell", tell)
        view = View(as_of=moments[2])
        assert {v.post.id: v for v in story.posts(view)} == {v.post.id: v for told in expected for v in told.views}
        assert {t.id for e in story.events(view) for t in e.tellings} == {t.id for x in expected for t in x.tellings}


def test_a_post_that_needs_a_later_one_is_told_again(tmp_path: Path) -> None:
    posts = [
        ("b1", "Lund said that five people had died."),
        ("b2", "“Roads are shut,” said Per Lund, the mayor of Hamar."),
        ("b3", "Trees fell on Monday."),
    ]
    with Story.create(tmp_path / "s.db") as story:
        story.add([live(posts)])
        ((_, rows),) = known(story).values()
        assert [places for _, places in rows] == [[0], []]
        first = min(v.public_time for v in story.posts())
        (then,) = story.posts(View(as_of=first))
        speakers = [s.speaker for s in then.reading.statements if s.speaker]
        assert [s.name for s in speakers] == ["Lund"]
