r"""How much a number depends on the circuit: its spread over the circuits that are as likely as the one that is used.

Weights exp(-dBIC/(2 f)) (A. E. Raftery, Sociol. Methodol. 25 (1995) 111). f is 1 where the circuit leaves no more than
the noise; otherwise it is the square of the lack of fit, at most 10, because neighbouring residuals of a misfit are not
independent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_CORRELATED = 10.0  # residuals of a smooth misfit that count as one, at most


def spread_over_circuits(main: tuple[float, float], others: Sequence[tuple[float, float]], lack: float) -> float:
    """Rms distance of a number from that of the main circuit, with weights exp(-dBIC/2T).

    T is the square of the lack of fit, at most that of correlated residuals.

    Parameters
    ----------
    main, others
        BIC and number of each circuit.
    lack
        Residual of the main circuit over the noise.

    Returns
    -------
    float
        In the unit of the numbers; 0 without others.

    Source: G. Schwarz, Ann. Stat. 6 (1978) 461, for the weights; T is a procedure of this package.
    """
    if not others:
        return 0.0
    temper = float(np.clip(lack**2, 1.0, _CORRELATED))
    behind = np.array([max(bic - main[0], 0.0) for bic, _ in others]) / temper
    weights = np.exp(-0.5 * behind)
    apart = np.array([value - main[1] for _, value in others])
    return float(np.sqrt(np.sum(weights * apart**2) / (1 + np.sum(weights))))
