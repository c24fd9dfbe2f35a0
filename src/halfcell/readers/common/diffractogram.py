"""What the readers of diffractograms share: the checked record, uniform angles, XML and number lists."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MARK = "simulated by halfcell"
LARGEST = 10_000_000  # points of one scan; more is a damaged header
SINGLE_BYTE = "latin-1"
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError)


def pattern(
    two_theta: Array, counts: Array, meta: dict[str, Any], notes: tuple[Note, ...] = (), std: Array | None = None
) -> Measurement:
    """Make the record of one scan, after looking at its numbers.

    Parameters
    ----------
    two_theta, counts
        Angles in degrees and counts, of one length.
    meta
        What else the file knows; empty values are left out.
    std
        Standard uncertainty of the counts where the file has its own.

    Raises
    ------
    InputError
        If the columns differ in length, are empty, not finite, or the angles do not ascend (a descending scan is
        turned round and said).
    """
    if len(two_theta) != len(counts) or len(counts) < 2:
        raise InputError(f"{len(two_theta)} angles and {len(counts)} counts", hint="the file is truncated or damaged")
    if not (np.isfinite(two_theta).all() and np.isfinite(counts).all() and np.abs(counts).max() < 1e15):
        raise InputError("values that are not finite numbers", hint="the file is damaged")
    columns = {"two_theta_degree": two_theta, "intensity_count": counts}
    if std is not None:
        columns["intensity_std_count"] = std
    if two_theta[0] > two_theta[-1]:
        columns = {name: column[::-1].copy() for name, column in columns.items()}
        notes += (Note("correction", "descending_scan", "the scan ran downwards; it was turned round"),)
    steps = np.diff(columns["two_theta_degree"])
    if (steps <= 0).any():
        raise InputError(f"the angles do not ascend after point {int(np.argmax(steps <= 0)) + 1}", hint="damaged file")
    if (counts < 0).any():
        text = (
            f"{int((counts < 0).sum())} negative counts: a background was taken off before; counting noise is unknown"
        )
        notes += (Note("doubt", "negative_counts", text),)
    kept = {name: value for name, value in meta.items() if value not in {None, ""}}
    return Measurement(technique="diffraction", columns=columns, meta=kept, notes=notes)


def uniform(start: float, step: float, count: int) -> Array:
    """Angles ``start + i step``.

    Raises
    ------
    InputError
        If the header's numbers cannot be a scan.
    """
    sound = np.isfinite([start, step]).all() and step != 0 and 1 < count <= LARGEST
    if not sound or abs(start) > 360 or abs(start + step * count) > 361:
        raise InputError(f"a scan from {start:g} in {count} steps of {step:g} degrees", hint="the header is damaged")
    return np.asarray(start + step * np.arange(count), dtype=float)


def numbers(text: str, what: str = "counts") -> Array:
    """Read a list of numbers set apart by blanks.

    Raises
    ------
    InputError
        If one of them is no number; names it.
    """
    try:
        return np.array(text.split(), dtype=float)
    except ValueError as error:
        raise InputError(f"{what}: {error}", hint="the file is damaged") from error


def rate_to_counts(rate: Array, seconds: float | None) -> tuple[Array, tuple[Note, ...], str]:
    """Counts from counts per second and the time per step; the rate itself, with a doubt, where no time is known."""
    if seconds:
        text = f"counts per second were multiplied by {seconds:g} s per step"
        return rate * seconds, (Note("correction", "rate_to_counts", text),), "counts"
    text = "the file holds counts per second without the time per step; counting noise is estimated from the data"
    return rate, (Note("doubt", "count_rate", text),), "cps"


def xml_root(content: bytes) -> Element:
    """Parse XML that declares no entities.

    Raises
    ------
    InputError
        If it is not well formed (truncated) or declares entities.
    """
    import xml.etree.ElementTree as ET

    if b"<!ENTITY" in content:
        raise InputError("the XML declares entities", hint="instruments write none; the file was tampered with")
    try:
        return ET.fromstring(content)
    except (ET.ParseError, LookupError, ValueError) as error:  # the last two of an encoding that does not exist
        raise InputError(f"the XML is not well formed: {error}", hint="the file is truncated or damaged") from error


def text_at(element: Element, path: str) -> str:
    """Text of the first element of a path in any namespace (``{*}a/{*}b``); empty where there is none."""
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def number_at(element: Element, path: str) -> float | None:
    """Number at a path, or None.

    Raises
    ------
    InputError
        If there is a text that is no number.
    """
    text = text_at(element, path)
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        name = path.rsplit("}", 1)[-1]
        raise InputError(f"{name} is {text!r}, not a number", hint="the file is damaged") from error
