"""Powder CIF (pdCIF) diffractograms (text), of one or several blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import pattern, uniform

if TYPE_CHECKING:
    from gemmi import cif
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Array = NDArray[np.float64]

VERSION = "1"
SUFFIXES = (".cif", ".rtv", ".pcif")

# items of the powder dictionary (Hall and McMahon, Int. Tables G, 4.2), the measured ones before the processed ones
_COUNTS = ("_pd_meas_counts_total", "_pd_meas_intensity_total", "_pd_proc_intensity_total", "_pd_proc_intensity_net")
_ANGLES = ("_pd_meas_2theta_scan", "_pd_proc_2theta_corrected", "_pd_meas_2theta_corrected")
_RANGES = ("_pd_meas_2theta_range_", "_pd_proc_2theta_range_")
_WEIGHT = "_pd_proc_ls_weight"
_SU = re.compile(r"\((\d{1,12})\)\s*$")


def recognises(raw: RawFile) -> bool:
    """Whether there is a CIF block with items of the powder dictionary."""
    return re.search(rb"(?m)^data_", raw.head) is not None and re.search(rb"(?m)^\s*_pd_", raw.head) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every block that has a diffractogram over 2theta.

    Raises
    ------
    InputError
        If the file is no CIF, no block has counts over 2theta, or their number is not that which is stated.
    """
    from gemmi import cif

    try:
        blocks = cif.read_string(raw.text())
    except (ValueError, RuntimeError) as error:
        what = str(error).replace("\n", " ")[:120]
        raise InputError(f"the CIF is not well formed: {what}", hint="copy or export it again") from error
    found = [m for block in blocks if (m := _block(block)) is not None]
    if not found:
        raise InputError("no block with counts over 2theta", hint="time of flight and structures are not read")
    return tuple(found)


def _block(block: cif.Block) -> Measurement | None:
    name = next((item for item in _COUNTS if len(block.find_values(item)) > 1), None)
    if name is None:
        return None
    texts = list(block.find_values(name))
    counts = _numbers(texts, name)
    for item in ("_pd_meas_number_of_points", "_pd_proc_number_of_points"):
        stated = _number(block, item)
        if stated is not None and round(stated) != len(counts) and item[:9] == name[:9]:
            raise InputError(f"{len(counts)} of {stated:g} points found", hint="the file is truncated or damaged")
    angles = _angles(block, len(counts))
    if angles is None:
        return None
    kept = np.isfinite(counts) & np.isfinite(angles)
    std, notes = _std(block, texts, name)
    if not kept.all():
        text = f"{int((~kept).sum())} points without a value (? or .) are left out"
        notes += (Note("info", "points_left_out", text),)
    return pattern(angles[kept], counts[kept], _meta(block), notes, None if std is None else std[kept])


def _numbers(texts: list[str], name: str) -> Array:
    from gemmi import cif

    try:
        return np.array([np.nan if text in {"?", "."} else cif.as_number(text) for text in texts])
    except ValueError as error:
        raise InputError(f"{name}: {error}", hint="copy or export it again") from error


def _number(block: cif.Block, item: str) -> float | None:
    from gemmi import cif

    text = block.find_value(item)
    value = cif.as_number(text) if text else np.nan
    return float(value) if np.isfinite(value) else None


def _angles(block: cif.Block, count: int) -> Array | None:
    """Angles of the points: listed, or from the range that is stated; None if there are none over 2theta."""
    for item in _ANGLES:
        listed = list(block.find_values(item))
        if len(listed) > 1:
            if len(listed) != count:
                raise InputError(f"{len(listed)} angles and {count} counts", hint="copy or export it again")
            return _numbers(listed, item)
    for prefix in _RANGES:
        low, high, step = (_number(block, f"{prefix}{end}") for end in ("min", "max", "inc"))
        if low is None or step is None:
            continue
        if high is not None and abs(low + step * (count - 1) - high) > 0.6 * abs(step):
            what = f"{count} points from {low:g} in steps of {step:g} do not end at {high:g} degrees"
            raise InputError(what, hint="copy or export it again")
        return uniform(low, step, count)
    return None


def _std(block: cif.Block, texts: list[str], name: str) -> tuple[Array | None, tuple[Note, ...]]:
    """Standard uncertainties of the counts: in brackets, or from the weights of a refinement."""
    if all(_SU.search(text) for text in texts):
        digits = [_SU.search(text) for text in texts]
        places = [len(text.split("(")[0].partition(".")[2]) for text in texts]
        return np.array([int(m[1]) / 10**p if m else 0.0 for m, p in zip(digits, places, strict=True)]), ()
    weights = list(block.find_values(_WEIGHT))
    if len(weights) != len(texts) or name == "_pd_meas_counts_total":
        return None, ()
    weight = _numbers(weights, _WEIGHT)
    none = int((~(weight > 0)).sum())
    text = f"{none} points have no weight in the file and are not used in fits"
    notes = (Note("info", "unweighted_points", text),) if none else ()
    return np.where(weight > 0, 1 / np.sqrt(np.where(weight > 0, weight, 1.0)), 0.0), notes


def _meta(block: cif.Block) -> dict[str, Json]:
    from gemmi import cif

    waves = [value for text in block.find_values("_diffrn_radiation_wavelength") if (value := cif.as_number(text)) > 0]
    waves.sort()
    kind = " ".join(str(block.find_value(f"_diffrn_radiation_{item}")) for item in ("probe", "type")).lower()
    names = (block.find_value(item) for item in ("_pd_block_id", "_chemical_name_common", "_chemical_name_systematic"))
    sample = next((cif.as_string(name).strip() for name in names if name and cif.as_string(name).strip(" ?")), "")
    meta: dict[str, Json] = {"sample": sample or block.name, "intensity_unit": "counts"}
    if waves:
        meta["wavelength_angstrom"] = waves[0]
        meta["wavelength2_angstrom"] = waves[1] if len(waves) > 1 and waves[1] < 1.05 * waves[0] else None
    return meta | ({"radiation": "neutrons"} if "neutron" in kind else {})
