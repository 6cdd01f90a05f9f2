"""A post as it is written → its form: the pattern that fits all posts written like it, and the tree that they share.

What the posts of a form differ in are the groups of its pattern: texts, values of attributes, and runs of paragraphs,
of which each post may hold any number. In the form's tree a run is one paragraph.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING

from onrecord.posts.dom import Dom, dom_of_tags
from onrecord.posts.marks import (
    CLOSED,
    ID_START,
    MACHINE,
    PLACED,
    SAYING,
    TELLING,
    Content,
    Given,
    Mark,
    Tag,
    content_of,
    tag_of,
    written,
)
from onrecord.posts.runs import BLANK, INNER, mark_of, plainly_inside

if TYPE_CHECKING:
    from onrecord.posts.planned import Planned, Shape

_MOST_TAGS = 500
"""Longer posts than these have no form."""
_SPACES = " \n\t\f"
_TEXT = rf"({BLANK}*+[^<\s][^<]*+)"
_VALUE = '([^"]*+)'
"""As in texts, brackets and whatever else is unsure is looked for later, in many posts at once."""
_BARE = " itemscope"
_FILLER = "x" * 100
"""What stands for a run of paragraphs in the tree."""
_LEAST_RUN = 80
"""So many letters make a run that is surely no header."""
_RUN = Mark.BLOCK | Mark.NAMED
_MOST_KEPT = 256
_HEADING = Mark.HEADING | Mark.HEADLINE
_NAMING = Mark.KEY | Mark.AUTHOR | Mark.CHANGED | Mark.CLOCK | Mark.ROLE | Mark.NAME
UNSURE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|[lr][sd]quo|[nm]dash|hellip|#0?39|#8\d{3}|#x20[0-9a-fA-F]{2});)")
"""What another reader of HTML may take for another sign."""
_FURTHER = re.compile(r"&(?!amp;|lt;|gt;|quot;|nbsp;)#?\w{2,8};")
OTHER = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp);)")

Groups = Sequence[str]


@dataclass(slots=True)
class Values:
    """The attributes of a tag."""

    shared: Given
    """All of them; of those in which posts differ the values of one."""
    changing: tuple[tuple[str, int], ...]
    """The names of these, each with the group that holds its value."""

    def given(self, groups: Groups) -> Given:
        """The attributes in one post."""
        out = self.shared.copy()
        for name, group in self.changing:
            out[name] = groups[group]
        return out


@dataclass(slots=True, eq=False)
class Form:
    """What posts share that are written with the same tags."""

    first: str
    """How all its posts begin, up to the first quote of their id."""
    match: Callable[[str, int], re.Match[str] | None]
    tree: Dom
    places: dict[int, int]
    """The place of a text in the tree → its group."""
    values: dict[int, Values]
    """The place of an element → its attributes, where posts differ in them."""
    runs: dict[int, int]
    """The place of a run's text → its number."""
    runs_at: list[int]
    """The group of each run up to the first tag that stands inside of a paragraph; the next group holds the rest."""
    checked: list[tuple[Tag, Values, int]]
    """Tags whose values may say what they are: their values, and the number that says that they are the same."""
    texts: list[int]
    """The groups of texts outside of runs."""
    attributes: list[int]
    """The groups of attributes."""
    near: list[int]
    """The groups whose words bear on where a post tells what."""
    others: list[int]
    """The other texts: of them it matters only whether they may be a clock, a name or a label."""
    headlines: list[int]
    """Those of them that may be headlines if they are not too long."""
    plain: bool
    """False where runs bear on where a post tells what, however long they are."""
    least: int
    """So many letters a run holds that is surely no header; 0 where none could be one."""
    plans: dict[tzinfo, dict[Hashable, Planned | None]] = field(default_factory=dict)
    """What `planned` found out of posts that say the same small words, by the zone of their page."""
    shapes: dict[Hashable, Shape] = field(default_factory=dict)
    """Where these tell what."""

    def tree_of(self, groups: Groups) -> Dom:
        """The tree with a post's own texts and values, each run as one paragraph."""
        shared = self.tree
        texts, given = list(shared.texts), list(shared.given)
        for place, group in self.places.items():
            texts[place] = groups[group]
        for place, values in self.values.items():
            given[place] = values.given(groups)
        before = zip(shared.texts, shared.told, shared.told[1:], strict=False)
        held = [bool(text) and after > start for text, start, after in before]
        sizes = [len(text.strip()) for text in texts]
        return Dom(
            tags=shared.tags, given=given, texts=texts, above=shared.above, ends=shared.ends, marks=shared.marks,
            letters=[0, *accumulate(sizes)], told=[0, *accumulate(map(mul, sizes, held))], insets=shared.insets,
            telling=[i for i, tag in enumerate(shared.tags) if tag in ("", "a") or shared.marks[i] & TELLING],
            layouts=shared.layouts,
        )  # fmt: skip


def _valued(head: str) -> str:
    """A tag with a value for the one attribute that pages write without: the parser gives it an empty one."""
    return f"{head} ".replace(f"{_BARE} ", f'{_BARE}="" ')[:-1] if _BARE in head else head


def as_written(source: str) -> Dom:
    """A post's own tree, just as its tags stand."""
    if "/>" in source:
        source = source.replace(" />", ">").replace("/>", ">")
    if _BARE in source:
        source = source.replace(f"{_BARE}>", f'{_BARE}="">').replace(f"{_BARE} ", f'{_BARE}="" ')
    if "&" in source:
        source = _FURTHER.sub(lambda found: html.unescape(found[0]), source)
    return dom_of_tags(source.rstrip(_SPACES))


@dataclass(slots=True)
class _Draft:
    """A form while it is made."""

    first: str
    pattern: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    groups: int = 0
    place: int = 0
    places: dict[int, int] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)
    runs: dict[int, int] = field(default_factory=dict)
    runs_at: list[int] = field(default_factory=list)
    checked: list[tuple[Tag, Values, int]] = field(default_factory=list)

    def group(self) -> int:
        self.groups += 1
        return self.groups - 1


def cut(piece: str) -> tuple[list[str], list[str]] | None:
    """The tags of a post without their brackets, as they stand, and the text behind each; None where that is unsure."""
    parts = piece.replace(">", "<").split("<")
    heads, texts = parts[1::2], parts[2::2]
    if len(parts) % 2 == 0 or parts[0] or not heads or len(heads) > _MOST_TAGS or texts[-1].strip(_SPACES):
        return None
    return heads, texts


def form_of(first: str, piece: str) -> Form | None:
    """The form of a post as it is written; None where it is not plainly written, or holds next to no words.

    `first` is how all posts of the page begin, up to the first quote of their id, and `piece` is the rest.
    """
    parts = cut(first + piece)
    if parts is None or UNSURE.search(piece):
        return None
    heads, texts = parts
    bare = [_valued(head.rstrip("/ ") if head[-1:] == "/" else head) for head in heads]
    if not all(written(head)[0] for head in bare) or not _is_closed(bare):
        return None
    draft = _Draft(first)
    i, open_links = 0, 0
    while i < len(heads):
        open_links += (bare[i] == "a" or bare[i].startswith("a ")) - (bare[i] == "/a")
        run = _run_end(bare, texts, i) if not open_links and i else i
        if run > i:
            _add_run(draft, bare[i])
            i = run
            continue
        _add_tag(draft, heads[i], bare[i])
        _add_text(draft, texts[i], last=i == len(heads) - 1)
        i += 1
    return _formed(draft)


def _is_closed(heads: Sequence[str]) -> bool:
    """Whether each tag that may hold something is closed by its own, the first one last."""
    open_: list[str] = []
    for head in heads:
        if head[0] == "/":
            if not open_ or open_.pop() != head[1:]:
                return False
        elif content_of(tag := head.split(" ", 1)[0]) == Content.ANY:
            if not open_ and head is not heads[0]:
                return False
            open_.append(tag)
        elif not open_:
            return False
    return not open_


# -- the pattern -------------------------------------------------------------------------------------------------------


def _add_tag(draft: _Draft, head: str, bare: str) -> None:
    draft.markup.append(f"<{bare}>")
    end = re.escape(head[len(head.rstrip("/ ")) :]) if head[-1:] == "/" else ""
    if bare[0] == "/":
        draft.pattern.append(f"<{re.escape(bare)}{end}>")
        return
    tag = tag_of(bare)
    assert tag is not None
    own = written(bare)[1]
    values: list[tuple[str, int]] = []
    telling, pattern = False, f"<{tag.name}"
    known = draft.first.count('="') - 1 if not draft.place else -1
    for at, (name, value) in enumerate(own.items()):
        if name == _BARE[1:] and not value and f'{_BARE}="' not in head:
            pattern += _BARE
            continue
        own_pattern, checked = ("", False) if at < known else _value_pattern(name, value)
        pattern = "" if at == known else f'{pattern} {re.escape(name)}="'
        pattern += f'{own_pattern or re.escape(_raw(bare, name))}"'
        telling = telling or checked
        if own_pattern:
            values.append((name, draft.group()))
    draft.pattern.append(f"{pattern}{end}>")
    found = Values(own, tuple(values))
    if values:
        draft.values[draft.place] = found
    if telling:
        draft.checked.append((tag, found, written(bare)[0]))
    draft.place += 1


def _raw(bare: str, name: str) -> str:
    """The value of an attribute as it is written."""
    return bare.split(f' {name}="', 1)[1].split('"', 1)[0]


def _value_pattern(name: str, value: str) -> tuple[str, bool]:
    """The pattern of an attribute's values, "" where they must be the same; whether each has to be looked at."""
    if name == "id":
        return f"({_same_start(value)}{_VALUE[1:]}", False
    if name == "title":
        return (f'((?{"=" if MACHINE.match(value) else "!"}{MACHINE.pattern})[^"<>]*+)', False)
    if name in SAYING:
        return (_VALUE, True) if any(map(str.isdecimal, value)) else ("", False)
    return _VALUE, False


def _same_start(own: str) -> str:
    """The pattern of the letters that ids begin with which say as much as those of this one."""
    found = ID_START.match(own)
    if found is None:
        return f"(?!{ID_START.pattern})"
    more = "(?![-_][a-zA-Z]{3,30}(?![a-zA-Z]))" if found[0].isalpha() else ""
    return f"{re.escape(found[0])}(?![a-zA-Z]){more}"


def _add_text(draft: _Draft, text: str, *, last: bool) -> None:
    if last:
        draft.pattern.append(f"{BLANK}*+")
    elif text.strip():
        draft.pattern.append(_TEXT)
        draft.places[draft.place] = draft.group()
        draft.markup.append(text)
        draft.place += 1
    elif text.strip(_SPACES):
        draft.pattern.append(re.escape(text))
        draft.markup.append(text)
        draft.place += 1
    elif text:
        draft.pattern.append(f"{BLANK}++")
        draft.markup.append(" ")
        draft.place += 1


# -- runs of paragraphs ------------------------------------------------------------------------------------------------


def _run_end(heads: Sequence[str], texts: Sequence[str], start: int) -> int:
    """Where the run of plain paragraphs ends that begins there; `start` itself where none does."""
    head = heads[start]
    if head != "p" and not head.startswith("p "):
        return start
    if mark_of(head) & ~_RUN:
        return start
    at = start
    while at < len(heads) and _like(heads[at], head):
        close = _paragraph_end(heads, at)
        if not close:
            break
        at = close + 1
        if texts[close].strip(_SPACES):
            return start
    return at


def _like(head: str, other: str) -> bool:
    """Whether two tags of paragraphs are of one run."""
    return head == other or (head.startswith("p ") and _run_head(head) == _run_head(other))


def _paragraph_end(heads: Sequence[str], start: int) -> int:
    """The place of its end tag; 0 where anything but plain words and links stands in it."""
    for i in range(start + 1, len(heads)):
        if heads[i] == "/p":
            return i if plainly_inside(heads[start + 1 : i]) else 0
        if heads[i].lstrip("/").split(" ", 1)[0] not in INNER:
            return 0
    return 0


def _run_head(head: str) -> str:
    """The pattern of a run's tags."""
    own = written(head)[1]
    parts = [f' {re.escape(n)}="{_free(n) or re.escape(_raw(head, n))}"' for n in own]
    return "p" + "".join(parts)


def _free(name: str) -> str:
    """The pattern of an attribute in which the tags of a run may differ."""
    return "" if name in SAYING or name in ("id", "title") else '[^"<>]*+'


def _add_run(draft: _Draft, head: str) -> None:
    group = draft.group()
    tag = _run_head(head)
    more = f"/p>{BLANK}*+<{tag}>"
    inner = "/?(?:a|br?|em|i|small|strong|su[bp]|u)[ />]"
    draft.pattern.append(f"<{tag}>([^<]*+(?:<{more}[^<]*+)*+)((?:<(?:{inner}|{more})[^<]*+)*+)</p>{BLANK}*+")
    draft.group()
    draft.markup.append(f"<{head}>{_FILLER}</p>")
    draft.runs[draft.place + 1] = len(draft.runs_at)
    draft.runs_at.append(group)
    draft.place += 2


# -- the form ----------------------------------------------------------------------------------------------------------


def _formed(draft: _Draft) -> Form | None:
    key = draft.first, "".join(draft.pattern)
    with suppress(KeyError):  # asked once, as another thread may clear what is known
        return _KNOWN[key]
    if len(_KNOWN) >= _MOST_KEPT:
        _KNOWN.clear()
    form = _KNOWN[key] = _new_form(draft)
    return form


_KNOWN: dict[tuple[str, str], Form | None] = {}
"""Forms that were met before, by how they begin and their patterns."""


def _new_form(draft: _Draft) -> Form | None:
    tree = dom_of_tags("".join(draft.markup))
    if len(tree.tags) != draft.place or 0 not in draft.values or len(draft.places) + len(draft.runs) < 2:
        return None
    bearing = dict(_bearing(tree, draft.runs))
    near = [group for place, group in draft.places.items() if bearing[place] == 2]
    others = [group for place, group in draft.places.items() if bearing[place] != 2]
    headlines = [group for place, group in draft.places.items() if bearing[place] == 3]
    held = {group for values in draft.values.values() for _, group in values.changing}
    return Form(
        first=draft.first, match=re.compile("".join(draft.pattern)).match, tree=tree, places=draft.places,
        values=draft.values, runs=draft.runs, runs_at=draft.runs_at, checked=draft.checked,
        texts=[*draft.places.values()], attributes=sorted(held), near=near,
        others=others, headlines=headlines, plain=_is_plain(tree, draft.runs),
        least=_LEAST_RUN if _is_near(tree, draft.runs) else 0,
    )  # fmt: skip


def _is_plain(tree: Dom, runs: dict[int, int]) -> bool:
    """Whether the length of runs bears on nothing, if they are no shorter than `Form.least`."""
    last = max((i for i, mark in enumerate(tree.marks) if mark & _HEADING), default=0)
    around = (j for run in runs for j in tree.parents(run) if j > 0)
    return all(run > last for run in runs) and not any(tree.marks[j] & PLACED for j in around)


def _is_near(tree: Dom, runs: dict[int, int]) -> bool:
    """Whether a run stands in or beside what may be a header around a clock."""
    around = {j for run in runs for j in tree.parents(run)}
    for clock in (i for i, mark in enumerate(tree.marks) if i and mark & Mark.CLOCK):
        beside = list(tree.children(tree.above[clock]))
        place = beside.index(clock)
        near = [j for j in beside[max(0, place - 1) : place + 2] if tree.tags[j] != "p"]
        if not around.isdisjoint([*near, *(j for j in tree.parents(clock) if j)]):
            return True
    return False


def _bearing(tree: Dom, runs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Each text's place, and how it bears on where a post tells what: by all of it (2), as a headline (3) or hardly.

    By all of it do texts in the largest part around a clock that may be a header, or right beside it; those of names
    and labels; and paragraphs above a headline. Of all others it matters whether they are clocks, names or labels.
    """
    marks, tags, above = tree.marks, tree.tags, tree.above
    near = _headers(tree, runs)
    last = max((i for i, mark in enumerate(marks) if mark & _HEADING), default=0)
    for i, tag in enumerate(tags):
        if not tag:
            around = [*tree.parents(i)][:-1]
            named = any(marks[j] & _NAMING for j in around)
            ahead = i < last and any(tags[j] == "p" for j in around)
            titled = [j for j in around if marks[j] & _HEADING == Mark.HEADLINE]
            alone = all(tags[titled[0] : tree.ends[j]].count("") == 1 for j in titled[-1:])
            before_clock = i + 1 < len(marks) and marks[i + 1] & Mark.CLOCK
            if named or ahead or above[i] == 0 or before_clock or not near.isdisjoint(around) or not alone:
                yield i, 2
            else:
                yield i, 3 if titled else 0


def _headers(tree: Dom, runs: dict[int, int]) -> set[int]:
    """The largest elements around clocks that may be headers, and where a clock is one itself, those beside it."""
    stops = {j for run in runs for j in tree.parents(run)}
    for i, mark in enumerate(tree.marks):
        if mark & Mark.HEADING and not mark & (Mark.CLOCK | Mark.CHANGED) and tree.size(i, tree.ends[i]):
            around = list(tree.parents(i))
            if not any(tree.marks[j] & CLOSED for j in (i, *around)):
                stops.update(around)
    near: set[int] = set()
    for clock in (i for i, mark in enumerate(tree.marks) if i and mark & Mark.CLOCK):
        at = clock
        for around_it in tree.parents(clock):
            if around_it == 0 or around_it in stops:
                break
            at = around_it
        near.add(at)
        if at == clock:
            beside = list(tree.children(tree.above[clock]))
            place = beside.index(clock)
            near.update(j for j in beside[max(0, place - 1) : place + 2] if j not in stops)
    return near
