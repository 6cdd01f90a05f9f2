"""Whole beginnings of plain-text pages, in words of our own: what stands around the posts → posts."""
# ruff: noqa: E501

from __future__ import annotations

import pytest
from tests.posts.test_plain import page
from tests.posts.test_plain_tops import BODY, HEAD, titles

from onrecord.posts.lines import lines_of

BUTTON = "SHARE THIS —"


def test_a_button_close_to_the_post_above_does_not_make_times_close_posts() -> None:
    parts = [f"2 years ago / {n}:49 PM EDT\n\n{HEAD[n]}\n\n{BODY[n][0]}\n\n{BUTTON}\n" for n in (3, 2)]
    text = f"Army called in as river rises\n\nTwo provinces are under water.\n\n2 years ago / 4:49 PM EDT\n\n{HEAD[4]}\n\n{BUTTON}\n"
    found = page(text + "".join(parts)).posts
    assert [(p.title, p.time and f"{p.time:%H:%M}") for p in found] == [
        (HEAD[n], f"{n + 12}:49") for n in (4, 3, 2)
    ]  # fmt: skip


def test_a_name_is_told_from_an_american_date_that_is_glued_to_it() -> None:
    text = f"{HEAD[0]}\n{BODY[0][0]}\nAna SousaMarch 8, 2031 11:07 a.m.\n{HEAD[1]}\n{BODY[1][0]}\nJo ParkMarch 8, 2031 10:58 a.m.\n"
    assert [(p.author, p.time and f"{p.time:%H:%M}") for p in page(text).posts] == [
        ("Ana Sousa", "11:07"),
        ("Jo Park", "10:58"),
    ]


def test_the_day_a_page_came_out_stands_apart_from_the_days_of_its_posts() -> None:
    parts = [f"{HEAD[n]}\n\nPosted March {n}, 2031 at 6:0{n} PM EST\n\n{BODY[n][0]}\n" for n in (4, 3, 2)]
    text = "\n".join(
        ["As it happened: the flood of the Tana", "", "Published March 1, 2031 at 9:55 AM EST", "", *parts]
    )
    assert titles(text) == [HEAD[n] for n in (4, 3, 2)]


def test_a_person_who_reports_from_a_place_signs_the_post() -> None:
    text = f"Live Reporting\n\n1. {HEAD[0]}\n\nAna Sousa\n\nReporting from Recife\n\n{BODY[0][0]}\n\n2. {HEAD[1]}\n\n{BODY[1][0]}\n\n3. {HEAD[2]}\n\n{BODY[2][0]}\n"
    assert [p.author for p in page(text).posts] == ["Ana Sousa", None, None]


def test_furniture_inside_a_post_without_a_time_is_no_part_of_what_it_says() -> None:
    text = f"{HEAD[0]}\n\n{BODY[0][0]}\n\nAdvertisement\n\n{BODY[0][1]}\n"
    (post,) = page(text).posts
    assert [post.text[b.start : b.end] for b in post.blocks if b.kind == "furniture"] == ["Advertisement"]


ARTICLE = (
    "The rule of the council has come to an end, and its palace was taken in the small hours of Sunday.",
    "Fighters led by the northern front took the suburbs in the evening, and came into the town some hours later.",
    "They drew up in the square at the gates of the old town, and took over the ministries and other buildings.",
    "Soldiers were seen on film as they left their posts and put on the clothes of their neighbours.",
    "Those loyal to the council drove to the airport, where they hoped for an aircraft out of the country.",
    "Shortly after, the southern front came to the airport too, and nothing took off from there again.",
    "The head of the council and her brother left with their families, according to several reports.",
    "“They are in the harbour,” a teacher said by telephone, and added that there was shooting near her house.",
)


def test_an_article_with_one_picture_and_one_advertisement_stays_one_post() -> None:
    text = "Photo Credit: Rosa Lind / Horn Pictures\nThe gates of the old town.\n\n" + "\n\n".join(
        [*ARTICLE[:2], "Advertisement", *ARTICLE[2:]]
    )
    assert len(page(text).posts) == 1


@pytest.mark.parametrize(
    ("holder", "kind"),
    [
        ("Getty Images", "caption"),
        ("Ana Sousa/AFP via Getty Images", "caption"),
        ("Reuters", "short"),
        ("Horn Radio", "short"),
    ],
)
def test_the_holder_of_a_picture_behind_a_sentence_makes_it_a_caption(holder: str, kind: str) -> None:
    (line,) = lines_of(f"Dockers have taken back the harbour of Tana after a night of rain. {holder}")
    assert line.kind == kind


def test_of_two_short_lines_in_a_row_the_headline_is_the_one_that_reads_so() -> None:
    posts = [f"{HEAD[n]}\n{BODY[n][0]}\n{BODY[n][1]}\n" for n in (1, 2, 3)]
    text = (
        "Storm live: army called in as river rises\n"
        + posts[0]
        + "Lorry in front of the gates of the dam\n"
        + "".join(posts[1:])
    )
    assert titles(text) == [HEAD[n] for n in (1, 2, 3)]
