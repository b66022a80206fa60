"""A preview of the site for this machine alone, rebuilt as files change: the only user of watchfiles and of a web server.

The site is served from memory; nothing is written. After a build that fails, the last good one is still served, with the
fault shown over the page.
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
from urllib.parse import parse_qs, unquote, urlsplit

from handouts.errors import HandoutsError

HOST = "127.0.0.1"  # no other machine on the network can reach it
LONG_POLL = 20  # seconds until a request for the next build is answered without one: less than any browser's own limit
WATCH_TIMEOUT = 200  # milliseconds after which the watcher yields without a change: so that it starts and stops promptly
DEBOUNCE = 50  # milliseconds without a further change before a build starts: editors save in several steps
_SCRIPT_PATH = "/.preview/reload.js"
_NEWS_PATH = "/.preview/news.js"
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
""".replace("NEWS", _NEWS_PATH)


@dataclass(frozen=True)
class Build:
    """One state of the preview: the last good pages, and what has been wrong with the files since then, if anything.

    `made` counts the builds that made any page: an open page reloads itself when it changes.
    """

    version: int = 0
    pages: Mapping[str, bytes] = field(default_factory=dict)
    fault: str | None = None
    made: int = 0


@dataclass(frozen=True)
class Part:
    """Pages that are made together: `make` is called again when one of `files` or anything in `folders` has changed."""

    make: Callable[[], Mapping[str, bytes]]
    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()

    def holds(self, path: Path) -> bool:
        """Return True if its pages are made from this file."""
        inside = any(path.is_relative_to(folder.resolve()) for folder in self.folders)
        return inside or path in (file.resolve() for file in self.files)

    @property
    def watched(self) -> set[Path]:
        """The folders to watch; for a file its folder, since an editor may replace the file by a new one."""
        return {*(folder.resolve() for folder in self.folders), *(file.resolve().parent for file in self.files)}


class Preview:
    """The newest build, shared by the threads of the server."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Start without any page; a part whose `make` fails keeps its last good pages, and stops no other part."""
        self.parts = parts
        self._pages: list[Mapping[str, bytes]] = [{} for _ in parts]
        self._faults: list[str | None] = [None for _ in parts]
        self._changed = threading.Condition()
        self.build = Build()

    def rebuild(self, changed: Collection[Path] | None = None) -> None:
        """Build the parts that are made from one of the changed files, or all; then wake whoever waits for a build."""
        stale = [number for number, part in enumerate(self.parts) if changed is None or any(map(part.holds, changed))]
        succeeded = [self._make(number) for number in stale]
        pages = {name: data for pages in self._pages for name, data in pages.items()}
        faults = [fault for fault in self._faults if fault]
        made = self.build.made + any(succeeded)
        with self._changed:
            self.build = Build(self.build.version + 1, pages, "\n".join(faults) or None, made)
            self._changed.notify_all()

    def _make(self, number: int) -> bool:
        """Build one part and return True, or keep its last good pages, note the fault and return False."""
        fault = None
        try:
            self._pages[number] = self.parts[number].make()
        except HandoutsError as error:
            fault = str(error)
        except Exception as error:  # the server keeps running; any other exception's message may quote a patient
            fault = f"handouts has a fault of its own ({type(error).__name__}). Run 'handouts --debug site' and tell us."
        self._faults[number] = fault
        return fault is None

    def after(self, version: int, seconds: float = LONG_POLL) -> Build:
        """Return the newest build as soon as it is another than `version`, at the latest after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.build.version != version, seconds)
            return self.build


class Handler(BaseHTTPRequestHandler):
    """Answers requests for the pages of a preview, and for the next build."""

    server: Server

    def do_GET(self) -> None:
        """Answer with a page, picture or style; or, to the script of an open page, with the state of the next build."""
        url = urlsplit(self.path)
        if self.headers.get("Host") not in self.server.names:  # a foreign site whose name resolves to this machine
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"Open the address that 'handouts serve' printed.")
        elif url.path == _SCRIPT_PATH:
            self._answer(HTTPStatus.OK, "text/javascript", _SCRIPT.encode())
        elif url.path == _NEWS_PATH:
            self._answer_news(parse_qs(url.query).get("version", [""])[0])
        else:
            self._answer_page(unquote(url.path))

    def _answer_news(self, version: str) -> None:
        build = self.server.preview.after(int(version) if version.isdigit() else -1)
        news = json.dumps({"version": build.version, "made": build.made, "fault": build.fault})
        self._answer(HTTPStatus.OK, "text/javascript", f"handoutsPreview({news});".encode())

    def _answer_page(self, path: str) -> None:
        build = self.server.preview.build
        name = path.removeprefix("/")
        if not name or name.endswith("/"):
            name += "index.html"
        elif f"{name}/index.html" in build.pages:  # the page's links are relative to its folder
            self._answer(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", Location=f"/{name}/")
            return
        if name not in build.pages:
            self._answer(HTTPStatus.NOT_FOUND, "text/html", _with_script(_missing_page(path, build), build))
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
        with suppress(ConnectionError):  # the browser has closed the connection
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is for faults."""


class Server(ThreadingHTTPServer):
    """A web server that only this machine can reach."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        """Listen on a port, on any free one for 0; raises HandoutsError where the port cannot be used."""
        self.preview = preview
        try:
            super().__init__((HOST, port), Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise HandoutsError(f"port {port} cannot be used ({reason}): type 'handouts serve --port {port + 1}'") from None
        self.names = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    @property
    def address(self) -> str:
        """The address of the preview, to type into a browser."""
        return f"http://{HOST}:{self.server_port}/"


def _missing_page(path: str, build: Build) -> bytes:
    message = escape(f"There is no page {path}{' yet' if build.fault else ''}.")
    start = '<!DOCTYPE html><html lang="en"><title>Preview</title><body data-missing="yes">'
    return f"{start}<p>{message}</p></body></html>".encode()


def _with_script(page: bytes, build: Build) -> bytes:
    state = f'data-version="{build.version}" data-made="{build.made}" data-fault="{escape(build.fault or "")}"'
    script = f'<script src="{_SCRIPT_PATH}" {state}></script>'
    return page.replace(b"</body>", script.encode() + b"</body>", 1)


def serve(preview: Preview, server: Server, report: Callable[[Build], None]) -> None:
    """Serve until the user stops it: build once, then again the parts of which a file changes. `report` gets each build."""
    from watchfiles import Change, DefaultFilter, watch

    ignores_temporary_files = DefaultFilter()

    def is_source(change: Change, name: str) -> bool:
        return ignores_temporary_files(change, name) and any(part.holds(Path(name).resolve()) for part in preview.parts)

    folders = {folder for part in preview.parts for folder in part.watched}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # The watcher first yields once it watches, and only then the first build starts: no change during it is missed.
        for changes in watch(
            *folders, watch_filter=is_source, step=DEBOUNCE, rust_timeout=WATCH_TIMEOUT, yield_on_timeout=True
        ):
            if not preview.build.version:
                preview.rebuild()
                report(preview.build)
            elif changes:
                preview.rebuild({Path(name).resolve() for _, name in changes})
                report(preview.build)
    finally:
        server.shutdown()
        server.server_close()
