"""Steps of the potential (PITT): diffusion coefficients from the decay of the current at a held voltage."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.potential_steps import potential_steps
from halfcell.maths.step_diffusion import step_diffusion
from halfcell.techniques.common.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.maths.current_record import Record
    from halfcell.techniques.cycling.settings import Settings

_LEAST = 3  # steps: fewer holds are no titration
_SLOW = 10.0  # a larger resistance of the surface than a tenth of that to diffusion lowers the plain formulas by 17 %
_UNSEEN = 30.0  # above it the ratio is not known: 1 % of the charge tells 30 from 24 only
_FORMS = {"plane": "a plane that is open on one side", "sphere": "spheres"}


def potential_step_rows(record: Record, settings: Settings) -> tuple[Row, ...]:
    """One row per step of the potential; none where there are fewer than three, or the diffusion length is not set."""
    if settings.diffusion_length_um is None:
        return ()
    steps = potential_steps(record)
    rows: list[Row] = []
    for number, step in enumerate(steps if len(steps) >= _LEAST else (), start=1):
        found = step_diffusion(record, step, 1e-6 * settings.diffusion_length_um, settings.diffusion_geometry)
        values = {
            "from_voltage": step.from_volt,
            "to_voltage": step.to_volt,
            "step_duration": float(record.time_s[step.last]) - step.begin_s,
            "step_charge": found.charge_as / 3.6,
            "step_diffusion_coefficient": 1e4 * found.coefficient,
            "cottrell_coefficient": 1e4 * found.cottrell,
            "late_coefficient": 1e4 * found.late,
            "resistance_ratio": found.ratio if found.ratio <= _UNSEEN else math.nan,
        }
        known = {k: v if math.isfinite(v) else None for k, v in values.items()}
        rows.append({"potential_step": number} | known | {"refused_because": found.why})
    return tuple(rows)


def potential_step_findings(rows: Sequence[Row], settings: Settings) -> Findings:
    """Median diffusion coefficient of the steps of the potential, with what it assumes in notes."""
    if not rows:
        return Findings()
    made = {"potential_step_count": Quantity(float(len(rows)), "", decimals=0)}
    why = Counter(str(row["refused_because"]) for row in rows if row["refused_because"])
    said = "; ".join(f"{count} of {len(rows)}: {reason}" for reason, count in why.most_common())
    good = [row for row in rows if isinstance(row["step_diffusion_coefficient"], float)]
    if not good:
        text = f"no diffusion coefficient from the steps of the potential ({said})"
        return Findings(quantities=made, notes=(Note("refused", "step_diffusion_refused", text),))
    found = _values(good, "step_diffusion_coefficient")
    made["step_diffusion_coefficient"] = Quantity(float(np.median(found)), "cm2/s")
    text = f"the diffusion coefficient is the median of {len(found)} of {len(rows)} steps of the potential "
    text += (
        f"({min(found):.2g} to {max(found):.2g} cm2/s), in {_FORMS[settings.diffusion_geometry]} with a volume over "
    )
    text += f"surface of {settings.diffusion_length_um:g} um, with whose square it grows"
    notes = [Note("info", "step_diffusion_of", text)]
    if said:
        notes.append(Note("info", "step_diffusion_without", f"steps without a diffusion coefficient: {said}"))
    ratios = [value if isinstance(value := row["resistance_ratio"], float) else math.inf for row in good]
    ratio = float(np.median(ratios))
    if ratio < _SLOW:
        plain = [float(np.median(_values(good, name))) for name in ("cottrell_coefficient", "late_coefficient")]
        text = f"the resistance of the surface is {1.0 / ratio:.2g} of that to diffusion, which is taken into account; "
        text += f"without it the beginning would give {plain[0]:.2g} and the end {plain[1]:.2g} cm2/s"
        notes.append(Note("info", "step_surface_resistance", text))
    return Findings(quantities=made, notes=tuple(notes))


def _values(rows: Sequence[Row], name: str) -> list[float]:
    return [value for row in rows if isinstance(value := row[name], float)]
