"""A published site: whole, working from any folder, never half of it, nothing outside its folder."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as Parser

from onrecord.errors import OnRecordError, UsageError
from onrecord.server import publish as publishing
from onrecord.server.publish import Site, publish
from tests.server.conftest import POSTS

BASE = "https://w.example/flood"


@pytest.fixture(scope="module")
def site(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("www") / "site"
    publish(record, folder, BASE)
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(p for p in site.rglob("*.html"))


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    for page in pages(site):
        tree = Parser(page.read_text(encoding="utf-8"))
        assert not tree.css("form"), page
        for node in tree.css("[href], [src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            if target.startswith(("http:", "https:", "#")):
                continue
            assert not target.startswith("/"), (page, target)
            found = (page.parent / target.partition("#")[0]).resolve()
            assert (found / "index.html").is_file() if found.is_dir() else found.is_file(), (page, target)
            assert site.resolve() in found.parents or found == site.resolve()


def test_every_post_and_event_has_its_page(site: Path) -> None:
    assert len(list((site / "post").iterdir())) == len(POSTS)
    assert list((site / "event").iterdir())
    assert BASE in (site / "feed.atom").read_text(encoding="utf-8")


def test_feeds_need_an_address(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "plain")
    assert not (tmp_path / "plain/feed.atom").exists()
    assert "feed.atom" not in (tmp_path / "plain/index.html").read_text(encoding="utf-8")


def test_a_reader_never_sees_half_a_site(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    publish(record, folder, BASE)
    stop, broken = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                text = (folder / "index.html").read_text(encoding="utf-8")
                whole = text.rstrip().endswith("</html>") and (folder / "static/live.js").exists()
            except OSError as error:
                whole, text = False, str(error)
            if not whole:
                broken.append(text[-200:])

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(3):
        publish(record, folder, BASE)
    stop.set()
    reader.join()
    assert not broken
    versions = [p for p in (tmp_path / ".site.versions").iterdir() if p.is_dir()]
    assert len(versions) == publishing.KEPT


def test_a_failure_leaves_the_old_site(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    publish(record, folder, BASE)
    before = folder.resolve()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "write", full)
    with pytest.raises(OnRecordError, match="No space left"):
        publish(record, folder, BASE)
    assert folder.resolve() == before
    assert len([p for p in (tmp_path / ".site.versions").iterdir() if p.is_dir()]) == 1


def test_a_folder_with_something_else_is_left_alone(record: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="not published here"):
        publish(record, tmp_path / "mine")
    assert (tmp_path / "mine/letter.txt").read_text() == "dear"


@pytest.mark.parametrize(
    "url",
    ["/../../etc/passwd", "/event/../../x", "/static/../app.py", "/post/%2e%2e", "/event/e1/../..", "//evil.example/x"],
)
def test_no_address_leads_out_of_the_site(url: str) -> None:
    made = Site().want(url)
    assert made is None or re.fullmatch(r"[\w./-]+", made)
    assert made is None or ".." not in made
