"""The desk in the browser: each decision of the command line, its effect, its undo, and nothing of it for readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as Parser
from starlette.testclient import TestClient

from onrecord.deskwork import Held
from onrecord.model import Settings
from onrecord.server import desk_view
from onrecord.server.desk import DECISIONS, back_of
from onrecord.story import Story
from tests.server.conftest import one
from tests.server.desk_client import Seat, desk
from tests.serving import comes
from tests.story_maker import SENTENCES, live

POSTS = [(f"b{n}", text) for n, text in enumerate(SENTENCES)]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "story.db"
    with Story.create(path, Settings("Flood", "Europe/Oslo")) as story:
        story.add([live(POSTS)])
    return path


@pytest.fixture
def both(record: Path) -> Iterator[tuple[Seat, TestClient]]:
    with desk(record) as made:
        yield made


def events(record: Path) -> dict[str, str]:
    """Kind → id."""
    with Story.open(record) as story:
        return {e.kind: e.id for e in story.events()}


def decided(record: Path) -> list[Held]:
    with Story.open(record) as story:
        return story.desk.decisions()


def shown(reader: TestClient, path: str, words: str) -> bool:
    """Whether the words come to readers within the time in which news do."""
    return comes(lambda: words in reader.get(path).text)


def test_the_way_of_a_decision_and_back(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, reader = both
    event = f"/event/{events(record)['protest']}"
    before = reader.get(event).text
    answer = seat.post("/desk/verify", id=event.rpartition("/")[2], why="our reporter was there", back=event)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{event}#told")
    page = seat.tree(event)
    assert "verified" in one(page, ".standing").text()
    assert "our reporter was there" in one(page, "#desk").text()
    assert "Ana Prado" in one(page, "#desk .decision").text()
    assert "verified" in one(page, "#told").text()
    assert not seat.tree(event).css("#told")
    assert shown(reader, event, "verified")
    taken = decided(record)[0]
    assert (taken.decision.by, taken.decision.why) == ("Ana Prado", "our reporter was there")
    seat.post("/desk/undo", id=taken.taken.id, why="he was not", back=event)
    assert shown(reader, event, one(Parser(before), "p.standing").text().strip())
    listed = seat.tree("/desk").css(".decision")
    assert ["undone" in row.text() for row in listed] == [True, True]
    assert "off" in (listed[1].attributes["class"] or "")


def test_every_decision_that_can_be_undone_can_be_taken(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, _ = both
    known = events(record)
    with Story.open(record) as story:
        event = next(e for e in story.events() if len(e.tellings) > 1)
        post = next(v for v in story.posts() if v.reading.statements)
    first, telling = event.tellings[0], event.tellings[1]
    forms: dict[str, list[dict[str, str]]] = {
        "verify": [{"id": event.id, "why": "seen", "figure": f"{event.figures[0].what}={event.figures[0].low:g}"}],
        "correct": [
            {"id": first.statement.id, "speaker": "Per Lund", "side": "the company", "why": "misheard"},
            {
                "id": event.id,
                "place": "Otta, NO",
                "date": "2025-03-11",
                "kind": "natural disaster",
                "why": "the other town",
            },
            {"id": event.id, "figure": "killed=at least 5", "reality": "possible", "why": "the text says so"},
        ],
        "apart": [{"left": telling.statement.id, "id": event.id, "why": "another day"}],
        "same": [{"id": known["protest"], "with": f"http://localhost/event/{event.id}?tz=UTC#x", "why": "one day"}],
        "pin": [{"id": event.id}, {"id": post.anchor, "why": "what we know"}],
        "hide": [{"id": post.anchor, "why": "a rumour"}],
        "post": [{"title": "What we know", "text": "We have reached\r\nthe mayor."}],
        "undo": [],
    }
    assert forms.keys() == DECISIONS.keys()
    for kind, given in forms.items():
        for fields in given:
            answer = seat.post(f"/desk/{kind}", back="/", **fields)
            assert answer.status_code == 303, (kind, answer.text)
    taken = decided(record)
    assert [one.decision.kind for one in taken] == [kind for kind, given in forms.items() for _ in given]
    assert taken[-1].decision.text == "We have reached\nthe mayor."
    for held in reversed(taken):
        assert seat.post("/desk/undo", id=held.taken.id).status_code == 303
    with Story.open(record) as story:
        assert [e.headline for e in story.events()]
        assert sorted(events(record)) == sorted(known)


def test_what_may_be_the_same_is_offered_likest_first(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, _ = both
    with Story.open(record) as story:
        killed = [e for e in story.events() if "killed" in e.headline]
        post = next(v for v in story.posts() if v.reading.statements)
    name = killed[0].id
    boxes = seat.tree(f"/event/{name}").css("form[action='/desk/same'] input[type=checkbox]")
    ids = [box.attributes["value"] or "" for box in boxes]
    assert ids
    assert name not in ids
    assert len(ids) == len(set(ids)) <= desk_view.OFFERED
    assert seat.tree(f"/post/{post.anchor}").css("form[action='/desk/same'] input[type=checkbox]")
    assert seat.post("/desk/same", id=name, why="one day", back=f"/event/{name}").status_code == 400
    wrong = seat.post("/desk/same", id=name, **{"with": ids[:1]}, on_kind="event", on=name)
    assert one(Parser(wrong.text), "input[type=checkbox][checked]").attributes["value"] == ids[0]
    given = {"with": ids[:2], "why": "one day", "other": ""}
    assert seat.post("/desk/same", id=name, back=f"/event/{name}", **given).status_code == 303
    assert decided(record)[-1].decision.kind == "same"


def test_what_is_pinned_stands_on_the_map_of_every_period(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, reader = both
    with Story.open(record) as story:
        last = max(v.public_time for v in story.posts())
        old = next(
            e for e in story.events()
            if e.place and e.place.kind != "country" and e.place.lat is not None
            and all(t.time and t.time < last - timedelta(hours=1) for t in e.tellings)
        )  # fmt: skip
    assert old.place
    here = [s["href"] for s in reader.get("/map.json?hours=1").json()]
    assert f"/event/{old.id}" not in here
    seat.post("/desk/pin", id=old.id)
    assert shown(reader, "/map.json?hours=1", f"/event/{old.id}")
    assert shown(reader, "/?hours=1", '<span class="tag">pinned</span>')


def test_what_is_hidden_leads_to_the_list(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, reader = both
    name = events(record)["protest"]
    answer = seat.post("/desk/hide", id=name, why="a rumour", back=f"/event/{name}")
    assert answer.headers["location"] == "/desk#told"
    assert seat.client.get(f"/event/{name}").status_code == 404
    assert f'/event/{name}"' not in seat.client.get("/").text
    assert comes(lambda: reader.get(f"/event/{name}").status_code == 404)


def test_what_is_wrong_is_said_and_nothing_is_lost(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, _ = both
    name = events(record)["protest"]
    fields = {"id": name, "place": "Nowhereville", "why": "the <other> town", "on_kind": "event", "on": name}
    answer = seat.post("/desk/correct", back=f"/event/{name}", **fields)
    assert answer.status_code == 400
    page = Parser(answer.text)
    assert "No place is known as 'Nowhereville'" in one(page, "[role=alert]").text()
    assert one(page, "input[name=why]").attributes["value"] == "the <other> town"
    assert one(page, "input[name=back]").attributes["value"] == f"/event/{name}"
    for kind, given in (
        ("verify", {"id": name}), ("hide", {"id": "nothing", "why": "x"}), ("post", {}), ("undo", {"id": "d0"}),
        ("apart", {"id": name, "why": "x"}), ("same", {"id": name, "why": "x"}), ("pin", {}),
        ("hide", {"id": name, "why": "y" * 1001}), ("hide", {"id": name, "why": "y" * 2001}),
    ):  # fmt: skip
        answer = seat.post(f"/desk/{kind}", **given)
        assert answer.status_code in (400, 404), kind
        assert one(Parser(answer.text), "[role=alert]").text(), kind
    assert not decided(record)


def test_a_form_that_is_sent_twice_decides_once(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, _ = both
    for once in ("a", "a", "b"):
        assert seat.post("/desk/post", text="More soon.", once=once, back="/").status_code == 303
    assert len(decided(record)) == 2


def test_without_a_name_nobody_decides(record: Path) -> None:
    with desk(record, name="") as (seat, _):
        assert "Your name" in one(seat.tree("/desk"), "form[action='/desk/name']").text()
        assert not seat.tree("/").css("form[action='/desk/post']")
        assert seat.post("/desk/post", text="More soon.").status_code == 403
        seat.post("/desk/name", name="  Ana\r\n\x00 Prado " + "x" * 200)
        assert "Ana Prado x" in one(seat.tree("/"), ".desk-bar").text()
        seat.post("/desk/post", text="More soon.")
        assert len(decided(record)[0].decision.by) == 80


def test_nothing_is_decided_on_a_page_of_the_past(both: tuple[Seat, TestClient]) -> None:
    seat, _ = both
    assert seat.tree("/").css("details.quick")
    assert not seat.tree("/?recorded=1").css("details.quick, form[action='/desk/post']")


def test_readers_see_nothing_of_the_desk(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, reader = both
    name = events(record)["protest"]
    with Story.open(record) as story:
        anchor = next(v.anchor for v in story.posts())
    pages = ("/", "/stream", "/rundown", f"/event/{name}", f"/post/{anchor}", "/timeline", "/map", "/figures", "/embed")
    for path in pages:
        for first, second in ((seat.client, reader), (reader, seat.client)):
            first.get(path), second.get(path)
            part = {"HX-Request": "true"}
            first.get(path, headers=part)
            for answer in (reader.get(path), reader.get(path, headers=part)):
                assert "desk" not in answer.text.replace("the desk’s", ""), path
                assert seat.token not in answer.text
                assert answer.headers["cache-control"] == "no-cache"
        held = seat.client.get(path)
        assert ("/desk/leave" in held.text) == (path != "/embed"), path
        assert "content-encoding" not in held.headers or path == "/embed"
        etag = reader.get(path).headers["etag"]
        again = seat.client.get(path, headers={"If-None-Match": etag})
        assert again.status_code == (304 if path == "/embed" else 200)


def test_who_leaves_is_a_reader(both: tuple[Seat, TestClient]) -> None:
    seat, _ = both
    assert seat.post("/desk/leave").headers["location"] == "/"
    assert seat.client.get("/desk").status_code == 403
    assert seat.post("/desk/post", text="More soon.").status_code == 403


@pytest.mark.parametrize("back", ["/", "/event/e0123456789ab", "/?tz=Asia%2FTokyo&q=a+b", "/desk", "/timeline"])
def test_pages_of_ours_can_be_gone_back_to(back: str) -> None:
    assert back_of(back) == back


def test_the_list_goes_on(both: tuple[Seat, TestClient], record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.server.desk_view.LISTED", 2)
    seat, _ = both
    for text in ("One.", "Two.", "Three."):
        seat.post("/desk/post", text=text)
    page = seat.tree("/desk")
    assert ["Three" in page.css(".decision")[0].text(), len(page.css(".decision"))] == [True, 2]
    older = seat.tree(one(page, ".more a").attributes["href"] or "")
    assert "One." in one(older, ".decision").text()
    assert isinstance(seat.client.get("/desk?before=x"), httpx.Response)
    assert seat.client.get("/desk?before=x").status_code == 400
