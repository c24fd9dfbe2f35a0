"""The report as one HTML file that needs no network: interactive figures, and every number with its origin."""

from __future__ import annotations

import json
import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core import markup
from halfcell.render import screen_figure
from halfcell.render.offline_page import font_css, inline_svg, letters_of, plotly_script
from halfcell.report import wording
from halfcell.report.content_policy import policy
from halfcell.report.kept_parts import KeptParts
from halfcell.report.number_cards import number_cards, word_of
from halfcell.report.properties import properties_of
from halfcell.report.schema_org import schema_org

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from markupsafe import Markup

    from halfcell.core.figure import Figure
    from halfcell.report.document_view import ItemView, View


@cache
def environment() -> Environment:
    """The templates of the report."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("halfcell.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["marked"] = lambda text: _safe(markup.html(text).replace("\n", "<br>"))
    found.filters["plain"] = markup.plain
    found.filters["script_json"] = _script_json
    found.globals["wording"] = wording
    found.globals["word"] = word_of
    return found


def _safe(text: str) -> Markup:
    """A text that is HTML already and is not escaped again."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _script_json(value: object) -> Markup:
    """A value as JSON that cannot end the script element that it is put into."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
    return _safe(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def html(shown: View, files: Mapping[str, Mapping[str, Path]], folder: Path, kept: KeptParts | None = None) -> str:
    """The whole page.

    Parameters
    ----------
    shown
        The document.
    files
        Anchor of a figure -> suffix -> file.
    folder
        The folder of the page, to which links are relative.
    kept
        Where parts are kept between runs; without it all are made.
    """
    kept = kept or KeptParts(None)
    pictures = {anchor: found["svg"].read_text(encoding="utf-8") for anchor, found in files.items()}
    drawings = {
        anchor: kept.part("picture", [svg, anchor], partial(inline_svg, svg, anchor))
        for anchor, svg in pictures.items()
    }
    plots = {
        item.anchor: kept.part("plot", item.figure, partial(_plot, item.figure)) for item in shown.items if item.figure
    }
    letters = letters_of(drawings.values())
    fonts = kept.part("fonts", letters, partial(font_css, letters))
    kept.sweep()
    plotly, script = plotly_script() if drawings else "", environment().get_template("report.js").render()
    return (
        environment()
        .get_template("report.html")
        .render(
            view=shown,
            properties=properties_of(shown.document),
            described=schema_org(shown.document),
            drawings={anchor: _safe(svg) for anchor, svg in drawings.items()},
            plots={anchor: _safe(plot) for anchor, plot in plots.items()},
            links={item.anchor: _links(item, files.get(item.anchor, {}), folder) for item in shown.items},
            cards=number_cards(shown.document),
            fonts=_safe(fonts),
            plotly=_safe(plotly),
            script=_safe(script),
            policy=_safe(policy(plotly, script)),
        )
    )


def _plot(figure: Figure) -> str:
    """The interactive figure as JSON for a script element."""
    return str(_script_json(screen_figure(figure)))


def _links(item: ItemView, files: Mapping[str, Path], folder: Path) -> tuple[tuple[str, str], ...]:
    """Suffix and relative address of each file of an item."""
    found = dict(files) or {suffix: Path(path) for suffix, path in item.item.files.items()}
    return tuple(
        (suffix, Path(os.path.relpath(path, folder)).as_posix()) for suffix, path in sorted(found.items()) if suffix
    )
