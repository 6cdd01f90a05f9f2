"""What a record shows as of a moment is what a record of the captures of till then shows."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Capture, Hints
from onrecord.reading import capture_of
from onrecord.story import Story, View
from tests.story_maker import NOON, SENTENCES, shown
from tests.test_invariants import record

OUTLETS = ("Nord", "Fjord", "Vest")
SAID = (
    *SENTENCES,
    "The governor said two bridges at Otta and Dombas were closed.",
    "Nobody was hurt at Otta, he said.",
)
STEPS = st.lists(
    st.tuples(st.sampled_from(OUTLETS), st.lists(st.sampled_from(SAID), min_size=1, max_size=2), st.booleans()),
    min_size=2,
    max_size=7,
)
"""(whose page grows, by what posts, whether its first post is worded anew)."""


def grown(steps: Sequence[tuple[str, Sequence[str], bool]]) -> list[Capture]:
    """Live pages, seen each time that posts came; a post tells what came since the page before it was seen."""
    posts: dict[str, list[tuple[datetime, str]]] = {name: [] for name in OUTLETS}
    out = []
    for hour, (name, said, edited) in enumerate(steps):
        seen, page = NOON + timedelta(hours=hour), posts[name]
        if edited and page:
            page[0] = page[0][0], page[0][1] + " Rain is forecast."
        page += [(seen - timedelta(minutes=5 * n), text) for n, text in enumerate(said, 1)]
        out.append(_live(name, page, seen))
    return out


def _live(name: str, posts: Sequence[tuple[datetime, str]], seen: datetime) -> Capture:
    body = "".join(
        f'<article id="p{n}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">'
        f'<time datetime="{time.isoformat()}" itemprop="datePublished">then</time>'
        f'<div itemprop="articleBody"><p>{html.escape(text)}</p></div></article>'
        for n, (time, text) in reversed(list(enumerate(posts)))
    )
    head = f'<title>Flood</title><link rel="canonical" href="https://{name.lower()}.example/live">'
    whole = f'<html lang="en"><head>{head}</head><body><main itemscope itemtype="https://schema.org/LiveBlogPosting">'
    hints = Hints(outlet=name, tz="UTC", seen_at=seen, published=NOON)
    return capture_of(f"{whole}{body}</main></body></html>".encode(), f"{name}.html", hints)


def answers(story: Story, end: datetime, view: View) -> dict[str, object]:
    """Every question's answer."""
    day = end - timedelta(days=1)
    events = story.events(view)
    return {
        "posts": shown(story, view),
        "events": events,
        "why": [story.why(event.id, view) for event in events],
        "around": [story.look.around(event, view) for event in events],
        "since": story.events(View(view.as_of, since=end - timedelta(hours=2))),
        "newest": story.newest(view),
        "times": story.look.times(view),
        "map": story.look.placed(day, view),
        "rundown": story.look.rundown(day, end, None, view)[0],
        "search": [(post.page, post.post.id) for post in story.search("killed", view)],
    }


@given(steps=STEPS, data=st.data(), rebuilt=st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_moment_shows_what_the_captures_of_till_then_tell(
    steps: Sequence[tuple[str, Sequence[str], bool]], data: st.DataObject, rebuilt: bool
) -> None:
    taken = grown(steps)
    till = data.draw(st.integers(1, len(taken)))
    at = NOON + timedelta(hours=till - 1)
    end = at + timedelta(minutes=1)
    with record() as (_, before):
        before.add(taken[:till])
        wanted = answers(before, end, View())
    with record() as (_, story):
        story.add(taken)
        if rebuilt:
            story.rebuild()
        assert answers(story, end, View(as_of=at)) == wanted
