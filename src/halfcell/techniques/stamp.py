"""Stamp a result with what the framework knows: sources, settings, the readers' notes, whether data are simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.settings import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Note, Result


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
        What it was made from. What their readers noted comes before what the analysis noted, each note once.
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
    notes: dict[Note, None] = dict.fromkeys([note for m in everything for note in m.notes] + list(result.notes))
    files = {name: m.source.path for name, m in calibrations.items() if m.source}
    return result.stamped(
        sources=tuple(dict.fromkeys(m.source for m in everything if m.source)),
        settings=as_json({**as_json(settings), **result.settings, **files}),
        notes=tuple(notes),
        simulated=result.simulated or any(m.is_simulated for m in measurements),
    )
