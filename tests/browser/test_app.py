"""The app in Chromium: what a student does with it, without a console error, a foreign request, or a barrier."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from app_study import CELLS, STUDY, cycler_file, write_study
from browser.chromium import Page, find
from halfcell.study import Study

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Served:
    """A study that is served, and a page on it."""

    root: Path
    page: Page
    base: str

    def open(self, path: str) -> None:
        self.page.open(self.base + path)

    def text(self, selector: str = "main") -> str:
        return str(self.page.value(f"document.querySelector({json.dumps(selector)}).innerText"))

    def until_text(self, words: str, selector: str = "main") -> None:
        script = f"document.querySelector({json.dumps(selector)}).innerText.includes({json.dumps(words)})"
        self.page.until(script, 60)

    def until_idle(self) -> None:
        """Wait until no run is at work."""
        self.page.until("!!document.querySelector('#run')", 60)

    def type(self, selector: str, text: str) -> None:
        """Write into a field as a person does."""
        self.page.value(f"document.querySelector({json.dumps(selector)}).focus()")
        self.page.value(f"document.querySelector({json.dumps(selector)}).select()")
        self.page.call("Input.insertText", text=text)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, as ``halfcell serve`` starts it."""
    if find() is None:
        pytest.skip("no Chromium: install Debian's chromium")
    root = write_study(tmp_path_factory.mktemp("app") / "studies" / "two")
    Study.load(root).run(workers=1)
    command = [sys.executable, "-m", "halfcell", "serve", str(root), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        _wait_for(address)
        with Page(tmp_path_factory.mktemp("profile")) as page:
            page.open(address)
            yield Served(root, page, address.split("/s/")[0])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def _wait_for(address: str) -> None:
    import urllib.error
    import urllib.request

    for _ in range(100):
        try:
            urllib.request.urlopen(address.partition("?")[0], timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)


@pytest.fixture
def app(served: Served) -> Iterator[Served]:
    """The app with the study's files as they were at first; afterwards nothing may have gone wrong in the page."""
    (served.root / "study.toml").write_text(STUDY, encoding="utf-8")
    (served.root / "cells.csv").write_text(CELLS, encoding="utf-8")
    served.page.events.clear()
    yield served
    assert served.page.errors() == []
    assert all(address.startswith(served.base) for address in served.page.requests())


def test_a_figure_is_drawn_and_a_zoom_asks_for_its_range(app: Served) -> None:
    app.open("/s/two/item/figure-S7")
    app.page.until("document.querySelectorAll('.plot .main-svg').length > 0")
    app.page.value(
        "Plotly.relayout(document.querySelector('.plot'), {'xaxis.range[0]': 100, 'xaxis.range[1]': 300}).then(() => 0)"
    )
    app.page.until("performance.getEntriesByType('resource').some((one) => one.name.includes('low=100'))")


def test_a_number_tells_where_it_comes_from(app: Served) -> None:
    app.open("/s/two/item/table-S1")
    app.page.point_at(".number", click=True)
    app.page.until("!document.getElementById('card').hidden")
    assert "sha256" in app.text("#card")
    app.page.key("Escape")
    app.page.until("document.getElementById('card').hidden")


def test_limits_and_colours_are_changed_and_drawn_again(app: Served) -> None:
    app.open("/s/two/item/figure-S7")
    app.page.value("[...document.querySelectorAll('.controls details')].forEach((one) => { one.open = true; })")
    app.type("input[name='axes.x.limits']", "0, 500")
    app.type("input[name='colours']", "viridis")
    app.page.point_at(".controls form button.main", click=True)
    app.until_text("Fig. S7 is made again", "#message")
    app.page.until("!document.querySelector('#progress progress')", 60)
    app.page.until("document.querySelector('.plot')?.layout?.xaxis.range[1] === 500", 60)
    assert "limits = [0.0, 500.0]" in (app.root / "study.toml").read_text(encoding="utf-8")


def test_a_mass_is_edited_shown_written_and_what_depends_on_it_runs_again(app: Served) -> None:
    app.open("/s/two/tables")
    app.page.point_at(".cell[data-head='active_mass_mg']", click=True)
    app.page.until("!!document.querySelector('table.edit input')")
    app.type("table.edit input", "3.0")
    app.page.key("Enter")
    app.page.until("!!document.querySelector('#write-change')")
    assert "+ A1,half,3.0" in app.text("#change")
    app.page.point_at("#write-change", click=True)
    app.until_text("cells.csv was changed", "#message")
    assert "A1,half,3.0" in (app.root / "cells.csv").read_text(encoding="utf-8")
    app.open("/s/two/item/table-S1")
    app.until_text("out of date")
    app.page.point_at("#run", click=True)
    app.until_text("up to date")
    assert "450" in app.text("article")


def test_a_run_is_cancelled_and_told_so(app: Served) -> None:
    names = [f"D{number}" for number in range(30)]  # enough work to be cancelled
    for number, name in enumerate(names):
        (app.root / "raw" / f"{name}.csv").write_text(cycler_file(number / 1000), encoding="utf-8")
    rows = "".join(f"{name},half,1.5\n" for name in names)
    (app.root / "cells.csv").write_text(CELLS + rows, encoding="utf-8")
    app.open("/s/two/")
    app.until_idle()
    app.until_text("out of date")
    app.page.point_at("#run", click=True)
    app.page.until("!!document.querySelector('#progress progress')")
    app.page.until("document.querySelector('#progress progress')?.max > 5")
    app.page.value("document.querySelector('#progress button').click()")
    app.until_text("run cancelled", "#progress")
    for name in names:
        (app.root / "raw" / f"{name}.csv").unlink()


def test_a_doubt_is_accepted_with_a_reason(app: Served) -> None:
    raw = app.root / "raw" / "A1.csv"
    before = raw.read_text(encoding="utf-8")
    raw.write_text(cycler_file(0.01, gain=0.2), encoding="utf-8")
    app.open("/s/two/item/table-S1")
    app.until_idle()
    app.page.point_at("#run", click=True)
    app.until_text("out of date", "h1")
    app.until_text("up to date", "h1")
    app.page.until("!!document.querySelector('.note.doubt form')")
    app.page.value("document.querySelector('.note.doubt details').open = true")
    app.type(".note.doubt input[name='reason']", "the counter was checked")
    app.page.point_at(".note.doubt form button", click=True)
    app.until_text("accepted", "#message")
    assert 'reason = "the counter was checked"' in (app.root / "study.toml").read_text(encoding="utf-8")
    raw.write_text(before, encoding="utf-8")


def test_a_change_on_the_disk_is_told_and_kept(app: Served) -> None:
    app.open("/s/two/item/figure-S7")
    app.type("textarea[name='caption']", "Mine.")
    changed = STUDY.replace("Two cells", "Two of three cells")
    (app.root / "study.toml").write_text(changed, encoding="utf-8")
    app.until_text("This study has changed", "#message")
    app.page.point_at(".controls form button.main", click=True)
    app.until_text("was changed on the disk", "#message")
    assert (app.root / "study.toml").read_text(encoding="utf-8") == changed
    # the refused request is in the log of the browser
    app.page.events[:] = [one for one in app.page.events if "409" not in json.dumps(one)]


def test_a_second_browser_sees_the_change(app: Served) -> None:
    app.open("/s/two/")
    (app.root / "study.toml").write_text(STUDY.replace("Two cells", "Seen by both"), encoding="utf-8")
    app.until_text("Seen by both")


def test_a_file_is_dropped_and_viewed(app: Served) -> None:
    app.open("/s/two/files")
    (app.root / "raw" / "C3.csv").unlink(missing_ok=True)
    content = json.dumps((app.root / "raw" / "A1.csv").read_text(encoding="utf-8"))
    dropped = "new DragEvent('drop', {dataTransfer: data, bubbles: true})"
    app.page.value(
        f"(() => {{ const data = new DataTransfer(); data.items.add(new File([{content}], 'C3.csv'));"
        f"document.querySelector('form.drop').dispatchEvent({dropped}) }})()"
    )
    app.until_text("raw/C3.csv", "#dropped")
    app.open("/s/two/file?path=raw/C3.csv")
    app.page.until("document.querySelectorAll('.plot .main-svg').length > 0")
    assert "voltage volt" in app.text(".list")
    (app.root / "raw" / "C3.csv").unlink()


def test_a_document_is_audited(app: Served) -> None:
    app.open("/audit")
    app.page.point_at("main button", click=True)
    app.page.until("location.pathname.length > 8", 60)
    app.until_text("does not hold")


def test_keys(app: Served) -> None:
    app.open("/s/two/")
    app.page.key("j")
    assert "figure-S7" in app.page.value("document.activeElement.href")
    app.page.key("j")
    assert "table-S1" in app.page.value("document.activeElement.href")
    app.page.key("/")
    assert app.page.value("document.activeElement.id") == "find"
    app.page.value("document.activeElement.blur()")
    app.page.key("?")
    assert app.page.value("document.getElementById('keys').open")


PAGES = ("/", "/s/two/", "/s/two/item/figure-S7", "/s/two/item/table-S1", "/s/two/tables", "/s/two/files",
         "/s/two/documents", "/s/two/file?path=raw/A1.csv", "/audit", "/compare", "/twin")  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_and_nothing_cut_off(app: Served, path: str, scheme: str) -> None:
    """Accessibility by axe-core (WCAG A and AA), and no sideways scrolling at 1280 and 400 pixels."""
    spec = find_spec("axe_core_python")
    app.page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for width in (1280, 400):
        app.page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        app.open(path)
        time.sleep(0.6)
        assert app.page.value("document.documentElement.scrollWidth") <= width
        if spec is None or spec.origin is None:
            continue
        script = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
        app.page.value(script + "; 0")
        run = "axe.run({exclude: ['.plot']}, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
        told = "(one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' | ')"
        assert app.page.value(f"{run}.then((all) => all.violations.map({told}))") == []
    app.page.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
