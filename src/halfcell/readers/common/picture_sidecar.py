"""The text file that a scanning electron microscope writes beside a picture: Hitachi and JEOL (.txt), TESCAN (.hdr)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.limits import MAX_PICTURE_DESCRIPTION
from halfcell.core.result import Note
from halfcell.readers.common.pixel_size import PixelSize, pixel_size
from halfcell.readers.common.sidecar_suffixes import SIDECAR_SUFFIXES
from halfcell.readers.common.text_files import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

_HITACHI = "[SemImageFile]"
_LABEL = re.compile(r"^\s*(?P<number>[\d.]+)\s*(?P<unit>\S+)\s*$")
_BAR_PIXELS = 1.0  # a drawn bar ends within a pixel of its length
_INCH_NM = 25.4e6
_MARK = "simulated by halfcell"


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """What a sidecar states: the size of a pixel, other facts, and doubts; all empty where there is none."""

    size: PixelSize | None = None
    meta: Mapping[str, Json] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def sidecar(raw: RawFile, shape: tuple[int, ...], dots_per_inch: float | None = None) -> Sidecar:
    """Read the text file beside a picture, if there is one of a known microscope.

    Parameters
    ----------
    raw
        The picture.
    shape
        Its rows and columns, which are compared with what the sidecar says: a picture may have been resized.
    dots_per_inch
        What a JEOL picture states; with the magnification it gives the pixel size more finely than the drawn bar.

    Returns
    -------
    Sidecar
        Empty where there is no sidecar.
    """
    for path in (raw.path.with_suffix(suffix) for suffix in SIDECAR_SUFFIXES):
        if path.is_file() and path.stat().st_size <= MAX_PICTURE_DESCRIPTION:
            content = path.read_bytes()
            found = _stated(decode(content, "utf-8", "cp932", "latin-1"), shape, dots_per_inch)
            if found:
                origin: dict[str, Json] = {"sidecar": path.name, "sidecar_sha256": hashlib.sha256(content).hexdigest()}
                return Sidecar(size=found.size, meta={**found.meta, **origin}, notes=(*found.notes, _read_beside(path)))
    return Sidecar()


def _read_beside(path: Path) -> Note:
    return Note("info", "sidecar", f"The size of a pixel is from {path.name} beside the picture.")


def _stated(text: str, shape: tuple[int, ...], dots_per_inch: float | None) -> Sidecar | None:
    if text.lstrip("\ufeff \r\n").startswith(_HITACHI):
        return _hitachi(_equalities(text), shape)
    if re.search(r"^\${1,2}\w+", text, re.MULTILINE) and "CM_MAG" in text:
        return _jeol(dict(re.findall(r"^\${1,2}(\w+)[ \t]+(.*?)\s*$", text, re.MULTILINE)), shape, dots_per_inch)
    values = _equalities(text)
    return _tescan(values) if "PixelSizeX" in values and "[MAIN]" in text else None


def _equalities(text: str) -> dict[str, str]:
    """Lines ``key=value``."""
    return {key: value.strip() for key, value in re.findall(r"^(\w+)[ \t]*=[ \t]*(.*?)\s*$", text, re.MULTILINE)}


def _hitachi(values: Mapping[str, str], shape: tuple[int, ...]) -> Sidecar:
    """Hitachi: ``PixelSize`` in nm for a picture of ``DataSize`` (columns x rows)."""
    meta: dict[str, Json] = {"instrument": f"Hitachi {values.get('InstructName', '')}".strip()}
    meta.update(_number_of(values, "AcceleratingVoltage", "beam_kilovolt", 1e-3))
    meta.update({"simulated": True} if _MARK in values.get("Comment", "") else {})
    said = re.fullmatch(r"(\d+)\s*[xX]\s*(\d+)", values.get("DataSize", ""))
    size = pixel_size(values.get("PixelSize"), "nm", values.get("PixelSize"), "nm")
    if size is None or said is None:
        return Sidecar(size=size, meta=meta)
    return _for_shape(size, (int(said[2]), int(said[1])), shape, meta)


def _for_shape(size: PixelSize, stated: tuple[int, int], shape: tuple[int, ...], meta: Mapping[str, Json]) -> Sidecar:
    """The size for the picture as it is: one that was resized in proportion has larger or smaller pixels."""
    rows, columns = shape[:2]
    if columns == stated[1]:
        return Sidecar(size=size, meta=meta)
    factor = stated[1] / columns
    text = f"the picture is {columns} pixels wide, its sidecar says {stated[1]}"
    if abs(rows * factor - stated[0]) > max(2.0, 0.2 * stated[0]):  # a data bar below may be missing or added
        note = Note("doubt", "picture_resized", f"{text.capitalize()}: it was cropped, so its scale is not used.")
        return Sidecar(meta=meta, notes=(note,))
    note = Note("doubt", "picture_resized", f"{text.capitalize()}: it was resized, and its pixels with it.")
    return Sidecar(size=PixelSize(size.height * factor, size.width * factor), meta=meta, notes=(note,))


def _jeol(values: Mapping[str, str], shape: tuple[int, ...], dots_per_inch: float | None) -> Sidecar:
    """JEOL: the drawn bar, or the magnification with the resolution of the picture where the bar agrees with it."""
    meta: dict[str, Json] = {"instrument": values.get("CM_INSTRUMENT") or "JEOL"}
    meta.update(_number_of(values, "CM_ACCEL_VOLT", "beam_kilovolt", 1.0))
    pixels, label = _first_number(values.get("SM_MICRON_BAR")), _LABEL.match(values.get("SM_MICRON_MARKER", ""))
    bar = pixel_size(label["number"], label["unit"], label["number"], label["unit"]) if label else None
    by_bar = bar.width / pixels if bar and pixels else None
    magnification = _first_number(values.get("CM_MAG"))
    finer = _INCH_NM / (dots_per_inch * magnification) if dots_per_inch and magnification else None
    chosen = by_bar
    if finer and bar and pixels and abs(bar.width / finer - pixels) <= _BAR_PIXELS:
        chosen = finer
    if chosen is None:
        return Sidecar(meta=meta)
    size = PixelSize(chosen, chosen)
    full = [int(word) for word in re.findall(r"\d+", values.get("CM_FULL_SIZE", ""))]
    return _for_shape(size, (full[1], full[0]), shape, meta) if len(full) == 2 else Sidecar(size=size, meta=meta)


def _tescan(values: Mapping[str, str]) -> Sidecar:
    """TESCAN: ``PixelSizeX`` and ``PixelSizeY`` in m."""
    meta: dict[str, Json] = {"instrument": f"TESCAN {values.get('Device', '')}".strip()}
    meta.update(_number_of(values, "HV", "beam_kilovolt", 1e-3))
    return Sidecar(size=pixel_size(values.get("PixelSizeY"), "m", values["PixelSizeX"], "m"), meta=meta)


def _number_of(values: Mapping[str, str], key: str, name: str, factor: float) -> dict[str, Json]:
    number = _first_number(values.get(key))
    return {name: number * factor} if number else {}


def _first_number(text: str | None) -> float | None:
    match = re.match(r"\s*([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)", text or "")
    return float(match[1]) if match else None


def write_hitachi(measurement: Measurement, picture_name: str) -> bytes:
    """Write the text file that a Hitachi microscope puts beside a picture; simulated data are marked in the comment."""
    rows, columns = measurement["image"].shape
    meta = measurement.meta
    lines = (
        _HITACHI,
        f"InstructName={meta.get('instrument', 'SU8220')}",
        f"ImageName={picture_name}",
        f"DataSize={columns}x{rows}",
        f"PixelSize={meta['pixel_width_nm']:.6g}",
        f"AcceleratingVoltage={1e3 * float(meta.get('beam_kilovolt', 5.0)):.0f} Volt",
        f"Comment={_MARK if measurement.is_simulated else ''}",
    )
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")
