"""What the templates show → HTML, with times as readers see them and nothing unescaped."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources
from typing import get_args
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.model import KINDS, Reality
from onrecord.pages.map import shapes
from onrecord.pages.words import moment_words

SHAPES = ("reported", "claimed", "corroborated", "verified")


@cache
def environment() -> Environment:
    """The server's templates: everything is escaped, and a name that is not there fails."""
    made = Environment(
        loader=PackageLoader("onrecord", "server/templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["when"] = when
    made.globals["kinds"], made.globals["realities"] = KINDS, get_args(Reality)
    return made


def when(moment: datetime | None, zone: str) -> Markup:
    """A `time` element: the moment in the zone, and exact for programs and scripts."""
    if moment is None:
        return Markup("<span>no time given</span>")
    shown = moment_words(moment, ZoneInfo(zone))
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), shown)


def page(template: str, **values: object) -> str:
    """The template with these values."""
    return environment().get_template(template).render(**values)


@cache
def static(name: str) -> bytes | None:
    """A file that readers' browsers load, or None when there is none of that name."""
    if "/" in name.removeprefix("vendor/") or name.startswith("."):
        return None
    if name == "shapes.json":
        return shapes()
    if name == "story.css":
        return resources.files("onrecord").joinpath("pages/templates/story.css").read_bytes()
    file = resources.files("onrecord").joinpath("server/static", name)
    return file.read_bytes() if file.is_file() else None
