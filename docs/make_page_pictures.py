"""Pictures of the review document: ``python docs/make_page_pictures.py EXAMPLE_STUDY`` (needs Chromium).

The example study has been run. Writes docs/pictures/pages: a number with the card that says where it comes from, and
the picture of the README, from the folder to the page.
"""

from __future__ import annotations

import base64
import io
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from PIL import Image  # noqa: E402

from browser.chromium import Page  # noqa: E402

MOST = 458.0  # pixels: the lower part of a long card is left out
TARGET = ROOT / "docs" / "pictures" / "pages"
MARK = """(() => {
  const found = [...document.querySelectorAll('#table-s1 .number')].find(one => one.textContent.startsWith('92.5'));
  found.id = 'shown';
})()"""
OVERVIEW = """<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; font: 15px/1.45 system-ui, 'DejaVu Sans', sans-serif; color: #1b1f24; background: #fff; }
main { display: grid; grid-template-columns: 300px 60px 1fr; align-items: center; gap: 8px; padding: 14px;
  width: 1160px; }
pre { margin: 0; font: 13.5px/1.5 'DejaVu Sans Mono', monospace; background: #f6f8fa; border: 1px solid #d0d7de;
  border-radius: 8px; padding: 14px 16px; }
b { color: #0550ae; font-weight: 600; } i { color: #6e7781; font-style: normal; }
svg { display: block; margin: auto; }
figure { margin: 0; border: 1px solid #d0d7de; border-radius: 8px; overflow: hidden; }
img { display: block; width: 100%; }
figcaption { padding: 8px 14px; background: #f6f8fa; border-top: 1px solid #d0d7de; }
</style><main><pre>example-study/
  <b>study.toml</b>
  <b>cells.csv</b>   <i>kind, masses</i>
  <b>samples.csv</b>
  raw/
    cycling/  <i>.mpt, .csv</i>
    xrd/      <i>.xrdml, .uxd</i>
    impedance/  <i>.z, .dta</i>
    raman/  xas/  edx/
    tem/    <i>.dm3</i>
    sorption/  tga/
    indentation/ ...</pre>
<svg width="56" height="90" viewBox="0 0 56 90"><text x="28" y="24" text-anchor="middle" font-size="12"
font-family="DejaVu Sans Mono, monospace">halfcell</text><text x="28" y="39" text-anchor="middle" font-size="12"
font-family="DejaVu Sans Mono, monospace">run</text><path d="M4 56 H44 M34 46 L46 56 L34 66" fill="none"
stroke="#0550ae" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>
<figure><img src="data:image/png;base64,PICTURE"><figcaption>Each number of each figure and table leads back to its
file, settings and formula.</figcaption></figure></main>"""


def main(study: Path) -> None:
    """Draw both."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with Page(Path(folder) / "one", (880, 700)) as page:
            number = _number(page, study)
        _write(number, TARGET / "review-number.png")
        with Page(Path(folder) / "two", (1188, 600)) as page:
            place = Path(folder) / "overview.html"
            place.write_text(OVERVIEW.replace("PICTURE", base64.b64encode(number).decode()), encoding="utf-8")
            page.open(place.as_uri())
            height = page.value("Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
            _write(_clip(page, 0, 0, 1188, height), TARGET / "overview.png")


def _number(page: Page, study: Path) -> bytes:
    """The table in which the mouse points at a number, with the card of the number."""
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    page.open((study / "out" / "review.html").resolve().as_uri())
    page.value(MARK)
    page.point_until("#shown", "!document.getElementById('card').hidden")
    time.sleep(1)
    boxes = [
        _box(page, selector)
        for selector in ("#table-s1 table", "#table-s1 caption, #table-s1 figcaption, #table-s1", "#card")
    ]
    left, top = (min(box[part] for box in boxes) - 12 for part in (0, 1))
    right, bottom = (max(box[part] for box in boxes) + 12 for part in (2, 3))
    return _clip(page, max(left, 0), top, right - max(left, 0), min(bottom - top, MOST))


def _box(page: Page, selector: str) -> list[float]:
    script = f"(() => {{const b = document.querySelector('{selector}').getBoundingClientRect();"
    found: list[float] = page.value(script + "return [b.x, b.y + scrollY, b.right, b.bottom + scrollY]})()")
    return found


def _clip(page: Page, left: float, top: float, width: float, height: float) -> bytes:
    clip: dict[str, Any] = {"x": left, "y": top, "width": width, "height": height, "scale": 1.35}
    answer = page.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    return base64.b64decode(answer["data"])


def _write(content: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {picture.size}, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
