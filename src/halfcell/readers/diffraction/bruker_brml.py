"""Bruker BRML diffractograms (a ZIP archive of XML)."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import DAMAGED, numbers, pattern, text_at, xml_root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".brml",)

_RAW = re.compile(r".*RawData\d+\.xml")


def recognises(raw: RawFile) -> bool:
    """Whether it is a ZIP archive with the entries of a BRML file."""
    return raw.head[:4] == b"PK\x03\x04" and re.search(rb"Experiment\d+/|experimentCollection", raw.head) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every scan over 2theta with one count per point.

    Raises
    ------
    InputError
        If the archive is damaged, or contains no such scan.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.read())) as archive:
            names = sorted(name for name in archive.namelist() if _RAW.fullmatch(name))
            roots = [xml_root(archive.read(name)) for name in names]
    except DAMAGED as error:
        raise InputError(f"the archive is damaged: {error}", hint="the file is truncated or damaged") from error
    found = [m for root in roots for route in root.iterfind("DataRoutes/DataRoute") if (m := _route(root, route))]
    if not found:
        raise InputError("no scan over 2theta with one count per point", hint="rocking curves and stills are not read")
    return tuple(found)


def _route(root: Element, route: Element) -> Measurement | None:
    rows = [(datum.text or "").replace(",", " ") for datum in route.iterfind("Datum")]
    places = _places(route)
    if len(rows) < 2 or "2theta" not in places or "counts" not in places:
        return None
    widths = {len(row.split()) for row in rows}
    if len(widths) != 1:
        raise InputError("data rows differ in length", hint="the file is damaged")
    table = numbers(" ".join(rows)).reshape(len(rows), -1)
    if max(places.values()) >= table.shape[1]:
        raise InputError(f"data rows have {table.shape[1]} numbers, fewer than declared", hint="the file is damaged")
    stated = text_at(route, "ScanInformation/MeasurementPoints")
    if stated and text_at(root, "MeasurementStatus") == "Measured" and numbers(stated)[0] != len(rows):
        raise InputError(f"{len(rows)} of {stated} points found", hint="the file is damaged")
    return pattern(table[:, places["2theta"]].copy(), table[:, places["counts"]].copy(), _meta(root, route))


def _places(route: Element) -> dict[str, int]:
    """Which numbers of a row are the angle and the counts, as declared in the file."""
    found: dict[str, int] = {}
    for view in route.iterfind("DataViews/RawDataView"):
        start, length = int(view.get("Start", "0")), int(view.get("Length", "1"))
        fields = [field.get("FieldName") for field in view.iterfind("Varying/FieldDefinitions")]
        if "TwoTheta" in fields:
            found["2theta"] = start + fields.index("TwoTheta")
        if view.find("Recording") is not None and length == 1:
            found["counts"] = start
    return found


def _meta(root: Element, route: Element) -> dict[str, Json]:
    """Wavelengths, anode, time per step and start."""
    meta: dict[str, Json] = {"started": text_at(root, "TimeStampStarted"), "intensity_unit": "counts"}
    words = {
        "WaveLengthAlpha1": "wavelength_angstrom",
        "WaveLengthAlpha2": "wavelength2_angstrom",
        "WaveLengthRatio": "wavelength_ratio",
    }
    for tag, name in words.items():
        element = next(root.iter(tag), None)
        if element is not None and element.get("Value"):
            meta[name] = float(numbers(element.get("Value", ""), tag)[0])
    anode = next(root.iter("TubeMaterial"), None)
    meta["anode"] = (anode.text or "").strip() if anode is not None else ""
    seconds = text_at(route, "ScanInformation/TimePerStepEffective") or text_at(route, "ScanInformation/TimePerStep")
    meta["counting_time_second"] = float(numbers(seconds, "TimePerStep")[0]) if seconds else None
    return meta
