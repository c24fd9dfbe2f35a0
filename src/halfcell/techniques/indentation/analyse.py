"""From records to results: one test, and a batch of tests on one sample."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import loops
from halfcell.maths.popin import popins
from halfcell.techniques.indentation import energies
from halfcell.techniques.indentation.hardness_and_modulus import hardness
from halfcell.techniques.indentation.raw_tests import raw_tests
from halfcell.techniques.indentation.record_correction import Record, corrected, finite
from halfcell.techniques.indentation.records import Indentation, Mode, Settings, Test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.maths.loops import Branches
    from halfcell.maths.popin import PopIn

_KEYS = (
    "plastic_energy",
    "elastic_energy",
    "total_energy",
    "elastic_ratio",
    "burst_energy",
    "hardness",
    "modulus",
    "peak_load",
    "peak_depth",
    "popin_load",
    "popin_length",
)


def analyse_test(record: Record, meta: Mapping[str, Any], settings: Settings) -> Test:
    """Analyse one corrected record."""
    found = _with_recovery(record, loops.branches(record.time, record.load))
    crushed = settings.mode == "crush" or not found.unloaded
    mode: Mode = "crush" if crushed else "indent"
    work = energies.crush(record, found) if crushed else energies.indent(record, found)
    stiff, notes = ({}, ()) if crushed else hardness(record, found, meta, settings)
    top = found.peak if crushed else found.unload
    steps = popins(record.load, record.depth, found.contact, found.peak)
    size = {
        "peak_load": Quantity(float(record.load[top]) * 1e3, "mN"),
        "peak_depth": Quantity(float(record.depth[top]) * 1e9, "nm", record.contact_std * 1e9 or None, "propagated"),
    }
    return Test(
        time=record.time,
        depth=record.depth,
        load=record.load,
        branches=found,
        mode=mode,
        quantities=work.quantities | stiff | size | _first(steps),
        notes=(*record.notes, *work.notes, *notes, *_told(steps)),
        tail=work.tail,
        drift=record.drift if record.drift_is_known else None,
        popins=steps,
    )


def _first(steps: Sequence[PopIn]) -> dict[str, Quantity]:
    """Load and length of the first pop-in."""
    if not steps:
        return {}
    return {
        "popin_load": Quantity(steps[0].load * 1e3, "mN"),
        "popin_length": Quantity(steps[0].length * 1e9, "nm"),
    }


def _told(steps: Sequence[PopIn]) -> tuple[Note, ...]:
    if not steps:
        return ()
    text = (
        f"{len(steps)} pop-in{'s' if len(steps) > 1 else ''} on loading, the first of {steps[0].length * 1e9:.3g} nm at"
        f" {steps[0].load * 1e3:.3g} mN: their work is in the total and the plastic energy."
    )
    return (Note("info", "pop_in", text),)


def _with_recovery(record: Record, found: Branches) -> Branches:
    """Keep only unloadings in which the depth goes back: a fall of load at growing depth is fracture."""
    least = max(3.0 * loops.noise(record.depth), 0.005 * float(np.max(record.depth)))
    real = tuple((a, b) for a, b in found.cycles if record.depth[b] < record.depth[a] - least)
    if real == found.cycles:
        return found
    last = len(record.load) - 1
    if found.cycles[-1] in real:
        return dataclasses.replace(found, cycles=real)
    return dataclasses.replace(found, cycles=real, unload=last, end=last, unloaded=False)


def analyse(measurement: Measurement, settings: Settings) -> Indentation:
    """Energies, hardness and modulus of one test or a batch.

    Parameters
    ----------
    measurement
        Columns ``load_newton``, ``depth_metre``, ``test_time_second``; ``test_count`` tells the tests of a batch apart.
    settings
        See `Settings`.

    Returns
    -------
    Indentation
        A row a test; quantities of one test with their propagated error, of a batch the mean with the standard
        deviation over the tests. A batch of indents and crush tests is averaged over the more frequent kind only.

    Raises
    ------
    InputError
        If no record holds a test.
    """
    tests, failed = [], []
    for raw in raw_tests(measurement):
        try:
            record = corrected(finite(raw, measurement.where), settings)
        except InputError as error:
            failed.append(Note("doubt", "test_left_out", f"Test {raw.number} was left out: {error.what}."))
            last = error
            continue
        tests.append(analyse_test(record, raw.meta, settings))
    if not tests:
        raise last
    return _batch(tests, tuple(failed), measurement)


def _batch(tests: Sequence[Test], failed: tuple[Note, ...], measurement: Measurement) -> Indentation:
    crushed = sum(test.mode == "crush" for test in tests)
    mode: Mode = "crush" if crushed > len(tests) / 2 else "indent"
    same = [test for test in tests if test.mode == mode]
    notes = list(failed)
    if len(same) < len(tests):
        text = f"{len(tests) - len(same)} of {len(tests)} tests are of the other kind than {mode} and not in the means."
        notes.append(Note("doubt", "mixed_modes", text))
    return Indentation(
        technique="indentation",
        quantities=same[0].quantities if len(same) == 1 else _means(same),
        rows=tuple(_row(number, test) for number, test in enumerate(tests, 1)),
        notes=(*notes, *_gathered(tests)),
        simulated=measurement.is_simulated,
        tests=tuple(tests),
        mode=mode,
    )


def _means(tests: Sequence[Test]) -> dict[str, Quantity]:
    """Mean and standard deviation over the tests of each quantity that two or more of them have."""
    made = {}
    for key in _KEYS:
        values = [test.quantities[key] for test in tests if key in test.quantities]
        if len(values) > 1:
            numbers = np.array([quantity.value for quantity in values])
            std = float(np.std(numbers, ddof=1))
            made[key] = Quantity(float(np.mean(numbers)), values[0].unit, std, "spread over samples")
    return made | {"test_count": Quantity(float(len(tests)), "", decimals=0)}


def _row(number: int, test: Test) -> dict[str, float | int | str | bool | None]:
    row: dict[str, float | int | str | bool | None] = {"test": number, "mode": test.mode}
    row |= {key: test.quantities[key].value if key in test.quantities else None for key in _KEYS}
    counts = {"unloadings": len(test.branches.cycles), "popins": len(test.popins)}
    return row | counts | {"drift": None if test.drift is None else test.drift * 1e9}


def _gathered(tests: Sequence[Test]) -> list[Note]:
    """The tests' notes, one of each code; of several the first with how many tests it concerns."""
    found: dict[str, list[Note]] = {}
    for test in tests:
        for note in test.notes:
            found.setdefault(note.code, []).append(note)
    gathered = []
    for notes in found.values():
        more = f" ({len(notes)} of {len(tests)} tests; this is the first.)" if len(tests) > 1 else ""
        gathered.append(dataclasses.replace(notes[0], text=notes[0].text + more))
    return gathered
