"""States between end members: the normalised absorption near the edge as a linear combination of theirs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.exafs.edge_shift import EDGE_STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.exafs.result import ExafsResult

    Array = NDArray[np.floating]

_RANGES: Final = (
    (-20.0, 60.0),
    (-20.0, 30.0),
    (-20.0, 100.0),
)  # eV around E0; the first is used, the others for the error
_SUM_ROOM: Final = 0.05  # by how much the sum of the shares may miss 1
_BAD: Final = 0.002  # R-factor
_PAIR: Final = 2  # states that are mixed


def with_shares(results: Sequence[ExafsResult], names: Sequence[str]) -> tuple[ExafsResult, ...]:
    """The results with the shares of the end members in each state that is none of them.

    The shares are not forced to sum to 1 nor to be positive. Their uncertainty is the noise of state and end members,
    the spread over two other ranges of energy and a straight line that a drift may leave, the errors of aligned
    energies, and that of the normalisation, in proportion to the share: 0.2 % for each edge step, or what their sum
    misses 1 by.

    Raises
    ------
    InputError
        If a name is none of a state, or there are fewer than two.
    """
    members = [next((one for one in results if one.state == name), None) for name in names]
    known = ", ".join(one.state for one in results)
    if len(names) < _PAIR or any(member is None for member in members):
        missing = next((name for name, one in zip(names, members, strict=True) if one is None), "")
        what = (
            f"linear_combination: no state is named {missing!r}" if missing else "linear_combination needs two states"
        )
        raise InputError(what, hint=f"states of this series: {known}")
    found = [member for member in members if member is not None]
    return tuple(one if one in found else _with_shares(one, found, names) for one in results)


def _with_shares(result: ExafsResult, members: Sequence[ExafsResult], names: Sequence[str]) -> ExafsResult:
    fits = [_fitted(result, members, span) for span in _RANGES]
    shares, stds, r_factor = fits[0]
    drifting, _, _ = _fitted(result, members, _RANGES[0], drifts=True)
    spread = np.sqrt(np.mean([(other - shares) ** 2 for other, _, _ in fits[1:]], axis=0) + (drifting - shares) ** 2)
    noise = stds * np.sqrt(1.0 + float(shares @ shares))  # the end members are as noisy as the state
    total = np.sqrt(noise**2 + spread**2 + _by_normalisation(shares) ** 2 + _by_alignment(result, members, shares) ** 2)
    made = {
        f"{name}.share": Quantity(
            float(value), "", float(std), "spread over windows" if wide > own else "fit covariance"
        )
        for name, value, std, wide, own in zip(names, shares, total, spread, stds, strict=True)
    }
    made["share_sum"] = Quantity(float(shares.sum()), "", float(np.linalg.norm(total)), "propagated")
    made["combination_r_factor"] = Quantity(r_factor, decimals=5)
    low, high = _RANGES[0]
    text = f"linear combination of {' and '.join(names)}, {low:g} to {high:g} eV around E0"
    notes = [Note("info", "linear_combination", text)]
    if r_factor > _BAD or abs(shares.sum() - 1.0) > max(_SUM_ROOM, 2 * float(np.linalg.norm(total))):
        text = f"the end members do not describe the state: shares sum to {shares.sum():.3f}, R-factor {r_factor:.5f}"
        notes.append(Note("doubt", "combination_misfit", f"{text}; another phase may be present"))
    return dataclasses.replace(result, quantities={**result.quantities, **made}, notes=(*result.notes, *notes))


def _by_normalisation(shares: Array) -> Array:
    """What the edge steps of state and end member do to each share, in proportion to it.

    Each step is off by 0.2 %, or by more where the shares do not sum to 1.
    """
    off = max(2**0.5 * EDGE_STEPS, abs(1.0 - float(shares.sum())))
    return np.asarray(np.abs(shares) * off)


def _by_alignment(result: ExafsResult, members: Sequence[ExafsResult], shares: Array) -> Array:
    """How the shares change where the energies of state and end members are off by the errors of their alignment."""
    squares = np.zeros(len(shares))
    for scan in (result, *members):
        alignment = scan.quantities.get("energy_alignment")
        if alignment is None or not alignment.std:
            continue
        moved = dataclasses.replace(scan, energy_electronvolt=scan.energy_electronvolt + alignment.std)
        ends = [moved if one is scan else one for one in members]
        squares += (_fitted(moved if scan is result else result, ends, _RANGES[0])[0] - shares) ** 2
    return np.sqrt(squares)


def _fitted(
    result: ExafsResult, members: Sequence[ExafsResult], span: tuple[float, float], *, drifts: bool = False
) -> tuple[Array, Array, float]:
    """Shares, their standard uncertainties by the residual, and the R-factor within a range around E0 (eV).

    With `drifts` the normalised absorption may be off by a straight line, as the chambers drift.
    """
    energy, e0 = result.energy_electronvolt, result.quantities["e0"].value
    inside = (energy > e0 + span[0]) & (energy < e0 + span[1])
    x, y = energy[inside], result.normalised[inside]
    lines = [np.ones(len(x)), (x - e0) / span[1]] if drifts else []
    basis = np.column_stack([np.interp(x, one.energy_electronvolt, one.normalised) for one in members] + lines)
    shares, *_ = np.linalg.lstsq(basis, y, rcond=None)
    left = y - basis @ shares
    variance = float(left @ left) / max(len(x) - basis.shape[1], 1)
    covariance, count = variance * np.linalg.inv(basis.T @ basis), len(members)
    return shares[:count], np.sqrt(np.diag(covariance))[:count], float(left @ left) / float(y @ y)
