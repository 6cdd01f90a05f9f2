"""A made-up story → a record that holds it as facts: pages as bytes, and the drafts of their posts, but nothing read.

The drafts are put together from what was made up, where a reader would need hours for as many words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from made_story import MadePost, story
from onrecord import posts, reading
from onrecord.model import Capture, Hints, Post, Settings, Telling
from onrecord.statements.draft import (
    DateDraft,
    Draft,
    FigureDraft,
    HappeningDraft,
    MentionDraft,
    PlaceDraft,
    Range,
    StatementDraft,
    dump,
)
from onrecord.store import Record, derived, facts

TOWNS = (
    "Lublin", "Radom", "Kielce", "Opole", "Tarnow", "Elblag", "Plock", "Kalisz", "Legnica", "Rybnik", "Torun", "Bytom",
    "Gdynia", "Sopot", "Olsztyn", "Zabrze", "Gliwice", "Sosnowiec", "Szczecin", "Koszalin", "Brno", "Ostrava", "Plzen",
    "Liberec", "Olomouc", "Pardubice", "Zlin", "Jihlava", "Opava", "Karvina", "Kosice", "Presov", "Nitra", "Zilina",
    "Trnava", "Martin", "Poprad", "Debrecen", "Szeged", "Miskolc", "Pecs", "Sopron", "Eger", "Szolnok", "Oradea",
    "Arad", "Sibiu", "Bacau", "Galati", "Braila", "Ploiesti", "Craiova", "Varna", "Burgas", "Pleven", "Sliven",
    "Dobrich", "Shumen", "Niksic", "Novi Sad", "Subotica", "Kragujevac", "Maribor", "Celje", "Rijeka", "Osijek",
    "Zadar", "Split", "Tuzla", "Zenica", "Mostar", "Bihac", "Durres", "Shkoder", "Bitola", "Prilep", "Patras",
    "Volos", "Larissa", "Kavala",
)  # fmt: skip
"""Real towns in place of invented ones, so that the gazetteer has them to look up."""
WORD, PARAGRAPH = re.compile(r"\w+"), re.compile(r"[^\n]+")


def fill(path: Path, statements: int) -> int:
    """A record with so many statements as facts and drafts; gives how many there are."""
    total = 0
    with Record.create(path, Settings("made", "UTC")) as record:
        for pages, said in _days(statements):
            with record.writing() as connection:
                for capture, drafts in pages:
                    key = capture.hints.page or capture.where
                    facts.take(connection, facts.page_id(key), key, capture, facts.packed(capture))
                    derived.keep_drafts(connection, "made", drafts)
            total += said
    return total


def _days(statements: int) -> Iterator[tuple[list[tuple[Capture, dict[str, bytes]]], int]]:
    """Of each day its pages with the drafts of their posts, and how many statements those make."""
    total = 0
    for day, group in groupby(story(), key=lambda post: _moment(post).date()):
        made = sorted(group, key=lambda post: (post.page, _moment(post)))
        pages = [_page(name, day, list(told)) for name, told in groupby(made, key=lambda post: post.page)]
        said = sum(post.statements for post in made)
        yield pages, said
        total += said
        if total >= statements:
            return


def _moment(post: MadePost) -> datetime:
    moment = post.tellings[0].time
    assert moment
    return moment


def _page(name: str, day: date, made: Sequence[MadePost]) -> tuple[Capture, dict[str, bytes]]:
    """A page with these posts, newest first, and the drafts of its posts as they are read from it."""
    key = f"https://{made[0].outlet.replace(' ', '-').casefold()}.example/{day}"
    body = "".join(_article(post) for post in reversed(made))
    head = f'<title>{name}</title><link rel="canonical" href="{key}">'
    whole = f"<!DOCTYPE html><html lang=en><head>{head}</head><body><main>{body}</main></body></html>".encode()
    seen = max(map(_moment, made)) + timedelta(minutes=5)
    capture = reading.capture_of(whole, key, Hints(outlet=made[0].outlet, tz="UTC", page=key, seen_at=seen))
    page, _, _ = reading.page_of(capture, Settings("made", "UTC"))
    told = {_name(post): post for post in made}
    assert {post.id for post in page.posts} == told.keys(), name
    return capture, {posts.revision_hash(post): dump(_draft(post, told[post.id])) for post in page.posts}


def _name(post: MadePost) -> str:
    return post.post.replace(".", "-")


def _article(post: MadePost) -> str:
    text = "".join(f"<p>{words}.</p>" for words in _paragraphs(post))
    at = f'<time itemprop="datePublished" datetime="{_moment(post).isoformat()}">then</time>'
    return (
        f'<article id="{_name(post)}" itemprop="liveBlogUpdate" itemscope '
        f'itemtype="https://schema.org/BlogPosting">{at}<div itemprop="articleBody">{text}</div></article>'
    )


def _paragraphs(post: MadePost) -> list[str]:
    """What the post says, a statement each, its town a real one, with the day where that is told."""
    first = post.tellings[0]
    town = first.places[0]
    said = {t.statement.id: t.statement.content[0].text for t in post.tellings}
    words = [text.replace(town.name, _town(first)) for text in said.values()]
    if first.dated and first.earliest:
        words[0] += f" on {first.earliest:%-d %B %Y}"
    return words


def _town(told: Telling) -> str:
    return TOWNS[int(told.places[0].id.partition(":")[2]) % len(TOWNS)] if told.places[0].id else "Lublin"


def _draft(post: Post, made: MadePost) -> Draft:
    """The draft of a post, with the spans that its words have in it."""
    ranges = [found.span() for found in PARAGRAPH.finditer(post.text)]
    ids = list(dict.fromkeys(t.statement.id for t in made.tellings))
    assert len(ranges) == len(ids), post.text
    where = dict(zip(ids, ranges, strict=True))
    mentions: list[MentionDraft] = []
    statements: list[StatementDraft] = []
    for name, (start, end) in where.items():
        said = next(t.statement for t in made.tellings if t.statement.id == name)
        who = said.speaker.name if said.speaker else None
        at = _find(post.text, who, start, end) if who else None
        if at:
            mentions.append(MentionDraft(*at, "person", who, sentence=len(statements)))
        statements.append(StatementDraft("attributed" if at else "own", ((start, end),), speaker=at))
    first, (start, end) = made.tellings[0], ranges[0]
    town, figure = _find(post.text, _town(first), start, end), first.figures[0]
    count = _find(post.text, f"{figure.value:.0f} were", start, end)
    assert town is not None
    assert count is not None
    return Draft(
        tuple(statements), tuple(mentions), (PlaceDraft(*town, _town(first)),), tuple(_dates(post, first, end)),
        (FigureDraft(count[0], count[1] - len(" were"), figure.value, None, "exact", figure.what),),
        tuple(_happenings(post, made, where, ids)), sentences=tuple(ranges),
    )  # fmt: skip


def _dates(post: Post, told: Telling, end: int) -> Iterator[DateDraft]:
    if told.dated and (day := told.earliest):
        words = f"{day:%-d %B %Y}"
        start = post.text.rindex(words, 0, end)
        yield DateDraft(start, start + len(words), "date", (str(day.year), str(day.month), str(day.day), "", ""))


def _happenings(post: Post, made: MadePost, where: dict[str, Range], ids: Sequence[str]) -> Iterator[HappeningDraft]:
    """Each happening at a word of its own of its statement."""
    taken: Counter[str] = Counter()
    for told in made.tellings:
        start, end = where[told.statement.id]
        words = [found.span() for found in WORD.finditer(post.text, start, end)]
        at = words[3 + 2 * taken[told.statement.id]]
        taken[told.statement.id] += 1
        happening = told.happening
        yield HappeningDraft(
            *at, happening.lemma, happening.kind, happening.reality, (start, end), ids.index(told.statement.id)
        )


def _find(text: str, words: str, start: int, end: int) -> Range | None:
    at = text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else None
