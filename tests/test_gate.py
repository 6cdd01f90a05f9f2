"""The gate: quality floors on invented pages and passages. Lowering a floor needs a word in the commit that does it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import onrecord
from onrecord.model import Reading

GATE = Path(__file__).resolve().parent / "gate"
FLOORS = {"standing": 0.9, "act": 0.9, "voice": 0.9, "via": 0.9, "reality": 0.9}
LEAST = 10


@dataclass(frozen=True)
class Passage:
    """A few invented sentences and what must be read from them."""

    field: str
    label: str
    words: str
    text: str

    def right(self) -> bool:
        reading = onrecord.read_text(self.text, published=None, split=False)
        return self.label in (self.realities(reading) if self.field == "reality" else self.statements(reading))

    def statements(self, reading: Reading) -> set[str]:
        found = (s for post in reading.posts for s in post.statements if s.voice != "own")
        meant = [s for s in found if any(self.words.lower() in c.text.lower() for c in s.content)]
        if self.field == "via":
            return {" + ".join(sorted(s.via)) or "none" for s in meant}
        return {getattr(s, self.field) for s in meant}

    def realities(self, reading: Reading) -> set[str]:
        found = (h for post in reading.posts for h in post.happenings)
        return {h.reality for h in found if self.words.lower() in h.span.text.lower()}


def passages() -> list[Passage]:
    rows = (line.split("\t") for line in (GATE / "passages.tsv").read_text(encoding="utf-8").splitlines())
    return [Passage(r[0], r[1], r[2], r[3].replace(" / ", "\n")) for r in rows if not r[0].startswith("#")]


def test_every_label_stands_ten_times() -> None:
    counts = Counter((p.field, "" if p.field == "via" else p.label) for p in passages())
    assert sum(counts.values()) >= 150
    assert all(n >= LEAST for n in counts.values())


@pytest.mark.parametrize("field", FLOORS)
def test_passages_are_read_as_well_as_the_floor(field: str) -> None:
    of = [p for p in passages() if p.field == field]
    wrong = [p for p in of if not p.right()]
    share = 1 - len(wrong) / len(of)
    assert share >= FLOORS[field], "\n".join(f"{p.label}: {p.words}: {p.text}" for p in wrong)
