"""The technique of some measurements: the one named, the one of their kind, or the only one that reads them."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.choose import choose, its_part, reading
from halfcell.techniques.load import load_technique


def _measurement(kind: str) -> Measurement:
    return Measurement(technique=kind, columns={"x": np.zeros(1)})


def test_the_technique_of_the_kinds_own_name_is_chosen() -> None:
    assert choose([_measurement("impedance")]).name == "impedance"


def test_a_named_technique_that_reads_the_kind_is_chosen() -> None:
    assert "ionic_conductivity" in reading("impedance")
    assert choose([_measurement("impedance")], "ionic_conductivity").name == "ionic_conductivity"


def test_a_named_technique_that_does_not_read_the_kind_is_an_error() -> None:
    with pytest.raises(InputError, match="does not read impedance"):
        choose([_measurement("impedance")], "raman")


def test_a_kind_that_no_technique_reads_is_an_error() -> None:
    with pytest.raises(InputError, match="nonsense"):
        choose([_measurement("nonsense")])


def test_measurements_without_a_file_are_all_of_the_technique() -> None:
    ours = [_measurement("raman"), _measurement("raman")]
    assert its_part(load_technique("raman"), ours) == ours
