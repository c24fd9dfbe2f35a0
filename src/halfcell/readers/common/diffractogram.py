"""Diffractograms as measurements: checked, with uniform angles; and XML and number lists for their readers."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_SCAN
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[np.float64]

MARK = "simulated by halfcell"
SINGLE_BYTE = "latin-1"
_FEWEST_OF_A_MAP = 3  # scans
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError)


def pattern(
    two_theta: Array, counts: Array, meta: Mapping[str, Json], notes: tuple[Note, ...] = (), std: Array | None = None
) -> Measurement:
    """Make the measurement of one scan, after checking its numbers.

    Parameters
    ----------
    two_theta, counts
        Angles in degrees and counts, of the same length.
    meta
        What else the file states; empty values are left out.
    std
        Standard uncertainty of the counts, if the file has it.

    Raises
    ------
    InputError
        If the columns differ in length, are empty or not finite, or the angles do not ascend (a descending scan is
        reversed, with a note).
    """
    if len(two_theta) != len(counts) or len(counts) < 2:
        raise InputError(f"{len(two_theta)} angles and {len(counts)} counts", hint="expected as many of both")
    if not (np.isfinite(two_theta).all() and np.isfinite(counts).all() and np.abs(counts).max() < 1e15):
        raise InputError("not all values are finite numbers", hint="export it again")
    columns = {"two_theta_degree": two_theta, "intensity_count": counts}
    if std is not None:
        columns["intensity_std_count"] = std
    if two_theta[0] > two_theta[-1]:
        columns = {name: column[::-1].copy() for name, column in columns.items()}
        notes += (Note("correction", "descending_scan", "the scan ran from high to low angles; reversed"),)
    steps = np.diff(columns["two_theta_degree"])
    if (steps <= 0).any():
        raise InputError(
            f"the angles do not ascend after point {int(np.argmax(steps <= 0)) + 1}", hint="expected one scan"
        )
    if (counts < 0).any():
        text = (
            f"{int((counts < 0).sum())} negative counts: a background was subtracted before; counting noise is unknown"
        )
        notes += (Note("doubt", "negative_counts", text),)
    kept = {name: value for name, value in meta.items() if value not in {None, ""}}
    return Measurement(technique="diffraction", columns=columns, meta=kept, notes=notes)


def uniform(start: float, step: float, count: int) -> Array:
    """Equally spaced angles ``start + i step``.

    Raises
    ------
    InputError
        If the numbers of the header cannot describe a scan.
    """
    sound = np.isfinite([start, step]).all() and step != 0 and 1 < count <= MAX_SCAN
    if not sound or abs(start) > 360 or abs(start + step * count) > 361:
        raise InputError(f"a scan from {start:g} in {count} steps of {step:g} degrees", hint="unknown layout")
    return np.asarray(start + step * np.arange(count), dtype=float)


def plausible_wavelengths(first: float, second: float = 0.0, ratio: float = -1.0) -> dict[str, Json]:
    """Wavelengths (angstrom) and the ratio of K-alpha-2 to K-alpha-1 as far as they can be those of X-rays."""
    sound = 0.05 < first < 10
    return {
        "wavelength_angstrom": first if sound else None,
        "wavelength2_angstrom": second if sound and first <= second < 1.05 * first else None,
        "wavelength_ratio": ratio if sound and 0 <= ratio <= 1 else None,
    }


def same_angles_again(measurements: Sequence[Measurement], axis: str, places: Sequence[float]) -> str:
    """What a series of scans is if it is a map: scans over the same angles, each at the next step of another axis.

    Parameters
    ----------
    axis, places
        Name of the other axis of the goniometer, and where it stood in each scan (degrees or mm).

    Returns
    -------
    str
        A description for an error message; empty if the scans are not those of a map.
    """
    if len(measurements) < _FEWEST_OF_A_MAP or len(places) != len(measurements):
        return ""
    spans = {(len(m), *m["two_theta_degree"][[0, -1]].round(4)) for m in measurements}
    steps = np.diff(places)
    if len(spans) > 1 or np.abs(steps).min() < 1e-6 or np.ptp(steps) > 0.1 * np.abs(steps).max():
        return ""
    return f"a map of reciprocal space ({len(measurements)} scans over the same angles, one at each step of {axis})"


def numbers(text: str, what: str = "counts") -> Array:
    """Read a list of numbers separated by white space.

    Raises
    ------
    InputError
        If one of them is not a number.
    """
    try:
        return np.array(text.split(), dtype=float)
    except ValueError as error:
        raise InputError(f"{what}: {error}", hint="numbers were expected: the layout is unknown") from error


def rate_to_counts(rate: Array, seconds: float | None) -> tuple[Array, tuple[Note, ...], str]:
    """Convert counts per second to counts; without a time per step the rate is kept, with a doubt."""
    if seconds:
        text = f"counts per second were multiplied by {seconds:g} s per step"
        return rate * seconds, (Note("correction", "rate_to_counts", text),), "counts"
    text = "the file has counts per second but no time per step; counting noise is estimated from the data"
    return rate, (Note("doubt", "count_rate", text),), "cps"


def xml_root(content: bytes) -> Element:
    """Parse XML that declares no entities.

    Raises
    ------
    InputError
        If it is not well formed or declares entities.
    """
    import xml.etree.ElementTree as ET

    if b"<!ENTITY" in content:
        raise InputError("the XML declares entities", hint="no instrument does this; the file has been changed")
    try:
        return ET.fromstring(content)
    except (ET.ParseError, LookupError, ValueError) as error:  # the last two: unknown encoding
        raise InputError(f"the XML is not well formed: {error}", hint="copy or export it again") from error


def text_at(element: Element, path: str) -> str:
    """Text of the first element at a path in any namespace (``{*}a/{*}b``); empty if there is none."""
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def number_at(element: Element, path: str) -> float | None:
    """Number at a path, or None.

    Raises
    ------
    InputError
        If the text is not a number.
    """
    text = text_at(element, path)
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        name = path.rsplit("}", 1)[-1]
        raise InputError(f"{name} is {text!r}, not a number", hint="expected a number") from error
