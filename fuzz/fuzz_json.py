"""Any JSON of the kind that live pages hand over → posts that hold together: `make fuzz`."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

import atheris
from fuzz_html import SLOWEST, checked

with atheris.instrument_imports(include=["onrecord.posts"]):
    from onrecord import posts
    from onrecord.model import Capture, Hints

NOON = datetime(2031, 4, 5, 12, tzinfo=UTC)
NAMES = (
    "id",
    "_id",
    "title",
    "headline",
    "html",
    "bodyHtml",
    "content",
    "blocks",
    "elements",
    "items",
    "time",
    "published_at",
    "date_gmt",
    "timestamp",
    "updated",
    "author",
    "authors",
    "name",
    "by",
    "node",
    "edges",
    "attributes",
    "keyEvent",
    "pinned",
    "status",
    "type",
    "deleted",
    "replaces",
    "groups",
    "refs",
    "item",
    "item_type",
    "url",
    "@type",
    "liveBlogUpdate",
    "@graph",
    "@id",
    "datePublished",
)
VALUES = (
    "2031-04-05T10:00:00Z",
    "1930134600",
    1930134600000,
    1930134600.5,
    "/Date(1930134600000)/",
    "Sat, 05 Apr 2031 10:00:00 +0000",
    "<p>The road is <a href='javascript:x()'>shut</a>.</p>",
    "Ana Sousa",
    "javascript:x()",
    "https://a.example/1",
    "draft",
    "LiveBlogPosting",
    None,
    True,
    False,
    0,
    -1,
    "",
    "paragraph",
    1e300,
    "99999999999999",
    2**70,
)


def _value(source: atheris.FuzzedDataProvider, depth: int) -> object:
    kind = source.ConsumeIntInRange(0, 5)
    if depth <= 0 or not source.remaining_bytes() or kind == 0:
        return VALUES[source.ConsumeIntInRange(0, len(VALUES) - 1)]
    if kind == 1:
        return source.ConsumeUnicodeNoSurrogates(20)
    if kind == 2:
        return source.ConsumeIntInRange(0, 40)
    if kind == 3:
        return [_value(source, depth - 1) for _ in range(source.ConsumeIntInRange(0, 5))]
    pairs = range(source.ConsumeIntInRange(0, 7))
    return {NAMES[source.ConsumeIntInRange(0, len(NAMES) - 1)]: _value(source, depth - 1) for _ in pairs}


def json_is_read(data: bytes) -> None:
    """Fails when a reader does, or takes long: as a payload, as metadata, as a page's data, and broken off."""
    source = atheris.FuzzedDataProvider(data)
    form = source.ConsumeIntInRange(0, 4)
    times = source.ConsumeIntInRange(1, 50)
    value = _value(source, 6)
    text = json.dumps([value] * times if form != 4 else value)
    page = {
        1: f'<html><script type="application/ld+json">{text}</script>',
        2: f"<html><title>Floods live</title><script>window.data = {text};</script>",
        3: f'<html><title>Floods live</title><script type="application/json" id="__NUXT_DATA__">{text}</script>',
    }.get(form, text)
    if source.ConsumeBool():
        page = page[: source.ConsumeIntInRange(0, len(page))]
    began = time.process_time()
    checked(posts.read(Capture("p", page.encode(), "0", NOON, Hints(outlet="Gazette", tz="UTC"))))
    assert time.process_time() - began < SLOWEST, "slow"


if __name__ == "__main__":
    atheris.Setup(sys.argv, json_is_read)
    atheris.Fuzz()
