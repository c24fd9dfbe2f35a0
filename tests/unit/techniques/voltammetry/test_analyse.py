"""Voltammetry: what is refused."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.techniques import voltammetry


def test_a_current_without_sign_is_refused() -> None:
    """Nobody knows then which peaks are cathodic."""
    test = voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(0))
    columns = {**test.columns, "current_ampere": np.abs(test["current_ampere"])}
    unsigned = dataclasses.replace(test, columns=columns, notes=(Note("doubt", "sign_unknown", "no sign"),))
    with pytest.raises(Refused, match="no sign"):
        voltammetry.analyse(unsigned, voltammetry.Settings())
