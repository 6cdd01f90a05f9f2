"""Posts that are built alike are read without the parser, each just as it would be in its page."""
# ruff: noqa: E501

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import posts
from onrecord.model import Capture, Hints, Page
from onrecord.posts import alike

HEADS = (
    '<header><a href="#{id}"><time datetime="2031-03-01T{hour}:{minute}:00Z">{hour}:{minute}</time></a> <span class="byline">{who}</span></header>',
    '<p class="when"><time datetime="2031-03-01T{hour}:{minute}:00+02:00">{hour}:{minute}</time> by {who}</p>',
    '<span class="clock">{hour}:{minute}</span>',
    '<div class="top"><b>{label}</b> <time datetime="2031-03-01T{hour}:{minute}:00Z">{clock}</time></div>',
    '<time datetime="{machine}">{clock}</time><div><p>{label}</p></div>',
    '<time itemprop="datePublished" datetime="2031-03-01T{hour}:{minute}:00Z">{hour}:{minute}</time><b itemprop="author" itemscope><i itemprop="name">{who}</i></b>',
    '<div class="meta"><span class="label">Key event</span> <time data-time="19304{minute}0000">{hour}.{minute}</time></div>',
)
TITLES = (
    "<h2>{title}</h2>",
    '<h3 class="title"><a href="/news/{id}">{title}</a></h3>',
    "<p><strong>{title}</strong></p>",
    "",
)
BODIES = (
    "<p>{text}</p>",
    "<p>{text}</p><p>{who} said so.</p>",
    '<p>{text} <a href="https://town.example/{id}?a=1&amp;b=2">more</a></p>',
    "<blockquote><p>{text}</p></blockquote><br>",
    '<figure><img src="/p/{id}.jpg" alt="x"/><figcaption>{text} Photo: {who}</figcaption></figure>',
    "<ul><li>{text}</li><li>{who}</li></ul>",
    '<div class="share"><button>Share</button></div>',
    "<p>5 &lt; 6 &rsquo;s, said {who}.</p>\n  <p>{text}</p>",
    '<div class="embed"><iframe src="https://v.example/{id}"></iframe></div>',
    '<p>{text}</p> <p><b>{who}</b> said so, <a href="/live/{id}" rel="bookmark">here</a>.<br>{text} <i>{title}</i></p>',
    '<blockquote class="tweet"><p>{text} <a href="https://twitter.com/a/status/1{minute}">x</a></p></blockquote>',
    '<ul class="share"><li><a href="https://share.example/{id}">Share</a></li></ul><p>{text}</p>',
    "",
)
ODD = (
    "<!-- a note -->", "<p>open", "</div>", "<div class=ad>Buy</div>", "<b><i>x</b></i>", "R&D &copy; &#1;", "<a name=x>", '<p title="a > b">q</p>', "<script>var a = '<article id=\"x1\">'</script>",
    "<table><tr><td>t</table>", "<SPAN>s</SPAN>", "<p>a > b</p>", "<svg><path d='M'/></svg>", '<time datetime="2031-03-01T09:00:00Z">Updated 09:00</time>', "\x00", "&", "<li>", "<textarea>",
)  # fmt: skip
BETWEEN = ("", "\n", "  \n\t", "\u00a0", "<hr>", "<h4>Saturday, 1 March 2031</h4>", "</section><section>", "text")
Written = tuple[int, int, tuple[int, ...], int, int]
usual = st.tuples(
    st.integers(0, len(HEADS) - 1), st.integers(0, len(TITLES) - 1),
    st.lists(st.integers(0, len(BODIES) - 1), min_size=1, max_size=3).map(tuple), st.just(-1), st.integers(0, 2),
)  # fmt: skip
odd = st.tuples(
    st.integers(0, 1), st.integers(0, 1), st.just((0,)), st.integers(0, len(ODD) - 1), st.integers(0, len(BETWEEN) - 1)
)


def page(
    written: Sequence[Written], *, start: str = '<article id="{id}" class="block">', known: int = 1, same: int = 0
) -> str:
    body = "".join(_post(n % same if same else n, one, start) for n, one in enumerate(written))
    updates = [
        {"@type": "BlogPosting", "url": f"https://gazette.example/live#{_id(n)}"}
        for n in range(len(written))
        if not n % known
    ]
    meta = {"@type": "LiveBlogPosting", "liveBlogUpdate": updates}
    script = f'<script type="application/ld+json">{json.dumps(meta)}</script>'
    return f'<!doctype html><html lang="en"><head><title>Floods live</title>{script}</head><body><div id="feed">{body}</div></body></html>'


def _id(n: int) -> str:
    return f"b{n:04}"


def _post(n: int, one: Written, start: str) -> str:
    head, title, body, odd_, between = one
    parts = start + HEADS[head] + TITLES[title] + "".join(BODIES[b] for b in body)
    told = parts.format(
        id=_id(n), hour=f"{8 + n // 60:02}", minute=f"{n % 60:02}", who=("Ana Sousa", "Jo Park", "Li Wei")[n % 3],
        title=("Water rises", "Dam still holds, say the engineers of the grid company in the valley", "Analysis: a long night", "14:05", "Ana Sousa")[n % 5],
        label=("Key event", "Analysis", "Jo Park", "By Ana Sousa", "Flood of the century", " ")[n % 6],
        clock=(f"{8 + n // 60:02}:{n % 60:02}", "8.12am", "Updated 09:15", "2 hours ago", f"{n}m ago", "", f"{n % 24}:30 GMT")[n // 2 % 7],
        machine=(f"2031-03-01T09:{n % 60:02}:00Z", "", "soon", "1930468500")[n // 3 % 4],
        text=("Boats bring bread.", "The road at Miro has been shut to lorries, the ministry said on Saturday. " * (n % 4))[n % 2],
    )  # fmt: skip
    return f"{told}{ODD[odd_] if odd_ >= 0 else ''}</{start[1:].split(' ', maxsplit=1)[0]}>{BETWEEN[between]}"


def read(text: str) -> Page:
    hints = Hints(outlet="Gazette", tz="UTC")
    return posts.read(Capture("p.html", text.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), hints))


def both(text: str) -> tuple[Page, Page]:
    """The page read as it is, and with every post read by the parser."""
    quick = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "_LEAST", 10**9)
        return quick, read(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(usual, min_size=1, max_size=4), st.lists(odd, max_size=4), st.integers(13, 40),
    st.sampled_from(['<article id="{id}" class="block">', '<div class="item" data-post-id="{id}">', '<li id="{id}" itemprop="liveBlogUpdate">', '<div id="{id}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">', '<section id="post-{id}" data-key-event="true">']),
    st.sampled_from([1, 1, 1, 3, 100]), st.sampled_from([0, 0, 0, 20]), st.randoms(use_true_random=False),
)  # fmt: skip
def test_each_is_read_as_in_its_page(forms, odds, count, start, known, same, chance) -> None:  # type: ignore[no-untyped-def]
    written = [chance.choice(forms) for _ in range(count)]
    for one in odds:
        written[chance.randrange(count)] = one
    quick, whole = both(page(written, start=start, known=known, same=same))
    assert quick == whole


PLAIN: Written = (0, 0, (0, 1), -1, 1)


def test_most_posts_are_left_out_of_the_parser_s_page() -> None:
    short = alike.abridged(page([PLAIN] * 40))
    assert short is not None
    assert len(short.rows) == 38
    assert len(read(page([PLAIN] * 40)).posts) == 40


def test_posts_behind_one_whose_id_comes_again_stay_in_their_places() -> None:
    written: list[Written] = [(3, 0, (0,), -1, 0)] * 21
    written[2] = (0, 0, (0,), ODD.index("</div>"), 0)
    quick, whole = both(page(written, same=20))
    assert [p.id for p in quick.posts] == [p.id for p in whole.posts]
    assert quick == whole


def test_a_post_that_goes_beyond_its_element_takes_no_other_s_words() -> None:
    written: list[Written] = [(0, 0, (0, 0), -1, 0)] * 24
    written[21] = (0, 0, (0,), 0, BETWEEN.index("</section><section>"))
    quick, whole = both(page(written, known=3))
    assert quick == whole


@pytest.mark.parametrize("odd_part", range(len(ODD)))
def test_what_is_not_plainly_written_stays_in_the_page(odd_part: int) -> None:
    written: list[Written] = [PLAIN] * 20 + [(0, 0, (0,), odd_part, 1)] * 2 + [PLAIN] * 20
    quick, whole = both(page(written))
    assert quick == whole


@pytest.mark.parametrize(
    "part",
    ["", "<div>", '<p class="a', "<b>" * 400 + "</b>" * 400, "<i>x</i>" * 240, "x" * 40_000, "&", '<a href="' + "x" * 20_000 + '">', "<p>{n}</p>" + "<p>y</p>" * 100],
    ids=range(9),
)  # fmt: skip
def test_hostile_pages_are_cheap(part: str) -> None:
    body = "".join(
        f'<article id="b{n}">{part.replace("{n}", "<u></u>" * (n % 90))}</article>'
        for n in range(3000 if len(part) < 2000 else 200)
    )
    began = time.process_time()
    alike.abridged(f"liveBlogUpdate{body}")
    assert time.process_time() - began < 60


def test_two_posts_of_one_id_are_one() -> None:
    quick, whole = both(page([PLAIN] * 40, same=30))
    assert quick == whole
