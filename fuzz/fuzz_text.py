"""Any text → a reading with verbatim evidence: `make fuzz`, or `python fuzz/fuzz_text.py -max_total_time=60`."""

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


def text_is_read(data: bytes) -> None:
    """Fails when a reader does, or where a span's words are not the text's."""
    source = atheris.FuzzedDataProvider(data)
    split = source.ConsumeBool()
    text = source.ConsumeUnicodeNoSurrogates(2_000)
    reading = onrecord.read_text(text, published=NOON, split=split)
    found = FAULTS & {p.code for p in reading.problems + reading.page.problems}
    if found:
        raise AssertionError(f"{found}: {reading.problems}")


if __name__ == "__main__":
    onrecord.read_text("Two people died in Oslo, police said.", published=NOON)
    atheris.Setup(sys.argv, text_is_read)
    atheris.Fuzz()
