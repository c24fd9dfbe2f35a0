"""The report as one HTML file that needs no network: interactive figures, and every number with its origin."""

from __future__ import annotations

import json
import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from halfcell.core.document import Item
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
    fragments = _fragments(shown, files, folder, pictures, kept)
    kept.sweep()
    plotly, script = plotly_script() if pictures else "", environment().get_template("report.js").render()
    return (
        environment()
        .get_template("report.html")
        .render(
            view=shown,
            properties=properties_of(shown.document),
            described=schema_org(shown.document),
            articles=fragments.articles,
            plots=fragments.plots,
            cards=number_cards(shown.document),
            fonts=fragments.fonts,
            plotly=_safe(plotly),
            script=_safe(script),
            policy=_safe(policy(plotly, script)),
        )
    )


class _Fragments(NamedTuple):
    """The parts of a page that are kept between runs: articles and interactive figures by anchor, and the font."""

    articles: Mapping[str, Markup]
    plots: Mapping[str, Markup]
    fonts: Markup


def _fragments(
    shown: View, files: Mapping[str, Mapping[str, Path]], folder: Path, pictures: Mapping[str, str], kept: KeptParts
) -> _Fragments:
    articles = {}
    for item in shown.items:
        links = _links(item, files.get(item.anchor, {}), folder)
        articles[item.anchor] = _safe(_article(item, pictures.get(item.anchor, ""), links, kept))
    plots = {
        item.anchor: _safe(kept.part("plot", item.item.key or item.figure, partial(_plot, item.item)))
        for item in shown.items
        if item.figure
    }
    letters = letters_of(pictures.values())
    return _Fragments(articles, plots, _safe(kept.part("fonts", letters, partial(font_css, letters))))


def _article(item: ItemView, picture: str, links: Sequence[tuple[str, str]], kept: KeptParts) -> str:
    """The article of one item with its printed figure, kept by all that it shows."""
    of = item.item
    numbers = of.numbers if of.kind == "figure" else ()
    shown = [(one.id, one.printed, one.origin.label, word_of(one), one.quantity.unit) for one in numbers]
    content = (
        *(item.anchor, item.name, item.caption, item.grid, item.remarks, item.lines, shown, links, picture),
        *(of.kind, of.failure, of.simulated, item.figure.width_mm if item.figure else None),
    )

    def made() -> str:
        parts: Any = environment().get_template("parts.html").module
        return str(parts.item(item, _safe(inline_svg(picture, item.anchor)), links))

    return kept.part("article", content, made)


def _plot(item: Item) -> str:
    """The interactive figure as JSON for a script element."""
    figure = item.whole_figure()
    return str(_script_json(screen_figure(figure))) if figure else ""


def _links(item: ItemView, files: Mapping[str, Path], folder: Path) -> tuple[tuple[str, str], ...]:
    """Suffix and relative address of each file of an item."""
    found = dict(files) or {suffix: Path(path) for suffix, path in item.item.files.items()}
    return tuple(
        (suffix, Path(os.path.relpath(path, folder)).as_posix()) for suffix, path in sorted(found.items()) if suffix
    )
