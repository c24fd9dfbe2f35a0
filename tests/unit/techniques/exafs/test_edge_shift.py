"""States of one series share an edge."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.exafs.edge_shift import refuse_other_edges

TWO = [Measurement(technique="exafs", columns={"energy_electronvolt": np.zeros(1)})] * 2


def test_edges_some_electronvolts_apart_are_of_one_element() -> None:
    refuse_other_edges(TWO, [7112.0, 7120.0])


def test_edges_of_two_elements_are_refused() -> None:
    """Iron at 7112 eV, cobalt at 7709 eV."""
    with pytest.raises(InputError, match="7709 eV"):
        refuse_other_edges(TWO, [7112.0, 7709.0])
