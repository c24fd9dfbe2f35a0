"""Standards: spectra of known composition, recorded as the sample was, from a folder."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.formulas import composition
from halfcell.materials.x_rays import x_ray_element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[np.float64]

_PART = re.compile(r"\((?P<element>[A-Z][a-z]?):(?P<share>\d+\.?\d*)\)")
_FORMULA = re.compile(r"^(?:[A-Z][a-z]?\d*\.?\d*)+(?=[\s_.-]|$)")
_SUM = 0.03  # how far a stated composition may sum from 1
_CHANNEL = 1e-4  # keV: how far the axes of standard and sample may be apart
_BEAM = 0.01  # relative: beams that differ by more ionise differently


@dataclass(frozen=True, kw_only=True, eq=False)
class Standard:
    """A spectrum with its composition (mass fractions), beam (keV) and dose (live time times current, s nA)."""

    name: str
    energy: Array
    count: Array
    weights: Mapping[str, float]
    beam: float
    dose: float


def standards_of_folder(folder: Path) -> dict[str, str]:
    """The spectra of all files of a folder: name of the file -> the standard as text.

    Raises
    ------
    InputError
        If there is no such folder, a file holds no spectrum, or composition, beam, live time or current are missing.
    """
    from halfcell.readers import read_all

    paths = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    paths = [path for path in paths if not path.name.startswith(".")]
    if not paths:
        what = "is empty" if folder.is_dir() else "is no folder"
        raise InputError(f"{folder.name} {what}", hint="standards is a folder with one spectrum per standard")
    found = {}
    for path in paths:
        spectra = [one for one in read_all(path) if one.technique == "edx"]
        if not spectra:
            raise InputError(
                f"{path.name} holds no X-ray spectrum", hint="keep only spectra of standards in the folder"
            )
        found[path.name] = _as_text(spectra[0], path.name)
    return found


def _as_text(measurement: Measurement, name: str) -> str:
    """A standard as text, the same for the same spectrum."""
    meta = measurement.meta
    energy = measurement["energy_kiloelectronvolt"]
    live, current = meta.get("live_time_second"), meta.get("probe_current_nanoampere")
    if not (live and current and meta.get("beam_kilovolt")):
        raise InputError(f"{name}: no live time, probe current or beam energy in the file", hint="standards need them")
    facts = {
        "weights": weights_stated(str(meta.get("composition_stated") or ""), name),
        "beam": float(meta["beam_kilovolt"]),
        "dose": float(live) * float(current),
        "first": float(energy[0]),
        "step": float((energy[-1] - energy[0]) / (len(energy) - 1)),
        "counts": base64.b64encode(zlib.compress(measurement["count"].astype("<f4").tobytes(), 9)).decode(),
    }
    return json.dumps(facts, sort_keys=True)


def weights_stated(text: str, name: str) -> dict[str, float]:
    """Mass fractions from ``K412,(O:42.758),(Mg:11.657)``, or from a formula at the start of a name (``MgO std.msa``).

    Raises
    ------
    InputError
        If neither tells, or the fractions do not sum to 1.
    """
    parts = {match["element"]: float(match["share"]) / 100.0 for match in _PART.finditer(text)}
    if not parts:
        formula = _FORMULA.match(name)
        atoms = composition(formula[0]) if formula else {}
        masses = {symbol: count * x_ray_element(symbol).mass for symbol, count in atoms.items()}
        parts = {symbol: mass / sum(masses.values()) for symbol, mass in masses.items()}
    if not parts:
        hint = "begin the name of the file with its formula, e.g. MgO.msa, or state it in the file (##D2STDCMP)"
        raise InputError(f"{name}: the composition of the standard is unknown", hint=hint)
    if abs(sum(parts.values()) - 1.0) > _SUM:
        raise InputError(f"{name}: the stated composition sums to {100 * sum(parts.values()):.1f} %")
    return parts


def standards_of_setting(setting: Mapping[str, str] | str) -> tuple[Standard, ...]:
    """The standards of the setting; none where it is not set.

    Raises
    ------
    InputError
        If it is a text: the folder was not read.
    """
    if isinstance(setting, str):
        if setting:
            hint = "from Python: standards=standards_of_folder(Path(...))"
            raise InputError(f"the folder {setting!r} was not read", "standards", hint)
        return ()
    return tuple(_standard(name, text) for name, text in setting.items())


def _standard(name: str, text: str) -> Standard:
    try:
        facts = json.loads(text)
        count = np.frombuffer(zlib.decompress(base64.b64decode(facts["counts"])), dtype="<f4").astype(float)
        energy = facts["first"] + facts["step"] * np.arange(len(count))
    except (ValueError, KeyError, zlib.error) as error:
        raise InputError(f"{name}: this is no standard", "standards", str(error)) from None
    weights, beam, dose = facts["weights"], facts["beam"], facts["dose"]
    return Standard(name=name, energy=energy, count=count, weights=weights, beam=beam, dose=dose)


def fitting(standards: Sequence[Standard], energy: Array, beam: float, where: str) -> tuple[Standard, ...]:
    """The standards, cut to the axis of the sample.

    Raises
    ------
    Refused
        If a standard was recorded with another axis or another beam.
    """
    made = []
    for one in standards:
        length = min(len(one.energy), len(energy))
        if np.abs(one.energy[:length] - energy[:length]).max() > _CHANNEL or length < len(energy):
            raise Refused(f"the channels of {one.name} differ from the sample's", where, "record both alike")
        if abs(one.beam / beam - 1.0) > _BEAM:
            hint = "record standards with the beam of the sample"
            raise Refused(f"{one.name} was recorded at {one.beam:g} kV, the sample at {beam:g} kV", where, hint)
        made.append(one)
    return tuple(made)


def most_similar(standards: Sequence[Standard], elements: Sequence[str]) -> list[Standard]:
    """Standards in the order in which they share elements with the sample: the nearest matrix first."""
    own = set(elements)

    def unlike(one: Standard) -> tuple[float, float]:
        theirs = set(one.weights)
        return -len(own & theirs) / len(own | theirs), -max(one.weights.values())

    return sorted(standards, key=unlike)
