"""Analyse one absorption scan: reduce it to chi(R) and, with a scattering path, fit the first shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.exafs.first_shell import with_first_shell
from halfcell.techniques.exafs.single_scan import reduce_scan

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.result import ExafsResult
    from halfcell.techniques.exafs.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> ExafsResult:
    """Reduce one scan to chi(R), and fit the first shell where a scattering path is set.

    Parameters
    ----------
    measurement
        Columns ``energy_electronvolt`` and ``absorption``, shape (n,), ``reference_absorption`` of a foil where it
        was recorded.
    settings
        Ranges, window, background and path.

    Returns
    -------
    ExafsResult
        E0 (eV), edge step, chi(k) and chi(R); coordination number, bond length (angstrom) and mean-square spread
        (angstrom^2) of a fitted shell.

    Raises
    ------
    InputError
        If the scan has no edge, or too few points before or after it.

    Sources: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007; M. Newville, Rev. Mineral. Geochem. 78 (2014) 33.
    """
    return with_first_shell(reduce_scan(measurement, settings), settings, measurement.where)
