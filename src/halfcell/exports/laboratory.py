"""Formats that other programs of a laboratory read: .xye, .xdi, AIF, impedance tables, drive cycles, EMSA.

Numbers are written as short as they read back exactly. Simulated data are marked within the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Reals = NDArray[np.float64]

MARK = "simulated by halfcell"


def xye(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """2 theta (degree), intensity and, where it is known, its standard uncertainty, in columns without a head."""
    del own
    names = [n for n in ("two_theta_degree", "intensity_count", "intensity_std_count") if n in measurement]
    head = [f"# {MARK}"] if measurement.is_simulated else []
    return _lines([*head, *_rows(measurement, names, " ")])


def xdi(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """X-ray absorption as XDI 1.0; the spacing of the monochromator only where the file stated it."""
    del own
    meta = measurement.meta
    names = ["energy_electronvolt", "absorption"]
    names += ["reference_absorption"] if "reference_absorption" in measurement else []
    words = ("energy", "mutrans", "murefer")[: len(names)]
    facts = {
        "Element.symbol": meta.get("element"),
        "Element.edge": meta.get("edge"),
        "Sample.name": meta.get("title"),
        "Beamline.name": meta.get("beamline"),
        "Scan.start_time": meta.get("started"),
    }
    head = ["# XDI/1.0 halfcell"]
    head += [f"# Column.{n}: {word}{' eV' if n == 1 else ''}" for n, word in enumerate(words, 1)]
    head += [f"# {key}: {_one_line(value)}" for key, value in facts.items() if value]
    head += [
        "# ///",
        f"# {MARK if measurement.is_simulated else 'converted by halfcell'}",
        "#----",
        f"# {' '.join(words)}",
    ]
    return _lines([*head, *_rows(measurement, names, "  ")])


def aif(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """An isotherm as adsorption information file (J. D. Evans et al., Langmuir 37 (2021) 4222).

    Pressures are in pascals where the saturation pressure is known, else relative to it (p0 = 1).
    """
    del own
    meta, found = measurement.meta, measurement.meta.get("saturation_pascal")
    p0 = float(found) if isinstance(found, int | float) and found > 0 else 1.0
    values = {
        "_exptl_adsorptive": meta.get("adsorptive"),
        "_exptl_temperature": meta.get("temperature_kelvin"),
        "_exptl_instrument": meta.get("instrument"),
        "_exptl_date": meta.get("started"),
        "_adsnt_material_id": meta.get("title"),
        "_adsnt_sample_mass": meta.get("sample_mass_gram"),
        "_simltn_code": MARK if measurement.is_simulated else None,
        "_units_temperature": "K",
        "_units_pressure": "Pa" if found else None,
        "_units_mass": "g",
        "_units_loading": "cm3(STP)/g",
    }
    lines = ["data_halfcell", "_audit_aif_version d546195", "_audit_creation_method halfcell"]
    lines += [f"{key} '{_one_line(value)}'" for key, value in values.items() if value is not None]
    for branch, prefix in ((0.0, "_adsorp"), (1.0, "_desorp")):
        at = measurement["branch"] == branch
        if at.any():
            lines += ["", "loop_", f"{prefix}_pressure", f"{prefix}_p0", f"{prefix}_amount"]
            pressure, loading = measurement["relative_pressure"][at] * p0, measurement["loading_cm3_stp_per_gram"][at]
            lines += [f"{p!r} {p0!r} {q!r}" for p, q in zip(pressure.tolist(), loading.tolist(), strict=True)]
    return _lines(lines)


_IMPEDANCE = ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")


def impedance_py(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """Frequency, Z' and Z'' without heads, as impedance.py reads them (``preprocessing.readCSV``)."""
    del own
    head = [f"# {MARK}"] if measurement.is_simulated else []
    return _lines([*head, *_rows(measurement, _IMPEDANCE, ",")])


def pyimpspec(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """Frequency, Z' and Z'' with the heads of pyimpspec (``parse_data``)."""
    del own
    heads = ["f (Hz)", "Re(Z) (ohm)", "Im(Z) (ohm)"]
    rows = list(_rows(measurement, _IMPEDANCE, ","))
    if measurement.is_simulated:
        heads, rows = [*heads, MARK], [f"{row},1" for row in rows]
    return _lines([",".join(heads), *rows])


def drive_cycle(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """Time (s) and current (A) for PyBaMM (``pybamm.step.current``), where a discharge is positive.

    Raises
    ------
    InputError
        If a time or a current is missing.
    """
    del own
    mark = f" ({MARK})" if measurement.is_simulated else ""
    head = [f"# PyBaMM drive cycle written by halfcell{mark}", "# time / s, current / A (positive discharges)"]
    columns = (measurement["test_time_second"], 0.0 - measurement["current_ampere"])
    if not all(np.isfinite(column).all() for column in columns):
        raise InputError("a drive cycle needs a time and a current at every record", measurement.where)
    return _lines([*head, *_joined(columns, ",")])


def emsa(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """An X-ray spectrum as EMSA/MAS 1.0 (ISO 22029), with an energy for each count."""
    del own
    meta = measurement.meta
    numbers = {
        "BEAMKV   -kV": "beam_kilovolt",
        "LIVETIME  -s": "live_time_second",
        "REALTIME  -s": "real_time_second",
        "PROBECUR -nA": "probe_current_nanoampere",
        "ELEVANGLE-dg": "take_off_angle_degree",
        "XTILTSTGE-dg": "tilt_degree",
    }
    head = [
        "#FORMAT      : EMSA/MAS Spectral Data File",
        "#VERSION     : 1.0",
        f"#TITLE       : {_one_line(meta.get('title', ''))}",
    ]
    head += [f"#DATE        : {meta.get('date', '')}", f"#TIME        : {meta.get('time', '')}"]
    head += [f"#OWNER       : {_one_line(meta.get('instrument', ''))}", f"#NPOINTS     : {len(measurement)}"]
    head += ["#NCOLUMNS    : 1", "#XUNITS      : keV", "#YUNITS      : counts", "#DATATYPE    : XY"]
    energy = measurement["energy_kiloelectronvolt"]
    head += [f"#XPERCHAN    : {float(np.median(np.diff(energy)))!r}", f"#OFFSET      : {float(energy[0])!r}"]
    head += [f"#{key:<12}: {meta[name]!r}" for key, name in numbers.items() if isinstance(meta.get(name), int | float)]
    head += [f"##COMMENT    : {MARK}"] if measurement.is_simulated else []
    rows = _rows(measurement, ("energy_kiloelectronvolt", "count"), ", ")
    return _lines([*head, "#SPECTRUM    :", *rows, "#ENDOFDATA   :"])


def _one_line(value: object) -> str:
    return " ".join(str(value).replace("'", " ").split())


def _rows(measurement: Measurement, names: Sequence[str], between: str) -> Iterable[str]:
    return _joined([measurement[name] for name in names], between)


def _joined(columns: Sequence[Reals], between: str) -> Iterable[str]:
    return (between.join(map(repr, row)) for row in zip(*(c.astype(float).tolist() for c in columns), strict=True))


def _lines(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
