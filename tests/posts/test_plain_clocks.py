"""Clocks of posts: alone, beside a headline or a name, in two zones, out of order; and signatures around them."""

from __future__ import annotations

import pytest
from tests.posts.test_plain import page


def clocks(text: str) -> list[str | None]:
    return [p.time.strftime("%H:%M") if p.time else None for p in page(text).posts]


LOST = """4.20pm
The ferry to Ilha has left the quay with ninety people on board, its owner says.
4.05pm
3.50pm
The governor of Nampula says that the road along the coast stays shut tonight.
3.30pm
Two lorries have turned over near the bridge at Monapo, the police say.
"""
BETWEEN = LOST.replace("4.05pm\n", "4.05pm\nThank you for reading, we will be back tomorrow.\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LOST, ["16:20", "16:05", "15:50", "15:30"]),
        (LOST.replace("4.05pm", "12m ago"), ["16:20", "15:50", "15:30"]),
        (BETWEEN, ["16:20", "15:50", "15:30"]),
        (LOST.replace("4.05pm\n", ""), ["16:20", "15:50", "15:30"]),
    ],
)
def test_a_clock_alone_among_others_is_a_post(text: str, expected: list[str]) -> None:
    assert clocks(text) == expected


def test_how_long_ago_the_page_changed_is_not_the_first_posts_time() -> None:
    text = "Strike at the port of Beira – live\n\n3 hours ago\n\n" + LOST.replace("4.05pm\n", "")
    assert page(text).posts[0].text.startswith("4.20pm")
    both = "".join(
        f"{n}h ago\n{line}\n" if line[0].isdigit() else f"{line}\n" for n, line in enumerate(LOST.split("\n")[:-1])
    )
    assert page(both).posts[0].text.startswith("0h ago")


LATER = """Live: the count in Tete

1618 GMT — The commission says that nine boxes have not arrived in the capital yet, and that it waits.

More news 👇

1728 GMT — Rivals of the governor reject the count in three wards of the city

They say that papers were missing in all three, and that nobody let them in.

1642 GMT Observers have left two wards of the city after a quarrel with the police there.

1601 GMT — Roads around the city hall have been shut to cars since noon, the police say.
"""


def test_times_with_a_zone_lead_posts_in_whatever_order() -> None:
    assert clocks(LATER) == ["16:18", "17:28", "16:42", "16:01"]
    bare = LATER.replace(" GMT", "")
    assert "17:28" not in clocks(bare)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("Updated 11:11 p.m. ET, 5:11 a.m. Sunday in Beira", "2031-03-01T23:11"),
        ("Updated 11:11 p.m. ET Friday, 5:11 a.m. Saturday in Beira", "2031-02-28T23:11"),
        ("Updated 11:11 p.m. ET / 5:11 a.m. Beira", "2031-03-01T23:11"),
        ("Updated at 11:11 p.m. ET, Friday", "2031-02-28T23:11"),
        ("Updated 11:11 p.m. ET", "2031-03-01T23:11"),
    ],
)
def test_the_clock_of_another_place_lends_no_day(stamp: str, expected: str) -> None:
    text = "".join(
        f"[{stamp.replace('11:11', clock)}] {told}\n\n"
        for clock, told in (
            ("11:11", "A dam above the town of Chimoio has begun to leak, its keeper tells the radio."),
            ("10:40", "Families have left two villages below the dam, the mayor of Chimoio says."),
            ("10:05", "Rain is expected until the morning, the weather office in Beira has said."),
        )
    )
    when = page(text).posts[0].time
    assert when is not None
    assert when.isoformat().startswith(expected)


HEADED = """6:00 am - Lorries wait at the border in Machipanda

Forty lorries wait at the border, drivers say, and the queue has grown since midnight.

7:10 am - {head}

The woman who leads the drivers' union has come to speak with them at the gate.

8:30 am - Police open a second lane to the west

A second lane has been opened to lorries that carry food, the police say.
"""


@pytest.mark.parametrize(
    ("head", "title", "authors"),
    [
        ("Union Leader Comes To Machipanda", "Union Leader Comes To Machipanda", ()),
        ("Union Leader Arrives in Machipanda", "Union Leader Arrives in Machipanda", ()),
        ("By Zola Chirwa in Machipanda", None, ("Zola Chirwa",)),
    ],
)
def test_capitals_behind_a_clock_are_a_headline_where_others_are(
    head: str, title: str | None, authors: tuple[str, ...]
) -> None:
    post = page(HEADED.format(head=head)).posts[1]
    assert (post.title, post.authors) == (title, authors)


LISTED = """1:45 P.M.
- Two officers have been sent home until the inquiry is over
- The names of both have not been given to the press
1:30 P.M.
- A nurse tells us that she took the noise for a door
- The chief of police speaks to the press at two
1:20 P.M.
- A white van stands across the road beside the clinic
- Nobody is let into the street from the south
"""


def test_points_below_a_time_are_no_headline() -> None:
    assert [p.title for p in page(LISTED).posts] == [None] * 3
    assert page(LISTED.replace("- ", "")).posts[0].title is not None


SIGNED = """The Latest: Floods in Sofala

2:10 p.m.

Water has reached the first houses of Buzi, a town of eighty thousand, the mayor says.

—{sign}

1:50 p.m.

Boats have been sent from Beira, and will be there before night, the navy says.
"""


@pytest.mark.parametrize(
    ("sign", "authors"),
    [
        ("Zola Chirwa in Beira, Mozambique;", ("Zola Chirwa",)),
        ("Zola Chirwa in Dubai, United Arab Emirates;", ("Zola Chirwa",)),
        ("Zola Chirwa in Beira and Jo Park in Seoul, South Korea;", ("Zola Chirwa", "Jo Park")),
        ("Zola Chirwa", ("Zola Chirwa",)),
        ("the river, which rose all night;", ()),
    ],
)
def test_agencies_sign_behind_a_dash(sign: str, authors: tuple[str, ...]) -> None:
    assert page(SIGNED.format(sign=sign)).posts[0].authors == authors


ABOVE = """Count in Tete live: rivals wait for the north

Live updates

By Zola Chirwa

A word before the next results

My colleague will help me tonight, so that you have both halls at once.

Those who want to watch the hall in Moatize find the picture on our page

We are there until the last box is counted, and so are they.

By Zola Chirwa

The north will be slow again

Boxes from the north come by boat, and the lake has been rough since noon.

By Jo Park

The governor votes late
"""


def test_names_above_headlines_tell_which_lines_are_headlines() -> None:
    found = [(p.title, p.authors) for p in page(ABOVE).posts]
    assert found[:2] == [
        ("A word before the next results", ("Zola Chirwa",)),
        ("The north will be slow again", ("Zola Chirwa",)),
    ]


RULED = """2:10 p.m.

Water has reached the first houses of Buzi, a town of eighty thousand, the mayor says.

___

The bridge at Dondo is shut to lorries until its piers have been looked at.

1:50 p.m.

Boats have been sent from Beira, and will be there before night, the navy says.

___

1:20 p.m.

Two schools have been opened to those who had to leave their houses.

___

1 p.m.

The rain has stopped in the hills, the weather office says.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULED, ["14:10", None, "13:50", "13:20", "13:00"]),
        (RULED.replace("___\n\n1", "1"), ["14:10", "13:50", "13:20", "13:00"]),
        (RULED.replace("___\n\nThe bridge", "The bridge"), ["14:10", "13:50", "13:20", "13:00"]),
        (
            RULED + "\n___\n\nHere is what else there is to know of the flood.\n",
            ["14:10", None, "13:50", "13:20", "13:00"],
        ),
    ],
)
def test_a_rule_without_a_time_begins_a_post_where_others_stand_above_times(
    text: str, expected: list[str | None]
) -> None:
    assert clocks(text) == expected


SHIFT = """Night of the count live

0843, ZC:
The result in the north is a surprise. Nobody thought that the mayor would keep her seat.

0639, TR:
A short speech from the man who lost, and then he leaves the hall.

0637, TR: He says that he will not ask for the boxes to be opened again.

0631, TR: Nobody has left the hall, and the lamps are still on.

0625, ZC: Lorries with food have come, for those who count.

0620, ZC:
The last box from the islands has come, by the night ferry.
"""


def test_initials_behind_a_clock_part_posts() -> None:
    assert clocks(SHIFT) == ["08:43", "06:39", "06:37", "06:31", "06:25", "06:20"]
    assert "06:39" not in clocks(SHIFT.replace("0639, TR:", "0639, the boxes came"))


DAILY = (
    "Crisis in Zambezia\n\n"
    + "The phone company has thought of leaving the province since the war in the north began.\n\n" * 14
    + """
{day}

8:15 p.m. The phone company says that it thinks of leaving the province, where it has worked for twenty years.

Its masts were burnt in two districts last week, and nobody can mend them now.
"""
)


def test_the_only_time_below_a_day_is_a_posts() -> None:
    assert clocks(DAILY.format(day="Saturday, March 1")) == ["20:15"]
    assert "20:15" not in clocks(DAILY.format(day="People in the town talk of nothing else, and few of them sleep."))
