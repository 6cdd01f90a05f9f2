"""A record → a site of plain files for any web host: the same templates, and never half of it.

The site is written beside its place and put there by one rename of a link: a reader sees the old site or the new.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from onrecord.errors import NotFoundError, OnRecordError, UsageError
from onrecord.server import pages, render
from onrecord.server.board import Board
from onrecord.server.pages import Frame, Page
from onrecord.server.state import State

KEPT = 2
"""Versions of the site that stay on disk: the one shown, and the one that readers may still be loading."""
SHIPPED = (
    "story.css", "live.css", "live.js", "map.js", "charts.js", "shapes.json", "vendor/leaflet.css", "vendor/leaflet.js",
    "vendor/uPlot.min.css", "vendor/uPlot.iife.min.js", "vendor/LICENSE.leaflet", "vendor/LICENSE.uplot",
)  # fmt: skip
_LINK = re.compile(r'(\s(?:href|src|data-spots|data-shapes|data-points|data-root)=")(/[^"]*)"')
_NAME = re.compile(r"[ep][0-9a-f]{12,16}")
_SINGLE: dict[str, Page] = {
    "/": pages.front, "/rundown": pages.rundown, "/timeline": pages.timeline, "/map": pages.world,
    "/figures": pages.figures, "/embed": pages.embed, "/stream": pages.stream,
}  # fmt: skip
_NAMED: dict[str, Page] = {"/event/": pages.event, "/post/": pages.post}
_DATA: dict[str, Page] = {"/map.json": pages.spots, "/figures.json": pages.points}

Progress = Callable[[str, int, int | None], None]


@dataclass
class Site:
    """The addresses of a site and the files that they become."""

    files: dict[str, str] = field(default_factory=dict)
    """Address with its query → path of the file."""
    todo: deque[str] = field(default_factory=deque)

    def want(self, url: str) -> str | None:
        """The file of that address, which is made in its turn; None for one that a site of files can't answer."""
        parts = urlsplit(url)
        bare = parts.path + (f"?{parts.query}" if parts.query else "")
        if bare not in self.files:
            made = self._file(parts.path, dict(parse_qsl(parts.query)))
            if made is None:
                return None
            self.files[bare] = made
            self.todo.append(bare)
        return self.files[bare] + (f"#{parts.fragment}" if parts.fragment else "")

    def _file(self, path: str, query: dict[str, str]) -> str | None:
        if path == "/stream" and query.keys() == {"after"}:
            return f"stream/{sum(f.startswith('stream/') for f in self.files.values()) + 2}/index.html"
        if query:
            return None
        if path.startswith("/static/") and path.removeprefix("/static/") in SHIPPED:
            return path[1:]
        if path in _DATA or path in pages.FEEDS:
            return path[1:]
        if path in _SINGLE:
            return f"{path[1:]}/index.html".lstrip("/")
        start = next((s for s in _NAMED if path.startswith(s)), None)
        known = start and _NAME.fullmatch(path.removeprefix(start))
        return f"{path[1:]}/index.html" if known else None


def publish(record: Path, folder: Path, base: str = "", progress: Progress | None = None) -> int:
    """Write the site and put it in place at once; gives the number of its files.

    Raises `UsageError` where the folder holds something else, and `OnRecordError` where it can't be written.
    """
    check(folder)
    versions = folder.absolute().parent / f".{folder.name}.versions"
    new = versions / f"{time.time_ns():x}"
    board = Board(record)
    try:
        new.mkdir(parents=True)
        number = write(board, new, base.rstrip("/"), progress)
        place(new, folder, versions)
    except OSError as error:
        raise OnRecordError(
            f"the site can't be written to {folder}: {error.strerror}", "make room or choose another folder"
        ) from error
    finally:
        board.close()
        if not folder.is_symlink() or folder.resolve() != new.resolve():
            shutil.rmtree(new, ignore_errors=True)
    return number


def check(folder: Path) -> None:
    """Raises `UsageError` unless the folder is missing, empty, or a site that was published before."""
    ours = folder.is_symlink() and folder.resolve().parent.name == f".{folder.name}.versions"
    if folder.exists() and not ours and (not folder.is_dir() or folder.is_symlink() or any(folder.iterdir())):
        raise UsageError(f"{folder} holds something that was not published here", "give a new or an empty folder")


def write(board: Board, folder: Path, base: str, progress: Progress | None) -> int:
    """Every page that can be reached from the first one, with what it loads."""
    site = Site()
    for url in ("/", *_SINGLE, *(f"/static/{name}" for name in SHIPPED), *_DATA, *(pages.FEEDS if base else ())):
        if url != "/stream":
            site.want(url)
    mark, done = board.mark(), 0
    while site.todo:
        url = site.todo.popleft()
        for name, content in _made(board, site, url, Frame(urlsplit(url).path, base, mark, still=True)):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        done += 1
        if progress:
            progress(url, done, done + len(site.todo))
    return done


def _made(board: Board, site: Site, url: str, frame: Frame) -> Iterator[tuple[str, bytes]]:
    name = site.files[url]
    path, query = urlsplit(url).path, dict(parse_qsl(urlsplit(url).query))
    if path.startswith("/static/"):
        content = render.static(path.removeprefix("/static/"))
        assert content is not None
        yield name, content
        return
    start = next((s for s in _NAMED if path.startswith(s)), None)
    page = _NAMED[start] if start else {**_SINGLE, **_DATA, **pages.FEEDS}[path]
    named = Frame(path, frame.base, frame.mark, False, True, frame.live, path.removeprefix(start) if start else "")
    try:
        text, _ = page(board, State.of(query), named)
    except NotFoundError:  # an event that another one took in while the site was written
        return
    yield name, (linked(site, name, text) if name.endswith(".html") else text).encode()


def linked(site: Site, name: str, text: str) -> str:
    """The page with links that work wherever the site is put; what needs a server leads to the page without it."""
    up = "../" * name.count("/")

    def turn(found: re.Match[str]) -> str:
        address = found[2].replace("&amp;", "&")
        if "data-root" in found[1]:
            return f'{found[1]}{up or "./"}"'
        file = site.want(address)
        if file is None:
            file = site.want(urlsplit(address).path) or "index.html"
        shown = re.sub(r"(^|/)index\.html(?=#|$)", r"\1", file)
        return f'{found[1]}{up}{shown or ("" if up else "./")}"'

    return _LINK.sub(turn, text)


def place(new: Path, folder: Path, versions: Path) -> None:
    """Put the new version where readers find it, in one step, and drop those that nobody reads any more."""
    if folder.is_dir() and not folder.is_symlink():
        folder.rmdir()
    link = versions / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(new, folder.absolute().parent), target_is_directory=True)
    moved = folder.absolute().parent / f".{folder.name}.next"
    moved.unlink(missing_ok=True)
    link.rename(moved)
    moved.replace(folder)
    for old in sorted((p for p in versions.iterdir() if p.is_dir()), key=lambda p: p.name)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
