"""What is known of the sources → metrics in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from onrecord.model import Source, Watched

_Value = Callable[[Source, Watched], float]

_METRICS: tuple[tuple[str, str, str, _Value], ...] = (
    ("requests_total", "counter", "Requests for the source's page.", lambda _, w: w.fetches),
    ("versions_total", "counter", "Versions of posts that the source brought.", lambda _, w: w.versions),
    ("failures", "gauge", "Failed requests running.", lambda _, w: w.failures),
    ("up", "gauge", "1 while the source answers, is not paused and has not ended.",
     lambda s, w: not (w.failures or w.ended or s.paused)),
    ("gap", "gauge", "1 while posts of the source may be missing.", lambda _, w: bool(w.gap)),
    ("wait_seconds", "gauge", "Seconds between requests, at present.", lambda _, w: w.wait),
    ("checked_timestamp_seconds", "gauge", "The last answer.", lambda _, w: _stamp(w.checked_at)),
    ("changed_timestamp_seconds", "gauge", "The last new, edited or removed post.", lambda _, w: _stamp(w.changed_at)),
)  # fmt: skip


def text(states: Iterable[tuple[Source, Watched]], change: int) -> str:
    """The metrics of the sources, and the record's last change number."""
    found = sorted(states, key=lambda pair: pair[0].url)
    out = ["# HELP onrecord_change The record's last change number.", "# TYPE onrecord_change gauge"]
    out.append(f"onrecord_change {change}")
    for name, kind, help_text, value in _METRICS:
        out += [f"# HELP onrecord_source_{name} {help_text}", f"# TYPE onrecord_source_{name} {kind}"]
        out += [f"onrecord_source_{name}{_labels(source)} {_number(value(source, state))}" for source, state in found]
    return "\n".join(out) + "\n"


def _labels(source: Source) -> str:
    return f'{{url="{_quoted(source.url)}",outlet="{_quoted(source.outlet)}"}}'


def _quoted(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
