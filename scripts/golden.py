"""Writes the golden cases anew: input.* and hints.json → expected.json. Look at `git diff` afterwards."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import onrecord

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests/golden"
EXAMPLES = ROOT / "examples/lagen"


def cases() -> list[Path]:
    """The folders of all cases."""
    return sorted(path.parent for path in CASES.glob("*/hints.json"))


def source(case: Path) -> Path:
    """The file that the case reads: its own `input.*`, else the example that `hints.json` names."""
    found = next(iter(case.glob("input.*")), None)
    return found or EXAMPLES / hints(case)["file"]


def hints(case: Path) -> dict[str, str]:
    """What the case tells beside the file."""
    told: dict[str, str] = json.loads((case / "hints.json").read_text(encoding="utf-8"))
    return told


def read(case: Path) -> str:
    """What On Record reads from the case now, as the text of `expected.json`."""
    told = hints(case)
    published = datetime.fromisoformat(told["published"]) if "published" in told else None
    reading = onrecord.read(source(case), outlet=told.get("outlet"), tz=told.get("tz"), published=published)
    out = reading.to_dict()
    page = out["page"]
    assert isinstance(page, dict)
    page["path"] = source(case).name
    for problem in page["problems"]:
        problem["where"] = problem["where"].replace(str(source(case)), source(case).name)
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    for case in cases():
        (case / "expected.json").write_text(read(case), encoding="utf-8")
        print(case.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
