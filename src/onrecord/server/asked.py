"""A request → what its page needs to know beside its content."""

from __future__ import annotations

from starlette.requests import Request

from onrecord.server.pages import Frame


def base(request: Request) -> str:
    """The address that links of feeds and permalinks start with."""
    given: str = request.app.state.setup.base
    return given.rstrip("/") or str(request.base_url).rstrip("/")


def frame(request: Request) -> Frame:
    """The frame of the page that is asked for."""
    app = request.app.state
    return Frame(
        request.url.path, base(request), app.hub.mark, bool(request.headers.get("hx-request")), False, app.setup.live,
        next(iter(request.path_params.values()), ""),
    )  # fmt: skip
