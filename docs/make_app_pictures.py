"""Make the pictures of the app in the documentation: ``python docs/make_app_pictures.py STUDY`` (needs Chromium).

The study has been run. Every page is shown in a light and a dark window.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import Page  # noqa: E402

PAGES = {
    "home": "/",
    "study": "/s/{study}/",
    "figure": "/s/{study}/item/figure-S7",
    "table": "/s/{study}/item/table-S1",
    "tables": "/s/{study}/tables",
    "files": "/s/{study}/files",
    "file": "/s/{study}/file?path=raw/cycling/Si-Sn-10.mpt",
    "documents": "/s/{study}/documents",
    "audit": "/audit",
    "compare": "/compare",
    "twin": "/twin",
}
TARGET = ROOT / "docs" / "how-to" / "pictures"


def main(study: Path) -> None:
    """Serve the study and save a picture of each page."""
    command = [sys.executable, "-m", "halfcell", "serve", str(study), "--port", "0", "--no-browser"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        address = process.stdout.readline().strip() if process.stdout else ""
        time.sleep(2)
        with Page(Path(folder), (1280, 860)) as page:
            page.open(address)
            for scheme in ("light", "dark"):
                page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                for name, path in PAGES.items():
                    page.open(address.partition("/s/")[0] + path.format(study=quote(study.resolve().name)))
                    _prepare(page, name)
                    time.sleep(2)
                    page.picture(TARGET / f"app-{name}-{scheme}.png")
        process.terminate()


def _prepare(page: Page, name: str) -> None:
    """What a page shows only after a click."""
    if name == "table":
        page.point_at(".number", click=True)
    if name == "audit":
        page.point_at("main button", click=True)
        page.until("location.pathname.length > 8", 60)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
