"""Make HTML pages with figures work without a network: inline SVG, a subset of the font, plotly's script."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.render import style

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASSETS = Path(__file__).with_name("assets")
_FACES = {"DejaVuSans.ttf": "normal 400", "DejaVuSans-Bold.ttf": "normal 700", "DejaVuSans-Oblique.ttf": "italic 400"}
_HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"\s*<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>", re.DOTALL)
_SIZE = re.compile(r'(<svg\b[^>]*?) width="([\d.]+)pt" height="[\d.]+pt"')
_TEXT = re.compile(r">([^<>]+)<")


def inline_svg(svg: str, prefix: str) -> str:
    """Prepare a printed figure for a page: no prologue, ids that begin with `prefix`, at most as wide as printed."""
    body = _METADATA.sub("", _HEAD.sub("", svg, count=1), count=1)
    rules = _STYLE.search(body)
    body = _STYLE.sub("", body, count=1)
    inherited = rules.group(1) if rules else ""
    body = _SIZE.sub(rf'\1 style="width:\2pt;max-width:100%;height:auto;{inherited}"', body, count=1)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    return re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', body).strip()


def font_folder() -> Path:
    """Return the folder of the figures' font, for programs that draw the SVG themselves."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def letters_of(texts: Iterable[str]) -> str:
    """Return the letters of SVG or HTML texts in a fixed order, with those that every page needs."""
    letters = set(map(chr, range(32, 127))) | set("−×°µ")
    for text in texts:
        letters.update(*_TEXT.findall(text))
    return "".join(sorted(letters))


def font_css(letters: str) -> str:
    """Return the ``@font-face`` rules of the figures' font, reduced to the given letters."""
    return "\n".join(_face(name, look, letters) for name, look in _FACES.items())


def _face(name: str, look: str, letters: str) -> str:
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = []
    options.hinting = False
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM"]
    buffer = io.BytesIO()
    with subset.load_font(str(font_folder() / name), options) as font:
        chooser = subset.Subsetter(options)
        chooser.populate(text=letters)
        chooser.subset(font)
        subset.save_font(font, buffer, options)
    kind, weight = look.split()
    data = base64.b64encode(buffer.getvalue()).decode()
    family = f"font-family:'{style.FONT}';font-style:{kind};font-weight:{weight}"
    return f"@font-face{{{family};src:url(data:font/woff;base64,{data}) format('woff')}}"


def plotly_script() -> str:
    """Return the script that draws what `screen_figure` returns: plotly.js, cartesian bundle, MIT licence."""
    return (_ASSETS / "plotly-cartesian.min.js").read_text(encoding="utf-8")
