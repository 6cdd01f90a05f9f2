"""Figures that can't both hold, and tolls that only rise."""

from __future__ import annotations

from dataclasses import replace

from tests.telling_maker import figure, speaker, telling

from onrecord import events
from onrecord.model import Event, Figure, Span

MINISTRY = speaker("defence ministry", "Xanadu")
GENERAL = speaker("Brom Tarn", "Xanadu", "person")


def told(*parts: tuple[Figure, object, float]) -> Event:
    """One event told with each (figure, speaker, hours)."""
    (event,) = events.fold(
        telling(name=str(n), by=by, hours=hours, figures=(f,), outlet=f"Outlet {n}")  # type: ignore[arg-type]
        for n, (f, by, hours) in enumerate(parts)
    )
    return event


def share(value: float) -> Figure:
    return figure(value, "share percent", text=f"{value:g} per cent", unit="percent")


def test_two_shares_stand_side_by_side() -> None:
    (conflict,) = told((share(80), MINISTRY, 0), (share(86), GENERAL, 1)).conflicts
    assert (conflict.what, conflict.values) == ("share percent", ("80 per cent", "86 per cent"))
    assert conflict.between == ("s0", "s1")


def test_one_speakers_changing_figure_is_a_series() -> None:
    event = told((figure(20), MINISTRY, 0), (figure(50), MINISTRY, 1), (figure(49), MINISTRY, 2))
    assert event.conflicts == ()
    (series,) = (w for w in event.why if w.step == "series")
    assert series.verdict.startswith("killed: 20 → 50 → 49 (defence ministry; 2031-05-06T12:00")
    assert event.headline_from.post == "post2"


def test_a_toll_that_rises_with_time_is_no_conflict() -> None:
    assert told((figure(5), MINISTRY, 0), (figure(11), GENERAL, 6)).conflicts == ()
    assert len(told((figure(5), MINISTRY, 0), (figure(11), GENERAL, 1)).conflicts) == 1
    assert len(told((figure(11), MINISTRY, 0), (figure(5), GENERAL, 6)).conflicts) == 1


def test_a_toll_that_is_corrected_is_no_conflict() -> None:
    first = telling(name="0", by=MINISTRY, figures=(figure(50),))
    words = "Brom Tarn revised to 49 the toll of the strike on the market hall in Osterby"
    later = telling(words, name="1", outlet="Outlet 1", hours=1, figures=(figure(49),))
    (event,) = events.fold([first, later])
    assert event.conflicts == ()
    rival = telling(words, name="1", by=speaker("army", "Yonder"), outlet="Outlet 1", hours=1, figures=(figure(49),))
    (event,) = events.fold([first, rival])
    assert [c.values for c in event.conflicts] == [("50", "49")]  # one side does not correct the other's count


def test_bounds_are_compared() -> None:
    assert told((figure(5, bound="at_least"), MINISTRY, 0), (figure(11), GENERAL, 1)).conflicts == ()
    assert len(told((figure(20, bound="at_least"), MINISTRY, 0), (figure(11), GENERAL, 1)).conflicts) == 1


def test_parts_of_a_number_contradict_nothing() -> None:
    other = telling(name="9", by=GENERAL, outlet="Evening Post", figures=(figure(7),))

    def found(*figures: Figure) -> list[tuple[str, str]]:
        first = telling(name="1", by=MINISTRY, figures=figures)
        (event,) = events.fold([first, other])
        return [c.values for c in event.conflicts]

    assert found(figure(12)) == [("12", "7")]
    assert found(at(0, 12), at(9, 4)) == [("12", "7")]
    assert found(at(0, 12), at(9, 11), at(20, 4)) == []
    assert found(figure(3, text="a third protester")) == []


def at(start: int, value: float) -> Figure:
    return replace(figure(value), span=Span("p", start, start + 2, f"{value:g}"))


def test_a_weaker_quake_is_another_one() -> None:
    def quake(value: float) -> Figure:
        return figure(value, "other: magnitude")

    assert told((quake(7.1), MINISTRY, 0), (quake(4), GENERAL, 1)).conflicts == ()
    assert len(told((quake(7.1), MINISTRY, 0), (quake(6.8), GENERAL, 1)).conflicts) == 1
