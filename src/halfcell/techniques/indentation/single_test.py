"""One test of a batch: from its corrected record to branches, energies, hardness, modulus and pop-ins."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import load_displacement
from halfcell.maths.pop_ins import popins
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.indentation import energies
from halfcell.techniques.indentation.hardness_and_modulus import Stiffness, hardness
from halfcell.techniques.indentation.particle import crush_strength, embedded
from halfcell.techniques.indentation.result import AnalysedTest, Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.load_displacement import Branches
    from halfcell.maths.pop_ins import PopIn
    from halfcell.techniques.indentation.corrected_record import Record
    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings


def analyse_test(record: Record, test: RawTest, settings: Settings) -> AnalysedTest:
    """Divide a corrected record into its branches; energies, hardness and modulus, peak and pop-ins."""
    found = _with_recovery(record, load_displacement.branches(record.time, record.load))
    crushed = settings.mode == "crush" or not found.unloaded
    mode: Mode = "crush" if crushed else "indent"
    work = energies.crush(record, found) if crushed else energies.indent(record, found)
    stiff = Stiffness() if crushed else hardness(record, found, test, settings)
    top = found.peak if crushed else found.unload
    particle = _of_the_particle(record, top, test, settings, crushed=crushed)
    steps = popins(record.load, record.depth, found.contact, found.peak)
    parts = Findings(quantities=work.quantities, notes=(*record.notes, *work.notes)) + stiff.findings + particle
    parts += _peak(record, top) + _pop_ins(steps)
    return AnalysedTest(
        time=record.time,
        depth=record.depth,
        load=record.load,
        branches=found,
        mode=mode,
        quantities=parts.quantities,
        notes=parts.notes,
        common=stiff.common,
        tail=work.tail,
        drift=record.drift if record.drift_is_known else None,
        popins=steps,
    )


def _peak(record: Record, top: int) -> Findings:
    """Load and depth where the last unloading, or the fracture, starts."""
    depth = float(record.depth[top]) * 1e9
    return Findings(
        quantities={
            "peak_load": Quantity(float(record.load[top]) * 1e3, "mN"),
            "peak_depth": Quantity(depth, "nm", record.contact_std * 1e9 or None, "propagated"),
        }
    )


def _of_the_particle(record: Record, top: int, test: RawTest, settings: Settings, *, crushed: bool) -> Findings:
    """The strength of a particle that broke, or a doubt about an indent that is deep for its particle."""
    if crushed:
        return crush_strength(float(record.load[top]), test, settings)
    return Findings(notes=embedded(float(record.depth[top]), test, settings))


def _pop_ins(steps: Sequence[PopIn]) -> Findings:
    """Load and length of the first pop-in."""
    if not steps:
        return Findings()
    first = steps[0]
    text = (
        f"{len(steps)} pop-in{'s' if len(steps) > 1 else ''} on loading, the first of {first.length * 1e9:.3g} nm at"
        f" {first.load * 1e3:.3g} mN: their work is in the total and the plastic energy."
    )
    return Findings(
        quantities={
            "popin_load": Quantity(first.load * 1e3, "mN"),
            "popin_length": Quantity(first.length * 1e9, "nm"),
        },
        notes=(Note("info", "pop_in", text),),
    )


def _with_recovery(record: Record, found: Branches) -> Branches:
    """Keep only unloadings in which the depth goes back: a fall of load at growing depth is fracture."""
    least = max(3.0 * load_displacement.noise(record.depth), 0.005 * float(np.max(record.depth)))
    real = tuple((a, b) for a, b in found.cycles if record.depth[b] < record.depth[a] - least)
    if real == found.cycles:
        return found
    last = len(record.load) - 1
    if found.cycles[-1] in real:
        return dataclasses.replace(found, cycles=real)
    return dataclasses.replace(found, cycles=real, unload=last, end=last, unloaded=False)
