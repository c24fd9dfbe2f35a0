"""X-ray maps in the format of Lispix (.rpl, with its numbers in a .raw beside it), which most EDX programs export."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_VALUES
from halfcell.readers.common.pixel_size import pixel_size
from halfcell.readers.common.text_files import decode
from halfcell.readers.common.x_ray_spectrum import kiloelectronvolts, spectrum, spectrum_image

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".rpl",)
_NEEDED = ("width", "height", "depth", "offset", "data-length", "data-type", "byte-order", "record-by")
_KINDS = {"unsigned": "u", "signed": "i", "float": "f"}
_ORDERS = {"little-endian": "<", "big-endian": ">", "dont-care": "="}
_MARK = "simulated by halfcell"
_NUMBERS = {
    "beam-energy": "beam_kilovolt",
    "elevation-angle": "take_off_angle_degree",
    "tilt-stage": "tilt_degree",
    "live-time": "live_time_second",
}
_TEXTS = {"title": "title", "date": "date", "time": "time"}


def recognises(raw: RawFile) -> bool:
    """Whether the file is a list of keys with those that describe a cube."""
    lines = raw.head[:4096].lower().splitlines()
    keys = {line.split(b"\t")[0].strip() for line in lines if b"\t" in line}
    return {b"width", b"height", b"depth", b"record-by"} <= keys


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the map, or the spectrum where there is one pixel.

    Raises
    ------
    InputError
        If a key is missing or unusable, the .raw is not beside the file, or it is shorter than the keys say.
    """
    head = _head(decode(raw.read(), "utf-8", "latin-1"))
    missing = [key for key in _NEEDED if key not in head]
    if missing:
        raise InputError(f"no line {missing[0]!r}", raw.name, "unknown layout of RPL")
    energy = _energies(head, raw.name)
    cube, digest = _cube(head, raw)
    meta = {**_meta(head), "sidecar": raw.path.with_suffix(".raw").name, "sidecar_sha256": digest}
    if cube.shape[:2] == (1, 1):
        return (spectrum(energy, cube[0, 0], meta),)
    return (spectrum_image(energy, cube, meta),)


def _head(text: str) -> dict[str, str]:
    """Keys in lower case -> values; without comments behind a semicolon."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        key, _, value = line.partition("\t")
        if value.strip():
            found.setdefault(key.strip().lower(), value.split(";")[0].strip())
    return found


def _number(head: Mapping[str, str], key: str, where: str) -> float:
    try:
        value = float(head[key])
    except (KeyError, ValueError):
        raise InputError(f"{key} is {head.get(key, 'missing')!r}, not a number", where) from None
    if not math.isfinite(value):
        raise InputError(f"{key} is {head[key]!r}, not a number", where)
    return value


def _count(head: Mapping[str, str], key: str, where: str, least: int = 1) -> int:
    value = _number(head, key, where)
    if value != round(value) or not least <= value < MAX_VALUES:
        raise InputError(f"{key} is {head[key]!r}", where, "a whole number is needed")
    return int(value)


def _energies(head: Mapping[str, str], where: str) -> NDArray[np.float64]:
    """Energies of the channels (keV)."""
    number = _count(head, "depth", where)
    if "ev-per-chan" in head:
        step, first, unit = _number(head, "ev-per-chan", where), 0.0, 1e-3
        if "depth-origin" in head and kiloelectronvolts(head.get("depth-units", "")):
            first = _number(head, "depth-origin", where) * float(kiloelectronvolts(head["depth-units"]) or 1.0) / unit
    else:
        named = kiloelectronvolts(head.get("depth-units", ""))
        if named is None:
            raise InputError("the file does not say how wide a channel is", where, "ev-per-chan is needed")
        step, first, unit = _number(head, "depth-scale", where), 0.0, named
        if "depth-origin" in head:
            first = _number(head, "depth-origin", where)
    return np.asarray((first + step * np.arange(number)) * unit, dtype=float)


def _cube(head: Mapping[str, str], raw: RawFile) -> tuple[NDArray[Any], str]:
    """Counts (rows, columns, channels) of the .raw beside the file, and its hash."""
    path = next((p for p in (raw.path.with_suffix(s) for s in (".raw", ".RAW")) if p.is_file()), None)
    if path is None:
        raise InputError("there is no .raw beside it", raw.name, "both files belong together: copy both")
    width, height, depth = (_count(head, key, raw.name) for key in ("width", "height", "depth"))
    size, skipped = _count(head, "data-length", raw.name), _count(head, "offset", raw.name, least=0)
    kind = _KINDS.get(head["data-type"].lower())
    order = _ORDERS.get(head["byte-order"].lower())
    if kind is None or order is None or size not in {1, 2, 4, 8} or (kind == "f" and size < 4):
        what = f"{head['data-type']} of {size} bytes, {head['byte-order']}"
        raise InputError(f"numbers are said to be {what}", raw.name, "unknown layout of RPL")
    content = path.read_bytes()
    values = width * height * depth
    if values > MAX_VALUES or len(content) < skipped + values * size:
        needed = skipped + values * size
        hint = "the file was cut off, or belongs to another .rpl"
        raise InputError(f"{path.name} holds {len(content)} of {needed} bytes", raw.name, hint)
    flat = np.frombuffer(content, dtype=np.dtype(f"{order}{kind}{size}"), count=values, offset=skipped)
    if head["record-by"].lower() == "image":
        cube = np.moveaxis(flat.reshape(depth, height, width), 0, -1)
    else:
        cube = flat.reshape(height, width, depth)
    native = cube if cube.dtype.isnative else cube.astype(cube.dtype.newbyteorder("="))
    return native, hashlib.sha256(content).hexdigest()


def _meta(head: Mapping[str, str]) -> dict[str, Json]:
    meta: dict[str, Json] = {name: head[key] for key, name in _TEXTS.items() if key in head}
    for key, name in _NUMBERS.items():
        try:
            value = float(head[key])
        except (KeyError, ValueError):
            continue
        if math.isfinite(value):
            meta[name] = value
    size = pixel_size(
        head.get("height-scale"), head.get("height-units"), head.get("width-scale"), head.get("width-units")
    )
    marked = {"simulated": True} if _MARK in head.get("comment", "") else {}
    return {**meta, **marked, **(size.meta() if size else {})}


def write(measurement: Measurement) -> tuple[bytes, bytes]:
    """The .rpl and the .raw of a simulated map."""
    energy, cube = measurement["energy_kiloelectronvolt"], np.asarray(measurement["count_map"])
    small = cube.astype("<u2") if cube.max(initial=0) > 255 else cube.astype("u1")
    step = 1e3 * float(energy[-1] - energy[0]) / (len(energy) - 1)
    meta = measurement.meta
    rows: list[tuple[str, object]] = [
        ("key", "value"),
        ("title", meta.get("title", "")),
        ("width", cube.shape[1]),
        ("height", cube.shape[0]),
        ("depth", cube.shape[2]),
        ("offset", 0),
        ("data-length", small.dtype.itemsize),
        ("data-type", "unsigned"),
        ("byte-order", "little-endian" if small.dtype.itemsize > 1 else "dont-care"),
        ("record-by", "vector"),
        ("ev-per-chan", round(step, 6)),
        ("depth-origin", round(1e3 * float(energy[0]), 6)),
        ("depth-scale", round(step, 6)),
        ("depth-units", "eV"),
        ("beam-energy", meta.get("beam_kilovolt", "")),
        ("elevation-angle", meta.get("take_off_angle_degree", "")),
        ("live-time", meta.get("live_time_second", "")),
    ]
    for edge in ("width", "height"):
        if f"pixel_{edge}_nm" in meta:
            rows += [(f"{edge}-scale", meta[f"pixel_{edge}_nm"]), (f"{edge}-units", "nm")]
    if meta.get("simulated"):
        rows.append(("comment", _MARK))
    text = "".join(f"{key}\t{value}\n" for key, value in rows if value != "")
    return text.encode(), small.tobytes()
