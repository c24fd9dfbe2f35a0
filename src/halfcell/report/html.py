"""The report as one HTML file that needs no network: interactive figures, and every number with its origin."""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core import markup
from halfcell.render import screen_figure
from halfcell.render.offline_page import font_css, inline_svg, letters_of, plotly_script
from halfcell.report import wording
from halfcell.report.content_policy import policy
from halfcell.report.document_view import number_key
from halfcell.report.kept_parts import KeptParts
from halfcell.report.number_cards import number_cards, word_of
from halfcell.report.properties import properties_of
from halfcell.report.schema_org import schema_org

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from halfcell.core.document import Item
    from halfcell.report.document_view import ItemView, View


@cache
def environment() -> Environment:
    """The templates of the report."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from halfcell.report.compiled_templates import CompiledTemplates

    found = Environment(
        loader=PackageLoader("halfcell.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(),
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


def html(shown: View, files: Mapping[str, Mapping[str, Path]], folder: Path, kept: KeptParts | None = None) -> bytes:
    """The whole page, in UTF-8.

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
    parts = _Parts()
    pictures = {anchor: found["svg"].read_bytes() for anchor, found in files.items()}
    for item in shown.items:
        links = _links(item, files.get(item.anchor, {}), folder)
        parts.add(f"article {item.anchor}", _article(item, pictures.get(item.anchor, b""), links, kept))
        if item.figure:
            plot = kept.part("plot", item.item.body or item.figure, partial(_plot, item.item))
            parts.add(f"plot {item.anchor}", plot)
        if item.item.numbers:
            cards = kept.part("cards", item.item.body or item.item.numbers, partial(_cards, item.item))
            parts.add(f"cards {item.anchor}", cards)
    letters = _letters(pictures.values(), kept)
    parts.add("fonts", kept.part("fonts", letters, partial(font_css, letters)))
    parts.add("last pages", _last_pages(shown, kept))
    kept.sweep()
    return parts.put_into(_skeleton(shown, parts, drawn=bool(pictures)))


def _skeleton(shown: View, parts: _Parts, *, drawn: bool) -> str:
    """The page with a mark in the place of each part."""
    plotly, script = plotly_script() if drawn else "", environment().get_template("report.js").render()
    parts.add("plotly", plotly.encode())
    return (
        environment()
        .get_template("report.html")
        .render(
            view=shown,
            properties=properties_of(shown.document),
            described=schema_org(shown.document),
            part=lambda name: _safe(parts.mark(name)),
            script=_safe(script),
            policy=_safe(policy(plotly, script)),
        )
    )


class _Parts:
    """The parts of a page by name; a mark stands for each until all are put together, as bytes that nobody decodes."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}

    def add(self, name: str, part: bytes) -> None:
        """Add a part."""
        self._parts[name] = part

    def mark(self, name: str) -> str:
        """What stands for a part; nothing for one that the page does not have."""
        return f"\x00{name}\x00" if name in self._parts else ""

    def put_into(self, page: str) -> bytes:
        """The page with the parts in the places of their marks."""
        pieces = re.split(f"\x00({'|'.join(map(re.escape, self._parts))})\x00", page)
        return b"".join(self._parts[one] if place % 2 else one.encode() for place, one in enumerate(pieces))


def _letters(pictures: Iterable[bytes], kept: KeptParts) -> str:
    """The letters of all pictures."""
    pictures = tuple(pictures)
    marks = [hashlib.sha256(picture).digest() for picture in pictures]
    return kept.part("letters", marks, lambda: letters_of(picture.decode() for picture in pictures)).decode()


def _article(item: ItemView, picture: bytes, links: Sequence[tuple[str, str]], kept: KeptParts) -> bytes:
    """The article of one item with its printed figure, kept by all that it shows."""
    of = item.item
    content = (
        *(item.anchor, item.name, item.caption, item.remarks, links, picture, of.body or _shown(item)),
        *(of.kind, of.failure, of.simulated),
    )

    def made() -> str:
        parts: Any = environment().get_template("parts.html").module
        return str(parts.item(item, _safe(inline_svg(picture.decode(), item.anchor)), links))

    return kept.part("article", content, made)


def _shown(item: ItemView) -> tuple[object, ...]:
    """What an article shows of an item of which nobody knows what it was made from."""
    of = item.item
    numbers = of.numbers if of.kind == "figure" else ()
    shown = [(one.id, one.printed, one.origin.label, word_of(one), one.quantity.unit) for one in numbers]
    return (item.grid, item.lines, shown, item.figure.width_mm if item.figure else None)


def _last_pages(shown: View, kept: KeptParts) -> bytes:
    """What comes behind the items, kept by all that it shows; of the items that are the ids of their numbers."""
    document = shown.document
    bodies = [item.body or [number_key(one) for one in item.numbers] for item in document.items]
    content = (
        *(shown.references, document.truth, document.calibration, document.unmatched, document.code_version),
        bodies if document.truth else (),
    )

    def made() -> str:
        parts: Any = environment().get_template("parts.html").module
        return str(parts.last_pages(shown))

    return kept.part("last", content, made)


def _cards(item: Item) -> str:
    """The cards of an item's numbers as JSON for a script element."""
    return str(_script_json(number_cards(item.numbers)))


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
