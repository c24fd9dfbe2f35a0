"""The report as one HTML file that needs no network: interactive figures, every number with its origin."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from halfcell.core import markup
from halfcell.render import screen_figure
from halfcell.render.embed import font_css, inline_svg, plotly_script
from halfcell.report.document_view import View, origins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

    from halfcell.report.document_view import ItemView


@cache
def environment() -> Environment:
    """The templates of the report; the app serves the same."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    found = Environment(
        loader=PackageLoader("halfcell.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["marked"] = lambda text: Markup(markup.html(text).replace("\n", "<br>"))  # noqa: S704
    found.filters["plain"] = markup.plain
    found.filters["inert"] = _inert
    return found


def _inert(value: Any) -> Any:
    """A value as JSON that can stand inside a script element."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(safe)  # noqa: S704


def html(shown: View, files: Mapping[str, Mapping[str, Path]], folder: Path) -> str:
    """The whole page; `files` are the figures' files, linked relative to `folder` where they lie beside it."""
    from markupsafe import Markup

    drawings = {anchor: _drawing(files[anchor]["svg"], anchor) for anchor in files}
    return (
        environment()
        .get_template("report.html")
        .render(
            view=shown,
            drawings={anchor: Markup(svg) for anchor, svg in drawings.items()},  # noqa: S704
            plots={item.anchor: screen_figure(item.figure) for item in shown.items if item.figure},
            links={item.anchor: _links(item, files.get(item.anchor, {}), folder) for item in shown.items},
            origins=origins(shown.document),
            fonts=Markup(font_css(drawings.values())),  # noqa: S704
            plotly=Markup(plotly_script()) if drawings else "",  # noqa: S704
        )
    )


def _drawing(path: Path, anchor: str) -> str:
    return inline_svg(path.read_text(encoding="utf-8"), anchor)


def _links(item: ItemView, files: Mapping[str, Path], folder: Path) -> tuple[tuple[str, str], ...]:
    """Suffix and relative address of the item's files."""
    from pathlib import Path as Place

    found = dict(files) or {suffix: Place(path) for suffix, path in item.item.files.items()}
    return tuple(
        (suffix, Place(os.path.relpath(path, folder)).as_posix()) for suffix, path in sorted(found.items()) if suffix
    )
