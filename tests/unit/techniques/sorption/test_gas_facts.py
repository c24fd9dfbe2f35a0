"""What is known of gases at their temperatures."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.sorption.gas_facts import doubts, gas, gas_facts, gas_in_cold_volume, krypton_scale


def _isotherm(**meta: object) -> Measurement:
    return Measurement(technique="sorption", columns={"relative_pressure": np.zeros(1)}, meta=meta)


def test_a_file_that_names_no_gas_is_of_nitrogen_at_its_boiling_point() -> None:
    assert gas(_isotherm()) == "N2"
    facts = gas_facts(_isotherm())
    assert facts is not None
    assert (facts.cross_section_nm2, facts.kelvin) == (0.162, 77.35)  # ISO 9277:2022


def test_nitrogen_liquid_has_the_volume_of_its_gas_over_647() -> None:
    """28.0134 g/mol, 0.8086 g/cm3 at 77.35 K (NIST): 34.64 cm3 of liquid per 22414 cm3 of gas."""
    facts = gas_facts(_isotherm())
    assert facts is not None
    assert facts.liquid_per_gas == pytest.approx(34.64 / 22414, rel=2e-3)


def test_an_unknown_gas_has_no_facts() -> None:
    assert gas_facts(_isotherm(adsorptive="SF6")) is None
    assert doubts(_isotherm(adsorptive="SF6")) == ()


@pytest.mark.parametrize(("kelvin", "doubted"), [(77.3, False), (87.3, True)])
def test_a_temperature_at_which_nothing_is_known_is_doubted(kelvin: float, doubted: bool) -> None:
    found = [note.code for note in doubts(_isotherm(temperature_kelvin=kelvin))]
    assert ("odd_temperature" in found) is doubted


def test_krypton_fills_a_cold_volume_with_a_three_hundredth_of_nitrogen() -> None:
    found = gas_in_cold_volume(_isotherm(adsorptive="Kr", temperature_kelvin=77.35), 100.0)
    assert found == pytest.approx(100.0 * 2.63 / 760.0, rel=0.01)


def test_pressures_over_solid_krypton_are_told_from_those_over_the_liquid() -> None:
    """1.78 torr over the solid, 2.63 torr over the supercooled liquid at 77.35 K."""
    solid, liquid = (krypton_scale(_isotherm(adsorptive="Kr", saturation_pascal=133.322 * p)) for p in (1.78, 2.63))
    assert solid is not None
    assert liquid is not None
    assert solid[0] == pytest.approx(1.78 / 2.63)
    assert liquid[0] == pytest.approx(2.63 / 1.78)
    assert krypton_scale(_isotherm()) is None
