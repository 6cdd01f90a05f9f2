"""Invented captures for tests of a record."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from onrecord.model import Capture, Event, Hints, RevisionView
from onrecord.reading import capture_of
from onrecord.story import Story, View

NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)

SENTENCES = (
    "The mayor of Lillehammer, Kari Moen, said five people were killed in the flood on Tuesday.",
    "At least seven people were killed in the flood in Lillehammer, the police said.",
    "The army denied that its drones had struck the bridge at Otta.",
    "Soldiers shelled the power station at Dombas on Monday, the governor said.",
    "Thousands marched through Oslo on Wednesday, Radio Nord reported.",
    "“We never opened the dam,” said Per Lund, a spokesman for the company.",
)


def note(
    text: str, page: str, *, outlet: str = "Radio Nord", hours: float = 0, published: datetime | None = NOON
) -> Capture:
    """A text that is one post, as it was seen some hours after noon."""
    seen = NOON + timedelta(hours=hours)
    hints = Hints(outlet=outlet, published=published, tz="UTC", page=page, seen_at=seen, split=False)
    return capture_of(text.encode(), f"{page}.txt", hints)


def live(posts: Sequence[tuple[str, str]], page: str = "live", *, hours: float = 0) -> Capture:
    """A live page in HTML with posts (id, text), as it was seen some hours after noon."""
    body = "".join(
        f'<article id="{name}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">'
        f'<time datetime="2025-03-13T0{int(name[1:]) % 9}:00:00+00:00" itemprop="datePublished">then</time>'
        f'<div itemprop="articleBody"><p>{html.escape(text)}</p></div></article>'
        for name, text in posts
    )
    url = f"https://nord.example/{page}"
    head = f'<title>Flood</title><link rel="canonical" href="{url}"><meta property="og:site_name" content="Nord">'
    whole = f'<html lang="en"><head>{head}</head><body><main itemscope itemtype="https://schema.org/LiveBlogPosting">'
    seen = NOON + timedelta(hours=hours)
    hints = Hints(outlet="Nord Live", tz="UTC", seen_at=seen, published=NOON)
    return capture_of(f"{whole}{body}</main></body></html>".encode(), f"{page}.html", hints)


def shown(story: Story, view: View | None = None) -> list[tuple[object, ...]]:
    """What a record shows of its posts, but for the order in which it took them in."""
    return [_plain(v) for v in story.posts(view)]


def _plain(v: RevisionView) -> tuple[object, ...]:
    return v.outlet, v.page, v.number, v.removed, v.first_seen, v.public_time, v.reading


def told(story: Story, view: View | None = None) -> list[Event]:
    """What a record shows of its events."""
    return story.events(view)
