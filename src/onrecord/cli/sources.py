"""`onrecord sources`: where a record's pages come from."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args
from urllib.parse import urlsplit

import click
import orjson

from onrecord.cli import options
from onrecord.errors import NotFoundError, UsageError
from onrecord.model import Rights, Source, Watched

if TYPE_CHECKING:
    from onrecord.story import Story

LEAST = 5.0
"""Seconds between two requests to somebody else's page, at least."""
MOST = 30 * 86_400.0
"""The same at most."""
KEYS = frozenset({"url", "outlet", "tz", "language", "rights", "every", "paused"})

address = click.argument("address", metavar="URL")


@click.group(
    epilog="""\b
Examples:
  onrecord sources add war.db https://news.example/live/1 --outlet "The Courier" --every 2m
  onrecord sources list war.db
  onrecord sources pause war.db https://news.example/live/1
  onrecord sources export war.db > sources.toml
  onrecord sources import war.db sources.toml"""
)
def sources() -> None:
    """Say where a record's pages come from; `onrecord watch` then keeps the record up with them."""


@sources.command("list")
@options.record
@options.as_json
def list_(record: Path, as_json: bool) -> int:
    """Show the sources and how each of them is."""
    from onrecord.story import Story

    now = datetime.now(UTC)
    with Story.open(record) as story:
        states = story.watched()
        for source in story.sources():
            _show(source, states.get(source.id), now, as_json=as_json)
    return 0


def _show(source: Source, state: Watched | None, now: datetime, *, as_json: bool) -> None:
    from onrecord.cli import terminal
    from onrecord.sources import watch

    health = watch.health(source, state, now)
    if as_json:
        click.echo(orjson.dumps({"id": source.id, **_row(source), "health": health, **_known(state or Watched())}))
        return
    terminal.say(f"{source.outlet or 'outlet as the page says'}  {source.url}")
    terminal.say(f"{health} (every {watch.span(source.every)} at most; rights: {source.rights})", 2)


def _known(state: Watched) -> dict[str, object]:
    return {
        "fetches": state.fetches, "versions": state.versions, "failures": state.failures, "problem": state.problem,
        "checked_at": state.checked_at, "changed_at": state.changed_at, "next_at": state.next_at, "wait": state.wait,
    }  # fmt: skip


def _row(source: Source) -> dict[str, object]:
    return {
        "url": source.url, "outlet": source.outlet, "tz": source.tz, "language": source.language,
        "rights": source.rights, "every": source.every, "paused": source.paused,
    }  # fmt: skip


@sources.command()
@options.record
@address
@click.option("--outlet", default="", metavar="NAME", help="Whose page it is, where it does not say so itself.")
@click.option("--tz", metavar="ZONE", help="The page's time zone, such as Europe/Kyiv, where it prints none.")
@click.option("--language", metavar="CODE", help="The page's language, such as en, where it does not say.")
@click.option(
    "--rights", type=click.Choice(get_args(Rights)), default="quote", show_default=True,
    help="How much of it may be shown: all, the words that a line rests on, or only where it stands.",
)  # fmt: skip
@click.option("--every", default="60s", show_default=True, metavar="TIME", help="How often at most: 30s, 5m, 1h.")
def add(record: Path, address: str, outlet: str, tz: str | None, language: str | None, rights: str, every: str) -> int:
    """Add a page to be watched; the record is made when missing. An address that is there gets these settings."""
    made = Source(address, outlet, tz, language, cast(Rights, rights), seconds(every))
    check(made)
    from onrecord.model import Settings
    from onrecord.story import Story

    with Story.create(record, Settings(), exist_ok=True) as story:
        story.keep_source(made)
    click.echo(f"added; watch it with: onrecord watch {record}", err=True)
    return 0


@sources.command()
@options.record
@address
def pause(record: Path, address: str) -> int:
    """Leave a page alone until it is resumed."""
    return _change(record, address, paused=True)


@sources.command()
@options.record
@address
def resume(record: Path, address: str) -> int:
    """Watch a page again that was paused, has failed or has ended; it is asked at once."""
    return _change(record, address, paused=False)


def _change(record: Path, address: str, *, paused: bool) -> int:
    from onrecord.story import Story

    with Story.open(record) as story:
        source = found(story, address)
        story.keep_source(replace(source, paused=paused))
        state = story.watched().get(source.id)
        if state and not paused:
            fresh = replace(state, next_at=None, failures=0, failing_since=None, problem="", closing="", ended="")
            story.keep_watched(source, replace(fresh, changed_at=datetime.now(UTC)))
    return 0


@sources.command()
@options.record
@address
def remove(record: Path, address: str) -> int:
    """Take a page out of the sources. What came from it stays in the record."""
    from onrecord.story import Story

    with Story.open(record) as story:
        story.drop_source(found(story, address))
    return 0


def found(story: Story, address: str) -> Source:
    """The source with that address or id. Raises `NotFoundError`."""
    for source in story.sources():
        if address in (source.url, source.id):
            return source
    raise NotFoundError(f"there is no source {address}", "onrecord sources list STORY.db shows them")


@sources.command()
@options.record
def export(record: Path) -> int:
    """Print the sources as TOML, to keep, to edit, or to import into another record."""
    from onrecord.story import Story

    with Story.open(record) as story:
        click.echo(written(story.sources()), nl=False)
    return 0


@sources.command("import")
@options.record
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def import_(record: Path, file: Path) -> int:
    """Add the sources that a TOML file names, all or none; `-` is standard input."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} can't be read: {error}", "give a TOML file, as export writes it") from error
    given = parsed(text, str(file))
    from onrecord.model import Settings
    from onrecord.story import Story

    with Story.create(record, Settings(), exist_ok=True) as story:
        for source in given:
            story.keep_source(source)
    click.echo(f"{len(given)} sources", err=True)
    return 0


# -- TOML --------------------------------------------------------------------------------------------------------------


def written(found: Iterable[Source]) -> str:
    """The sources as TOML."""
    out = []
    for source in found:
        lines = [f"{name} = {_value(value)}" for name, value in _row(source).items() if value not in (None, "", False)]
        out.append("\n".join(["[[source]]", *lines]))
    return "\n\n".join(out) + ("\n" if out else "")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")  # strings of JSON are strings of TOML


def parsed(text: str, where: str) -> list[Source]:
    """The sources of a TOML text. Raises `UsageError` that names what can't be taken."""
    try:
        tables = tomllib.loads(text).get("source", [])
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where} is no TOML: {error}", "onrecord sources export shows the form") from error
    if not isinstance(tables, list) or not tables:
        raise UsageError(f"{where} names no source", "begin each with a line [[source]]")
    made = [_source(table, f"{where}, source {number}") for number, table in enumerate(tables, 1)]
    for source in made:
        check(source)
    return made


def _source(table: object, where: str) -> Source:
    if not isinstance(table, dict) or not isinstance(table.get("url"), str):
        raise UsageError(f"{where} has no url", 'write url = "https://…"')
    if strange := sorted(set(table) - KEYS):
        raise UsageError(f"{where} has {strange[0]!r}, which there is not", f"keys are {', '.join(sorted(KEYS))}")
    every, paused = table.get("every", 60.0), table.get("paused", False)
    texts = {name: table.get(name) for name in ("outlet", "tz", "language", "rights")}
    if any(not isinstance(value, str | None) for value in texts.values()) or not isinstance(paused, bool):
        raise UsageError(f"{where} has a value of the wrong type", "texts stand in quotes; paused is true or false")
    rights = texts["rights"] or "quote"
    if rights not in get_args(Rights):
        raise UsageError(f"{where}: there are no rights {rights!r}", f"write one of {', '.join(get_args(Rights))}")
    often = seconds(every) if isinstance(every, str) else _number(every, where)
    outlet, tz, language = texts["outlet"] or "", texts["tz"], texts["language"]
    return Source(table["url"], outlet, tz, language, cast(Rights, rights), often, paused)


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{where}: {value!r} is no number of seconds", 'write every = 60, or "5m"')
    return float(value)


# -- checks ------------------------------------------------------------------------------------------------------------


def seconds(text: str) -> float:
    """A length of time, such as 30s, 5m, 1h, 2d. Raises `UsageError`."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s?([smhd]?)", text.strip())
    if not match:
        raise UsageError(f"{text!r} is no length of time", "write 30s, 5m, 1h or 2d")
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}[match[2]]


def check(source: Source) -> None:
    """Raises `UsageError` for a source that can't, or must not, be watched so."""
    try:
        parts = urlsplit(source.url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{source.url!r} is no address ({error})", "give one such as https://…") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{source.url!r} is no address of a page", "give one such as https://…")
    if source.tz:
        options.zone_of(source.tz)
    if not 0 < source.every <= MOST or (source.every < LEAST and not _own(host)):
        why = f"{source.every:g} seconds between requests to {host} are too few, or too many"
        raise UsageError(why, "take some such as --every 60s")


def _own(host: str) -> bool:
    """True for an address of this machine or a private network, where the user is host."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost"
