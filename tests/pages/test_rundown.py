"""What leads a rundown, and that planned things never read as done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.telling_maker import LOWMARK, NOON, OSTERBY, figure, speaker, telling

from onrecord import events
from onrecord.model import Conflict, Telling
from onrecord.pages import brief
from onrecord.pages.rundown import Line, rundown, when

MINISTRY = speaker("defence ministry", "Xanadu")
DAY = timedelta(days=1)


def lines(*told: Telling, since: datetime = NOON - DAY, until: datetime = NOON + DAY) -> list[Line]:
    return rundown(events.fold(told), since, until)


STRIKE = telling(
    "A missile struck the market hall in Osterby and killed nine", name="1", by=MINISTRY, figures=(figure(9),)
)
TALKS = telling("Leaders met in Lowmark for talks", name="2", kind="meeting", lemma="meet", place=LOWMARK)
PLAN = telling(
    "Engineers will bomb the old bridge of Lowmark", name="3", reality="planned", kind="bombing", place=LOWMARK
)


def test_deaths_lead_and_every_line_cites_exact_words() -> None:
    found = lines(TALKS, STRIKE)
    assert [line.evidence[0].statement for line in found] == ["s1", "s2"]
    assert found[0].evidence[0].words == STRIKE.statement.text
    assert found[0].standing == "claimed by defence ministry (Xanadu)"
    assert (found[0].where, found[0].when) == ("Osterby", "6 May 2031")


def test_the_toll_leads_the_line_of_what_caused_it() -> None:
    at: dict[str, Any] = {"post": "one", "place": OSTERBY}
    blast = telling(
        "A bomb exploded beside the market hall of Osterby", name="5", kind="bombing", lemma="explode", **at
    )
    toll = telling(
        "Seven people were killed by it in Osterby",
        name="6",
        kind="casualties",
        lemma="kill",
        figures=(figure(7),),
        **at,
    )
    (line,) = lines(blast, toll)
    assert line.what == "Seven people were killed by it in Osterby"
    assert [e.statement for e in line.evidence] == ["s6", "s5"]


def test_a_toll_of_two_strikes_is_no_line_twice() -> None:
    def blast(name: str, place: Any) -> tuple[Telling, Telling]:
        at: dict[str, Any] = {"post": name, "place": place}
        cause = telling(
            f"A bomb exploded in the port of {place.name}", name=name, kind="bombing", lemma="explode", **at
        )
        toll = "Seven people were killed in all, two towns count their dead"
        return cause, telling(toll, name=name + "t", kind="casualties", lemma="kill", figures=(figure(7),), **at)

    found = lines(*blast("5", OSTERBY), *blast("6", LOWMARK))
    assert len(found) == len({line.what for line in found})


def test_what_stands_against_one_answer_is_one_conflict() -> None:
    (event,) = events.fold([STRIKE])
    clashes = (
        Conflict("happened", ("s1", "s2"), ("a missile struck", "nothing fell")),
        Conflict("killed", ("s1", "s3"), ("9", "12")),
        Conflict("happened", ("s1", "s4"), ("a missile struck", "it was a gas leak")),
        Conflict("happened", ("s1", "s5"), ("a missile struck", "nothing fell")),
    )
    assert brief.part(replace(event, conflicts=clashes)).conflicts == (
        "said: “a missile struck” / denied: “nothing fell”, “it was a gas leak”",
        "killed: 9 / 12",
    )


def test_a_plan_says_so() -> None:
    (line,) = lines(PLAN)
    assert line.text == "planned: Engineers will bomb the old bridge of Lowmark"


def test_only_what_was_told_in_the_period() -> None:
    assert lines(STRIKE, since=NOON + DAY, until=NOON + 2 * DAY) == []
    assert lines(STRIKE, since=NOON, until=NOON + DAY)[0].new


def test_what_only_looks_back_comes_last() -> None:
    back = telling("A missile struck the market hall in Osterby last month", name="4", day=-30)
    assert [line.evidence[0].statement for line in lines(back, TALKS)] == ["s2", "s4"]


def test_ranges_of_days_in_words() -> None:
    assert when(NOON, NOON + DAY) == "6–7 May 2031"
    assert when(NOON.replace(day=1, hour=0), NOON.replace(month=6, day=1, hour=0) - timedelta(seconds=1)) == "May 2031"
    assert when(None, None) == ""


def test_who_denies_it_and_who_gave_in() -> None:
    army = speaker("army of Yonder", "Yonder")
    spokesman = speaker("Ada Quill", "army of Yonder", "person")
    denied = [
        telling(name=str(n), by=by, supports=False, act="denies", hours=n) for n, by in ((2, army), (3, spokesman))
    ]
    (open_,) = lines(STRIKE, *denied)
    assert open_.standing == "claimed by defence ministry (Xanadu); disputed: army of Yonder denies it"
    (closed,) = lines(STRIKE, *denied, telling(name="4", by=army, hours=5, standing="conceded"))
    assert closed.standing.endswith("; first denied by army of Yonder, then conceded")
    (again,) = lines(STRIKE, *denied, telling(name="4", by=army, hours=1, standing="conceded"))
    assert again.standing.endswith("; disputed: army of Yonder denies it; conceded")
