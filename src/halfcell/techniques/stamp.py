"""Stamp a result with what the framework knows: sources, settings, the readers' notes, whether data are simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.core.settings import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Note, Result, Scalar

FACTS: Final = (  # what a methods section may need of a file's head
    *("instrument", "anode", "wavelength_angstrom", "counting_time_second", "laser_nm", "exposure_second"),
    *("adsorptive", "temperature_kelvin", "scan_rate_volt_per_second", "quiet_second", "element", "edge"),
    *("dispersant", "blank_subtracted", "protocol", "beam_kilovolt"),
)
SETTLES: Final = {"scale_set": ("uncalibrated",)}  # what an analysis notes -> doubts of a reader that it answers
RANGES: Final = ("two_theta_degree", "frequency_hertz", "raman_shift_per_cm", "temperature_celsius", "voltage_volt")


def stamped(
    result: Result,
    measurements: Sequence[Measurement],
    settings: object,
    references: Mapping[str, Measurement] | None = None,
) -> Result:
    """Return a result with its origin.

    Parameters
    ----------
    result
        What an analysis returned.
    measurements
        What it was made from. What their readers noted comes before what the analysis noted, each note once;
        a doubt that the analysis answers (a scale that was set) is left out.
    settings
        The record of settings that was used; values that the analysis itself set in its result win over it.
    references
        Measurements from which settings were calibrated, by the setting's name: the setting is stamped as their file.

    Returns
    -------
    Result
        The same quantities with `sources`, `settings`, `notes` and `simulated` filled in.
    """
    calibrations = references or {}
    everything = (*measurements, *calibrations.values())
    settled = {code for note in result.notes for code in SETTLES.get(note.code, ())}
    read = [note for m in everything for note in m.notes if note.code not in settled]
    notes: dict[Note, None] = dict.fromkeys(read + list(result.notes))
    files = {name: m.source.path for name, m in calibrations.items() if m.source}
    return result.stamped(
        sources=tuple(dict.fromkeys(m.source for m in everything if m.source)),
        settings=as_json({**as_json(settings), **result.settings, **files}),
        notes=tuple(notes),
        simulated=result.simulated or any(m.is_simulated for m in measurements),
        facts={**_facts(measurements), **result.facts},
    )


def _facts(measurements: Sequence[Measurement]) -> dict[str, Scalar]:
    """What all files state alike, and the least and greatest values of some columns over all of them."""
    import numpy as np

    facts: dict[str, Scalar] = {}
    for name in FACTS:
        stated = {m.meta[name] for m in measurements if isinstance(m.meta.get(name), str | float | int)}
        if len(stated) == 1 and (value := stated.pop()) not in {"", None}:
            facts[name] = value
    for name in RANGES:
        columns = [m[name] for m in measurements if name in m and len(m[name])]
        least = [low for column in columns if not np.isnan(low := np.fmin.reduce(column))]  # NaN: it holds no numbers
        if least:
            facts[f"least_{name}"] = float(min(least))
            facts[f"greatest_{name}"] = float(np.fmax.reduce([np.fmax.reduce(column) for column in columns]))
    return facts
