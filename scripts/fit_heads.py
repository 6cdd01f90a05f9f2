"""Live pages whose headlines are known → the weights in data/posts_heads.toml, by logistic regression.

A page is a text and beside it a JSON file of the same name: its `lines` with their numbers and kinds, its `posts` with
their titles, as in tests/gate/pages. The weights that ship were fitted on beginnings of real pages, which are others'
work and not in the repository. For how many lines are told rightly when each page is left out in turn, and with --write
for the file: python scripts/fit_heads.py FOLDER… [--write]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.posts.heads import candidates, signs
from onrecord.posts.lines import lines_of
from onrecord.posts.settle import settle
from onrecord.posts.words import plain

FILE = Path(__file__).parent.parent / "src/onrecord/data/posts_heads.toml"
PENALTY = 2.0
STEPS = 60
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A line that may be a headline."""

    page: str
    signs: dict[str, float]
    heads: bool


def rows(text: Path) -> Iterator[Row]:
    """The lines of a page that may be headlines, and whether each is one."""
    known = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
    kinds = {line["line"]: line["kind"] == "title" and line["post"] is not None for line in known["lines"]}
    titles = {plain(post["title"]) for post in known["posts"] if post["title"]}
    lines = lines_of(text.read_text(encoding="utf-8").replace("\r\n", "\n"))
    settle(lines)
    found = candidates(lines)
    for at, own in zip(found, signs(lines, found), strict=True):
        line = lines[at]
        if line.number + 1 in kinds:
            yield Row(str(text), own, kinds[line.number + 1] or line.plain in titles)


def fitted(x: Numbers, y: Numbers, weight: Numbers) -> Numbers:
    """The weights of the signs, the bias last: Newton's method, with a penalty on all but the bias."""
    penalty = np.eye(x.shape[1]) * PENALTY
    penalty[-1, -1] = 0.01
    out = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ out))
        slope = x.T @ (weight * (y - p)) - penalty @ out
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + penalty, slope)
        out += step
        if abs(step).max() < 1e-6:
            break
    return out


def told_rightly(pages: Sequence[str], x: Numbers, y: Numbers, weight: Numbers) -> float:
    """The share of lines told rightly by weights that were fitted without their page."""
    own = np.array(pages)
    right = 0
    for page in sorted(set(pages)):
        out = own == page
        right += int(((x[out] @ fitted(x[~out], y[~out], weight[~out]) > 0) == (y[out] > 0)).sum())
    return right / len(y)


def main() -> None:
    """Fit the weights and say how good they are."""
    folders = [Path(arg) for arg in sys.argv[1:] if not arg.startswith("-")]
    texts = [t for folder in folders for t in sorted(folder.glob("*.txt")) if t.with_suffix(".json").exists()]
    found = [row for text in texts for row in rows(text)]
    names = sorted(found[0].signs)
    often = Counter(row.page for row in found)
    x = np.array([[*(row.signs[name] for name in names), 1.0] for row in found])
    y = np.array([float(row.heads) for row in found])
    weight = np.array([often[row.page] ** -0.5 for row in found])
    weight *= len(weight) / weight.sum()
    share = told_rightly([row.page for row in found], x, y, weight)
    print(f"{len(found)} lines of {len(often)} pages, {int(y.sum())} headlines; told rightly left out: {share:.3f}")
    if "--write" in sys.argv:
        out = fitted(x, y, weight)
        head, _, _ = FILE.read_text(encoding="utf-8").partition("[weights]")
        body = [f"bias = {out[-1]:.2f}", *(f"{name} = {value:.2f}" for name, value in zip(names, out, strict=False))]
        FILE.write_text(head + "[weights]\n" + "\n".join(body) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
