"""The HTML report in Chromium, opened from disk: no request, figures drawn, cards shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.chromium import Page, find
from gallery.document import document
from halfcell import report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The review of the document of `document`, opened in Chromium."""
    if find() is None:
        pytest.skip("no Chromium: install Debian's chromium")
    folder = tmp_path_factory.mktemp("report")
    path = report.write(document(), folder, ("html",))[0]
    with Page(tmp_path_factory.mktemp("profile")) as opened:
        opened.open(path.as_uri())
        yield opened


def test_nothing_is_asked_for_and_nothing_goes_wrong(page: Page) -> None:
    page.value("document.querySelector('footer').scrollIntoView()")
    assert all(address.startswith("file:") and address.endswith("review.html") for address in page.requests())
    assert page.errors() == []


def _draw_all(page: Page) -> list[str]:
    """Scroll to each figure until it is drawn; how the page's script calls them."""
    figures = [f"document.querySelectorAll('figure')[{index}]" for index in range(4)]
    for figure in figures:
        page.value(f"{figure}.scrollIntoView()")
        page.until(f"{figure}.classList.contains('alive')")
    return figures


def test_every_figure_is_drawn_when_it_comes_near(page: Page) -> None:
    assert page.value("document.querySelectorAll('figure').length") == 4
    for figure in _draw_all(page):
        assert page.value(f"{figure}.querySelectorAll('.plot .main-svg').length") > 0
        assert page.value(f"getComputedStyle({figure}.querySelector('.still')).display") == "none"
    assert page.value("document.querySelectorAll('#fig-s7 .plot path.point').length") > 100
    assert page.errors() == []


def test_the_card_of_a_number(page: Page) -> None:
    assert page.value("document.getElementById('card').hidden") is True
    page.point_until("#table-s1 .number", "!document.getElementById('card').hidden")
    card = page.value("document.getElementById('card').innerText")
    for words in ("83.6 %", "83.6371", "± 0.2 (propagated)", "raw/cycling/Si.mpt", "0f" * 32, "cycling, version 1"):
        assert words in card
    for words in ("kind = half", "ab12" * 16, 'halfcell why "S1:Si:ice"'):
        assert words in card
    page.point_until("h1", "document.getElementById('card').hidden")


def test_a_click_keeps_the_card_and_escape_lets_it_go(page: Page) -> None:
    _draw_all(page)
    page.point_at("#table-s1 .number", click=True)
    page.until("document.querySelector('.number.held') !== null")
    page.point_at("h1")
    assert page.value("document.getElementById('card').hidden") is False
    page.key("Escape")
    assert page.value("document.getElementById('card').hidden") is True


def test_the_card_comes_with_the_keyboard(page: Page) -> None:
    page.value("document.activeElement.blur()")
    page.value("document.querySelector('#table-s1 .number').focus()")
    assert page.value("document.getElementById('card').hidden") is False
    page.value("document.activeElement.blur()")
    assert page.value("document.getElementById('card').hidden") is True


def test_in_print_the_still_figures_stand(page: Page) -> None:
    page.call("Emulation.setEmulatedMedia", media="print")
    shown = "[...document.querySelectorAll('.still')].every(e => getComputedStyle(e).display !== 'none')"
    assert page.value(shown) is True
    assert page.value("getComputedStyle(document.querySelector('.contents')).display") == "none"
    page.call("Emulation.setEmulatedMedia", media="")


def test_on_a_narrow_screen_nothing_sticks_out(page: Page) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=True)
    assert page.value("document.documentElement.scrollWidth") <= 390


def test_the_file_is_one_file(page: Page) -> None:
    assert Path(page.value("decodeURI(location.pathname)")).is_file()
    assert page.value("performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length") == 0


def test_a_script_that_the_page_was_not_written_with_does_not_run(page: Page) -> None:
    """The last test of this page: it leaves an error of the policy behind."""
    page.value("window.made = document.createElement('script'), window.made.textContent = 'window.ran = true', 1")
    page.value("document.body.append(window.made)")
    assert page.value("window.ran === undefined") is True
    assert page.value("typeof window.Plotly") == "object"
