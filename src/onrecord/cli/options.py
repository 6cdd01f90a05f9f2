"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from onrecord.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
record = click.argument("record", metavar="STORY.db", type=click.Path(path_type=Path))
paths = click.argument("paths", metavar="PATH…", nargs=-1, type=click.Path(path_type=Path))


def hints(command: Command) -> Command:
    """The options that say of a page what it does not print itself."""
    for option in (
        click.option(
            "--tz", metavar="ZONE", help="Time zone of the pages, such as Europe/Kyiv, where they print none."
        ),
        click.option(
            "--page", metavar="KEY", help="A key for the page, so that later captures of it are known to be one page."
        ),
        click.option(
            "--published",
            metavar="WHEN",
            help="The pages' date or moment, where they print none: 2025-03-13 or 2025-03-13T18:00.",
        ),
        click.option("--outlet", metavar="NAME", help="Who published the pages, where they print no name."),
    ):
        command = option(command)
    return command


def view(command: Command) -> Command:
    """The options that say which state of the record is meant."""
    for option in (
        click.option("--since", metavar="WHEN", help="Only what is newer: a moment, or an age such as 24h or 3d."),
        click.option(
            "--recorded", metavar="N", type=click.IntRange(min=0), help="As the record was after its change number N."
        ),
        click.option("--as-of", metavar="WHEN", help="As it could be known at that moment of public time."),
    ):
        command = option(command)
    return command


def moment(text: str | None, zone: str, *, end: bool = False) -> datetime | None:
    """The aware moment that an option's value means; a bare date is its first second, or its last with `end`.

    An age (`24h`, `3d`, `45m`) counts back from now. Raises `UsageError` for anything else.
    """
    if text is None:
        return None
    if age := re.fullmatch(r"(\d{1,5})([mhdw])", text.strip()):
        unit = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[age[2]]
        return datetime.now(UTC) - timedelta(**{unit: int(age[1])})
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no moment", "write 2025-03-13, 2025-03-13T18:00 or an age such as 24h"
        ) from error
    if end and len(text.strip()) <= 10:
        when += timedelta(days=1, seconds=-1)
    return when if when.tzinfo else when.replace(tzinfo=zone_of(zone))


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name. Raises `UsageError`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(
            f"there is no time zone {name!r}", "write one such as UTC, Europe/Kyiv or America/Sao_Paulo"
        ) from error
