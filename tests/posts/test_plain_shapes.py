"""How pages print times, headlines and rules, in words of our own → posts."""

from __future__ import annotations

import pytest
from tests.posts.test_plain import DAY, first_words, page, told

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


def test_points_above_bullets_that_head_posts_are_the_pages_own() -> None:
    text = """Strike blog
  • The union has rejected an offer of six per cent, and talks go on in Ndola.
  • Trains and buses stand still on the coast until Friday at least, both firms say.
  • Drivers reject the offer

    The drivers' union has rejected the offer of six per cent, its head, Moses Banda, told members in Ndola.
  • Trains to the coast stop

    No train has left for the coast since noon, the railway says in a short statement.
  • Buses are full

    Bus companies have put on forty more buses, and people wait for hours.
"""
    assert [title for _, _, title in told(page(text))] == [
        "Drivers reject the offer",
        "Trains to the coast stop",
        "Buses are full",
    ]


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

updated 12:53

Published: 12:58AM Saturday March 1, 2031 Source: GNA

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


SQUARE = """Saturday, March 1, 2031
Live blog: the siege of Tete
[Updated at 9:29 a.m. ET, 4:29 p.m. in Mozambique] Rebels say they hold the bridge at Moatize.
They have shown pictures of it.
[Updated at 9:24 a.m. ET, 4:24 p.m. in Mozambique] The army is sending a second column, its chief says.
[Posted 8:10 a.m. ET, 3:10 p.m. in Mozambique] The embassy in Tete is closed.
"""
SQUARE_BELOW = """Rebels say they hold the bridge at Moatize, and show pictures. [Updated at 6:12 p.m. ET, Friday]
The army is sending a second column, its chief, Jo Dube, says.
It should arrive on Sunday. [Updated at 5:40 p.m. ET, Friday]
The embassy in Tete is closed to visitors for a week. [Updated at 2:05 p.m. ET, Friday]
"""
DAILY = """Dam break at Tete

17 Jan, 2031 15:49

A dam has burst above Tete.

22 February 2031

The last families have left the camp, the ministry says.

The town kept a minute of silence.

11 February 2031

Engineers expect to finish on Wednesday.

06 February 2031

The search was halted, the mayor said on Wednesday.
"""
WEEKDAYS = """The blockade, day by day

Friday

Lorries are moving again on the road to Beira.

Thursday

The drivers have voted to go back to work, their union says.
"""
RULED = """BEIRA, Mozambique (GNA) — The latest on the storm (all times local):

2:10 p.m.

The storm has weakened, forecasters say.

___ 1:50 p.m.

General Ana Sousa says that no soldier is missing.

___

0:45 p.m.

A handful of ferries have stopped.
"""
EMPTY = """WATCH LIVE
6m ago
The clerk has been called to the stand in Nampula.
- Jo du Toit
8m ago
9m ago
A warrant has been issued for the driver.
- Jo du Toit
10m ago
The judge says that the case is moved to June.
"""
OWN_STAMP = """Mar 1, 2031 02:41 PM CAT

LIVE: Sousa claims victory in Tete

Live updates of the count in Tete. Her rival has not conceded.

highlights

  • Mar 1, 01:18 PM (CAT)

  • Mar 1, 02:45 PM (CAT)
  • Mar 1, 02:41 PM (CAT)

    The commission will brief reporters at 3.15 pm, it has said.

  • Mar 1, 02:34 PM (CAT)

    The airline is avoiding the area, its office in Tete says.
"""
CUT_ABOVE = """Blasts kill more than 20 in Tete
Nurse: 'I am not afraid'
From GNA staff in Tete
Speaking to GNA outside the ward, Rosa Dias, a nurse, said that friends had died.
20 min ago
'We will act': Minister
From GNA staff in Beira
The minister of housing, Ana Sousa, said that the attack was the first of its kind.
32 min ago
24 drivers were taken into custody
From journalist Raj Pillai in Tete
Twenty-four people have been arrested, the police told GNA.
"""
SIGNED_BELOW = """11:40 - The court sits again.

The judge is told that the papers will oppose the request. - Zola Chirwa

12:00 - The defence says that the sound should still be broadcast. - Zola Chirwa and Jo Park, Horn Radio

12:11 - The clerk reads the charge: “No more delay.” – Tom Reed
"""
PAST_MIDNIGHT = """Saturday, February 8, 2031

0130 GMT — Toll rises above 150

Medics said that 12 more people had died.

2100 GMT — Aid could cross tomorrow

"We hope that tomorrow we can deliver," the envoy said.

1935 GMT— Toll climbs in the north

Two more were found.
"""


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (SQUARE, ["[Updated at 9:29", "[Updated at 9:24", "[Posted 8:10 a.m."]),
        (SQUARE_BELOW, ["Rebels say they", "The army is", "The embassy in"]),
        (DAILY, ["22 February 2031", "11 February 2031", "06 February 2031"]),
        (WEEKDAYS, ["Friday Lorries are", "Thursday The drivers"]),
        (RULED, ["2:10 p.m. The", "___ 1:50 p.m.", "0:45 p.m. A"]),
        (EMPTY, ["6m ago The", "9m ago A", "10m ago The"]),
        (OWN_STAMP, ["• Mar 1,", "• Mar 1,"]),
        (CUT_ABOVE, ["Nurse: 'I am", "20 min ago", "32 min ago"]),
    ],
)
def test_stamps_part_posts(text: str, starts: list[str]) -> None:
    assert first_words(page(text, published=None if "2031" in text else DAY)) == starts


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (SQUARE, ["01T09:29", "01T09:24", "01T08:10"]),
        (SQUARE_BELOW, ["28T18:12", "28T17:40", "28T14:05"]),
        (RULED, ["01T14:10", "01T13:50", "01T12:45"]),
        (OWN_STAMP, ["01T14:41", "01T14:34"]),
        (PAST_MIDNIGHT, ["09T01:30", "08T21:00", "08T19:35"]),
    ],
)
def test_stamps_give_the_time(text: str, times: list[str]) -> None:
    read = page(text, published=None if "2031" in text else DAY)
    assert [t and t[8:] for t, _, _ in told(read)] == times


def test_a_day_alone_is_the_day_of_its_post() -> None:
    assert [p.shown for p in page(DAILY, published=None).posts] == ["2031-02-22", "2031-02-11", "2031-02-06"]
    assert [p.shown for p in page(WEEKDAYS).posts] == ["2031-02-28", "2031-02-27"]


def test_dates_in_an_article_part_no_posts() -> None:
    text = """The dam was planned for forty years, and was never safe, those who built it say.

Its walls were thin, and the rock below it was soft.

March 3

Cracks were found.

The province has asked for money since 1994, and has been refused each time.
"""
    assert len(page(text).posts) == 1


@pytest.mark.parametrize("said", ["tomorrow, on Saturday", "later on Friday"])
def test_the_days_that_posts_name_settle_which_side_of_midnight_they_stand(said: str) -> None:
    text = PAST_MIDNIGHT.replace('"We hope that tomorrow we can deliver," the', f"Aid will cross {said}, the")
    assert [t and t[8:13] for t, _, _ in told(page(text, published=None))] == ["08T01", "07T21", "07T19"]


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (EMPTY, ["Jo du Toit", "Jo du Toit", None]),
        (SIGNED_BELOW, ["Zola Chirwa", "Zola Chirwa, Jo Park", "Tom Reed"]),
        (CUT_ABOVE, ["GNA staff", "GNA staff", "Raj Pillai"]),
    ],
)
def test_signatures_name_the_author(text: str, authors: list[str | None]) -> None:
    assert [a for _, a, _ in told(page(text))] == authors


def test_a_quotation_is_signed_by_no_author() -> None:
    text = SIGNED_BELOW.replace("Zola Chirwa", "the court").replace("The clerk reads the charge: ", "")
    assert [a for _, a, _ in told(page(text))] == [None] * 3


def test_a_bracketed_change_parts_no_post_that_has_a_time_of_its_own() -> None:
    text = """14:32
Bridge reopens
The bridge at Tete has reopened to cars. [Updated at 14:50]
14:10
Power is back
Power is back in the hills around Moatize. [Updated at 14:20]
13:50
School stays shut
The school at Tete stays shut until Monday.
"""
    assert [t and t[11:] for t, _, _ in told(page(text))] == ["14:32", "14:10", "13:50"]


def test_names_above_headlines_open_their_posts() -> None:
    text = """Markets: live updates
Updates
March 1
- Rosa Schmidt
Traders look for signs of relief
Shares in Tete have fallen for a third day, and few traders expect an end to it.
Share - Peter Amado
Ports are hit hardest
Ports fell nine per cent on Monday at most, data show.
Share - Jo Park
Banks hold out:
The banks have lost less than the rest of the market.
"""
    assert [(a, title) for _, a, title in told(page(text))] == [
        ("Rosa Schmidt", "Traders look for signs of relief"),
        ("Peter Amado", "Ports are hit hardest"),
        ("Jo Park", "Banks hold out:"),
    ]


def test_a_page_that_came_out_in_the_morning_has_the_posts_of_its_day() -> None:
    text = (
        "Day 4 of the ferry inquiry\n2031-05-06 09:05\n13:43 - The hearing has ended for today.\n"
        "12:58 - The captain has left the stand.\n11:20 - The captain is asked about the lights.\n"
    )
    assert [f"{post.time:%d %H:%M}" for post in page(text, published=None).posts if post.time] == [
        "06 13:43",
        "06 12:58",
        "06 11:20",
    ]


def test_a_change_years_later_is_not_the_day_of_a_page() -> None:
    found = page(
        "Published: 09:57, April 21, 2030 | Updated: 03:57, June 6, 2033\nFerry sinks\nA ferry sank on Monday.\n"
    )
    assert found.published is not None
    assert found.published.year == 2030


def test_an_earlier_clock_below_updated_opens_the_next_post() -> None:
    text = (
        "Ferry inquiry live\n04:16\nThe captain has been called to the stand again.\nUpdated\n04:05\n"
        "Two of the crew say that the lights were off.\n03:52\nThe hearing has begun.\nUpdated\n03:33\n"
        "Lawyers are arriving at the town hall.\n"
    )
    assert [f"{post.time:%H:%M}" for post in page(text).posts if post.time] == [
        "04:16",
        "04:05",
        "03:52",
        "03:33",
    ]


def test_the_note_on_times_may_stand_before_the_first_of_them() -> None:
    text = (
        "The Latest: Port strike goes on\nOSTREL, Norvia (AP) — The Latest on Norvia’s port strike (all times local): "
        "3:35 p.m. The union says talks will go on.\nNothing was settled.\n2:30 p.m.\nThe company has made an offer.\n"
    )
    assert [f"{post.time:%H:%M}" for post in page(text).posts if post.time] == ["15:35", "14:30"]


def test_a_label_that_every_post_repeats_stands_above_its_headline() -> None:
    heads = [
        "Workers march",
        "Two lanes of the bridge reopen",
        "Mayor calls for calm",
        "Talks go on",
        "Gates shut",
        "No deal",
    ]
    told = "    Police are on the quay in numbers, and the gates are shut.\n\n"
    posts = "".join(
        f"  • 18:{49 - 4 * n} (IST)\n\n    Port strike latest updates\n\n    {head}\n\n" + told * (n in (0, 2, 5))
        for n, head in enumerate(heads)
    )
    found = page(f"Staff May 23, 2031 18:51:04 IST\n\nLIVE NEWS and UPDATES\n\n{posts}").posts
    assert [post.title for post in found] == heads
