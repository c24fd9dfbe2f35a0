"""PANalytical XRDML diffractograms (versions 1 and 2); also written here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import MARK, number_at, numbers, pattern, text_at, uniform, xml_root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "5"
SUFFIXES = (".xrdml", ".xml")

_GONIOMETER = frozenset({"Omega", "Phi", "Chi", "Psi"})
_PITCHES, _RADII = (0.055, 0.07), (145.0, 240.0, 320.0)  # mm: strips of PIXcel and X'Celerator; Aeris, X'Pert, large
_PARTS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
_NEAR = (1, 2, 3, -1, -2, -3)  # values that may be missing, or too many
_SPACE = "http://www.xrdml.com/XRDMeasurement/1.5"


def recognises(raw: RawFile) -> bool:
    """Whether the root element is that of an XRDML file."""
    return b"<xrdMeasurements" in raw.head[:4096]


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every scan over 2theta, one measurement per scan.

    Raises
    ------
    InputError
        If the XML is damaged, there is no scan over 2theta, or the scans are those of a map.
    """
    root = xml_root(raw.read())
    simulated = any(MARK in (e.text or "") for e in root.iterfind("{*}comment/{*}entry"))
    found = []
    for run in root.iterfind("{*}xrdMeasurement"):
        _no_map(run)
        common = _common(root, run) | ({"simulated": True} if simulated else {})
        found += [m for scan in run.iterfind("{*}scan") if (m := _scan(scan, common))]
    if not found:
        raise InputError("no scan over 2theta", hint="it has only rocking curves or maps, or no counts")
    return tuple(found)


def _no_map(run: Element) -> None:
    """Check that the scans of a measurement are not the rows of a map of reciprocal space.

    Raises
    ------
    InputError
        If they are: one scan at each step of another axis of the goniometer is no powder diffractogram.
    """
    axis = run.get("measurementStepAxis", "")
    if run.get("measurementType") == "Area measurement" or axis in _GONIOMETER:
        count = len(run.findall("{*}scan"))
        what = f"a map of reciprocal space ({count} scans, one at each step of {axis or 'another axis'})"
        raise InputError(what, hint="it is no powder diffractogram; measure or export a single scan over 2theta")


def _common(root: Element, run: Element) -> dict[str, Json]:
    wave = "{*}usedWavelength/{*}"
    return {
        "sample": text_at(root, "{*}sample/{*}name") or text_at(root, "{*}sample/{*}id"),
        "wavelength_angstrom": number_at(run, wave + "kAlpha1"),
        "wavelength2_angstrom": number_at(run, wave + "kAlpha2"),
        "wavelength_ratio": number_at(run, wave + "ratioKAlpha2KAlpha1"),
        "anode": text_at(run, "{*}incidentBeamPath/{*}xRayTube/{*}anodeMaterial"),
        "radius_mm": number_at(run, "{*}incidentBeamPath/{*}radius"),
        "divergence_slit": _slit(run),
    }


def _slit(run: Element) -> str:
    """Whether the divergence slit opens with the angle to keep the irradiated length; empty if the file does not say.

    A slit of type ``programmableDivergenceSlitType`` has an ``irradiatedLength`` if it does, and an ``angle`` if not.
    """
    slit = run.find("{*}incidentBeamPath/{*}divergenceSlit")
    if slit is None:
        return ""
    return "automatic" if slit.find("{*}irradiatedLength") is not None else "fixed"


def _scan(scan: Element, common: dict[str, Json]) -> Measurement | None:
    points = scan.find("{*}dataPoints")
    if points is None:
        return None
    intensities = points.find("{*}intensities")
    raw = intensities if intensities is not None else points.find("{*}counts")
    axis = next((p for p in points.iterfind("{*}positions") if p.get("axis") == "2Theta"), None)
    if raw is None or axis is None or axis.find("{*}commonPosition") is not None:
        return None
    counts, notes = _attenuated(numbers(raw.text or ""), points, raw is not intensities)
    meta = common | {
        "counting_time_second": number_at(points, "{*}commonCountingTime"),
        "started": text_at(scan, "{*}header/{*}startTimeStamp"),
        "instrument": text_at(scan, "{*}header/{*}source/{*}instrumentControlSoftware"),
        "intensity_unit": raw.get("unit", "counts"),
    }
    angles = _angles(axis, len(counts))
    if axis.find("{*}listPositions") is None:
        notes += _missing(angles, common.get("radius_mm"))
    return pattern(angles, counts, meta, notes)


def _missing(angles: NDArray[np.float64], radius: Json) -> tuple[Note, ...]:
    """A doubt if the list of counts probably lost or gained values: the file states start and end, but not how many.

    A detector of strips counts in steps of its strip, atan(pitch / radius), or of simple parts of it; other scans have
    steps of few decimals. If the step that follows from the number of values is none of these, and that of one to
    three values more or fewer is, values were lost or added.
    """
    count, span = len(angles), float(angles[-1] - angles[0])
    if _is_usual(span / (count - 1), count, radius):
        return ()
    usual = [other for other in _NEAR if count + other > 2 and _is_usual(span / (count + other - 1), count, radius)]
    if not usual:
        return ()
    what = f"start, end and the usual step of the detector make {count + usual[0]} points, the list has {count}"
    why = "values were lost or added, and angles on one side of that place are wrong by as many steps"
    return (Note("doubt", "values_missing", f"{what}: {why}; export the scan again"),)


def _is_usual(step: float, count: int, radius: Json) -> bool:
    """Whether a step (degrees) is a strip of a detector, or a part or multiple of it, or has at most four decimals."""
    allowed = 3e-8 / max(count - 1, 1) * count / (count - 1) + 2e-9  # positions have eight decimals
    if abs(step * 1e4 - round(step * 1e4)) < 1e4 * allowed and step > 5e-4:
        return True
    radii = {*_RADII, float(radius)} if isinstance(radius, int | float) and radius > 0 else set(_RADII)
    strips = (np.degrees(np.arctan(pitch / one)) for pitch in _PITCHES for one in radii)
    return any(abs(step - strip * part) < allowed for strip in strips for part in _PARTS)


def _angles(axis: Element, count: int) -> NDArray[np.float64]:
    listed = axis.find("{*}listPositions")
    if listed is not None:
        return numbers(listed.text or "", "2theta")
    start, stop = number_at(axis, "{*}startPosition"), number_at(axis, "{*}endPosition")
    if start is None or stop is None or count < 2:
        raise InputError("the scan has no start or end position, or no counts", hint="copy or export it again")
    return uniform(start, (stop - start) / (count - 1), count)


def _attenuated(
    counts: NDArray[np.float64], points: Element, uncorrected: bool
) -> tuple[NDArray[np.float64], tuple[Note, ...]]:
    """Multiply by the attenuation factors: XRDML 2 stores counts as detected; XRDML 1 has them corrected."""
    factors = points.find("{*}beamAttenuationFactors")
    if factors is None or not uncorrected:
        return counts, ()
    each = numbers(factors.text or "", "beamAttenuationFactors")
    if len(each) != len(counts):
        raise InputError(f"{len(each)} attenuation factors for {len(counts)} counts", hint="copy or export it again")
    if (each == 1).all():
        return counts, ()
    return counts * each, (Note("correction", "attenuator", "counts were multiplied by the attenuation factors"),)


def _started(meta: Mapping[str, Json]) -> list[str]:
    """When the scan was started, where it is known."""
    text = escape(str(meta.get("started", "")))
    return [f"<header><startTimeStamp>{text}</startTimeStamp></header>"] if text else []


def write(measurement: Measurement) -> bytes:
    """Write one scan as XRDML 1.5; simulated data are marked in the comment."""
    meta, x = measurement.meta, measurement["two_theta_degree"]
    counts = " ".join(f"{value:.10g}" for value in measurement["intensity_count"])
    entry = f"<entry>{MARK}</entry>" if measurement.is_simulated else "<entry/>"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xrdMeasurements xmlns="{_SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" status="Completed">',
        f"<comment>{entry}</comment>",
        f'<sample type="To be analyzed"><id></id><name>{escape(str(meta.get("sample", "")))}</name></sample>',
        '<xrdMeasurement measurementType="Scan" status="Completed" sampleMode="Reflection">',
        *_beam(meta),
        '<scan appendNumber="0" mode="Continuous" scanAxis="Gonio" status="Completed">',
        *_started(meta),
        "<dataPoints>",
        '<positions axis="2Theta" unit="deg">',
        f"<startPosition>{x[0]:.8f}</startPosition><endPosition>{x[-1]:.8f}</endPosition></positions>",
        f'<commonCountingTime unit="seconds">{meta.get("counting_time_second", 1.0):g}</commonCountingTime>',
        f'<intensities unit="counts">{counts}</intensities>',
        "</dataPoints></scan></xrdMeasurement></xrdMeasurements>\n",
    ]
    return "\n".join(lines).encode()


def _beam(meta: Mapping[str, Json]) -> list[str]:
    """The elements of wavelength and tube, as far as the measurement has them."""
    names = {
        "kAlpha1": "wavelength_angstrom",
        "kAlpha2": "wavelength2_angstrom",
        "ratioKAlpha2KAlpha1": "wavelength_ratio",
    }
    wave = "".join(f"<{tag}>{meta[name]}</{tag}>" for tag, name in names.items() if name in meta)
    radius = f'<radius unit="mm">{meta["radius_mm"]}</radius>' if "radius_mm" in meta else ""
    anode = f"<anodeMaterial>{escape(str(meta.get('anode', 'Cu')))}</anodeMaterial>"
    return [
        f'<usedWavelength intended="K-Alpha">{wave}</usedWavelength>',
        f"<incidentBeamPath>{radius}<xRayTube>{anode}</xRayTube></incidentBeamPath>",
    ]
