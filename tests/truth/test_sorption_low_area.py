"""Areas of a few square metres, and gases other than nitrogen: what the area is, and what its error holds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.maths import monolayer
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Parameters, Settings, simulate, true_area

RUNS = 60
FLAT = Parameters(flat_area=2.0, pore_volume=1e-9)  # 1 m2 in the cell, noise of 0.005 cm3


def test_two_square_metres_with_noise() -> None:
    """Was 2.078(48) with a scatter of 0.084 and 28 of 200 refused; a line from 0.05 to 0.30 gives 2.001(24)."""
    values = []
    for seed in range(RUNS):
        result = sorption.analyse(simulate(FLAT, np.random.default_rng(seed)), Settings())
        values.append(result["bet_area"].value)
        assert "small_area" in {note.code for note in result.notes if note.level == "doubt"}
    assert np.mean(values) == pytest.approx(true_area(FLAT), abs=0.01)
    assert np.std(values) < 0.024


@pytest.mark.slow
@pytest.mark.parametrize("powder", [FLAT, Parameters(flat_area=10.0, pore_volume=1e-9), Parameters(flat_area=50.0)])
def test_coverage_with_cold_volume_and_mass(powder: Parameters) -> None:
    """Noise, a free space that is 0.05 cm3 (STP at p0) off and a mass that is 0.3 mg off; 200 runs are in docs."""
    pulls: dict[str, list[float]] = {"bet_area": [], "bet_c": []}
    truths = {"bet_area": true_area(powder), "bet_c": powder.c}
    for seed in range(RUNS):
        rng = np.random.default_rng([seed, 14])
        cold, weighed = rng.normal(0.0, [Settings().cold_volume_doubt_cm3, Settings().mass_doubt_mg])
        off = dataclasses.replace(powder, cold_volume_cm3=float(cold), mass_error_mg=float(weighed))
        found = sorption.analyse(simulate(off, rng), Settings()).quantities
        for name, values in pulls.items():
            values.append((found[name].value - truths[name]) / (found[name].std or 1e-9))
    for name, values in pulls.items():
        inside = np.abs(values)
        print(powder.flat_area, name, np.mean(inside < 1.0), np.mean(inside < 2.0), np.mean(values))
    assert np.mean(np.abs(pulls["bet_area"]) < 1.0) > 0.55
    assert np.mean(np.abs(pulls["bet_area"]) < 2.0) > 0.88
    assert np.mean(np.abs(pulls["bet_c"]) < 1.0) > 0.55
    assert np.mean(np.abs(pulls["bet_c"]) < 2.0) > 0.88


def _gas(name: str, **meta: float) -> Measurement:
    run = simulate(dataclasses.replace(FLAT, flat_area=50.0, noise_cm3=0.0), np.random.default_rng(0))
    kept = {key: value for key, value in run.meta.items() if key != "temperature_kelvin"}
    return dataclasses.replace(run, meta={**kept, "adsorptive": name, **meta})


def test_krypton_over_solid_and_liquid_are_told_apart() -> None:
    """With p0 of the solid (1.78 torr) the relative pressures are 1.48 times those over the supercooled liquid."""
    result = sorption.analyse(_gas("Kr", saturation_pascal=1.78 * 133.322), Settings(bet_window=(0.05, 0.3)))
    text = next(note.text for note in result.notes if note.code == "krypton_saturation")
    assert "solid krypton" in text
    run = _gas("Kr")
    inside = (run["relative_pressure"] >= 0.05) & (run["relative_pressure"] <= 0.3) & (run["branch"] == 0)
    p, n = run["relative_pressure"][inside] * 1.78 / 2.63, run["loading_cm3_stp_per_gram"][inside]
    slope, intercept = np.polyfit(p, p / (n * (1.0 - p)), 1)
    other = monolayer.area(1.0 / float(slope + intercept), 0.202)
    assert f"{other:.3g} m2/g" in text
    assert abs(other / result["bet_area"].value - 1.0) > 0.1
    assert "small_area" not in {note.code for note in result.notes}
    without = sorption.analyse(_gas("Kr"), Settings(bet_window=(0.05, 0.3)))
    assert "the file has no p0" in next(note.text for note in without.notes if note.code == "krypton_saturation")


def test_krypton_fills_the_cold_volume_with_a_three_hundredth() -> None:
    """At 2.6 torr 0.014 cm3 hold 1.7e-4 cm3 (STP), not the 0.05 of nitrogen: 0.40(7) m2/g was printed for 0.400(3)."""
    rng = np.random.default_rng(3)
    pressure = np.linspace(0.02, 0.35, 30)
    loading = monolayer.bet_loading(pressure, 0.4 / monolayer.area(1.0, 0.202), 30.0) + rng.normal(0.0, 5e-4, 30)
    columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": loading, "branch": np.zeros(30)}
    meta = {"adsorptive": "Kr", "temperature_kelvin": 77.35, "sample_mass_gram": 1.0, "vendor": {}}
    for more in ({}, {"saturation_pascal": 350.6}):
        run = Measurement(technique="sorption", columns=columns, meta={**meta, **more})
        found = sorption.analyse(run, Settings())["bet_area"]
        assert found.value == pytest.approx(0.4, abs=0.006)
        assert found.std is not None
        assert found.std < 0.01


def test_argon_at_77_and_at_87_kelvin() -> None:
    """Cross-sections 0.138 and 0.142 nm2; a pore volume only where argon is a liquid (1.395 g/cm3 at 87.3 K, NIST)."""
    cold, warm = (sorption.analyse(_gas("Ar", temperature_kelvin=t), Settings()) for t in (77.35, 87.3))
    assert cold["bet_area"].value / warm["bet_area"].value == pytest.approx(0.138 / 0.142, rel=1e-9)
    assert "argon_77" in {note.code for note in cold.notes}
    assert "pore_volume" not in cold.quantities
    assert "no_plateau" in {note.code for note in warm.notes}
    cylinders = Parameters(flat_area=0.1, pore_volume=0.5, pore_diameter_nm=8.0, pore_sd=1.15, noise_cm3=0.0)
    run = simulate(cylinders, np.random.default_rng(0))
    full = dataclasses.replace(run, meta={**run.meta, "adsorptive": "Ar", "temperature_kelvin": 87.3})
    liquid = run["loading_cm3_stp_per_gram"][run["branch"] == 0][-1] * 39.948 / 22413.97 / 1.3954
    assert sorption.analyse(full, Settings())["pore_volume"].value == pytest.approx(liquid, rel=2e-3)


def test_carbon_dioxide_at_273_kelvin_has_no_bet_area() -> None:
    result = sorption.analyse(_gas("CO2", temperature_kelvin=273.15), Settings())
    assert "bet_area" not in result.quantities
    assert {"co2_273", "unknown_adsorptive"} <= {note.code for note in result.notes}
    cold = sorption.analyse(_gas("CO2", temperature_kelvin=195.0), Settings())
    assert "bet_area" in cold.quantities


def test_a_kernel_s_volumes_are_the_gas_s_own_liquid() -> None:
    """Argon's liquid is 0.001277 cm3 per cm3 STP, nitrogen's 0.001547: 21 % more was printed for argon."""
    pressure = np.geomspace(1e-3, 0.98, 40)
    column = 100.0 * pressure / (pressure + 0.01)
    rows = ((0.0, 2.0, 4.0), *(tuple(map(float, (p, v, 0.5 * v))) for p, v in zip(pressure, column, strict=True)))
    settings = Settings(kernel=rows, surface="carbon")
    volumes = {}
    for name in ("N2", "Ar"):
        columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": column, "branch": np.zeros(40)}
        result = sorption.analyse(
            Measurement(technique="sorption", columns=columns, meta={"adsorptive": name}), settings
        )
        assert result.dft is not None
        volumes[name] = float(result.dft.volume.sum())
    assert volumes["N2"] / volumes["Ar"] == pytest.approx(0.0015468 / 0.0012772, rel=1e-4)
