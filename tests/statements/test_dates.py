from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Block, Date, Post
from onrecord.statements import dates
from onrecord.statements.dates_calendar import easter
from onrecord.statements.draft import Draft, dump, load
from onrecord.statements.parse import parse

ZONE = ZoneInfo("Africa/Nairobi")
NOW = datetime(2024, 5, 15, 14, 30, tzinfo=ZONE)  # a Wednesday


def read(text: str, now: datetime | None = NOW) -> list[Date]:
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    return [dates.resolve(draft, post, now) for draft in dates.find(next(parse([post])))]


def values(text: str) -> dict[str, str | None]:
    return {date.span.text: date.value for date in read(text)}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        # days from here
        ("The bridge reopened today.", "today", "2024-05-15"),
        ("Crews left yesterday.", "yesterday", "2024-05-14"),
        ("Rain fell overnight.", "overnight", "2024-05-14TNI"),
        ("It rained last night.", "last night", "2024-05-14TNI"),
        ("The mayor spoke this morning.", "this morning", "2024-05-15TMO"),
        ("Buses stopped yesterday evening.", "yesterday evening", "2024-05-14TEV"),
        # weekdays
        ("The ferry sank on Friday.", "Friday", "2024-05-10"),
        ("The council will meet on Friday.", "Friday", "2024-05-17"),
        ("The council is expected to vote on Monday.", "Monday", "2024-05-20"),
        ("The hearing was adjourned until Monday.", "Monday", "2024-05-20"),
        ("Talks resume on Monday.", "Monday", "2024-05-20"),
        ("Friday's ruling will be appealed.", "Friday", "2024-05-10"),
        ("Friday's hearing will be short.", "Friday", "2024-05-17"),
        ("They met last Wednesday.", "last Wednesday", "2024-05-08"),
        ("They meet next Wednesday.", "next Wednesday", "2024-05-22"),
        ("The hall burned on Friday night.", "Friday night", "2024-05-10TNI"),
        ("It struck early on Friday.", "early on Friday", "2024-05-10TMO"),
        ("It struck at 02:10 local time on Friday.", "02:10 local time on Friday", "2024-05-10T02:10"),
        ("Polls closed at 10.40pm. She spoke an hour later.", "an hour later", "2024-05-14T23:40"),
        ("The firm has cancelled trains until Friday.", "Friday", "2024-05-17"),
        # dates
        ("The dam broke on 6 August.", "6 August", "2023-08-06"),
        ("The dam will close on 6 August.", "6 August", "2024-08-06"),
        ("It opened on August 6, 2021.", "August 6, 2021", "2021-08-06"),
        ("It opened on 2021-08-06.", "2021-08-06", "2021-08-06"),
        ("It opened on 06/08/2021.", "06/08/2021", "2021-08-06"),
        ("A fire broke out in the early hours of 3 May.", "the early hours of 3 May", "2024-05-03TMO"),
        ("It began on the night of 3 May.", "the night of 3 May", "2024-05-03TNI"),
        ("The army downed 40 drones during the night.", "the night", "2024-05-14TNI"),
        ("Rain will fall during the night.", "the night", "2024-05-15TNI"),
        ("Raids during the night on Orle.", "the night", "2024-05-14TNI"),
        ("The train was stopped in the evening.", "the evening", "2024-05-14TEV"),
        ("The train was stopped in the morning.", "the morning", "2024-05-15TMO"),
        ("Drones came on the night of 3-4 May.", "the night of 3-4 May", "2024-05-03TNI"),
        ("Drones came overnight on 3 to 4 May.", "overnight on 3 to 4 May", "2024-05-03TNI"),
        ("Fires burned between 3 and 5 May.", "3 and 5 May", "2024-05-03/2024-05-05"),
        ("It was built by May 2021.", "May 2021", "2021-05"),
        ("CLASHES BEGAN ON 5 JANUARY.", "5 JANUARY", "2024-01-05"),
        ("SAN LUIS, 4 APR 90 (RADIO SUR)", "4 APR 90", "1990-04-04"),
        # months, seasons, years
        ("The law passed in November.", "November", "2023-11"),
        ("The law passed last August.", "last August", "2023-08"),
        ("She left in June last year.", "June last year", "2023-06"),
        ("The deal ran out late last month.", "late last month", "2024-04"),
        ("Floods came in the autumn of 2022.", "the autumn of 2022", "2022-AU"),
        ("They came last summer.", "last summer", "2023-SU"),
        ("He won the 2022 election.", "2022", "2022"),
        ("It was built in 1987.", "1987", "1987"),
        ("It was built in the 1990s.", "the 1990s", "199"),
        ("Sales fell in the third quarter.", "the third quarter", "2023-Q3"),
        ("Sales fell in the first half of 2022.", "the first half of 2022", "2022-H1"),
        ("Prices rose last week.", "last week", "2024-W19"),
        ("It opens at the end of the year.", "the end of the year", "2024"),
        # lengths and distances in time
        ("It started six months ago today.", "six months ago today", "2023-11-15"),
        ("It started three years ago.", "three years ago", "2021"),
        ("It started two years ago this month.", "two years ago this month", "2022-05"),
        ("Prices rose over the past 12 months.", "the past 12 months", "2023-05/2024-05"),
        ("The siege lasted three years.", "three years", "P3Y"),
        ("They waited for years.", "years", "PXY"),
        ("It opened in 1999 and closed 25 years later.", "25 years later", "2024"),
        ("Wages have stagnated since 2020.", "since 2020", "2020/2024-05-15"),
        ("They vote every Thursday.", "every Thursday", "XXXX-WXX-4"),
        # clock
        ("The blast came at 13.55.", "13.55", "2024-05-15T13:55"),
        ("Doors opened at 7am on 9 May.", "7am on 9 May", "2024-05-09T07:00"),
        ("It struck at 1:55pm yesterday.", "1:55pm yesterday", "2024-05-14T13:55"),
        # named days
        ("They met on Christmas Eve.", "Christmas Eve", "2023-12-24"),
        ("The shops close on Good Friday 2025.", "Good Friday 2025", "2025-04-18"),
        # without a calendar value
        ("The road is now open.", "now", "PRESENT_REF"),
        ("He recently resigned.", "recently", "PAST_REF"),
        ("It may happen in the future.", "the future", "FUTURE_REF"),
    ],
)  # fmt: skip
def test_value(text: str, words: str, value: str) -> None:
    assert values(text).get(words) == value


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the palace.", "Theresa May spoke.", "A 45-year-old man fell.", "They won 3-1.",
        "The Sun said so.", "A second report came.", "About 2,000 people sat down.", "He paid $1999 for it.",
        "They flew a Mirage 2000.", "He got 12 years in prison.", "It grew by 3.20 per cent.", "USA Today said so.",
        "The house at 1990 Elm Street burned.",
    ],
)  # fmt: skip
def test_not_a_date(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # late on a day is its evening, and the night into a day began on the one before
        ("The dam burst late on Friday.", ["2024-05-10TEV"]),
        ("The port was hit overnight into Sunday.", ["2024-05-11TNI"]),
        ("Guards left in the early hours of this morning.", ["2024-05-15TMO"]),
        ("They will choose tonight or in the morning.", ["2024-05-15TNI", "2024-05-16TMO"]),
        ("He will be freed in the morning.", ["2024-05-16TMO"]),
        # whole days up to now, and months as exact as they are counted
        ("Ninety wells ran dry in the past 48 hours.", ["2024-05-13/2024-05-15"]),
        ("Nine people drowned in 24 hours.", ["2024-05-14/2024-05-15"]),
        ("Output fell in the three months to March.", ["2024-01/2024-03"]),
        ("Output fell in the first two months of the year.", ["2024-01/2024-02"]),
        # what ends a span comes after its beginning
        ("The season runs from June 1 through Nov. 30.", ["2024-06-01", "2024-11-30"]),
        ("The roads will be shut from Friday to Sunday.", ["2024-05-17", "2024-05-19"]),
        ("Fires broke out between Monday and Thursday.", ["2024-05-06", "2024-05-09"]),
        # both times of a day given twice are of the day behind
        ("It struck at 04:17 (01:17 GMT) on Monday.", ["2024-05-13T04:17", "2024-05-13T01:17"]),
        # a time of day in a tale of a day; in a plan it is today's
        ("Clashes broke out on Sunday. The truce had ended at 6 a.m.", ["2024-05-12", "2024-05-12T06:00"]),
        ("He spoke on Sunday. Polls will close at 6 p.m.", ["2024-05-12", "2024-05-15T18:00"]),
        # what is still to come
        ("The vote is on Sunday.", ["2024-05-19"]),
        ("The deadline for bids is Tuesday.", ["2024-05-21"]),
        ("Ahead of Sunday's vote, two parties met.", ["2024-05-19"]),
        ("Rain is forecast for Friday.", ["2024-05-17"]),
        ("The train left at half past six.", ["2024-05-15T06:30"]),
    ],
)  # fmt: skip
def test_seen_from_the_post(text: str, expected: list[str]) -> None:
    assert [date.value for date in read(text)] == expected


def test_after_midnight_tonight_is_the_night_that_has_begun() -> None:
    late = read("She would not speak tonight.", NOW.replace(hour=2))[0]
    assert late.value == "2024-05-14TNI"


def test_leaning_on_the_last_date() -> None:
    found = values("The mine flooded on 3 March 2022. The next day 40 men were freed. It shut the same year.")
    assert found == {"3 March 2022": "2022-03-03", "The next day": "2022-03-04", "the same year": "2022"}


def test_the_hours_after_midnight_belong_to_the_next_day() -> None:
    assert values("Shelling began at 11pm on Sunday and went on until 4am.")["4am"] == "2024-05-13T04:00"


def test_ranges_are_aware_and_inclusive() -> None:
    night = read("It rained last night.")[0]
    assert night.earliest == datetime(2024, 5, 14, 18, tzinfo=ZONE)
    assert night.latest == datetime(2024, 5, 15, 5, 59, 59, tzinfo=ZONE)
    month = read("It rained in April 2023.")[0]
    assert month.latest == datetime(2023, 4, 30, 23, 59, 59, tzinfo=ZONE)


def test_a_time_of_another_zone_is_carried_over() -> None:
    quake = read("The quake struck at 06:40 GMT.")[0]
    assert (quake.value, quake.earliest) == ("2024-05-15T06:40", datetime(2024, 5, 15, 9, 40, tzinfo=ZONE))


def test_without_a_time_of_its_own() -> None:
    found = {d.span.text: (d.value, d.earliest) for d in read("He left on Friday, not on 6 August 2022.", None)}
    assert found["Friday"] == (None, None)
    assert found["6 August 2022"][0] == "2022-08-06"


def test_american_zone_puts_the_month_first() -> None:
    ours = read("It opened on 06/08/2021.", NOW.astimezone(ZoneInfo("America/Chicago")))
    assert ours[0].value == "2021-06-08"


def test_impossible_dates_stay_unresolved() -> None:
    assert [d.value for d in read("It shut on 31 November 2021.")] == [None]


def test_a_war_that_the_post_speaks_of() -> None:
    assert values("Prices in Khartoum have doubled since the start of the war.") == {
        "since the start of the war": "2023-04-15/2024-05-15"
    }


def test_drafts_can_be_stored() -> None:
    text = "The mine flooded on 3 March. Two days later, it shut. Since Monday it has been open from 9am."
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    draft = Draft(dates=tuple(dates.find(next(parse([post])))))
    assert load(dump(draft)) == draft


@pytest.mark.parametrize(("year", "day"), [(2000, "04-23"), (2019, "04-21"), (2024, "03-31"), (2038, "04-25")])
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


WORDS = """31 2 99 May Friday last next the of night early 12:30 2024 November since years ago after days 0 Feb 29 . ,
at week every first quarter 24 noon on and - /"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14))
def test_any_words_resolve_in_order(words: list[str]) -> None:
    found = read(" ".join(words))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(d.earliest <= d.latest for d in found if d.earliest and d.latest)


@pytest.mark.parametrize("text", ["31-2 May", "since 31-2 May", "since 12:30", "since 31 May at 12:30"])
def test_nothing_ends_before_it_begins(text: str) -> None:
    """Asked at five past midnight on the very day."""
    found = read(text, datetime(2024, 5, 31, 0, 5, tzinfo=NOW.tzinfo))
    assert all(d.earliest <= d.latest for d in found if d.earliest and d.latest)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He was released late last night.", "late last night", "2024-05-14TNI"),
        ("No buses have run since mid-March.", "since mid-March", "2024-03/2024-05-15"),
        ("A day earlier he had denied it.", "A day earlier", "2024-05-14"),
        ("The case was moved to Lusaka for trial on 11 August.", "11 August", "2024-08-11"),
        ("The council is putting off the vote to Friday.", "Friday", "2024-05-17"),
        ("The launch was brought forward to Thursday.", "Thursday", "2024-05-16"),
        ("They put it off on Friday.", "Friday", "2024-05-10"),
        ("She was freed after a hearing on 11 August.", "11 August", "2023-08-11"),
        ("Shells fell on Sunday. Earlier in the day they had agreed.", "Earlier in the day", "2024-05-12"),
        ("A storm warning remains in effect until Sunday.", "Sunday", "2024-05-19"),
        ("She was seized in a raid and was freed on 14 June.", "14 June", "2023-06-14"),
        ("He set out the conditions for the army to leave in June.", "June", "2024-06"),
    ],
)
def test_leaning_and_hyphened_expressions(text: str, words: str, value: str) -> None:
    assert values(text)[words] == value


@pytest.mark.parametrize(
    "text",
    [
        "She told Radio Nord's Today programme that she will stay.",
        "Horn News Now has the full list.",
        "The power cuts could last weeks.",
    ],
)
def test_names_and_verbs_are_no_time(text: str) -> None:
    assert values(text) == {}


def test_the_future_of_something_is_no_time() -> None:
    assert values("She questioned the future of the union.") == {}


def test_the_posts_own_clock_is_no_date() -> None:
    text = "14:10 GMT – Water is back\nPumps ran until 9:05 GMT."
    blocks = (Block("title", 0, 25), Block("paragraph", 26, len(text)))
    post = Post("p", text, blocks, title="Water is back", shown="14:10 GMT")
    assert [text[d.start : d.end] for d in dates.find(next(parse([post])))] == ["9:05 GMT"]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It burned shortly before midnight on Tuesday.", "shortly before midnight on Tuesday", "2024-05-14TNI"),
        ("The truce ran out at midnight.", "midnight", "2024-05-15T00:00"),
        ("Images were taken at 0648Z 19APR2024.", "0648Z 19APR2024", "2024-04-19T06:48"),
        ("On the 24th she flew home.", "the 24th", "2024-04-24"),
        ("No rain has fallen since late Monday.", "since late Monday", "2024-05-13/2024-05-15"),
        # which Monday
        ("The court gave the firm until the end of Monday to pay.", "the end of Monday", "2024-05-20TEV"),
        ("He is to appear in court on Monday.", "Monday", "2024-05-20"),
        ("The union called a strike for Monday.", "Monday", "2024-05-20"),
        ("Monday's match against Ghana is sold out.", "Monday", "2024-05-20"),
        ("Trains are cancelled from Monday.", "Monday", "2024-05-20"),
        ("Drivers will strike over the sacking of a guard on Monday.", "Monday", "2024-05-13"),
        ("He will be questioned after the crash on Monday.", "Monday", "2024-05-13"),
        ("He will resign after the vote on Monday.", "Monday", "2024-05-20"),
        ("The port will stay shut following the storm overnight.", "overnight", "2024-05-14TNI"),
        ("Guns were heard on Monday night into Tuesday.", "Tuesday", "2024-05-14"),
        # what the text tells elsewhere
        ("On 4 June 2019 he had flown to Cairo. By 9 June he was back.", "9 June", "2019-06-09"),
        ("In 2018 she was elected. She died on 28 April.", "28 April", "2024-04-28"),
        ("In 2018 she was elected. She fell ill on 28 January.", "28 January", "2018-01-28"),
        ("Two days after the vote, lists from Sunday's poll came out.", "Two days after", "2024-05-14"),
        ("Residents returned a day after the attack. The attack was on Monday.", "a day after", "2024-05-14"),
        ("The envoy spoke to them a day before Thursday's start of talks.", "Thursday", "2024-05-16"),
        ("The rival is alleging fraud in Sunday's election.", "Sunday", "2024-05-12"),
        ("The rivals are preparing for Sunday's election.", "Sunday", "2024-05-19"),
        ("Nurses prepared for a walkout on Friday.", "Friday", "2024-05-17"),
        ("Buses were cancelled until Friday.", "Friday", "2024-05-17"),
        ("The office has issued a warning from Friday.", "Friday", "2024-05-17"),
        ("Rain will fall over the weekend.", "the weekend", "2024-W20-WE"),
        ("The next day she resigned.", "The next day", "2024-05-15"),
        ("The economy shrank in the final quarter of 2023.", "the final quarter of 2023", "2023-Q4"),
        # hours of a day
        ("Tomorrow's debate starts at 9pm.", "9pm", "2024-05-16T21:00"),
        ("They walk out from 9am to 4pm on 12 June.", "9am to 4pm on 12 June", "2024-06-12T09:00/2024-06-12T16:00"),
        ("The road will be shut between 9pm and 5am.", "9pm and 5am", "2024-05-15T21:00/2024-05-16T05:00"),
        ("It rained from late morning.", "late morning", "2024-05-15TMO"),
    ],
)  # fmt: skip
def test_days_that_lean_on_what_is_told(text: str, words: str, value: str) -> None:
    assert values(text)[words] == value


@pytest.mark.parametrize("text", ["They met on the 24th floor.", "Smoke rose into the night sky."])
def test_ordinals_and_nights_that_are_no_time(text: str) -> None:
    assert values(text) == {}
