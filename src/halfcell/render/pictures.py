"""Read pictures and drawings for panels: pixels as they are shown, no larger than print needs."""

from __future__ import annotations

import io
import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.errors import InputError
from halfcell.render.drawing_fonts import with_usable_fonts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST: Final = 4300  # pixels: 180 mm at 600 dpi
_DRAWN_MM: Final = 180.0  # the width at which a drawing is turned into pixels


def read_picture(path: Path, crop: tuple[float, float, float, float] | None) -> tuple[NDArray[Any], float]:
    """Return the pixels of a picture (rows, columns[, 3]), 0 to 1, upright, and how many pixels of the file one is.

    Grey values of more than 8 bits are stretched between the darkest and the brightest one.

    Raises
    ------
    InputError
        If the file is no picture, or nothing is left after `crop`.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened)
            box = _box(crop, picture.size) if crop else (0, 0, *picture.size)
            if box[0] >= box[2] or box[1] >= box[3]:
                raise InputError("nothing of the picture is left", path.name, "crop = [left, top, right, bottom]")
            picture = picture.crop(box)
            factor = max(1, math.ceil(max(picture.size) / _LONGEST))
            return _values(picture.reduce(factor) if factor > 1 and picture.mode != "I;16" else picture), float(factor)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InputError(f"not a readable picture: {error}", path.name) from error


def _box(crop: tuple[float, float, float, float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return a crop in pixels: numbers up to 1 are fractions."""
    width, height = size if max(crop) <= 1.0 else (1, 1)
    left, top, right, bottom = crop
    edges = (round(left * width), round(top * height), round(right * width), round(bottom * height))
    return max(edges[0], 0), max(edges[1], 0), min(edges[2], size[0]), min(edges[3], size[1])


def _values(picture: Any) -> NDArray[Any]:
    """Return pixels as numbers from 0 to 1; transparent ones are white."""
    from PIL import Image

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        picture = Image.alpha_composite(white, layered).convert("RGB")
    if picture.mode in {"L", "RGB"}:
        return np.asarray(picture, dtype=np.float32) / 255.0
    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        return np.asarray((values - low) / (high - low or 1.0), dtype=np.float32)
    grey = picture.mode == "1"
    return np.asarray(picture.convert("L" if grey else "RGB"), dtype=np.float32) / 255.0


def read_drawing(path: Path, page: int) -> NDArray[Any]:
    """Return an SVG or a page of a PDF as pixels at 600 dpi of 180 mm; fonts that are missing become that of figures.

    Raises
    ------
    InputError
        If the file is damaged or has no such page.
    """
    import typst

    from halfcell.render.offline_page import font_folder

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, f"drawing{path.suffix.lower()}")
        content = path.read_bytes()
        copy.write_bytes(with_usable_fonts(content)[0] if copy.suffix == ".svg" else content)
        which = f", page: {page}" if copy.suffix == ".pdf" else ""
        text = (
            f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{copy.name}", width: {_DRAWN_MM}mm{which})\n'
        )
        Path(folder, "main.typ").write_text(text, encoding="utf-8")
        try:
            made = typst.compile(
                str(Path(folder, "main.typ")), format="png", ppi=600.0, root=folder, font_paths=[str(font_folder())]
            )
        except RuntimeError as error:
            why = str(error).splitlines()[0].replace(copy.name, path.name)
            raise InputError(f"not a readable drawing: {why}", path.name) from error
    return _pixels(made)


def _pixels(content: bytes) -> NDArray[Any]:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return _values(picture)
