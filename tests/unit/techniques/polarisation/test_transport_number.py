"""Transport numbers by Bruce and Vincent's formula."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from halfcell.techniques.polarisation import Settings
from halfcell.techniques.polarisation.transport_number import transport_number

FOUND = SimpleNamespace(
    time=np.linspace(0.5, 3600.0, 500), current=np.linspace(1.0e-4, 0.5e-4, 500), bias=0.01, value=0.5e-4, std=1e-7
)


def _number(**given: float) -> object:
    settings = Settings(**given)  # type: ignore[arg-type]
    return transport_number(FOUND, settings, 1e-7, steady=True)  # type: ignore[arg-type]


def test_it_is_that_of_bruce_and_vincent() -> None:
    """t = I_s (U - I_0 R_0) / (I_0 (U - I_s R_s)); J. Electroanal. Chem. 225 (1987) 1."""
    found = _number(interface_before_ohm=20.0, interface_after_ohm=25.0)
    expected = 0.5e-4 * (0.01 - 1e-4 * 20.0) / (1e-4 * (0.01 - 0.5e-4 * 25.0))
    assert found.quantities["transport_number"].value == pytest.approx(expected, rel=1e-3)  # type: ignore[attr-defined]


def test_without_the_interfaces_there_is_none() -> None:
    assert not _number().quantities  # type: ignore[attr-defined]


def test_a_current_that_is_not_at_rest_has_none() -> None:
    settings = Settings(interface_before_ohm=20.0, interface_after_ohm=25.0)
    found = transport_number(FOUND, settings, 1e-7, steady=False)  # type: ignore[arg-type]
    assert [note.code for note in found.notes] == ["no_transport_number"]


def test_a_number_that_no_salt_has_is_refused() -> None:
    found = _number(interface_before_ohm=200.0, interface_after_ohm=10.0)
    assert not found.quantities  # type: ignore[attr-defined]
    assert [note.level for note in found.notes] == ["refused"]  # type: ignore[attr-defined]
