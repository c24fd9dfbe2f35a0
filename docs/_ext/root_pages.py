"""Pages of the project's root (CONTRIBUTING.md, CHANGELOG.md ...) as pages of the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"contributing": "CONTRIBUTING.md", "changes": "CHANGELOG.md", "code-of-conduct": "CODE_OF_CONDUCT.md"}
LINKS = {
    "](docs/": "](",
    "](README.md": "](how-to/install.md",
    "](CODE_OF_CONDUCT.md": "](code-of-conduct.md",
    "](CHANGELOG.md": "](changes.md",
    "](CONTRIBUTING.md": "](contributing.md",
}


def _read(_: Sphinx, name: str, source: list[str]) -> None:
    if name in PAGES:
        text = (ROOT / PAGES[name]).read_text(encoding="utf-8")
        for link, target in LINKS.items():
            text = text.replace(link, target)
        source[0] = text


def setup(app: Sphinx) -> dict[str, Any]:
    """Replace the text of these pages when they are read."""
    app.connect("source-read", _read)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
