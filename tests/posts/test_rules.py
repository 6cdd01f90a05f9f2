"""Outlet rules: dated, and read from data."""
# ruff: noqa: E501

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from onrecord import posts
from onrecord.model import Capture, Hints, Page
from onrecord.posts import rules

MESSAGE = (
    '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="tanawatch/{n}" data-view="e">'
    '<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name">'
    "<span>Tana Watch</span></a></div>{forwarded}{text}"
    '<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info"><span class="tgme_widget_message_views">1.2K</span>'
    '<span class="copyonly"> views</span><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/tanawatch/{n}">'
    '<time datetime="2031-03-0{n}T10:0{n}:00+03:00" class="time">10:0{n}</time></a></span></div></div></div></div></div>'
)  # fmt: skip
FORWARDED = '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from <a href="/x"><span>Miro Council</span></a></div>'


def page(body: str) -> Page:
    html = f"<!doctype html><html><head><title>Tana Watch</title></head><body><main>{body}</main></body></html>"
    hints = Hints(url="https://t.me/s/tanawatch")
    return posts.read(Capture("page.html", html.encode(), "0", datetime(2031, 3, 9, tzinfo=UTC), hints))


def text(words: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>'


def test_a_public_channel() -> None:
    first = MESSAGE.format(n=1, forwarded="", text=text("The dam holds.<br/>Stay off the bridge."))
    second = MESSAGE.format(n=2, forwarded=FORWARDED, text=text("The <b>market</b> is shut."))
    picture = MESSAGE.format(n=7, forwarded="", text="")
    read = page(first + second + picture)
    assert [(p.id, p.text, p.via) for p in read.posts] == [
        ("tanawatch/1", "The dam holds.\nStay off the bridge.", ()),
        ("tanawatch/2", "The market is shut.", ("Miro Council",)),
        ("tanawatch/7", "", ()),
    ]
    assert [p.time and p.time.isoformat() for p in read.posts] == [f"2031-03-0{n}T10:0{n}:00+03:00" for n in (1, 2, 7)]
    assert [p.author for p in read.posts] == [None] * 3


def test_a_rule_holds_between_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    old = rules.Rule(("radio.example",), date(2029, 1, 1), date(2030, 6, 30), ".old")
    new = rules.Rule(("radio.example",), date(2030, 7, 1), date.max, ".new")
    monkeypatch.setattr(rules, "_rules", lambda: [old, new])
    assert rules.rule_for("https://www.radio.example/x", date(2030, 6, 30)) is old
    assert rules.rule_for("https://radio.example/x", date(2030, 7, 1)) is new
    assert rules.rule_for("https://radio.example/x", date(2028, 7, 1)) is None
    assert rules.rule_for("https://otherradio.example/x", date(2030, 7, 1)) is None
