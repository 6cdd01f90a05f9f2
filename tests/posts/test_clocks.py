"""Clocks as plain pages print them beside little else → the times of posts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord import posts
from onrecord.model import Capture, Hints, Page

BODY = (
    "The ferry to the islands has stopped running, the harbour master told reporters at the pier.",
    "Nurses in the valley will walk out again on Thursday, their union has said in a letter.",
    "Engineers have begun to drain the lower lake, which they hope will be dry within a week.",
)


def page(text: str) -> Page:
    hints = Hints(published=datetime(2031, 3, 1, tzinfo=UTC))
    return posts.read(Capture("page.txt", text.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), hints))


def clocks(found: Page) -> list[str | None]:
    return [f"{p.time:%H:%M}" if p.time else None for p in found.posts]


@pytest.mark.parametrize(
    "heads",
    [
        ("0946: FERRIES", "1003: NURSES", "1021: LAKE"),
        ("FERRIES! 09:46: Harbour Radio", "NURSES 10:03:", "DEAD LAKE 10:21: Valley Radio"),
        ("LETTER 0946", "LETTER 1003", "LETTER 1021"),
        ("0946:", "1003:", "1021:"),
    ],
)
def test_a_clock_beside_a_label_heads_a_post(heads: tuple[str, ...]) -> None:
    text = "\n\n".join(f"{head}\n\n{body}" for head, body in zip(heads, BODY, strict=True))
    assert clocks(page(f"Storm as it happened\n\n{text}\n")) == ["09:46", "10:03", "10:21"]


def test_years_of_a_chronicle_are_no_clocks() -> None:
    text = "\n\n".join(f"{year}:\n\n{body}" for year, body in zip((2004, 2009, 2013), BODY, strict=True))
    assert clocks(page(f"Ferries through the years\n\n{text}\n")) in ([], [None], [None] * 3)


def test_a_name_beside_the_clock_signs_the_post() -> None:
    heads = ("0946: Ana Sousa Roads reporter, Gazette", "1003: NURSES", "1021: LAKE")
    text = "\n\n".join(f"{head}\n\n{body}" for head, body in zip(heads, BODY, strict=True))
    assert [p.author for p in page(text).posts] == ["Ana Sousa", None, None]


def test_numbers_above_clocks_are_those_of_the_posts_below() -> None:
    heads = ("1.\n0946:", "2.\n1003:", "3.\n1021:")
    text = "\n\n".join(f"{head}\n\n{body}" for head, body in zip(heads, BODY, strict=True))
    assert clocks(page(text)) == ["09:46", "10:03", "10:21"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        (("11.40", "12.58", "1.05"), ["11:40", "12:58", "13:05"]),
        (("2.10", "12.15", "9.30"), ["14:10", "12:15", "09:30"]),
        (("11.40", "12.58", "01.05"), ["11:40", "12:58", "01:05"]),
        (("8.40", "9.58", "11.05"), ["08:40", "09:58", "11:05"]),
    ],
)
def test_clocks_of_twelve_hours_are_told_where_they_pass_noon(printed: tuple[str, ...], meant: list[str]) -> None:
    text = "\n\n".join(f"{clock} {body}" for clock, body in zip(printed, BODY, strict=True))
    assert clocks(page(text)) == meant


def test_a_clock_with_a_point_or_many_blanks_behind_it_leads() -> None:
    text = f"12.54. {BODY[0]}\n\n12.49      {BODY[1]}\n\n12.40 {BODY[2]}\n"
    assert clocks(page(text)) == ["12:54", "12:49", "12:40"]


def test_a_day_below_the_newest_post_heads_those_of_the_day_before() -> None:
    text = f"Storm live updates\n\n09:30 {' '.join(BODY)}\n\nFebruary 28\n\n20:15 {BODY[1]}\n\n18:02 {BODY[2]}\n"
    times = [p.time and f"{p.time:%d %H:%M}" for p in page(text).posts]
    assert times == ["01 09:30", "28 20:15", "28 18:02"]


def test_posts_whose_times_were_lost_stand_below_further_blank_lines() -> None:
    first = f"0946: FERRIES\n\n{BODY[0]}\n\n\n{BODY[1]}"
    text = f"{first}\n\n1003: LAKE\n\n{BODY[2]}\n\n1021: LAKE\n\n{BODY[2]}\n\n\n{BODY[0]}\n"
    assert clocks(page(text)) == ["09:46", None, "10:03", "10:21", None]


def test_a_row_that_goes_on_in_small_letters_ends_no_headline() -> None:
    wrapped = "The harbour master told reporters on the long pier\nthat no ferry would run before dawn."
    text = f"10:35 {wrapped}\n\n10:26 {BODY[1]}\n\n10:02 {BODY[2]}\n"
    assert [p.title for p in page(text).posts] == [None, None, None]


def test_what_stands_above_follow_below_is_the_pages_own() -> None:
    own = "\n\n".join([*BODY, *BODY[1:], *BODY[1:]])
    text = f"{own}\n\nFollow the latest below...\n\nLive updates\n\nFerries to islands stop after storm\n\n{BODY[0]}\n"
    assert [p.text.split("\n")[0] for p in page(text).posts] == ["Ferries to islands stop after storm"]


def test_a_day_below_each_time_is_that_of_the_time() -> None:
    first = f"8.30pm\nFebruary 27\n\nFerries stop\n\n{BODY[0]}"
    text = f"Storm live updates\n\n{first}\n\n7.10pm\nFebruary 27\n\nNurses walk out\n\n{BODY[1]}\n"
    assert [p.time and f"{p.time:%d %H:%M}" for p in page(text).posts] == ["27 20:30", "27 19:10"]


def test_times_in_one_row_are_torn_from_their_posts() -> None:
    heads = "\n\n".join(f"Ferries stop for night {n}\n\n{body}" for n, body in enumerate(BODY))
    found = page(f"Storm live updates\n\n9:44am\n9:36am\n9:25am\n9:07am\n\n{heads}\n").posts
    assert [(p.title, p.time) for p in found] == [(f"Ferries stop for night {n}", None) for n in range(3)]


def test_a_long_line_without_a_full_stop_is_a_paragraph_where_times_lead_paragraphs() -> None:
    open_ended = f"{BODY[1][:-1]} to the ministers and to the boards of all hospitals of the valley"
    text = f"12:54 {BODY[0]}\n\n12:49 {open_ended}\n\n12:40 {BODY[2]}\n"
    assert [p.title for p in page(text).posts] == [None, None, None]


def test_a_count_behind_a_clock_is_no_day() -> None:
    text = f"12:54 Nurses walk out\n\n{BODY[1]}\n\n12:49 About 16 ferries stop\n\n{BODY[0]}\n"
    assert [p.title for p in page(text).posts] == ["Nurses walk out", "About 16 ferries stop"]


def test_clocks_below_several_days_pass_no_noon() -> None:
    text = f"Storm live updates\n\nMarch 1\n\n1.05 {BODY[0]}\n\nFebruary 28\n\n11.58 {BODY[1]}\n\n11.40 {BODY[2]}\n"
    assert clocks(page(text)) == ["01:05", "11:58", "11:40"]


def test_a_day_beside_its_zone_in_words_heads_its_posts() -> None:
    first = f"Friday, Feb. 28 (Tana time)\n\n3:20 p.m. {BODY[0]}"
    text = f"Storm: the latest\n\n{first}\n\nWednesday, Feb. 26\n\n5:30 p.m. {BODY[1]}\n"
    assert [p.time and f"{p.time:%d %H:%M}" for p in page(text).posts] == ["28 15:20", "26 17:30"]


def test_a_picture_behind_whose_words_stands_its_owner_is_a_caption() -> None:
    text = f"12:54 {BODY[0]}\n\nNurses march through the valley on Feb. 18.   © Gazette\n\n12:40 {BODY[1]}\n"
    assert [b.kind for b in page(text).posts[0].blocks] == ["paragraph", "caption"]


def test_the_only_time_may_lead_a_headline_above_a_paragraph() -> None:
    text = f"{BODY[0]}\n\n{BODY[1]}\n\n1:30 A.M. Ferries to the islands stop for good\n\n{BODY[2]}\n\n{BODY[0]}\n"
    assert [p.title for p in page(text).posts][-1:] == ["Ferries to the islands stop for good"]
