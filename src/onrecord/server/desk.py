"""The desk in the browser: whoever has its link takes the decisions of the command line on the page itself.

Its pages are made for each request, kept by no cache, and never packed: what is packed beside a secret tells of it.
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.desk import Taken
from onrecord.desk_values import correction
from onrecord.errors import NotFoundError, OnRecordError, UsageError
from onrecord.server import asked, desk_view, pages
from onrecord.server.access import LONGEST_NAME, Access, Fields, Refused, Session, form
from onrecord.server.board import Board
from onrecord.server.pages import Frame, Page, Seat
from onrecord.server.replies import safe
from onrecord.server.state import State
from onrecord.story import Story

SHOWN: frozenset[Page] = frozenset(
    (pages.front, pages.stream, pages.rundown, pages.event, pages.post, pages.timeline, pages.world, pages.figures)
)
"""Pages that show the desk's controls to who may use them."""
LONGEST = 2000
"""Characters of a field, but for the text of a post."""
_BACK = re.compile(
    r"/(?:(?:event|post)/[\w.:-]{1,80}|timeline|map|figures|rundown|desk)?(?:\?[\w%.~+=&:-]{0,2000})?", re.ASCII
)


def routes() -> Sequence[BaseRoute]:
    """The desk's addresses. Without a desk there is nothing at any of them."""
    return [
        Route("/desk", show, name="desk"),
        Route("/desk/enter", enter, name="desk-enter"),
        Route("/desk/name", rename, methods=["POST"], name="desk-name"),
        Route("/desk/leave", leave, methods=["POST"], name="desk-leave"),
        Route("/desk/{kind}", decide, methods=["POST"], name="desk-decide"),
    ]


# -- who -------------------------------------------------------------------------------------------------------------


def access(request: Request) -> Access:
    """Who may decide. Raises `HTTPException` where nobody may."""
    found: Access | None = request.app.state.access
    if found is None:
        raise HTTPException(404)
    return found


def seated(request: Request) -> Session:
    """The session of a request. Raises `HTTPException` without one."""
    found = access(request).session(request)
    if found is None:
        raise Refused(403, "The desk is for those who run this page", "open the link that onrecord serve printed")
    return found


async def enter(request: Request) -> Response:
    """Open the one-time link: it is spent, and the session begins."""
    doors = access(request)
    if request.method != "GET":  # a look at the headers spends nothing
        raise HTTPException(405, headers={"Allow": "GET"})
    if doors.session(request):
        return gone_to("/desk")
    found = doors.enter(request.query_params.get("key", ""))
    if found is None:
        raise Refused(403, "This link was used already, or is not of this server", "start the server anew for another")
    value, session = found
    answer = await page(request, session, partial(_plain, template="desk_enter.html.j2", title="At the desk"), State())
    answer.headers["Referrer-Policy"] = "strict-origin"  # the address holds a key, if a spent one
    doors.give(answer, value)
    return answer


async def rename(request: Request) -> Response:
    """Say who decides."""
    session = seated(request)
    fields = await form(request, session, request.app.state.setup.base)
    session.name = " ".join(Given(fields).one("name").split())[:LONGEST_NAME]
    return gone_to("/desk")


async def leave(request: Request) -> Response:
    """End the session."""
    session = seated(request)
    await form(request, session, request.app.state.setup.base)
    access(request).leave(session)
    answer = gone_to("/")
    access(request).take(answer)
    return answer


# -- pages -----------------------------------------------------------------------------------------------------------


async def page(request: Request, session: Session, make: Page, state: State, status: int = 200) -> Response:
    """A page with the desk's controls, for this session alone."""
    frame = asked.frame(request)
    if frame.path.startswith("/desk"):
        frame = replace(frame, path="/desk", part=False)
    back = state.but().url(frame.path if _BACK.fullmatch(frame.path) else "/")
    seat = Seat(
        session.name, session.token, secrets.token_hex(8), back, bool(session.name) and state.view.present, session.told
    )
    text, kind = await run_in_threadpool(make, request.app.state.board, state, replace(frame, desk=seat))
    if not frame.part:
        session.told = None
    return Response(text, status, private(), kind)


def private() -> Mapping[str, str]:
    """Headers of what is for the desk alone. Forms must say where they come from, so the referrer stays in the site."""
    return {**safe(), "Cache-Control": "no-store", "Vary": "Cookie, HX-Request", "Referrer-Policy": "same-origin"}


def _plain(board: Board, state: State, frame: Frame, template: str, title: str) -> tuple[str, str]:
    return pages.whole(frame, template, title, state, board)


async def show(request: Request) -> Response:
    """The decisions, newest first, with what became of them."""
    session = seated(request)
    if not session.name:
        return await page(
            request, session, partial(_plain, template="desk_enter.html.j2", title="At the desk"), State()
        )
    before = request.query_params.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 12):
        raise UsageError("there is no such page of decisions", "go back to the newest ones")
    state = State.of(dict(request.query_params))
    return await page(request, session, partial(_listed, before=int(before) if before else None), state)


def _listed(board: Board, state: State, frame: Frame, before: int | None) -> tuple[str, str]:
    rows, older = desk_view.listed(board, before)
    return pages.whole(frame, "desk.html.j2", "Decisions", state, board, rows=rows, older=older, before=before)


def _refused(
    board: Board, state: State, frame: Frame, kind: str, given: Given, error: OnRecordError
) -> tuple[str, str]:
    """The form again, with what was wrong with it."""
    try:
        upon = desk_view.upon(board, given.filled("on_kind"), given.filled("on"))
    except OnRecordError:
        upon = desk_view.Upon()
    return pages.whole(
        frame, "desk_refused.html.j2", "This was not decided", state, board, kind=kind, given=given, error=error,
        upon=upon, back=back_of(given.filled("back")),
    )  # fmt: skip


# -- deciding --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """What a form gives, as text that every format of ours can hold."""

    fields: Fields

    def one(self, name: str, most: int = LONGEST) -> str:
        """The field's value; empty without one. Raises `UsageError` for one that is too long."""
        return next(iter(self.many(name, most)), "")

    def many(self, name: str, most: int = LONGEST) -> list[str]:
        """Its values, where it may have several."""
        found = [clean(value) for value in self.fields.get(name, []) if value.strip()]
        if any(len(value) > most for value in found):
            raise UsageError(f"{name} is too long", f"write {most:,} characters at most")
        return found

    def filled(self, name: str) -> str:
        """The field's value as it was written, for the form that is shown again."""
        return next(map(clean, self.fields.get(name, [])), "")

    def ids(self, *names: str) -> list[str]:
        """Ids, or the addresses of pages of ours that end with one."""
        words = [word for name in names for value in self.many(name) for word in value.replace(",", " ").split()]
        return list(dict.fromkeys(re.split(r"[?#]", word)[0].rstrip("/").rpartition("/")[2] for word in words))


def clean(text: str) -> str:
    """Without characters that no format of text may hold, or that turn what stands around them."""
    turned = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    return "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in turned)).strip()


def _correct(story: Story, given: Given, by: str) -> Taken:
    names = ("speaker", "side", "kind", "reality", "place", "date", "figure")
    values = {name: given.one(name) or None for name in names}
    made = correction(**values, countries=story.settings.countries, tz=story.settings.tz)
    return story.desk.correct(given.one("id"), made, by=by, why=given.one("why"))


def _same(story: Story, given: Given, by: str) -> Taken:
    if not given.ids("with", "other"):
        raise UsageError("nothing was chosen to put it together with", "tick an event, or give the link of another")
    return story.desk.same(given.ids("id", "with", "other"), by=by, why=given.one("why"))


DECISIONS: dict[str, Callable[[Story, Given, str], Taken]] = {
    "same": _same,
    "apart": lambda s, g, by: s.desk.apart(g.ids("left"), g.ids("id"), by=by, why=g.one("why")),
    "correct": _correct,
    "hide": lambda s, g, by: s.desk.hide(g.one("id"), by=by, why=g.one("why")),
    "verify": lambda s, g, by: s.desk.verify(g.one("id"), by=by, note=g.one("why"), figure=g.one("figure") or None),
    "pin": lambda s, g, by: s.desk.pin(g.one("id"), by=by, why=g.one("why")),
    "post": lambda s, g, by: s.desk.post(g.one("text", 100_000), by=by, title=g.one("title")),
    "undo": lambda s, g, by: s.desk.undo(g.one("id"), by=by, why=g.one("why")),
}
"""What can be decided on the page: all that can be undone. Redactions are for the command line."""


class Room:
    """The record as the desk writes to it: one decision after the other."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._story: Story | None = None

    def take(self, kind: str, given: Given, by: str) -> tuple[Taken, str]:
        """(the decision, where to go from there). Raises `OnRecordError`."""
        with self._lock:
            self._story = self._story or Story.open(self._path)
            taken = DECISIONS[kind](self._story, given, by)
            return taken, _still(self._story, back_of(given.filled("back")))

    def close(self) -> None:
        """Let go of the record."""
        with self._lock:
            if self._story:
                self._story.close()
            self._story = None


def _still(story: Story, back: str) -> str:
    """The page to go back to; the list of decisions where it shows nothing any more."""
    kind, _, name = back.partition("?")[0].lstrip("/").partition("/")
    try:
        if kind == "event":
            story.event(name)
        elif kind == "post":
            story.post(name)
    except NotFoundError:
        return "/desk"
    return back


async def decide(request: Request) -> Response:
    """Take a decision, and show the page on which it was taken."""
    session = seated(request)
    given = Given(await form(request, session, request.app.state.setup.base))
    kind = request.path_params["kind"]
    if kind not in DECISIONS:
        raise HTTPException(404)
    if not session.name:
        raise Refused(403, "A decision needs somebody who takes it", "say who you are, on the desk's page")
    if not session.first(given.fields):
        return gone_to(back_of(given.filled("back")))
    room: Room = request.app.state.room
    try:
        taken, back = await run_in_threadpool(room.take, kind, given, session.name)
    except OnRecordError as error:
        session.forget(given.fields)
        status = 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, UsageError) else 503
        return await page(request, session, partial(_refused, kind=kind, given=given, error=error), State(), status)
    session.told = taken.id, desk_view.says(taken.decision)
    return gone_to(f"{back}#told")


def back_of(text: str) -> str:
    """A page of ours to go back to; anything else is the list of decisions."""
    return text if _BACK.fullmatch(text) else "/desk"


def gone_to(where: str) -> Response:
    """See that page instead."""
    return Response(status_code=303, headers={**private(), "Location": where})
