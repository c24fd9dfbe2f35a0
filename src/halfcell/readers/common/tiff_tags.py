"""What microscopes write into the tags of a TIFF: Zeiss SmartSEM, TESCAN, and the resolution for printing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from halfcell.core.result import Note
from halfcell.readers.common.pixel_size import PixelSize, pixel_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.json_values import Json

    Zeiss = Mapping[str, tuple[Any, ...]]

_TESCAN = 50431  # the tag with the header of TESCAN
_PLACE = 3  # of the pixel size (m) among the numbers at the start of Zeiss's tag
_SAME = 0.01  # relative: the width of the field is printed with four digits
_HALVES = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)  # a scan is stored at these parts of its width


@dataclass(frozen=True)
class Scale:
    """The size of a pixel, with the doubts about it."""

    size: PixelSize | None
    notes: tuple[Note, ...] = ()


def zeiss_scale(tags: Zeiss, shape: tuple[int, ...]) -> Scale:
    """The size of a pixel of a Zeiss picture as it is stored.

    ``AP_IMAGE_PIXEL_SIZE`` is that of the picture, the first numbers of the tag (and ``AP_PIXEL_SIZE``) that of a
    screen of 1024 columns; the width of the field over the columns there are decides. Known answers: a picture of 2048
    columns states 24.65 and 12.33 nm, the second is right; one of 512 columns states 5.825 nm alone, where its drawn
    bar of 200 nm is 17 pixels long: 11.65 nm.
    """
    first = tags.get("", ())
    exact = first[_PLACE] if len(first) > _PLACE else None
    screen = pixel_size(exact, "m", exact, "m") or _length(tags, "ap_pixel_size")
    picture, field = _length(tags, "ap_image_pixel_size"), _length(tags, "ap_width")
    wanted = field.width / shape[1] if field else picture.width if picture else None
    if screen is None or wanted is None:
        return Scale(picture or screen)
    factor = min(_HALVES, key=lambda part: abs(part * screen.width / wanted - 1.0))
    found = PixelSize(screen.height * factor, screen.width * factor)
    if abs(found.width / wanted - 1.0) <= _SAME:
        return Scale(found)
    text = f"The file states a pixel of {screen.width:g} nm, and a field that makes it {wanted:g} nm: it was cropped or"
    return Scale(None, (Note("doubt", "pixel_sizes_disagree", f"{text} resized; no size is taken."),))


def facts(tags: Zeiss) -> dict[str, Json]:
    """Instrument, voltage, working distance and detector of a Zeiss picture."""
    voltage = tags.get("ap_actualkv") or tags.get("ap_manualkv") or ()
    made: dict[str, Json] = {"instrument": f"Zeiss {_text(tags, 'sv_serial_number')}".strip()}
    if len(voltage) > 2 and isinstance(voltage[1], int | float):
        made["beam_kilovolt"] = float(voltage[1]) * (1e-3 if voltage[2] == "V" else 1.0)
    for name, key in (("detector", "dp_detector_type"), ("started", "ap_date")):
        if _text(tags, key):
            made[name] = _text(tags, key)
    return made


def tescan_size(page: Any) -> PixelSize | None:
    """The size of a pixel in the header that TESCAN writes into a tag of its own."""
    tag = page.tags.get(_TESCAN)
    if tag is None:
        return None
    text = tag.value.decode("latin-1") if isinstance(tag.value, bytes) else str(tag.value)
    found = dict(re.findall(r"(PixelSize[XY])=([-+.\deE]+)", text))
    return pixel_size(found.get("PixelSizeY"), "m", found.get("PixelSizeX"), "m")


def dots_per_inch(page: Any) -> float | None:
    """The resolution for printing (dots per inch) that a TIFF states."""
    tag, unit = page.tags.get("XResolution"), page.tags.get("ResolutionUnit")
    if tag is None or unit is None or not tag.value[1]:
        return None
    dots = float(tag.value[0]) / float(tag.value[1])
    return {2: dots, 3: dots * 2.54}.get(int(unit.value)) if dots > 0 else None


def _length(tags: Zeiss, key: str) -> PixelSize | None:
    """A length among Zeiss's tags: (name, number, unit)."""
    value = tags.get(key, ())
    return pixel_size(value[1], value[2], value[1], value[2]) if len(value) > 2 else None


def _text(tags: Zeiss, key: str) -> str:
    value = tags.get(key, ())
    return str(value[1]) if len(value) > 1 else ""
