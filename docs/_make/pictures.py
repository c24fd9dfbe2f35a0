"""The pictures that ``docs/make_pictures.py`` has made, and how pages show them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from _make.markdown import MADE, anchor, first, page
from halfcell.core.plugins import plugins
from halfcell.techniques.load import load_technique

DOCS = Path(__file__).resolve().parents[1]
GALLERY = """Every kind of figure, drawn from the example study or from simulated files like its own by
`python docs/make_pictures.py`; all data are simulated. `show` in `study.toml` and `--show` on the command line take the
name in the title."""
FOLDER = DOCS / "pictures" / "shows"


def file_name(technique: str, show: str) -> str:
    """The picture of a figure of a technique."""
    return re.sub(r"[^0-9a-z]+", "-", f"{technique} {show}".lower()).strip("-") + ".png"


def drawn(technique: str) -> list[str]:
    """The figures of a technique that have a picture."""
    return [show for show in load_technique(technique).figures if (FOLDER / file_name(technique, show)).is_file()]


def of_technique(technique: str) -> str:
    """The picture at the head of a technique's page: its first figure that is no drawing."""
    shows = [show for show in drawn(technique) if show not in {"schematic", "chart"}] or drawn(technique)
    if not shows:
        return ""
    said = f"{shows[0]}: {first(inspect.getdoc(load_technique(technique).figures[shows[0]]))}"
    return f"![{said}](../../pictures/shows/{file_name(technique, shows[0])}){{.shown}}"


def gallery_link(technique: str, show: str) -> str:
    """A link to the picture of a figure."""
    if not (FOLDER / file_name(technique, show)).is_file():
        return ""
    return f"[picture](../../gallery.md#{anchor(f'{technique} {show}')})"


def gallery() -> str:
    """The page with all of them."""
    parts = [
        MADE,
        "# Gallery",
        GALLERY,
    ]
    for name in plugins("techniques"):
        if shows := drawn(name):
            parts += [f"## [{name}](reference/techniques/{name}.md)", *(_card(name, show) for show in shows)]
    return page(parts)


def _card(name: str, show: str) -> str:
    """A figure with its name, its picture and what it is."""
    said = first(inspect.getdoc(load_technique(name).figures[show]))
    return f"### {name}: {show}\n\n{said}\n\n![{name}: {show}](pictures/shows/{file_name(name, show)}){{.shown}}"
