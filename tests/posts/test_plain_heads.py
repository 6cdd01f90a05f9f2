"""Headings, summaries and lone times at the top of plain-text pages, in words of our own → posts."""

from __future__ import annotations

import pytest
from tests.posts.test_plain import first_words, page, told
from tests.posts.test_plain_tops import BODY, HEAD, titles

from onrecord.posts.addressed import asks_reader, takes_leave
from onrecord.posts.lines import lines_of
from onrecord.posts.paragraphs import paragraph
from onrecord.posts.sums import sums_up, talks_of_page

POINTS = "\n\n".join(f"  • {BODY[n][0]}" for n in (0, 3, 6, 7))


def test_a_headline_above_the_only_time_is_that_of_its_post() -> None:
    text = f"""Storm live: army called in as river rises

The army has been called in to fill sandbags along the river in two provinces, ministers say.

Key Points

  • Two villages cut off by the flood

  • Trains stand still in the north

{HEAD[0]}

10:26 , Milan Kovac

{BODY[0][0]}
"""
    found = page(text).posts
    assert [(p.title, p.author, p.time and f"{p.time:%H:%M}") for p in found] == [(HEAD[0], "Milan Kovac", "10:26")]


def test_the_pages_own_headline_above_its_only_time_stays_the_pages() -> None:
    assert titles(f"Storm live: army called in as river rises\n\n10:26\n\n{BODY[0][0]}\n") == [None]


@pytest.mark.parametrize("head", ["Summary", "Closing summary", "Summary of the day's events", "The day so far …"])
def test_the_points_of_a_summary_are_one_post(head: str) -> None:
    text = f"Storm live: army called in as river rises\n\n{head}\n\nHere is what we know at this hour.\n\n{POINTS}\n"
    assert titles(text) == [head]


@pytest.mark.parametrize(
    ("line", "sums"),
    [
        ("what we know so far …", True),
        ("monday's key developments", True),
        ("here's a recap of today's main events", True),
        ("here's a recap of the main developments:", False),
        ("river developments worry the north", False),
        ("minister presents summary of report", False),
    ],
)
def test_headings_that_sum_up(line: str, sums: bool) -> None:
    assert sums_up(line) is sums


def test_a_lone_headline_below_that_of_the_page_is_its_posts() -> None:
    text = f"Storm live: army called in as river rises\n\n{HEAD[0]}\n\n{BODY[0][0]}\n\n{BODY[0][1]}\n"
    assert titles(text) == [HEAD[0]]


def test_a_headline_above_the_greeting_is_that_of_the_opening_post() -> None:
    greeting = "We are starting our live coverage of the flood and will bring you all that comes in from the valley."
    text = f"{HEAD[0]}\n{greeting}\n{BODY[0][0]}\n{BODY[0][1]}\n"
    assert titles(text)[0] == HEAD[0]


def test_points_above_the_first_time_are_the_pages_own() -> None:
    text = f"""Storm day three: army called in as river rises

What you need to know

{BODY[6][0]}

{BODY[7][0]}

21:37 Nairobi Time

{BODY[0][0]}

21:20 Nairobi Time

{BODY[3][0]}

20:50 Nairobi Time
"""
    assert [when for when, _, _ in told(page(text))][:2] == ["2031-03-01T21:37", "2031-03-01T21:20"]


def test_times_written_alike_with_their_zone_may_stand_out_of_order() -> None:
    text = "\n\n".join(
        f"{clock} GMT — {HEAD[n]}\n\n{BODY[n][0]}" for clock, n in (("1859", 0), ("1931", 3), ("1913", 6))
    )
    assert titles(text) == [HEAD[0], HEAD[3], HEAD[6]]


@pytest.mark.parametrize(
    "line",
    [
        "14:05 (15:05 GMT)",
        "3:30 p.m., Wednesday, June 5:",
        "Update 3: 2:05 p.m.",
        "Noon ET",
        "⏰ 14:05 GMT",
        "4. 14:05:",
    ],
)
def test_lines_that_print_a_time(line: str) -> None:
    assert [found.kind for found in lines_of(line)] == ["time"]


@pytest.mark.parametrize(
    "start",
    [
        "Update, 10:50 a.m., 23 February 2031: ",
        "Sunday, March 2nd 06:30 GMT – ",
        "2 p.m. local time (1200 GMT): ",
        "As of 2:05 p.m.: ",
        "12 noon: ",
        "3. 14:05: ",
    ],
)
def test_times_that_lead(start: str) -> None:
    (line,) = lines_of(start + BODY[0][0])
    assert (line.kind, line.time and line.time.rest) == ("lead", BODY[0][0])


def test_a_clock_above_the_first_that_follows_updated_opens_a_post() -> None:
    text = f"12:17\n{BODY[0][0]}\nUpdated\n12:15\n{BODY[3][0]}\nUpdated\n12:06\n{BODY[6][0]}\n"
    assert [when for when, _, _ in told(page(text))] == ["2031-03-01T12:17", "2031-03-01T12:15", "2031-03-01T12:06"]


def test_a_heading_of_key_events_that_are_not_in_the_text_ends_a_post() -> None:
    text = f"Storm live: army called in as river rises\n\n{HEAD[0]}\n\n{BODY[0][0]}\n\nKey events\n\n{BODY[6][0]}\n"
    assert first_words(page(text)) == ["Bridge at Miro", "Agriculture Minister Paulo"]


def test_the_agencies_below_a_post_end_it() -> None:
    text = f"Storm live: army called in as river rises\n\n{HEAD[0]}\n\n{BODY[0][0]}\n\n(AFP, Reuters)\n\n{BODY[6][0]}\n"
    assert first_words(page(text)) == ["Bridge at Miro", "Agriculture Minister Paulo"]


@pytest.mark.parametrize("show", ["Pictured", "Watch", "In pictures"])
def test_what_shows_pictures_right_below_a_time_is_a_headline(show: str) -> None:
    head = f"{show}: Soldiers fill sandbags along the river"
    assert titles(f"Storm live: army called in\n\n11:10 AM\n\n{head}\n\n{BODY[0][0]}\n") == [head]


@pytest.mark.parametrize(
    ("line", "leaves"),
    [
        ("we'll be pausing our coverage until the sun is up in the valley.", True),
        ("we are about to pause this liveblog, but our reporters stay in the north.", True),
        ("blog is now closed", True),
        ("this liveblog, on the storm of last night, is now closed.", True),
        ("we are leaving the valley now, the last of the farmers said.", False),
        ("we will end the strike there and then, its leader told the crowd.", False),
    ],
)
def test_how_outlets_end_their_coverage(line: str, leaves: bool) -> None:
    assert takes_leave(line) is leaves


@pytest.mark.parametrize(
    ("line", "asking"),
    [
        ("get the morning's headlines in your inbox.", True),
        ("to see this, you will need an account", True),
        ("please turn on javascript", True),
        ("get out of the valley, farmers told", False),
        ("you must leave by noon, the mayor tells the camp", False),
        ("how to get a password back", False),
    ],
)
def test_what_an_outlet_asks_of_its_readers(line: str, asking: bool) -> None:
    assert asks_reader(line) is asking


def test_below_the_greeting_stands_one_post() -> None:
    told_before = "\n\n".join(BODY[n][0] for n in (0, 3, 6, 7))
    text = f"Storm live: army called in\n\nHello and welcome to our coverage of the flood.\n\n{told_before}\n"
    assert first_words(page(text)) == ["The road bridge"]


def test_a_post_above_the_first_button_needs_no_headline() -> None:
    text = f"""Army called in as river rises – flood crisis live

{BODY[0][0]}

{BODY[0][1]}

Southern valley

Updated

{BODY[3][0]}

Updated

{HEAD[6]}

{BODY[6][0]}

Updated

{HEAD[7]}

{BODY[7][0]}
"""
    assert titles(text) == [None, None, HEAD[6], HEAD[7]]


def test_a_last_post_whose_closing_time_was_cut_off_is_one() -> None:
    text = f"""Storm live: army called in as river rises

{BODY[7][0]}

{HEAD[0]}

{BODY[0][0]}

Ana Sousa1 March 2031 12:38

{HEAD[6]}

{BODY[6][0]}

{BODY[6][1]}
"""
    assert [(p.title, p.author) for p in page(text).posts] == [(HEAD[0], "Ana Sousa"), (HEAD[6], None)]


@pytest.mark.parametrize("line", ["(Horn News: Milan Kovac)", "(Supplied: Ana Sousa)", "(Rail Board)"])
def test_names_in_brackets_hold_the_rights_of_a_picture(line: str) -> None:
    assert [found.kind for found in lines_of(line)] == ["credit"]


def test_a_headline_that_is_printed_twice_is_given_once() -> None:
    text = f"8.39am GMT8.39am GMT\n08:3908:39\n{HEAD[0]}{HEAD[0]}\n{BODY[0][0]}\n8.31am GMT\n{HEAD[6]}\n{BODY[6][0]}\n"
    assert titles(text) == [HEAD[0], HEAD[6]]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The Gazette's live blog on the flood has now ended, and starts again at eight.", "signoff"),
        ("Ana Sousa (now); Jo Park, Milan Kovac and Eva Lind (earlier)", "chrome"),
        ("The live bait shop has closed because of the flood in the valley of the Tana.", "body"),
    ],
)
def test_what_an_outlet_says_of_its_page(line: str, kind: str) -> None:
    assert [found.kind for found in lines_of(line)] == [kind]


def test_a_headline_that_a_page_was_cut_off_below_is_a_post_where_times_close() -> None:
    posts = "\n".join(f"{HEAD[n]}\n{BODY[n][0]}\nAna Sousa1 March 2031 12:{50 - n}" for n in (0, 3, 6))
    text = f"The army has been called in to fill sandbags along the river.\n{posts}\n{HEAD[7]}\n"
    assert titles(text) == [HEAD[0], HEAD[3], HEAD[6], HEAD[7]]


@pytest.mark.parametrize(
    ("line", "day"),
    [("3/1/31 2:35 PM ET", "2031-03-01"), ("1/3/31 14:35 GMT", "2031-03-01"), ("3/1/31 14:35", "2031-03-01")],
)
def test_zone_and_day_of_the_page_tell_the_order_of_day_and_month(line: str, day: str) -> None:
    (post,) = page(f"UPDATE: {line}\n\n{BODY[0][0]}\n\n{BODY[0][1]}\n").posts
    assert post.time is not None
    assert f"{post.time:%Y-%m-%d}" == day


def test_a_headline_to_which_its_paragraph_is_glued() -> None:
    head = "Bridge at Miro reopens to lorries"
    text = f"Storm live: army called in as river rises\n\n{head}{BODY[0][0]}\n\n{BODY[0][1]}\n"
    assert titles(text)[0] == head


def test_a_name_with_a_capital_inside_glues_no_headline() -> None:
    text = "Storm live: army called in\n\nThe army says on FloodWatch that the bridge stays shut for lorries.\n"
    assert titles(text) == [None]


def test_below_the_points_of_a_summary_another_post_may_begin() -> None:
    text = f"Summary\n\nHere is what we know at this hour.\n\n{POINTS}\n\n(AFP)\n\n{BODY[10][0]}\n"
    assert titles(text) == ["Summary", None]


def test_pictures_and_signs_below_times_are_no_headlines() -> None:
    text = f"10pm\n\nCountdown to the flood\n(Rail Board)\n\n9.45pm\n\n>\n\n{BODY[0][0]}\n\n9.20pm\n\n{BODY[3][0]}\n"
    assert titles(text) == [None, None, None]


def test_points_above_the_line_that_ends_the_coverage_are_the_pages_own() -> None:
    points = "\n\n".join(f"• {BODY[n][0]}" for n in (0, 3, 6))
    text = f"{HEAD[0]}\n\n{points}\n\nOur live coverage of the flood has ended.\n\n{BODY[7][0]}\n\n{BODY[7][1]}\n"
    assert first_words(page(text))[0] == " ".join(BODY[7][0].split()[:3])


def test_the_photographer_and_the_agency_end_a_caption() -> None:
    (line,) = lines_of("The minister speaking outside the barracks (Ana Sousa/PA)")
    assert line.kind == "caption"


def test_the_only_time_may_lead_the_paragraph_below_its_headline() -> None:
    told_first = f"{BODY[6][0]}\n\nOur live coverage of the flood has ended."
    text = f"Army called in as river rises\n\n{told_first}\n\n{HEAD[0]}\n\n8:40 a.m. — {BODY[0][0]}\n\n{BODY[0][1]}\n"
    assert [(p.title, p.time and f"{p.time:%H:%M}") for p in page(text).posts] == [(HEAD[0], "08:40")]


def test_what_stands_above_the_name_of_the_feed_is_the_pages_own() -> None:
    text = f"{BODY[6][0]}\n{BODY[6][1]}\nLive Blog\n{HEAD[0]}\n{BODY[0][0]}\n{BODY[0][1]}\n{HEAD[3]}\n{BODY[3][0]}\n"
    assert titles(text) == [HEAD[0], HEAD[3]]


def test_a_surname_without_its_article_goes_on_with_the_post() -> None:
    found = paragraph("The fall of President Omar al-Hakim ended the rule of his clan, the league said on Monday.")
    assert "hakim" in found.full
    assert "hakim" in paragraph("Hakim's government lost the port of Sidra in a week.").alone


def closed_by(end: str, *, timed: bool = False) -> str:
    """A page of five posts, each closed by that."""
    posts = "\n\n".join(
        f"{HEAD[n]}\n\n{BODY[n][0]}\n\n{f'Ana Sousa1 March 2031 12:{50 - n}' if timed else ''}\n\n{end.format(50 - n)}"
        for n in (0, 3, 6, 7, 10)
    )
    return f"Storm live: army called in as river rises\n\n{posts}\n"


@pytest.mark.parametrize("timed", [False, True])
def test_notes_of_changes_below_buttons_belong_to_the_post_above(timed: bool) -> None:
    found = page(closed_by("Share\n\nUpdated at 13.{} GMT", timed=timed)).posts
    assert [p.title for p in found] == [HEAD[n] for n in (0, 3, 6, 7, 10)]
    assert [p.text.split()[0] for p in found] == [HEAD[n].split()[0] for n in (0, 3, 6, 7, 10)]


@pytest.mark.parametrize("first", ["{}", "Ana Sousa\n14.3{} GMT\n{}", "14.3{} GMT: {}"])
def test_lists_of_key_events_are_no_posts_whatever_stands_below_them(first: str) -> None:
    events = "\n".join(f"{n}h ago {HEAD[n]}" for n in (1, 2, 4, 5))
    posts = "\n\n".join(
        first.format(*([9 - n] if "GMT" in first else []), HEAD[n]) + f"\n{BODY[n][0]}\n{BODY[n][1]}" for n in (0, 3, 6)
    )
    text = f"Storm live: army called in as river rises\n\nKey events\n\n{events}\n\n{posts}\n"
    assert titles(text) == [HEAD[0], HEAD[3], HEAD[6]]


def test_how_long_ago_below_updated_opens_the_next_post() -> None:
    posts = "\n".join(f"{1 + k}h ago\n{BODY[n][0]}\n{BODY[n][1]}\nUpdated" for k, n in enumerate((0, 3, 6)))
    assert len(page(f"Storm live: army called in as river rises\n{posts}\n").posts) == 3


@pytest.mark.parametrize(
    ("line", "talks"),
    [
        ("here is a brief rundown of the main developments in the valley:", True),
        ("we'll bring you more from the bridge when we have it.", True),
        ("eva lind here, taking over from milan for the evening.", True),
        ("here's what the governor said about the bridge:", False),
        ("we will give you the bridge back, the engineer told farmers.", False),
    ],
)
def test_what_an_outlet_says_of_its_own_page_is_no_news(line: str, talks: bool) -> None:
    assert talks_of_page(line) is talks


RUN_IN = """Live coverage: the strike in Beira

1544 GMT: Drivers Block Road To Port. Drivers have put their lorries across the road to the port, the police say.

They want to be paid for March, and for the two weeks before that.

1238 GMT: Owners of the Port Ask for Help. The firm that runs the port has written to the governor.

It says that meat is rotting in forty boxes on the quay.
"""


def test_capitals_up_to_a_full_stop_are_headlines_behind_times() -> None:
    assert [p.title for p in page(RUN_IN).posts] == ["Drivers Block Road To Port", "Owners of the Port Ask for Help"]
    small = RUN_IN.replace("Block Road To Port", "block the road").replace("Owners of the Port Ask", "Owners ask")
    assert [p.title for p in page(small).posts] == [None, None]
    one = RUN_IN.replace("Owners of the Port Ask for Help", "The owners ask for help")
    assert [p.title for p in page(one).posts] == [None, None]


SET_IN = """Floods in Sofala: latest updates

  • The dam above Chimoio has begun to leak, and two villages below it have been left by those who lived there.
  • Water has reached the first houses of the town of Buzi, its mayor has said on the radio.
  • The navy has sent eleven boats from Beira, which will be in Buzi before the night.
  • Dam above Chimoio leaks

    The dam above the town of Chimoio has begun to leak on its western side, its keeper has told the radio.

    Nobody is hurt, he says, and the water is still low enough for people to walk through it.

    Eleven boats on their way to Buzi

    The navy says that eleven boats have left the port of Beira, and that more will follow in the morning.

    Hospital moves its sick
"""


def test_a_headline_may_stand_where_the_points_of_the_summary_do() -> None:
    expected = ["Dam above Chimoio leaks", "Eleven boats on their way to Buzi", "Hospital moves its sick"]
    assert [p.title for p in page(SET_IN).posts] == expected
    every = SET_IN.replace("    Eleven boats", "  • Eleven boats")
    assert "Eleven boats on their way to Buzi" in [p.title for p in page(every).posts]


@pytest.mark.parametrize(
    ("name", "parted"),
    [
        ("gazette-flood-beira-quay_7012664", False),
        ("flood_beira-03.jpg", False),
        ("Boats reach the town in the night", True),
    ],
)
def test_the_name_of_a_picture_heads_no_post(name: str, parted: bool) -> None:
    text = f"""Floods in Sofala latest

{name}

Hospital in Buzi moves its sick to the school on the hill

The hospital has begun to move its sick, its head has told the radio this morning.

Bridge at Dondo shut to lorries after cracks are found

The bridge is shut until its piers have been looked at, the ministry says.
"""
    assert any(name in post.text for post in page(text).posts) is parted
