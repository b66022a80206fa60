"""The site on this machine alone, built anew as files change: the only home of watchfiles and of the web server.

The site is served from memory; nothing is written. A build that fails leaves the last good one up, with the fault shown over
the page.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from handouts.errors import HandoutsError

HOST = "127.0.0.1"  # a patient's neighbour on the network must not reach it
PATIENCE = 20  # seconds a page waits for news before it asks again: shorter than any browser's own limit
POLL = 200  # milliseconds until the watcher says that it has begun, and looks whether it is to end
QUIET = 50  # milliseconds without a further change before a build starts: editors save in several steps
_RELOAD = "/.preview/reload.js"
_NEWS = "/.preview/news.js"
_SCRIPT = """(function () {
  var here = document.currentScript.dataset;
  var version = Number(here.version), made = Number(here.made);
  function ask() {
    var script = document.createElement("script");
    script.src = "NEWS?version=" + version;
    script.onerror = function () { setTimeout(ask, 1000); };
    script.onload = function () { script.remove(); };
    document.head.append(script);
  }
  window.handoutsPreview = function (news) {
    if (news.made !== made) { location.reload(); return; }
    show(news.fault);
    version = news.version;
    ask();
  };
  function show(fault) {
    var old = document.getElementById("preview-fault");
    if (old) old.remove();
    if (!fault) return;
    var panel = document.createElement("pre");
    panel.id = "preview-fault";
    panel.setAttribute("role", "alert");
    panel.textContent = (document.body.dataset.missing ? "" : "The page below is the last good one.\\n\\n") + fault;
    Object.assign(panel.style, {
      position: "fixed", inset: "0 0 auto 0", zIndex: 1000, maxHeight: "60vh", overflow: "auto", margin: 0, padding: "1rem",
      whiteSpace: "pre-wrap", font: "16px/1.4 monospace", color: "#000", background: "#ffe9a8", borderBottom: "4px solid #000"
    });
    document.body.append(panel);
  }
  // Asked for only after the page has loaded: a page is not done while a script of its own is awaited.
  window.addEventListener("load", function () { show(here.fault); setTimeout(ask, 0); });
})();
""".replace("NEWS", _NEWS)


@dataclass(frozen=True)
class Build:
    """One state of the preview: the last good pages, and what is wrong with the files since (None: nothing).

    `made` counts the builds that made any page anew: an open page is to be loaded again when it changes.
    """

    version: int = 0
    pages: Mapping[str, bytes] = field(default_factory=dict)
    fault: str | None = None
    made: int = 0


@dataclass(frozen=True)
class Part:
    """Pages that are made together: `make` is called anew when one of `files`, or anything in `folders`, has changed."""

    make: Callable[[], Mapping[str, bytes]]
    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()

    def holds(self, path: Path) -> bool:
        """Do its pages come from this file?"""
        inside = any(path.is_relative_to(folder.resolve()) for folder in self.folders)
        return inside or path in (file.resolve() for file in self.files)

    @property
    def watched(self) -> set[Path]:
        """The folders to watch: a file through its own, as an editor puts a whole new one in its place."""
        return {*(folder.resolve() for folder in self.folders), *(file.resolve().parent for file in self.files)}


class Preview:
    """The newest build, for many readers at once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """A part whose `make` raises HandoutsError keeps its last good pages, and stops no other part."""
        self.parts = parts
        self._pages: list[Mapping[str, bytes]] = [{} for _ in parts]
        self._faults: list[str | None] = [None for _ in parts]
        self._news = threading.Condition()
        self.build = Build()

    def rebuild(self, changed: Collection[Path] | None = None) -> None:
        """Build the parts that hold one of the changed files, or all."""
        stale = [number for number, part in enumerate(self.parts) if changed is None or any(map(part.holds, changed))]
        made = [self._make(number) for number in stale]
        pages = {name: data for pages in self._pages for name, data in pages.items()}
        faults = [fault for fault in self._faults if fault]
        with self._news:
            self.build = Build(self.build.version + 1, pages, "\n".join(faults) or None, self.build.made + any(made))
            self._news.notify_all()

    def _make(self, number: int) -> bool:
        """Build one part; is it good?"""
        fault = None
        try:
            self._pages[number] = self.parts[number].make()
        except HandoutsError as error:
            fault = str(error)
        except Exception as error:  # the preview must outlive it; a foreign message may be anything
            fault = f"handouts has a fault of its own ({type(error).__name__}). Run 'handouts --debug site' and tell us."
        self._faults[number] = fault
        return fault is None

    def after(self, version: int, seconds: float = PATIENCE) -> Build:
        """The newest build: as soon as it is another than `version`, or after so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self.build.version != version, seconds)
            return self.build


class Handler(BaseHTTPRequestHandler):
    """Answers for the pages of a preview, and for the news of the next build."""

    server: Server

    def do_GET(self) -> None:
        """One page, picture or style; or, for a page that is open, the next build."""
        url = urlsplit(self.path)
        if self.headers.get("Host") not in self.server.names:  # a page from elsewhere under a name of its own
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"Open the address that 'handouts serve' printed.")
        elif url.path == _RELOAD:
            self._answer(HTTPStatus.OK, "text/javascript", _SCRIPT.encode())
        elif url.path == _NEWS:
            self._tell_news(parse_qs(url.query).get("version", [""])[0])
        else:
            self._page(unquote(url.path))

    def _tell_news(self, version: str) -> None:
        build = self.server.preview.after(int(version) if version.isdigit() else -1)
        news = json.dumps({"version": build.version, "made": build.made, "fault": build.fault})
        self._answer(HTTPStatus.OK, "text/javascript", f"handoutsPreview({news});".encode())

    def _page(self, path: str) -> None:
        build = self.server.preview.build
        name = path.removeprefix("/")
        if not name or name.endswith("/"):
            name += "index.html"
        elif f"{name}/index.html" in build.pages:  # so that the page's relative links count from its own folder
            self._answer(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", Location=f"/{name}/")
            return
        if name not in build.pages:
            self._answer(HTTPStatus.NOT_FOUND, "text/html", _with_script(_missing(path, build), build))
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        data = build.pages[name]
        self._answer(HTTPStatus.OK, kind, _with_script(data, build) if kind == "text/html" else data)

    def _answer(self, status: HTTPStatus, kind: str, data: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # the reader has gone elsewhere
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for faults."""


class Server(ThreadingHTTPServer):
    """A web server that only this machine reaches."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        """Port 0 takes any free one. Raises HandoutsError where the port is taken."""
        self.preview = preview
        try:
            super().__init__((HOST, port), Handler)
        except (OSError, OverflowError) as error:
            said = getattr(error, "strerror", None) or str(error)
            raise HandoutsError(f"port {port} cannot be used ({said}): type 'handouts serve --port {port + 1}'") from None
        self.names = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return f"http://{HOST}:{self.server_port}/"


def _missing(path: str, build: Build) -> bytes:
    said = escape(f"There is no page {path}{' yet' if build.fault else ''}.")
    start = '<!DOCTYPE html><html lang="en"><title>Preview</title><body data-missing="yes">'
    return f"{start}<p>{said}</p></body></html>".encode()


def _with_script(page: bytes, build: Build) -> bytes:
    state = f'data-version="{build.version}" data-made="{build.made}" data-fault="{escape(build.fault or "")}"'
    script = f'<script src="{_RELOAD}" {state}></script>'
    return page.replace(b"</body>", script.encode() + b"</body>", 1)


def serve(preview: Preview, server: Server, told: Callable[[Build], None]) -> None:
    """Serve until the user stops it; builds once, then the parts anew of which a file changes. `told` hears of each build."""
    from watchfiles import DefaultFilter, watch

    usual = DefaultFilter()

    def matters(change: Any, name: str) -> bool:
        return usual(change, name) and any(part.holds(Path(name).resolve()) for part in preview.parts)

    watched = {folder for part in preview.parts for folder in part.watched}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # It yields first when it watches: what changes during the first build is not missed.
        for changes in watch(*watched, watch_filter=matters, step=QUIET, rust_timeout=POLL, yield_on_timeout=True):
            if not preview.build.version:
                preview.rebuild()
                told(preview.build)
            elif changes:
                preview.rebuild({Path(name).resolve() for _, name in changes})
                told(preview.build)
    finally:
        server.shutdown()
        server.server_close()
