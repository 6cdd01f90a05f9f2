"""A page and its gold file → what is wrong with the gold: offsets, line kinds, posts, ids and labels.

Run it after editing a gold file: python -m tests.gate.check
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGES = Path(__file__).resolve().parent / "pages"
KINDS = {"standfirst", "stamp", "title", "body", "byline", "caption", "credit", "label", "related", "signoff", "chrome"}
ACTS = {"asserts", "denies", "declines", "orders", "asks", "promises", "warns"}
STANDINGS = {"claimed", "unverified", "disputed", "unacknowledged", "conceded", "verified"}
PRECISIONS = {"time", "day", "week", "month", "season", "year", "range", "vague"}
BOUNDS = {"exact", "at_least", "at_most", "about", "more_than", "fewer_than", "up_to"}


def faults(gold: dict[str, Any], text: str) -> list[str]:
    """All that is wrong with a gold file, as sentences; empty when it is sound."""
    lines = text.split("\n")
    lines = lines[:-1] if not lines[-1] else lines
    return [
        *_of_lines(gold, lines),
        *_of_spans(gold, lines),
        *_of_statements(gold),
        *_of_labels(gold),
        *_of_events(gold),
    ]


def _of_lines(gold: dict[str, Any], lines: list[str]) -> Iterator[str]:
    if [row["line"] for row in gold["lines"]] != list(range(1, len(lines) + 1)):
        yield "the lines are not numbered one by one to the page's end"
    for row in gold["lines"]:
        if row["kind"] not in KINDS:
            yield f"line {row['line']}: no such kind: {row['kind']}"
    for post in gold["posts"]:
        own = [row["line"] for row in gold["lines"] if row["post"] == post["id"]]
        if not own or own != post["lines"]:
            yield f"post {post['id']}: its lines are {post['lines']}, and the lines say {own}"
        if post["title"] and post["title"] not in {lines[n - 1] for n in own}:
            yield f"post {post['id']}: its title is none of its lines"
    known = {post["id"] for post in gold["posts"]} | {None}
    yield from (f"line {row['line']}: no such post: {row['post']}" for row in gold["lines"] if row["post"] not in known)


def _spans(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in ("places", "dates", "figures"):
        yield from gold[part]
    for statement in gold["statements"]:
        yield from statement["content"]
        yield from (statement[part] for part in ("speaker", "cue") if statement[part])


def _of_spans(gold: dict[str, Any], lines: list[str]) -> Iterator[str]:
    for span in _spans(gold):
        found = lines[span["line"] - 1][span["start"] : span["end"]] if span["line"] <= len(lines) else None
        if found != span["text"] or not found:
            yield f"line {span['line']}: {span['text']!r} is not what stands there: {found!r}"


def _of_statements(gold: dict[str, Any]) -> Iterator[str]:
    ids = [statement["id"] for statement in gold["statements"]]
    if len(ids) != len(set(ids)):
        yield "two statements have one id"
    post_of = {row["line"]: row["post"] for row in gold["lines"]}
    for statement in gold["statements"]:
        where = f"statement {statement['id']}"
        if {post_of.get(span["line"]) for span in statement["content"]} != {statement["post"]}:
            yield f"{where}: its content is not in its post"
        if statement.get("nested_in", ids[0]) not in ids:
            yield f"{where}: nested in a statement that is not there"
        if (statement["speaker"] is None) != (statement["speaker_name"] == "unattributed"):
            yield f"{where}: a name without a speaker, or a speaker without a name"


def _of_labels(gold: dict[str, Any]) -> Iterator[str]:
    for statement in gold["statements"]:
        chosen = (statement["mode"] in {"direct", "indirect", "mixed"}, statement["act"] in ACTS)
        if not all(chosen) or statement["standing"] not in STANDINGS:
            yield f"statement {statement['id']}: no such mode, act or standing"
    for date in gold["dates"]:
        if date["precision"] not in PRECISIONS or ((date["value"] is None) and date["precision"] != "vague"):
            yield f"date {date['text']!r}: no such precision, or no value"
    for figure in gold["figures"]:
        if figure["bound"] not in BOUNDS or not figure["what"]:
            yield f"figure {figure['text']!r}: no such bound, or nothing counted"
    for item in [*gold["statements"], *gold["places"], *gold["dates"], *gold["figures"]]:
        if item.get("optional") and not item.get("why"):
            yield f"{item.get('text') or item['id']!r} is optional and does not say why"


def _of_events(gold: dict[str, Any]) -> Iterator[str]:
    statements, posts = {s["id"] for s in gold["statements"]}, {p["id"] for p in gold["posts"]}
    for event in gold["events"]:
        if not set(event["statements"]) <= statements or not set(event["posts"]) <= posts:
            yield f"event {event['id']}: a statement or post that is not there"


def main() -> int:
    wrong = 0
    for path in sorted(PAGES.glob("*.json")):
        if path.name == "hints.json":
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        for fault in faults(gold, (PAGES / gold["file"]).read_text(encoding="utf-8")):
            wrong += 1
            print(f"{path.name}: {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
