"""How pages print times, headlines and rules, in words of our own → posts."""

from __future__ import annotations

import pytest
from tests.posts.test_plain import first_words, page, told

MILITARY = """Also of interest: How the dam was built
1844 GMT: The governor of Tete, Ana Sousa, says the dam will hold.
A second inspection is planned for tomorrow.
1839 GMT: Lorries are queueing at the bridge in Moatize.
1802 GMT: Two villages have been cleared, the army says.
"""
GLUED = """0640Voters were queueing before dawn in Beira.
0639The opposition says that ballot papers ran out in Dondo.
0611Polls have opened in all provinces.
"""
BULLETS = """Live
Floods in Sofala: latest updates
Updated on Mar 01, 2031 11:02 PM CAT
  • Mar 01, 2031 11:00 PM CAT

    Ferries stop in Buzi

    The ferries have stopped until the morning, their owner says.

  • Mar 01, 2031 09:43 PM CAT

    Market reopens

    The market in Beira has reopened.
"""
HEADINGS = """Here's the latest on the storm:

SATURDAY

11:10 a.m.

The storm has weakened, forecasters say.

Noon

Flights have resumed.

FRIDAY

10 p.m.

The port has been closed.
"""
TIMETABLE = """Morning show

5:00 am 9:00 am

Evening show

5:00 pm 9:00 pm

March 1, 12:55 PM
Court rises for lunch

The judge has sent the jury out for lunch.

March 1, 12:27 PM
Witness breaks down

The second witness could not go on.
"""
DASHED = """Saturday, March 1
22:15 GMT – Minister plays down the report
The minister said that the report was old, and that he had read it last year.
22:00 GMT – Rivals call for a vote
Two parties have called for a vote on Monday.
"""
IN_LINE = """LUSAKA (GNA) - 10:52 GMT - Crowds gather at parliament - Thousands are outside parliament, they say.
10:16 GMT - Roads stay open - The ring road is open, the police say.
09:56 GMT - Shops shut early - Shops in the centre have shut.
"""
BRACKETS = """Dam opens its gates (Mar. 1, 6:26 p.m.)

The dam has opened two gates.

Rain is easing (Mar. 1, 5:13 p.m.)

Rain is easing in the hills, forecasters say.
"""
DAYS = """Saturday, March 1: The cordon has been lifted in two of the five zones.

Shops will open at ten.

Friday: The number of the dead has risen to twelve, the mayor says.

Thursday 4.15pm: The search for survivors has ended, the fire chief says.
"""
APPENDED = """A car bomb has gone off near the market in Kidal, witnesses say.

UPDATE 1:44 p.m. -- The army has closed the roads to the town.

UPDATE 4:56 p.m. -- Nobody was killed, the hospital says.
"""
RESTATED = """Updated at 3:10 p.m. ET

The senators have been sworn in.

Updated at 6:30 p.m. ET

The speaker has named the seven who will speak for the house.
"""
MIDNIGHT = """00:20: The count has begun.
23:50: Polls have closed in the west.
22:10: Turnout was high, the commission says.
"""


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (MILITARY, ["01T18:44", "01T18:39", "01T18:02"]),
        (GLUED, ["01T06:40", "01T06:39", "01T06:11"]),
        (BULLETS, ["01T23:00", "01T21:43"]),
        (HEADINGS, ["01T11:10", "01T12:00", "28T22:00"]),
        (TIMETABLE, ["01T12:55", "01T12:27"]),
        (DASHED, ["01T22:15", "01T22:00"]),
        (IN_LINE, ["01T10:52", "01T10:16", "01T09:56"]),
        (BRACKETS, ["01T18:26", "01T17:13"]),
        (DAYS, [None, None, "27T16:15"]),
        (APPENDED, [None, "01T13:44", "01T16:56"]),
        (RESTATED, ["01T15:10", "01T18:30"]),
        (MIDNIGHT, ["01T00:20", "28T23:50", "28T22:10"]),
    ],
)
def test_times_in_the_forms_that_pages_print(text: str, times: list[str | None]) -> None:
    assert [t and t[8:] for t, _, _ in told(page(text))] == times


def test_years_are_no_clocks() -> None:
    read = page("1987 The dam is planned by the province.\n1991 Work begins.\n2004 Work ends.\n2019 It fails.\n")
    assert [t for t, _, _ in told(read) if t] == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (TIMETABLE, ["Court rises for lunch", "Witness breaks down"]),
        (DASHED, ["Minister plays down the report", "Rivals call for a vote"]),
        (IN_LINE, ["Crowds gather at parliament", "Roads stay open", "Shops shut early"]),
        (BRACKETS, ["Dam opens its gates", "Rain is easing"]),
        (BULLETS, ["Ferries stop in Buzi", "Market reopens"]),
    ],
)
def test_headlines_beside_times(text: str, titles: list[str]) -> None:
    assert [title for _, _, title in told(page(text))] == titles


def test_a_paragraph_in_the_line_of_its_headline_stays_a_paragraph() -> None:
    assert [b.kind for b in page(IN_LINE).posts[1].blocks] == ["paragraph"]


def test_rules_part_posts_where_no_times_do() -> None:
    text = """Storm over the islands: live updates
The storm has reached the islands, and we follow it through the day.
-----
The ferry to Siquijor has been cancelled for a second day, the coastguard of the province says.
-----
In Bohol, two hundred families have moved to schools, the mayor of Tagbilaran told reporters.
They will stay until Monday.
-----
The power company has sent forty crews to the south, where most lines are down.
"""
    assert first_words(page(text)) == ["The ferry to", "In Bohol, two", "The power company"]


def test_bullets_at_the_margin_begin_posts() -> None:
    text = """Strike blog
  • Drivers reject the offer

    The drivers' union has rejected the offer of six per cent, its head, Moses Banda, told members in Ndola.

    • He said that talks would go on.
  • Trains to the coast stop

    No train has left for the coast since noon, the railway says in a short statement.
  • Buses are full

    Bus companies have put on forty more buses, and people wait for hours.
"""
    read = page(text)
    assert [title for _, _, title in told(read)] == [
        "Drivers reject the offer",
        "Trains to the coast stop",
        "Buses are full",
    ]


def test_blank_lines_part_posts_where_none_stand_within_them() -> None:
    posts = [
        "The first generator has arrived in Tacna from Lima.\nIt will run two hospitals, the ministry says.",
        "The health service is asking people by telephone how they fare.\nIt hopes for two thousand answers.",
        "A service for the dead will be held on Sunday.\nThe president will speak there.",
        "Two men have been arrested in Ilo over stolen pumps.\nThey will be in court tomorrow.",
    ]
    assert len(page("\n\n".join(posts)).posts) == 4


HEAD = """Live Updates

Strike at the copper mines

By Ada Mwale and Tom Reed, CTV

What we're covering
• Miners: More than 3,000 have stopped work.
• Prices: Copper has risen by four per cent.
14 Posts

Minister calls for talks

The minister of mines has called both sides to Lusaka.

Share

Second shift walks out

The second shift at Mufulira has walked out, the union says.

Share

Shares fall in London

Shares in the company fell by six per cent on Friday.

Share
"""


def test_the_head_of_a_page_stands_outside_its_posts() -> None:
    read = page(HEAD)
    assert [title for _, _, title in told(read)] == [
        "Minister calls for talks",
        "Second shift walks out",
        "Shares fall in London",
    ]
    assert "Share" not in read.posts[0].text.split("\n")


def test_what_stands_above_the_first_of_many_headlines_is_the_pages_own() -> None:
    text = """Talks on the ceasefire have gone on through a second night in Doha.
Both sides say that much is still open.
Envoys meet without a break
The envoys of both sides met for nine hours, the hosts say.
Crossing stays shut
The crossing at Rafa stays shut for lorries, its director says.
Families march in the capital
Hundreds of relatives marched to the ministry on Friday.
"""
    assert first_words(page(text)) == ["Envoys meet without", "Crossing stays shut", "Families march in"]


def test_a_headline_may_end_with_a_quotation() -> None:
    text = """4:10 PM
Governor: "This is a day of grief"
The governor spoke outside the school.
3:55 PM
Road reopens
The road to the school has reopened.
"""
    assert told(page(text))[0][2] == 'Governor: "This is a day of grief"'


def test_a_badge_above_an_article_is_no_part_of_it() -> None:
    text = """BREAKING NEWS
Storm kills two in Vermont as rivers rise
By DANA WHITFIELD
Updated 6:42 PM EST, March 1, 2031

MONTPELIER, Vt. (GNA) — Two people were killed in Vermont on Saturday when a storm swept through the state.

"We have seen nothing like it," the governor, Beth Lindqvist, said.
"""
    read = page(text, published=None)
    assert told(read) == [("2031-03-01T18:42", "Dana Whitfield", "Storm kills two in Vermont as rivers rise")]


def test_the_clock_of_a_later_change_bounds_the_day_of_posts() -> None:
    text = """Quake: day three

updated 12:51

Published: 12:56AM Saturday March 1, 2031 Source: GNA

12.50pm: The city's offices will open on Monday, the mayor says.

12.41pm: A shopping centre stays closed.
"""
    assert [t for t, _, _ in told(page(text, published=None))] == ["2031-03-01T12:50", "2031-03-01T12:41"]


def test_what_a_person_does_is_no_headline() -> None:
    text = """March 1, 2031, 4:12 p.m. ET
Dana Whitfield
Climate reporter
Dams of this kind have been banned in two states since 2019, and sixty are left.
March 1, 2031, 3:02 p.m. ET
Luis Ortega
Reporting from Salem, Ore.
Winds are expected to drop tonight, forecasters said.
"""
    assert [(a, title) for _, a, title in told(page(text, published=None))] == [
        ("Dana Whitfield", None),
        ("Luis Ortega", None),
    ]


def test_a_mention_of_its_clock_gives_a_post_its_time() -> None:
    text = """Dockers in Mombasa: live updates
In our 13.55 post we told of the union's decision to reject the pay offer of six per cent.
The union has now named a day for talks.
Analysis by Tom Reed
Hauliers are the ones who pay for this dispute, and their reserves are thin.
Analysis by Ada Mwale
The dockers' union has made its decision: it will reject the offer of six per cent, its leader Grace Mutua says.
"""
    times = [t for t, _, _ in told(page(text))]
    assert times[-1] == "2031-03-01T13:55"
    assert times[:-1] == [None] * (len(times) - 1)
