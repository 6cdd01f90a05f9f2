"""Plug-ins that read further statements: an honest one, one that lies, one that raises, and what a record keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from onrecord import plugins, reading
from onrecord.model import Post, Span, Speaker, Statement
from onrecord.story import Story
from tests.story_maker import note, shown, told

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Harbour board minutes: Ida Berg regrets the delay at the Vik quay. The pilot boat sank on Monday, police said."
WORDS = "regrets the delay at the Vik quay"


def span(post: Post, words: str) -> Span:
    start = post.text.index(words)
    return Span(post.id, start, start + len(words), words)


class Plugin:
    """An extractor made from a function of a post; counts its calls."""

    def __init__(self, name: str, give: Callable[[Post], Iterable[object]]) -> None:
        self.name = name
        self.give = give
        self.calls = 0

    def __call__(self, post: Post) -> Sequence[Statement]:
        self.calls += 1
        return list(self.give(post))  # type: ignore[arg-type]


def minutes(post: Post) -> Iterator[Statement]:
    """Honest: who regrets what."""
    speaker = Speaker("Ida Berg", "person", "Vik", "chair", span(post, "Ida Berg"))
    yield Statement("inner", post.id, "attributed", (span(post, "the delay"),), speaker=speaker, nested_in="outer")
    yield Statement("outer", post.id, "attributed", (span(post, WORDS),), span(post, "regrets"), speaker, act="thinks")


def lies(post: Post) -> Iterator[Statement]:
    honest = next(minutes(post))
    yield replace(honest, content=(Span(post.id, 0, 5, "never"),))
    yield replace(honest, content=(Span(post.id, 3, 9_999, post.text[3:]),))
    yield replace(honest, content=(Span(post.id, -5, -1, post.text[-5:-1]),))
    yield replace(honest, cue=Span("other post", 0, 7, post.text[:7]))
    yield replace(honest, content=())
    yield honest


def raises(post: Post) -> Iterator[Statement]:
    yield next(minutes(post))
    raise OSError("the line is dead")


def nonsense(post: Post) -> Iterator[object]:
    honest = next(minutes(post))
    yield from ("words", replace(honest, voice="loud"), replace(honest, content=(Span(post.id, None, 1, "H"),)))  # type: ignore[arg-type]
    yield from (replace(honest, speaker=Speaker("\ud800", "person")), replace(honest, via=["Radio"]))  # type: ignore[arg-type]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Make these the installed plug-ins."""
    here: dict[str, object] = {}

    def put(*found: Plugin, version: str = "1") -> None:
        here.update((p.name, p) for p in found)
        points = tuple(EntryPoint(p.name, f"made_{version}:{p.name}", plugins.GROUP) for p in found)
        monkeypatch.setattr(plugins, "entry_points", lambda group: points if group == plugins.GROUP else ())
        forget()

    def forget() -> None:
        plugins.installed.cache_clear()
        plugins.loaded.cache_clear()

    def load(point: EntryPoint) -> object:
        return here[point.name]

    monkeypatch.setattr(EntryPoint, "load", load)
    yield put
    monkeypatch.undo()
    forget()


def given(found: Iterable[Statement]) -> list[Statement]:
    return [s for s in found if s.plugin]


def read() -> tuple[list[Statement], list[str]]:
    """(all statements of the text, codes of its problems that no plain reading has)."""
    found = reading.read_text(TEXT, outlet="Radio Nord", published=note(TEXT, "p").hints.published, split=False)
    return list(found.posts[0].statements), [p.code for p in found.problems if p.code != "no-zone"]


def test_an_honest_plugin_adds_statements_with_ids_of_ours(install: Callable[..., None]) -> None:
    plain, _ = read()
    install(Plugin("minutes", minutes))
    found, codes = read()
    assert [s for s in found if not s.plugin] == plain
    outer, inner = given(found)
    assert codes == []
    assert (outer.text, outer.speaker.name if outer.speaker else "", outer.act) == (WORDS, "Ida Berg", "thinks")
    assert outer.to_dict()["plugin"] == "minutes"
    assert inner.nested_in == outer.id
    assert {"inner", "outer"}.isdisjoint(s.id for s in found)
    assert len({s.id for s in found}) == len(found)


def test_lies_are_counted_and_left_out(install: Callable[..., None]) -> None:
    install(Plugin("liar", lies))
    reading_ = reading.read_text(TEXT, split=False)
    (problem,) = [p for p in reading_.problems if p.code == "evidence"]
    assert "liar" in problem.why
    assert "5 statements" in problem.why
    assert [s.text for s in given(reading_.posts[0].statements)] == ["the delay"]


def test_a_plugin_that_raises_costs_only_its_own_statements(install: Callable[..., None]) -> None:
    plain, _ = read()
    install(Plugin("broken", raises), Plugin("minutes", minutes), Plugin("nonsense", nonsense))
    found, codes = read()
    assert [s for s in found if not s.plugin] == plain
    assert [s.plugin for s in given(found)] == ["minutes", "minutes"]
    assert codes == ["plugin-fault", "plugin-fault"]


def test_one_that_cant_be_loaded_is_a_problem(monkeypatch: pytest.MonkeyPatch, install: Callable[..., None]) -> None:
    install(Plugin("minutes", minutes))
    monkeypatch.setattr(EntryPoint, "load", lambda point: {}[point.name])
    plugins.loaded.cache_clear()
    found, codes = read()
    assert (given(found), codes) == ([], ["plugin-fault"])
    assert "minutes" in plugins.loaded().problems[0].where


def test_the_readers_version_tells_plugins_and_their_versions(install: Callable[..., None]) -> None:
    found = {reading.reader_version()}
    for version in "12":
        install(Plugin("minutes", minutes), version=version)
        found.add(reading.reader_version())
    assert len(found) == 3


def test_a_rebuild_keeps_what_a_plugin_gave_and_asks_it_no_more(tmp_path: Path, install: Callable[..., None]) -> None:
    fickle = Plugin("fickle", lambda post: list(minutes(post))[: 2 - fickle.calls])
    install(fickle)
    with Story.create(tmp_path / "story.db") as story:
        assert not [p for p in story.add([note(TEXT, "harbour")]).problems if not p.notice]
        before = shown(story), told(story)
        assert len(given(s for _, s in story.statements())) == 1
        install()
        assert story.rebuild() == 0
        assert (shown(story), told(story), fickle.calls) == (*before, 1)


def test_what_failed_is_read_again_only_when_asked_for(tmp_path: Path, install: Callable[..., None]) -> None:
    broken = Plugin("minutes", raises)
    install(broken)
    with Story.create(tmp_path / "story.db") as story:
        assert [p.code for p in story.add([note(TEXT, "harbour")]).problems] == ["plugin-fault"]
        broken.give = minutes
        assert story.rebuild() == 0
        assert story.rebuild(reread=True) == 2
        assert [s.plugin for s in given(s for _, s in story.statements())] == ["minutes", "minutes"]


def test_loose_texts_are_read_by_plugins_too(install: Callable[..., None]) -> None:
    counted = Plugin("minutes", minutes)
    install(counted)
    assert reading.fold_texts([("a", TEXT, None)])
    assert counted.calls == 1


def test_the_docs_example_works(install: Callable[..., None]) -> None:
    code = re.findall(r"```python\n(.*?)```", (ROOT / "docs/plugins.md").read_text(encoding="utf-8"), flags=re.DOTALL)[
        0
    ]
    space: dict[str, Any] = {}
    exec(code, space)  # the docs' own words
    install(space["extractor"])
    text = "The board met for two hours. RESOLVED (K. Moen): to close the north quay. Nobody voted against."
    (found,) = given(reading.read_text(text, split=False).posts[0].statements)
    assert (found.text, found.act, found.speaker and found.speaker.name) == (
        "to close the north quay",
        "plans",
        "K. Moen",
    )
