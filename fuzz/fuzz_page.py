"""Any bytes → a page or a problem: `make fuzz`, or `python fuzz/fuzz_page.py -max_total_time=60`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    import onrecord
    import onrecord.reading
    import onrecord.statements.parse_reader

NOON = datetime(2031, 4, 5, 12, tzinfo=UTC)
FAULTS = {"reader-fault", "evidence"}
"""Problems that only a fault of the reader makes."""
HEADS = (
    b"",
    b"<!doctype html><html><body><article id=1><time datetime=2031-04-05T10:00Z>",
    b'<script type="application/ld+json">{"@type":"LiveBlogPosting","liveBlogUpdate":[',
    b'<?xml version="1.0"?><rss><channel><item><title>',
    b"\xff\xfe",
)


def page_is_read(data: bytes) -> None:
    """Fails when a reader does."""
    source = atheris.FuzzedDataProvider(data)
    head = HEADS[source.ConsumeIntInRange(0, len(HEADS) - 1)]
    reading = onrecord.read(head + source.ConsumeBytes(4_000), published=NOON)
    found = FAULTS & {p.code for p in reading.problems + reading.page.problems}
    if found:
        raise AssertionError(f"{found}: {reading.problems}")


if __name__ == "__main__":
    onrecord.read_text("Two people died in Oslo, police said.", published=NOON)
    atheris.Setup(sys.argv, page_is_read)
    atheris.Fuzz()
