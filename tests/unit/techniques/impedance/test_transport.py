"""Diffusion coefficients and tortuosities from tails whose parameters are known."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.maths.circuit.grammar import parse
from halfcell.techniques.impedance import Settings
from halfcell.techniques.impedance.transport import transport


class _Fit:
    """A fit whose parameters are known to 3 %."""

    def __init__(self, circuit: str, **values: float) -> None:
        self.values, self.factor, self.not_given = values, 1.0, ()
        self.fitted = SimpleNamespace(model=SimpleNamespace(tree=parse(circuit)))

    def value(self, name: str) -> tuple[float, float]:
        return self.values[name], 0.03


def test_the_coefficient_of_finite_diffusion_is_the_square_of_the_length_over_tau() -> None:
    """10 um and 100 s: 1e-6 cm2 / 100 s."""
    fit = _Fit("Rs-Ws1", Ws1_tau=100.0, Ws1_R=5.0, Ws1_Z0=5.0)
    found = transport(fit, Settings(diffusion_length_um=10.0)).quantities["Ws1.diffusion_coefficient"]  # type: ignore[arg-type]
    assert found.value == pytest.approx(1e-8)


def test_without_a_length_nothing_is_derived() -> None:
    assert not transport(_Fit("Rs-Ws1", Ws1_tau=100.0), Settings()).quantities  # type: ignore[arg-type]
