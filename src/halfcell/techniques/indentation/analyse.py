"""From the tests of a measurement to their results: one test, or a batch of tests on one sample."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note, Row
from halfcell.techniques.indentation.batch_family import in_family
from halfcell.techniques.indentation.corrected_record import corrected, finite
from halfcell.techniques.indentation.particle import weibull_statistics
from halfcell.techniques.indentation.raw_tests import raw_tests
from halfcell.techniques.indentation.result import AnalysedTest, IndentationResult, Mode
from halfcell.techniques.indentation.single_test import analyse_test

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.indentation.settings import Settings

_KEYS = (
    "plastic_energy",
    "elastic_energy",
    "total_energy",
    "elastic_ratio",
    "burst_energy",
    "hardness",
    "modulus",
    "crush_strength",
    "peak_load",
    "peak_depth",
    "popin_load",
    "popin_length",
)


def analyse(measurement: Measurement, settings: Settings) -> IndentationResult:
    """Energies, hardness and modulus of one test or a batch.

    Parameters
    ----------
    measurement
        Columns ``load_newton``, ``depth_metre`` and ``test_time_second``; ``test_count`` tells the tests of a batch
        apart. Where there is no time, or the reader noted ``no_time``, no thermal drift is measured or taken off.
    settings
        See `Settings`.

    Returns
    -------
    IndentationResult
        One row per test; quantities of one test with their propagated error, of a batch the mean with the standard
        deviation over the tests. A batch of indents and crush tests is averaged over the more frequent kind only.

    Raises
    ------
    InputError
        If no record holds a test.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564; energies are the work along the branches
    (definition).
    """
    tests, failed = [], []
    last = InputError("the measurement holds no test", measurement.where)
    for raw in raw_tests(measurement):
        try:
            record = corrected(finite(raw, measurement.where), settings)
        except InputError as error:
            failed.append(Note("doubt", "test_left_out", f"Test {raw.number} was left out: {error.what}."))
            last = error
            continue
        tests.append(analyse_test(record, raw, settings))
    if not tests:
        raise last
    return _batch(tests, tuple(failed), measurement)


def _batch(tests: Sequence[AnalysedTest], failed: tuple[Note, ...], measurement: Measurement) -> IndentationResult:
    family = in_family(tests)
    crushed = sum(test.mode == "crush" for test in family.tests)
    mode: Mode = "crush" if crushed > len(family.tests) / 2 else "indent"
    same = [test for test in family.tests if test.mode == mode]
    notes = [*failed, *family.notes]
    if len(same) < len(family.tests):
        text = (
            f"{len(family.tests) - len(same)} of {len(tests)} tests are not of the kind {mode} and are left out of the"
            " means."
        )
        notes.append(Note("doubt", "mixed_modes", text))
    return IndentationResult(
        technique="indentation",
        quantities=same[0].quantities if len(same) == 1 else _means(same),
        rows=tuple(_row(number, test) for number, test in enumerate(tests, 1)),
        notes=(*notes, *_gathered(tests)),
        simulated=measurement.is_simulated,
        tests=tuple(tests),
        mode=mode,
    )


def _means(tests: Sequence[AnalysedTest]) -> dict[str, Quantity]:
    """Mean and standard deviation over the tests of each quantity that two or more of them have.

    The errors of hardness and modulus that all tests share (tip, frame, Poisson's ratio) are joined to the deviation.
    """
    made = {}
    for key in _KEYS:
        values = [test.quantities[key] for test in tests if key in test.quantities]
        if len(values) > 1:
            numbers = np.array([quantity.value for quantity in values])
            std = float(np.std(numbers, ddof=1))
            shared = float(np.mean([test.common.get(key, 0.0) for test in tests]))
            kind: Kind = "spread over samples" if std >= shared else "propagated"
            made[key] = Quantity(float(np.mean(numbers)), values[0].unit, float(np.hypot(std, shared)), kind)
    strengths = [test.quantities["crush_strength"].value for test in tests if "crush_strength" in test.quantities]
    made |= weibull_statistics(strengths).quantities
    return made | {"test_count": Quantity(float(len(tests)), "", decimals=0)}


def _row(number: int, test: AnalysedTest) -> Row:
    values = {key: test.quantities[key].value if key in test.quantities else None for key in _KEYS}
    drift = None if test.drift is None else test.drift * 1e9
    unloadings, pop_ins = len(test.branches.cycles), len(test.popins)
    return {"test": number, "mode": test.mode, **values, "unloadings": unloadings, "popins": pop_ins, "drift": drift}


def _gathered(tests: Sequence[AnalysedTest]) -> list[Note]:
    """The notes of all tests, one of each code: the first, with the number of tests that have it."""
    found: dict[str, list[Note]] = {}
    for test in tests:
        for note in test.notes:
            found.setdefault(note.code, []).append(note)
    gathered = []
    for notes in found.values():
        more = f" ({len(notes)} of {len(tests)} tests; this is the first.)" if len(tests) > 1 else ""
        gathered.append(dataclasses.replace(notes[0], text=notes[0].text + more))
    return gathered
