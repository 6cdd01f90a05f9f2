"""A page as flat lists → the same elements and texts as the parser's own tree; hostile nesting stays cheap."""
# ruff: noqa: E501

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from onrecord import posts
from onrecord.model import Capture, Hints
from onrecord.posts.dom import dom_of
from onrecord.posts.elements import id_names
from onrecord.posts.marks import SILENT

RAW = ("iframe", "xmp", "noembed", "noframes", "plaintext")
PARTS = [
    "<p>", "</p>", '<div class="a b">', "</div>", '<a href="x?a=1&amp;b=<2>">', "</a>", "text ", "5 &lt; 6 &amp;amp; ", "\u00a0", "<br>", "<b>", "</b>", "<i>", "</i>",
    "<table>", "<tr>", "<td>", "</table>", '<svg><path d="M"/><title>x</title></svg>', '<script>if(a<b){"</p>"}</script>', "<!-- a > <b> -->", "<!--->",
    "<template><p>z</p></template>", "<noscript><p>n</p></noscript>", "<iframe src=u><p>x</iframe>", "<textarea><b>&lt;</textarea>", "<x-y @k='\"' a<b=1 \"=2>", "</x-y>",
    "<select><option>1<option>2</select>", "<ul><li>1<li>2</ul>", "<object><p>o</object>", "<style>p>a{}</style>", "<xmp><b></xmp>", "<h2 id=a>", "</h2>", "<form>",
    '<input value=">">', "<pre>\n\n a", "<a<b>", "</a<b>", "<svg>", "</svg>", "<template>", "</template>", "<title>t<b></title>",
]  # fmt: skip
Row = tuple[str, object, int]


def parsed(markup: str) -> list[Row]:
    """The rows by asking the parser node by node."""
    rows: list[Row] = []
    places: dict[int, int] = {}
    root = LexborHTMLParser(markup).body
    assert root is not None
    for node in root.traverse(include_text=True):
        parent = -1
        if node.mem_id != root.mem_id:
            parent = places.get(node.parent.mem_id, -2) if node.parent else -2
        if parent == -2:
            continue
        if node.tag == "-text":
            if node.text_content and rows[parent][0] not in RAW:
                rows.append(("", node.text_content, parent))
        elif node.tag not in SILENT and node.tag and node.tag[0] != "-":
            places[node.mem_id] = len(rows)
            rows.append((node.tag, {k: v or "" for k, v in node.attributes.items()}, parent))
    return rows


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_the_flat_lists_are_the_parser_s_tree(markup: str) -> None:
    page = dom_of(markup)
    rows = zip(page.tags, page.given, page.texts, page.above, strict=True)
    assert [(tag, own if tag else text, above) for tag, own, text, above in rows] == parsed(markup)


@pytest.mark.parametrize(
    "part", ["<div>", "<li id=a><time>14:32</time>", "<svg>", "<blockquote class=embed>", "<!--", "<a<", "<b>"]
)
def test_hostile_nesting_is_cheap(part: str) -> None:
    assert _cost(part * 40_000) < 10


@pytest.mark.parametrize("part", ["Jo Park<br>", "Updated<br>"])
def test_many_names_or_labels_in_one_element_are_cheap(part: str) -> None:
    head = "<time datetime=2031-03-01T14:32:00Z>x</time><p>Water rises.</p>"
    assert _cost(f"<article id=a>{head}</article><article id=b>{head}<div>{part * 15_000}</div></article>") < 10


def test_attributes_that_each_post_has_alone_are_cheap() -> None:
    began = time.process_time()
    found = id_names([{f"data-a{n}x{m}": "water" for m in range(100)} for n in range(3000)])
    assert time.process_time() - began < 10
    assert found[0] == "id"


def _cost(body: str) -> float:
    page = f"<!doctype html><html><title>Floods live</title><body>{body}".encode()
    began = time.process_time()
    posts.read(Capture("p.html", page, "0", datetime(2031, 3, 1, tzinfo=UTC), Hints()))
    return time.process_time() - began
