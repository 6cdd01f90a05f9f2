"""What is measured on: labelled pages, real where they are at hand, else invented; and made-up posts in any number."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import onrecord
from onrecord.model import Block, Page, Post, Setting
from onrecord.reading import capture_of, hints_of, page_of

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GATE = ROOT / "tests" / "gate" / "pages"


@dataclass(frozen=True)
class Labelled:
    """A page as the product splits it, with the file of its labels."""

    name: str
    body: bytes
    page: Page
    setting: Setting
    gold: dict[str, Any]

    def read(self) -> onrecord.Reading:
        """All that the product makes of it."""
        return onrecord.read(self.body, published=published(self.gold), outlet=self.gold["outlet"])


def pages() -> tuple[str, list[Labelled]]:
    """Where the pages come from, and the pages."""
    real = [(SHARED / "pages" / f"{gold.stem}.txt", gold) for gold in sorted((SHARED / "gold").glob("*.json"))]
    if real:
        return "real pages with labels", [_labelled(*pair) for pair in real]
    invented = [(text, text.with_suffix(".json")) for text in sorted(GATE.glob("*.txt"))]
    return "invented pages of tests/gate", [_labelled(*pair) for pair in invented]


def published(gold: dict[str, Any]) -> date:
    """The day of a labelled page."""
    return date.fromisoformat(gold["page_date"])


def _labelled(text: Path, labels: Path) -> Labelled:
    body, gold = text.read_bytes(), json.loads(labels.read_text("utf-8"))
    page, setting, _ = page_of(capture_of(body, text.name, hints_of(published=published(gold), outlet=gold["outlet"])))
    return Labelled(text.stem, body, page, setting, gold)


_PARTS = [
    "ka",
    "ro",
    "mi",
    "ten",
    "sul",
    "var",
    "do",
    "pe",
    "lin",
    "gar",
    "os",
    "ta",
    "ve",
    "nor",
    "bi",
    "chu",
    "zan",
    "el",
    "fo",
    "rud",
]
_SAID = (
    "{who}, the governor of {place}, said on {day} that at least {n} people had been killed and {m} wounded.",
    "“We have asked {body} for {n} trucks of flour by {day},” {who} told reporters near {place}.",
    "The {body} reportedly withdrew {m} soldiers from {place} overnight, according to two officials.",
    "Police in {place} arrested {m} people after protests over fuel prices, {who} added.",
    "The claim by {body} that {n} homes burned in {place} could not be independently verified.",
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def made(number: int, sentences: int = 3, seed: int = 5) -> Iterator[Post]:
    """Posts whose names, places and figures go on being new, as those of a long-running record do."""
    chance = random.Random(seed)

    def name() -> str:
        return "".join(chance.choices(_PARTS, k=3)).capitalize()

    for at in range(number):
        said = (
            chance.choice(_SAID).format(
                who=f"{name()} {name()}",
                place=name(),
                body=f"{name()} Council",
                day=chance.choice(_DAYS),
                n=chance.randint(5, 9_000),
                m=chance.randint(2, 400),
            )
            for _ in range(sentences)
        )
        text = " ".join(said)
        yield Post(f"p{at}", text, (Block("paragraph", 0, len(text)),))
