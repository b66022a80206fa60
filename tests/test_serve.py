"""`handouts serve` as a therapist uses it: the real command, a file saved, a page that follows."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.written import CONTENT

from handouts.app.layers import Layers
from handouts.app.poses import drawing_pages
from handouts.errors import HandoutsError
from handouts.site.preview import Build, Part, Preview

PAGE = "exercises/prone-leg-lift/"
SOURCE = CONTENT / "exercises" / "extension" / "prone-leg-lift.md"
STEP = "Squeeze one buttock."


@dataclass(frozen=True)
class Running:
    """The command in another process, the clinic's file that lies over ours, and where the site is."""

    process: subprocess.Popen[str]
    exercise: Path
    address: str

    def get(self, path: str, **headers: str) -> str:
        """The text of one page."""
        with urllib.request.urlopen(urllib.request.Request(self.address + path, headers=headers), timeout=60) as answer:
            return str(answer.read().decode())

    def news(self, version: int) -> dict[str, object]:
        """The build after this one, once there is one."""
        said = self.get(f".preview/news.js?version={version}")
        return dict(json.loads(said.removeprefix("handoutsPreview(").removesuffix(");")))

    def save(self, old: str, new: str) -> None:
        """Change the exercise as an editor does: a whole new file put in place."""
        text = self.exercise.read_text("utf-8")
        assert old in text
        fresh = self.exercise.with_suffix(".tmp")
        fresh.write_text(text.replace(old, new), "utf-8")
        fresh.replace(self.exercise)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command in another process, which Ctrl+C ends well: also where these tests run in the background of a shell."""
    command = [sys.executable, "-m", "handouts", "serve", "--port", "0", *arguments]
    pipe, heed = subprocess.PIPE, partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True, preexec_fn=heed) as process:
        try:
            yield process
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
            assert "Traceback" not in str(process.stderr and process.stderr.read())
        finally:  # else a failed check would wait for it for ever
            process.kill()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    exercise = tmp_path / "content" / SOURCE.relative_to(CONTENT)
    exercise.parent.mkdir(parents=True)
    exercise.write_bytes(SOURCE.read_bytes())
    with serving(tmp_path, "--content", "content") as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        yield Running(process, exercise, address)


def test_a_saved_file_shows(running: Running) -> None:
    assert STEP in running.get(PAGE)
    running.save(STEP, "Squeeze this buttock first.")
    assert running.news(1) == {"version": 2, "made": 2, "fault": None}
    assert "Squeeze this buttock first." in running.get(PAGE)


def test_a_fault_is_said_and_the_last_good_page_stays(running: Running) -> None:
    running.save("name: Prone leg lift", "nam: Prone leg lift")
    news = running.news(1)
    assert re.search(r"prone-leg-lift\.md:2:1: 'nam' is not a known key", str(news["fault"]))
    assert STEP in running.get(PAGE)
    assert "is not a known key" in running.get(PAGE)  # a page opened only now shows it too
    running.save("nam: Prone leg lift", "name: Prone leg lift")
    assert running.news(2) == {"version": 3, "made": 2, "fault": None}
    assert "is not a known key" not in running.get(PAGE)


def test_only_this_machine_is_answered(running: Running) -> None:
    assert running.address.startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        running.get("", Host="elsewhere.example")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        running.get("no-such-page/")
    assert running.get(PAGE.rstrip("/")) == running.get(PAGE)  # sent on to the folder


POSE = """figure:
  position: supine
  view: {az: -90, el: 9}
  props: [mat]
  panels:
    - caption: Lie on your back <here>.
      joints: {hips: flex 45, knees: flex 90}
      contact: {pelvis: 0, thorax: 0, feet: 0}
"""


def test_a_pose_being_written_is_drawn_anew(tmp_path: Path) -> None:
    folder = tmp_path / "poses"
    folder.mkdir()
    pose = folder / "my pose.yaml"
    pose.write_text(POSE, "utf-8")
    with serving(tmp_path, str(pose)) as process:
        assert process.stdout
        running = Running(process, pose, process.stdout.readline().split()[0])
        page = "drawings/my%20pose/"
        assert process.stdout.readline() == f"{running.address}{page}  ({pose})\n"
        first = running.get(f"{page}1.svg")
        assert first.startswith("<svg")
        assert "1. Lie on your back &lt;here&gt;." in running.get(page)
        assert re.search(r"sinks [\d.]+ mm; most changed: ", running.get(page))
        running.save("knees: flex 90", "knees: flex 100")
        assert running.news(1) == {"version": 2, "made": 2, "fault": None}
        second = running.get(f"{page}1.svg")
        assert second != first
        running.save("knees: flex 100", "knees: flex 500")
        assert re.search(r"my pose\.yaml:7:38: .*flex 500 is beyond the limit", str(running.news(2)["fault"]))
        assert running.get(f"{page}1.svg") == second


def test_a_pose_with_a_fault_at_the_start_hides_no_page_and_shows_once_it_is_mended(tmp_path: Path, browser: Browser) -> None:
    pose = tmp_path / "pose.yaml"
    pose.write_text(POSE.replace("flex 90", "flex 500"), "utf-8")
    with serving(tmp_path, str(pose)) as process:
        assert process.stdout
        running = Running(process, pose, process.stdout.readline().split()[0])
        page = browser.new_page()
        try:
            assert STEP in running.get(PAGE)
            page.goto(running.address + "drawings/pose/")
            expect(page.get_by_role("alert")).to_have_text(re.compile("^pose.yaml:7:38: .*flex 500 is beyond the limit"))
            running.save("flex 500", "flex 90")
            expect(page.get_by_text("Lie on your back")).to_be_visible(timeout=30_000)
            expect(page.get_by_role("alert")).to_have_count(0)
        finally:
            page.close()


def test_a_saved_file_builds_only_its_own_part_and_a_fault_stops_no_other(tmp_path: Path) -> None:
    made: list[str] = []
    faulty = {"pose": True}

    def make(name: str) -> dict[str, bytes]:
        made.append(name)
        if faulty.get(name):
            raise HandoutsError(f"{name} is wrong")
        return {f"{name}.html": str(len(made)).encode()}

    site = Part(lambda: make("site"), folders=(tmp_path / "content",))
    preview = Preview([site, Part(lambda: make("pose"), files=(tmp_path / "pose.yaml",))])
    preview.rebuild()
    assert (made, preview.build) == (["site", "pose"], Build(1, {"site.html": b"1"}, "pose is wrong", 1))
    preview.rebuild([tmp_path / "content" / "a" / "b.md"])
    assert (made[2:], preview.build) == (["site"], Build(2, {"site.html": b"3"}, "pose is wrong", 2))
    faulty.clear()
    preview.rebuild([tmp_path / "pose.yaml"])
    assert (made[3:], preview.build) == (["pose"], Build(3, {"site.html": b"3", "pose.html": b"4"}, None, 3))
    faulty["site"] = True
    preview.rebuild([tmp_path / "content" / "c.md"])
    assert preview.build == Build(4, {"site.html": b"3", "pose.html": b"4"}, "site is wrong", 3)


def test_two_poses_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pose.yaml").write_text(POSE, "utf-8")
    with pytest.raises(HandoutsError, match="rename one"):
        drawing_pages([tmp_path / "a" / "pose.yaml", tmp_path / "b" / "pose.yaml"], Layers().environment())


def test_nothing_is_written(running: Running) -> None:
    folder = running.exercise.parents[3]
    assert sorted(path.name for path in folder.iterdir()) == ["content"]


def test_a_taken_port_is_said(running: Running) -> None:
    port = running.address.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "handouts", "serve", "--port", port]
    second = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert re.fullmatch(rf"port {port} cannot be used \(.+\): type 'handouts serve --port \d+'\n", second.stderr)


def test_an_open_page_follows_and_shows_a_fault_over_itself(running: Running, browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(running.address + PAGE)
    running.save(STEP, "Squeeze this buttock first.")
    expect(page.get_by_text("Squeeze this buttock first.")).to_be_visible(timeout=30_000)
    running.save("name: Prone leg lift", "nam: Prone leg lift")
    expect(page.get_by_role("alert")).to_contain_text("prone-leg-lift.md:2:1", timeout=30_000)
    expect(page.get_by_text("Squeeze this buttock first.")).to_be_visible()
    running.save("nam: Prone leg lift", "name: Prone leg lift")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=30_000)
    assert errors == []
    page.close()
