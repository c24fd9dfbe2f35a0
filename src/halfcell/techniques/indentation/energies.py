r"""Work of an indentation: closed loop and branches, with each source of error carried through.

.. math:: W_t = \int_{contact}^{unload} P\,dh, \quad W_e = -\int_{unload}^{end} P\,dh + W_{tail}, \quad
          W_p = \oint P\,dh = W_t - W_e

W_p needs no split point and no frame compliance; W_t and W_e shift together with the split. Reversed earlier cycles of
a multi-cycle test cancel in the path integral, so W_t is the net work put in before the last unloading. ISO 14577-1
(2015), A.5 names the ratio W_e / W_t.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import load_work, oliver_pharr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.load_displacement import Branches
    from halfcell.maths.oliver_pharr import PowerLaw
    from halfcell.techniques.indentation.corrected_record import Record

    Array = NDArray[np.float64]

_TAIL_PARTS = (0.4, 0.6, 0.98)  # lower parts of an unloading to which its end is fitted: their spread is its error
_SHORT = 0.03  # an unloading that stops above this part of its peak is truncated
_AROUND = 3  # records on either side of the peak from which its step is taken: over one, noise would count as a step
_LATE = 0.005  # a record that starts above this part of the peak missed the contact
_FEWEST = 8  # records of an unloading: its lower 40 % then hold three
_BURST = 0.05  # of the depth at the peak: a tip that goes so much deeper has broken the particle


@dataclass(frozen=True, kw_only=True)
class Energies:
    """What `indent` and `crush` find: quantities, notes and the power law that closes a truncated unloading."""

    quantities: dict[str, Quantity]
    notes: tuple[Note, ...] = ()
    tail: PowerLaw | None = None


def indent(record: Record, found: Branches) -> Energies:
    """Total, elastic and plastic energy (nJ) and the elastic ratio of a test with an unloading."""
    up, down = slice(found.contact, found.unload + 1), slice(found.unload, found.end + 1)
    tail, law, tail_std = _tail(record.load[down], record.depth[down])
    total = load_work.work(record.load[up], record.depth[up])
    elastic = -load_work.work(record.load[down], record.depth[down]) + tail
    errors = _errors(record, found, tail_std)
    loop = slice(found.contact, found.end + 1)
    noises = np.array(
        [
            [load_work.work_noise(record.load[up], record.depth[up]), 0.0],
            [0.0, load_work.work_noise(record.load[down], record.depth[down])],
        ]
    )
    plastic_std = float(
        np.hypot(
            np.linalg.norm(errors[:, 0] - errors[:, 1]),
            load_work.work_noise(record.load[loop], record.depth[loop]),
        )
    )
    every = np.vstack([errors, noises])
    ratio_std = float(np.linalg.norm(every[:, 1] / total - every[:, 0] * elastic / total**2))
    quantities = {
        "plastic_energy": _nano(total - elastic, plastic_std),
        "elastic_energy": _nano(elastic, float(np.linalg.norm(every[:, 1]))),
        "total_energy": _nano(total, float(np.linalg.norm(every[:, 0]))),
        "elastic_ratio": Quantity(elastic / total, "", ratio_std, "propagated"),
    }
    quantities = quantities if record.drift_is_known else _without_uncertainty(quantities)
    notes = _notes(record, found, tail / elastic if elastic > 0 else 0.0)
    return _physical(Energies(quantities=quantities, notes=notes, tail=law))


def crush(record: Record, found: Branches) -> Energies:
    """The work to fracture (nJ) of a test without an unloading, and the work of the burst that followed."""
    up, burst = slice(found.contact, found.peak + 1), slice(found.peak, found.end + 1)
    work = load_work.work(record.load[up], record.depth[up])
    after = load_work.work(record.load[burst], record.depth[burst])
    parts = [
        load_work.work_noise(record.load[up], record.depth[up]),
        record.drift_std * load_work.impulse(record.time[up], record.load[up]),
        record.zero_std * float(np.ptp(record.depth[up])),
        _in_the_frame(record, found.peak),
    ]
    quantities = {"total_energy": _nano(work, float(np.linalg.norm(parts)))}
    quantities = quantities if record.drift_is_known else _without_uncertainty(quantities)
    broken = record.depth[found.end] - record.depth[found.peak] > _BURST * abs(record.depth[found.peak])
    what = "the work to fracture (a crush test)" if broken else "the work put in until the record ends"
    text = (
        f"No unloading branch: the energy is {what}. It cannot be divided into a plastic and an elastic part, and must"
        " not be compared with a plastic energy."
    )
    notes = [Note("refused", "crush", text)]
    if broken:
        quantities["burst_energy"] = Quantity(after * 1e9, "nJ")
        text = f"A burst after the fracture, {after * 1e9:.4g} nJ, is not in the energy."
        notes.append(Note("info", "burst_left_out", text))
    return Energies(quantities=quantities, notes=tuple(notes))


def _without_uncertainty(quantities: dict[str, Quantity]) -> dict[str, Quantity]:
    """The values alone: an uncertainty without the drift's part, the greatest one, would mislead."""
    return {name: Quantity(quantity.value, quantity.unit) for name, quantity in quantities.items()}


def _nano(joule: float, std: float) -> Quantity:
    return Quantity(joule * 1e9, "nJ", std * 1e9, "propagated")


def _errors(record: Record, found: Branches, tail_std: float) -> Array:
    """One row per source of error, columns (W_t, W_e): drift, load zero, split, tail, late start, frame."""
    load, depth, time = record.load, record.depth, record.time
    up, down = slice(found.contact, found.unload + 1), slice(found.unload, found.end + 1)
    step = _step(depth, found.unload) if found.end > found.unload else 0.0
    late = load[found.contact] * max(depth[found.contact], 0.0) / 3.0
    rows = [
        (
            -record.drift_std * load_work.impulse(time[up], load[up]),
            record.drift_std * load_work.impulse(time[down], load[down]),
        ),
        (
            record.zero_std * float(depth[found.unload] - depth[found.contact]),
            record.zero_std * float(depth[found.unload] - depth[found.end]),
        ),
        (float(load[found.unload]) * step, float(load[found.unload]) * step),
        (0.0, tail_std),
        (float(late) if load[found.contact] > _LATE * load[found.unload] else 0.0, 0.0),
        (_in_the_frame(record, found.unload), _in_the_frame(record, found.unload)),
    ]
    return np.array(rows)


def _step(depth: Array, place: int) -> float:
    """How far (m) the depth moves per record around a place: the mean of what it does before and after."""
    first, last = max(place - _AROUND, 0), min(place + _AROUND, len(depth) - 1)
    sides = [(first, place), (place, last)]
    return float(np.mean([abs(float(depth[b] - depth[a])) / (b - a) for a, b in sides if b > a]))


def _in_the_frame(record: Record, place: int) -> float:
    """Work (J) that a wrong frame compliance stores in the frame at a load, and gives back on unloading."""
    return 0.5 * record.frame_std * float(record.load[place]) ** 2


def _tail(load: Array, depth: Array) -> tuple[float, PowerLaw | None, float]:
    """Work (J) between the last record of an unloading and zero load, by the power law of its lower part.

    The standard error is the spread between laws fitted to the lower 40 %, the lower 60 % and all of the branch.
    """
    if len(load) < _FEWEST or load[-1] <= 0:
        return 0.0, None, 0.0
    share = float(load[-1] / load[0])
    parts = [(0.0, share + part * (1.0 - share)) for part in _TAIL_PARTS]
    laws = [law for part in parts if (law := oliver_pharr.fit_unloading(load, depth, part)) is not None]
    if not laws:
        return 0.0, None, float(load[-1]) * abs(float(depth[0] - depth[-1])) * share
    works = [law.area_below(float(depth[-1])) for law in laws]
    best = min(range(len(laws)), key=lambda k: abs(works[k] - float(np.median(works))))
    return works[best], laws[best], float(np.ptp(works)) / 2.0


def _notes(record: Record, found: Branches, tail_share: float) -> tuple[Note, ...]:
    notes = []
    load = record.load
    short = float(load[found.end] / load[found.unload])
    if short > _SHORT:
        text = (
            f"The unloading stops at {short:.1%} of its peak; the rest, {tail_share:.1%} of the elastic energy, is"
            " extrapolated by the power law of its lower part."
        )
        notes.append(Note("doubt", "truncated_unloading", text))
    if load[found.contact] > _LATE * load[found.unload]:
        start = f"{load[found.contact] / load[found.unload]:.1%}"
        text = f"The record starts at {start} of the peak load: it misses the contact."
        notes.append(Note("doubt", "late_start", text))
    if len(found.cycles) > 1:
        text = f"{len(found.cycles)} unloadings: W_e is that of the last one, W_t the net work put in before it."
        notes.append(Note("info", "several_cycles", text))
    return tuple(notes)


def _physical(energies: Energies) -> Energies:
    """Refuse energies outside physics: a negative one, an elastic part greater than the whole."""
    values = energies.quantities
    elastic, total = values["elastic_energy"].value, values["total_energy"].value
    if 0.0 < elastic <= total:
        return energies
    text = (
        f"Elastic {elastic:.4g} nJ of total {total:.4g} nJ is impossible: check drift and load zero, or the record is"
        " damaged."
    )
    kept = {"total_energy": values["total_energy"]} if total > 0 else {}
    return Energies(quantities=kept, notes=(*energies.notes, Note("refused", "unphysical_energy", text)))
