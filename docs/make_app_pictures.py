"""Make the pictures of the app in the documentation: ``python docs/make_app_pictures.py STUDY`` (needs Chromium)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import Page  # noqa: E402

PICTURES = {
    "app-study": ("/", "light"),
    "app-figure": ("/item/figure-S7", "light"),
    "app-table-dark": ("/item/table-S1", "dark"),
    "app-tables": ("/tables", "light"),
    "app-files": ("/files", "light"),
    "app-documents": ("/documents", "dark"),
}


def main(study: Path) -> None:
    """Serve the study and save a picture of each page."""
    command = [sys.executable, "-m", "halfcell", "serve", str(study), "--port", "0", "--no-browser"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        tempfile.TemporaryDirectory() as folder,
    ):
        address = process.stdout.readline().strip()
        time.sleep(2)
        with Page(Path(folder), (1280, 860)) as page:
            page.open(address)
            for name, (path, scheme) in PICTURES.items():
                page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                page.open(address.partition("/?")[0] + path)
                time.sleep(3)
                page.picture(ROOT / "docs" / "how-to" / "pictures" / f"{name}.png")
        process.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
