"""What a PDF embeds of a font: all that draws its glyphs, and no rules for setting text; pixels without a channel."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import matplotlib as mpl
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from gallery import gallery
from halfcell.render import print_figure
from halfcell.render.paper.embedded_fonts import without_typesetting_rules

DRAWN = ("glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep")
"""ISO 32000-2, 9.9.2: the tables of an embedded TrueType font that a reader of PDF uses."""


def embedded(path: Path) -> list[TTFont]:
    """The fonts in a PDF: its streams that begin as a TrueType file does."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", path.read_bytes(), re.DOTALL):
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            continue
        if content.startswith(b"\x00\x01\x00\x00"):
            found.append(TTFont(io.BytesIO(content)))
    return found


def test_fonts_are_embedded_without_rules_for_typesetting(tmp_path: Path) -> None:
    fonts = embedded(print_figure(gallery()["layered_cell"], tmp_path / "figure")[1])
    assert fonts
    for font in fonts:
        assert not {"GSUB", "GPOS", "GDEF"} & set(font.keys())
        assert {name for name in DRAWN if name in font} == set(DRAWN)
    assert subset.load_font.__module__ == "fontTools.subset"  # as before


def test_glyphs_have_the_same_outlines_and_widths() -> None:
    content = (Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf").read_bytes()

    def glyphs_of() -> TTFont:
        options = subset.Options(glyph_names=True)
        font = subset.load_font(io.BytesIO(content), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="Si/a-Sn 0.1 µm −5 Δθ")
        subsetter.subset(font)
        return font

    whole = glyphs_of()
    with without_typesetting_rules():
        lean = glyphs_of()
    assert len(lean.getGlyphOrder()) > 10
    for name in lean.getGlyphOrder():
        assert lean["glyf"][name] == whole["glyf"][name]
        assert lean["hmtx"][name] == whole["hmtx"][name]
    assert lean.getBestCmap() == whole.getBestCmap()


def test_pictures_have_no_channel_for_transparency(tmp_path: Path) -> None:
    with Image.open(print_figure(gallery()["sizes"], tmp_path / "figure")[2]) as picture:
        assert picture.mode == "RGB"
        assert picture.info["Software"] == "halfcell"
        assert picture.getpixel((2, 2)) == (255, 255, 255)
