"""Plain text of live pages in the shapes that outlets give it → posts."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import posts
from onrecord.model import Capture, Hints, Page

DAY = datetime(2031, 3, 1, tzinfo=UTC)


def page(text: str, published: datetime | None = DAY, tz: str | None = None, split: bool = True) -> Page:
    hints = Hints(outlet="Gazette", published=published, tz=tz, split=split)
    return posts.read(Capture("page.txt", text.encode(), "0", DAY, hints))


def told(read: Page) -> list[tuple[str | None, str | None, str | None]]:
    return [(p.time.isoformat()[:16] if p.time else None, p.author, p.title) for p in read.posts]


def first_words(read: Page) -> list[str]:
    return [" ".join(p.text.split()[:3]) for p in read.posts]


NAME_AND_TIME_AFTER = """The river Tana has burst its banks in three counties, forcing thousands to flee.
Schools will stay shut until Friday, the governor said.
Bridge at Garissa closed to lorries
The main bridge at Garissa has been closed to lorries after cracks were found in two pillars.
Engineers will inspect it on Monday, the highways authority said.
Wanjiru Otieno1 March 2031 14:05
Red Cross opens shelters
The Kenya Red Cross has opened six shelters in schools and churches.
“We have blankets for four thousand people,” said its county head, Amina Noor.
Wanjiru Otieno1 March 2031 13:20
"""


def test_name_and_time_stand_after_the_post() -> None:
    read = page(NAME_AND_TIME_AFTER)
    assert told(read) == [
        ("2031-03-01T14:05", "Wanjiru Otieno", "Bridge at Garissa closed to lorries"),
        ("2031-03-01T13:20", "Wanjiru Otieno", "Red Cross opens shelters"),
    ]
    assert read.text is not None
    assert read.posts[0].start == read.text.index("Bridge at Garissa")


BARE_CLOCK_FIRST = """Floods in the Tana valley: latest updates
Follow the day with our reporters.
14:32
Bridge reopens after checks
The bridge at Garissa has reopened to cars.
Share
14:10
By Jonah Kip
Hundreds of homes were without power after midday, the utility said.
It expects repairs to take a day.
13:55
A bus was swept off the road near Bura. Nobody was on board.
"""


def test_a_bare_clock_stands_before_the_post() -> None:
    read = page(BARE_CLOCK_FIRST, tz="Africa/Nairobi")
    assert told(read) == [
        ("2031-03-01T14:32", None, "Bridge reopens after checks"),
        ("2031-03-01T14:10", "Jonah Kip", None),
        ("2031-03-01T13:55", None, None),
    ]
    assert read.posts[0].time is not None
    assert read.posts[0].time.utcoffset() is not None
    assert read.posts[0].time.isoformat().endswith("+03:00")
    assert "Share" not in read.posts[0].text


LABELS_AND_TWO_TIMES = """2h ago14.32 GMT
Key event
Minister resigns over dam report
The water minister has resigned after a report found that warnings about the dam were ignored.
Updated at 14.51 GMT
3h ago13.40 GMT
Lena Fuchs
Opposition parties are calling for an inquiry into the dam.
"""


def test_a_badge_marks_a_key_post_and_a_change_is_no_post() -> None:
    read = page(LABELS_AND_TWO_TIMES)
    assert [(p.key, p.title) for p in read.posts] == [(True, "Minister resigns over dam report"), (False, None)]
    assert read.posts[0].updated is not None
    assert read.posts[0].updated.isoformat()[:16] == "2031-03-01T14:51"


DATED_IN_US_STYLE = """12:34 p.m. ET, March 1, 2031
Governor declares emergency in 12 counties
From CNN's Dana Whitfield and Luis Ortega
The governor of Oregon, Beth Lindqvist, declared a state of emergency in 12 counties on Saturday.
11:58 a.m. ET, March 1, 2031
Here's what we know about the wildfires
From CNN's Dana Whitfield
Four fires are burning east of Bend, the state's forestry department said.
10:15 p.m. ET, February 28, 2031
Evacuations begin near Sisters
Residents of Sisters were told to leave overnight.
"""


def test_dates_and_times_in_us_style() -> None:
    read = page(DATED_IN_US_STYLE)
    assert told(read) == [
        ("2031-03-01T12:34", "Dana Whitfield, Luis Ortega", "Governor declares emergency in 12 counties"),
        ("2031-03-01T11:58", "Dana Whitfield", "Here's what we know about the wildfires"),
        ("2031-02-28T22:15", None, "Evacuations begin near Sisters"),
    ]


TITLE_THEN_TIME = """Rescuers reach cut-off village
published at 14:32 Greenwich Mean Time 1 March
14:32 GMT 1 March
Rescue teams have reached the village of Sabaki, which had been cut off since Thursday.
Harbour closed by storm
published at 14:05 Greenwich Mean Time 1 March
14:05 GMT 1 March
The harbour has been closed to all ships.
Ships are waiting outside, the port captain says.
"""


def test_a_headline_above_the_time_belongs_to_its_post() -> None:
    read = page(TITLE_THEN_TIME)
    assert told(read) == [
        ("2031-03-01T14:32", None, "Rescuers reach cut-off village"),
        ("2031-03-01T14:05", None, "Harbour closed by storm"),
    ]


POSTED_AT = """Posted at 9:15
9:15
Polls open across the country
Polls have opened in all 47 counties, the electoral commission says.
Posted at 8:40
8:40
Long queues in Kisumu
Voters were queueing before dawn in Kisumu.
"""


def test_a_time_printed_twice_is_one_post() -> None:
    assert told(page(POSTED_AT)) == [
        ("2031-03-01T09:15", None, "Polls open across the country"),
        ("2031-03-01T08:40", None, "Long queues in Kisumu"),
    ]


ACROSS_MIDNIGHT = """00:20
The count has begun in the capital.
23:50
Polls have closed in the west.
22:10
Turnout was above 70 per cent, the commission said.
"""


def test_bare_clocks_turn_the_day_at_midnight() -> None:
    assert [t for t, _, _ in told(page(ACROSS_MIDNIGHT))] == [
        "2031-03-01T00:20",
        "2031-02-28T23:50",
        "2031-02-28T22:10",
    ]


def test_without_a_day_bare_clocks_give_no_time_but_are_kept_as_shown() -> None:
    read = page(ACROSS_MIDNIGHT, published=None)
    assert [p.time for p in read.posts] == [None, None, None]
    assert [p.shown for p in read.posts] == ["00:20", "23:50", "22:10"]


LEADING_CLOCKS = """8:45 a.m. — The state's governor says two bridges have been lost.
Neither had been inspected since 2024.
7:30 a.m. — Schools in four districts are closed.
6:10 a.m. — Heavy rain is falling along the coast.
"""


def test_a_clock_that_leads_the_paragraph() -> None:
    assert [t for t, _, _ in told(page(LEADING_CLOCKS))] == ["2031-03-01T08:45", "2031-03-01T07:30", "2031-03-01T06:10"]


STAMP_ON_TOP = """The strike at the port of Mombasa has entered its third day. Follow the latest here.
Saturday 1 March 2031 17:51, UK
Please enable JavaScript to view this video
Dockers have rejected a pay offer of six per cent, their union has said.
The union's leader, Grace Mutua, called it “an insult”.
Ms Mutua said talks would resume on Monday.
Analysis by Tom Reed
Hauliers are the ones who pay for this dispute, and their reserves are thin.
They have lost a week's income in three days.
Sign up for our newsletter
"""


def test_a_stamp_on_top_dates_the_page_and_stands_outside() -> None:
    read = page(STAMP_ON_TOP, published=None)
    assert read.published is not None
    assert (read.published.isoformat(), read.tz) == ("2031-03-01T17:51:00+00:00", "Europe/London")
    assert first_words(read) == ["Dockers have rejected", "Analysis by Tom"]
    assert read.posts[1].authors == ("Tom Reed",)
    assert read.posts[1].kind == "analysis"
    assert "newsletter" not in read.posts[1].text


WIRE = """Landslide kills nine in Minas Gerais
OURO PRETO, Brazil (AP) — A landslide killed nine people in the hills above Ouro Preto on Friday, officials said.
It struck before dawn after two days of rain, the fire brigade said.
Rescuers were digging by hand because the slope was not safe for machines.
“We heard a roar and then nothing,” said Rosa Prado, a neighbour.
Officials said 14 people were missing.
"""


def test_wire_copy_is_one_post() -> None:
    read = page(WIRE)
    assert told(read) == [(None, None, "Landslide kills nine in Minas Gerais")]


def test_copy_broken_to_a_width_has_whole_paragraphs() -> None:
    text = """   BOGOTA, 4 MAR 90 (GAZETTE) -- GUNMEN ATTACKED A POLICE POST IN THE TOWN OF
SAN VICENTE LAST NIGHT AND WOUNDED TWO OFFICERS, THE GOVERNOR SAID IN A SHORT
STATEMENT TO REPORTERS.

   THE ATTACKERS FLED TOWARD THE RIVER, WHERE A PATROL FOUND THEIR BOATS AND A
CRATE OF WEAPONS, ACCORDING TO THE SAME STATEMENT. THE TOWN WAS CALM TODAY AND
THE MARKET OPENED AS USUAL.
"""
    read = page(text)
    assert len(read.posts) == 1
    assert [b.kind for b in read.posts[0].blocks] == ["paragraph", "paragraph"]


def test_split_false_takes_the_text_as_one_post() -> None:
    read = page(BARE_CLOCK_FIRST, split=False)
    assert len(read.posts) == 1


PIECES = st.sampled_from(
    [
        "14:32",
        "Share",
        "“No,” she said.",
        "By Ana Sousa",
        "• Read more",
        "AFP/GETTY IMAGES",
        "",
        "Key event",
        "The dam has burst, the mayor of Lira said.",
        "Water rises",
        "Ana Sousa1 March 2031 12:10",
        "Saturday 1 March 2031 17:51, UK",
        "9:10 a.m. — The bridge is gone, the mayor said.",
        "Updated at 14.51 GMT",
        "We’ll be back soon.",
        "29 February",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_posts_are_slices_of_the_text_in_order(lines: list[str]) -> None:
    read = page("\n".join(lines) + "\nend")
    assert read.text is not None
    at = 0
    for post in read.posts:
        assert post.start is not None
        assert post.end is not None
        assert at <= post.start < post.end
        assert read.text[post.start : post.end] == post.text
        assert all(0 <= b.start < b.end <= len(post.text) for b in post.blocks)
        at = post.end
    assert len({p.id for p in read.posts}) == len(read.posts)


NUMBERED = """Live Reporting
All times stated are UK

  1. Ferry back in harbour

    The ferry has docked, its owner says.

  2. Passengers tell of a long night

    Some slept on deck.

    Others did not sleep at all.

  3. What we know so far

    Here is a summary:

    • Forty people were on board
    • Nobody was hurt
"""


def test_numbered_headlines() -> None:
    read = page(NUMBERED)
    assert first_words(read) == ["1. Ferry back", "2. Passengers tell", "3. What we"]
    assert read.posts[0].title == "Ferry back in harbour"


BRACKETED = """Count goes on in the north (4:51 p.m.)

The count goes on in three northern districts.

-- Jo Park

Turnout was high in the capital (3:20 p.m.)

Turnout passed 80 per cent in the capital.

-- CBS News’ Ana Sousa
"""


def test_clocks_in_brackets_and_names_that_sign() -> None:
    assert told(page(BRACKETED)) == [
        ("2031-03-01T16:51", "Jo Park", "Count goes on in the north"),
        ("2031-03-01T15:20", "Ana Sousa", "Turnout was high in the capital"),
    ]


AGENDA = """8.40am: It is a long day in parliament. Here is the agenda.

10am: The minister of roads speaks.

3.30pm: Members debate the pensions bill.

8.50am: The first votes are in.

9.10am: The speaker has resigned.

9.40am: Nobody knows who follows her.
"""


def test_an_agenda_inside_a_post_is_no_row_of_posts() -> None:
    times = [t[-5:] for t, _, _ in told(page(AGENDA)) if t]
    assert times == ["08:40", "08:50", "09:10", "09:40"]


IN_ONE_LINE = """• 20m ago (08:53 GMT)Aid lorries cross the border
The first lorries have crossed.
• 41m ago (08:32 GMT)Power is back in the camp
The camp has power again.
"""


def test_how_long_ago_clock_and_headline_in_one_line() -> None:
    assert [t for t, _, _ in told(page(IN_ONE_LINE))] == ["2031-03-01T08:53", "2031-03-01T08:32"]


LIST_OF_KEY_EVENTS = """Kenya floods live: bridge shut as Tana river rises
LIVE Updated 12m ago
Lena Fuchs (now) and Tom Reed (earlier)
Sat 1 Mar 2031 15.20 GMT
Key events
1h ago
Bridge shut
2h ago
Dam holds
Show key events only
1h ago
14.32 GMT
Bridge shut
The bridge at Garissa has been shut, police say.
Share
2h ago
13.05 GMT
Tom Reed
The dam holds for now, the governor of Tana has said.
"""


def test_a_list_of_key_events_on_top_is_no_row_of_posts() -> None:
    read = page(LIST_OF_KEY_EVENTS, published=None)
    assert told(read) == [("2031-03-01T14:32", None, "Bridge shut"), ("2031-03-01T13:05", "Tom Reed", None)]
    assert read.title == "Kenya floods live: bridge shut as Tana river rises"


ARTICLE_WITH_HEAD = """Storm kills two in Vermont as rivers rise
By Dana Whitfield
March 1, 2031 / 4:15 PM EST / CBS News

Two people were killed in Vermont on Saturday when a storm swept through the state, officials said.

"We have seen nothing like it," the governor, Beth Lindqvist, said.
"""


def test_an_article_has_its_headline_author_and_time_from_its_head() -> None:
    read = page(ARTICLE_WITH_HEAD, published=None)
    assert told(read) == [("2031-03-01T16:15", "Dana Whitfield", "Storm kills two in Vermont as rivers rise")]
    assert read.tz == "Etc/GMT+5"


TIME_AND_AGO_GLUED = """March 1, 2031, 4:12 p.m. ET1 hour ago
Dana Whitfield
Reporting from Salem, Ore.
The governor has arrived at the fire camp.
March 1, 2031, 3:02 p.m. ET2 hours ago
Luis Ortega
Winds are expected to drop tonight, forecasters said.
"""


def test_a_time_with_its_age_glued_to_it() -> None:
    read = page(TIME_AND_AGO_GLUED, published=None)
    assert [(t, a) for t, a, _ in told(read)] == [
        ("2031-03-01T16:12", "Dana Whitfield"),
        ("2031-03-01T15:02", "Luis Ortega"),
    ]
    assert read.tz == "America/New_York"


HEADLINES_LIKE_NAMES = """4:10 PM
Bridge Collapses Downtown
A bridge collapses on the main road of the downtown every ten years, the mayor of Salem said.
3:55 PM
Ray Holt
The mayor of Salem has called a meeting.
"""


def test_a_headline_in_capitals_is_no_name() -> None:
    assert [(a, t) for _, a, t in told(page(HEADLINES_LIKE_NAMES))] == [
        (None, "Bridge Collapses Downtown"),
        ("Ray Holt", None),
    ]
