"""A capture → its page, by what the bytes show themselves to be."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from onrecord.model import Capture, Page, Problem
from onrecord.posts.agos import with_agos
from onrecord.posts.decode import MOST_HTML, MOST_TEXT, NotTextError, decode
from onrecord.posts.feed import is_feed, read_feed
from onrecord.posts.html import read_html
from onrecord.posts.jsonld import Value, loaded
from onrecord.posts.payload import read_payload
from onrecord.posts.plain import read_plain
from onrecord.sweeping import unswept

ENGLISH = "en"

_HEAD = 4000
_LEAST_TAGS = 5

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|span|article|section|meta|link|script|a|h[1-6]|time|li|ul|br)[\s>/]", re.IGNORECASE)


def read(capture: Capture) -> Page:
    """The page of a capture: its posts in page order, and problems for what can't be read. Bad bytes raise nothing."""
    where = capture.where
    if not capture.body.strip():
        return _none(
            where, Problem("empty-file", where, "it is empty", "check the file or fetch the page again", fatal=True)
        )
    head = capture.body[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("ÿþï»¿ \t\r\n")
    feed = is_feed(head[:1500])
    is_json = head[:1] in ("{", "[")
    is_html = not is_json and (_HTML.search(head[:1500]) is not None or len(_TAG.findall(head)) >= _LEAST_TAGS)
    try:
        most = MOST_HTML if is_html or is_json or feed else MOST_TEXT
        text, problems = decode(capture.body, where, most, capture.hints.charset)
    except NotTextError:
        why = "it is no text but a picture, an archive or the like"
        return _none(where, Problem("not-text", where, why, "give HTML or plain text", fatal=True))
    if feed:
        return _foreign(read_feed(text, capture, problems))
    value = loaded(text) if is_json else None
    if isinstance(value, dict | list):
        return _payload(value, capture, problems)
    if is_html or (is_json and len(_TAG.findall(head)) >= _LEAST_TAGS):
        with unswept(kept=False):
            page = with_agos(read_html(text, capture, problems), capture)
        return _foreign(page)
    return _foreign(with_agos(read_plain(text, capture, problems), capture))


def _payload(value: Value, capture: Capture, problems: list[Problem]) -> Page:
    page = read_payload(value, capture, problems)
    if page.posts:
        return _foreign(page)
    why = "it is JSON without anything that looks like posts"
    return _none(
        capture.where, Problem("no-posts", capture.where, why, "give the page as HTML or plain text", fatal=True)
    )


def _none(where: str, problem: Problem) -> Page:
    return Page(path=where, kind="text", text="", problems=(problem,))


def _foreign(page: Page) -> Page:
    """With a problem where the page is in a language that is not read further."""
    if page.language in (None, ENGLISH):
        return page
    why = f"it is in another language ({page.language}): its posts are given, but not read further"
    problem = Problem("language", page.path, why, "give a page in English")
    return replace(page, problems=tuple(chain(page.problems, (problem,))))
