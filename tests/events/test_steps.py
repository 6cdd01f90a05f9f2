"""How a standing came about, and dates that can't both hold."""

from __future__ import annotations

from tests.telling_maker import NOON, figure, speaker, telling

from onrecord import events
from onrecord.events import conflicts
from onrecord.model import Event, Telling

MINISTRY = speaker("defence ministry", "Xanadu")
REBELS = speaker("Free Oster Front", "Free Oster Front")
MONITOR = speaker("Oster Monitor")


def one(*told: Telling) -> Event:
    (event,) = events.fold(told)
    return event


def steps(event: Event, what: str | None = None) -> list[tuple[str, str, str]]:
    return [(s.name, s.statement, s.who) for s in event.history if s.what == what]


def test_each_step_with_its_statement_time_and_voice() -> None:
    event = one(
        telling(name="1", hours=0, outlet="Morning Ledger"),
        telling(name="2", by=MINISTRY, hours=1, standing="unverified"),
        telling(name="3", by=MINISTRY, hours=2, outlet="Evening Post"),
        telling(name="4", by=MONITOR, hours=3),
        telling(name="5", by=MONITOR, hours=4, standing="verified"),
    )
    assert steps(event) == [
        ("reported", "s1", "Morning Ledger"),
        ("claimed", "s2", "defence ministry"),
        ("unverified", "s2", "defence ministry"),
        ("corroborated", "s4", "Oster Monitor"),
        ("verified", "s5", "Oster Monitor"),
    ]
    assert event.history[0].at == NOON
    assert event.history[-1].name == event.claim.standing


def test_a_denial_and_who_gives_it_up() -> None:
    event = one(
        telling(name="1", by=REBELS, hours=0),
        telling(name="2", by=MINISTRY, hours=1, supports=False, act="denies"),
        telling(name="3", by=MINISTRY, hours=2, supports=False, act="denies", outlet="Evening Post"),
        telling(name="4", by=MINISTRY, hours=9),
    )
    assert [name for name, _, _ in steps(event)] == ["claimed", "denied", "corroborated", "conceded"]
    assert event.claim.conceded


def test_a_figure_has_steps_of_its_own() -> None:
    event = one(
        telling(name="1", by=MINISTRY, hours=0, figures=(figure(5),)),
        telling(name="2", by=MONITOR, hours=1, figures=(figure(5),), standing="verified"),
        telling(name="3", by=REBELS, hours=2, figures=(figure(11),)),
    )
    assert steps(event, "killed") == [
        ("claimed", "s1", "defence ministry"),
        ("verified", "s2", "Oster Monitor"),
        ("claimed", "s3", "Free Oster Front"),
    ]


def test_two_voices_with_different_days_conflict() -> None:
    told = [telling(name="1", by=MINISTRY, day=0), telling(name="2", by=MONITOR, day=2)]
    (clash,) = conflicts.find(told, ("supports", "supports"), ())
    assert (clash.what, clash.values) == ("date", ("2031-05-06", "2031-05-08"))
    own = [telling(name="1", by=MINISTRY, day=0), telling(name="2", by=MINISTRY, day=2)]
    assert conflicts.find(own, ("supports", "supports"), ()) == ()
