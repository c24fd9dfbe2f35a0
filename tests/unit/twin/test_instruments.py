"""Instruments of the twin: what they read of a course whose truth is known, and that their files are read back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import halfcell
from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.twin.cards import load_card
from halfcell.twin.instruments import Analyser, Cycler, Potentiostat, raw_file, recorded, simulated_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

NO_ERRORS = [name for name in vars(Cycler()) if name.startswith(("volt", "current"))]
CURRENT, HOURS = 1.8e-3, 5.0  # A, h of each half cycle of the straight course below


def _straight() -> Measurement:
    """A charge and a discharge on straight lines with a rest between them; the charge that passes is CURRENT HOURS."""
    time = np.concatenate([np.linspace(0, 18000, 40), 18000.001 + np.linspace(0, 3600, 9)])
    time = np.concatenate([time, 21600.002 + np.linspace(0, 18000, 40)])
    volt = np.concatenate([np.linspace(3.0, 4.3, 40), np.full(9, 4.2), np.linspace(4.2, 2.5, 40)])
    ampere = np.concatenate([np.full(40, CURRENT), np.zeros(9), np.full(40, -CURRENT)])
    counted = np.concatenate([CURRENT * time[:40] / 3600, np.full(9, CURRENT * HOURS)])
    counted = np.concatenate([counted, CURRENT * HOURS * (1 - np.linspace(0, 1, 40))])
    step = np.repeat([0.0, 1.0, 2.0], [40, 9, 40])
    columns = {"test_time_second": time, "voltage_volt": volt, "current_ampere": ampere, "net_capacity_ah": counted}
    columns |= {"step_id": step, "cycle_count": np.ones(len(time))}
    return Measurement(technique="cycling", columns=columns, meta={"simulated": True})


def test_a_cycler_without_errors_reads_the_truth() -> None:
    none: dict[str, Any] = dict.fromkeys(NO_ERRORS, 0.0)
    cycler = replace(Cycler(), **none)
    found = recorded(_straight(), np.random.default_rng(1), cycler)
    step, volt = found["step_id"], found["voltage_volt"]
    assert np.abs(found["net_capacity_ah"][step == 0][-1] / (CURRENT * HOURS) - 1) < 1e-12
    assert np.abs(np.diff(volt[step == 0])).max() <= 1.02 * cycler.every_volt
    assert np.diff(found["test_time_second"]).max() <= 1.02 * cycler.every_second
    assert (found["current_ampere"][step == 1] == 0).all()
    assert found["test_time_second"][-1] == pytest.approx(39600.002)


def test_readings_spread_as_the_cycler_says() -> None:
    """Noise within a test, offsets and factors from test to test, with the standard deviations that are stated."""
    cycler = Cycler(volt_drift=0.0, volt_noise=3e-4, volt_offset=1e-3, current_gain=2e-3, volt_gain=0.0)
    rest, counted, noise = [], [], []
    for seed in range(300):
        found = recorded(_straight(), np.random.default_rng(seed), cycler)
        at_rest = found["voltage_volt"][found["step_id"] == 1] - 4.2
        rest.append(at_rest.mean())
        noise.append(at_rest.std(ddof=1))
        counted.append(found["net_capacity_ah"][found["step_id"] == 0][-1] / (CURRENT * HOURS) - 1)
    assert np.mean(noise) == pytest.approx(3e-4, rel=0.05)
    assert np.std(rest) == pytest.approx(1e-3, rel=0.15)
    offset = cycler.current_offset * 1e-2 / CURRENT  # the range is 10 mA
    assert np.std(counted) == pytest.approx(np.hypot(2e-3, offset), rel=0.15)


def test_drift_wanders_as_far_as_it_says_and_remembers() -> None:
    flat = Measurement(
        technique="cycling",
        columns={
            "test_time_second": np.linspace(0, 400 * 3600, 4001),
            "voltage_volt": np.full(4001, 3.0),
            "current_ampere": np.full(4001, 1e-3),
            "net_capacity_ah": np.linspace(0, 0.4, 4001),
        },
    )
    cycler = Cycler(volt_drift=1e-3, volt_noise=0.0, volt_offset=0.0, volt_gain=0.0, volt_step=0.0, every_second=360.0)
    wander = recorded(flat, np.random.default_rng(5), cycler)["voltage_volt"] - 3.0
    assert wander.std() == pytest.approx(1e-3, rel=0.25)
    assert np.corrcoef(wander[:-1], wander[1:])[0, 1] == pytest.approx(np.exp(-360 / 10800), abs=0.02)


def test_a_spectrum_has_the_noise_and_the_leads_of_its_analyser() -> None:
    hertz: NDArray[np.float64] = np.geomspace(1e5, 1e-2, 71)
    z = 10 + 50 / (1 + 2j * np.pi * hertz * 50 * 1e-4)
    columns = {"frequency_hertz": hertz, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag}
    clean = Measurement(technique="impedance", columns=columns)
    quiet = Analyser(noise_percent=0.0, gain_percent=0.0, phase_degree=0.0, mains_percent=0.0, drift_percent=2.0)
    found = recorded(clean, np.random.default_rng(0), quiet)
    assert found["real_impedance_ohm"][-1] == pytest.approx(z.real[-1] * 1.02)
    lead = 2 * np.pi * 1e5 * 200e-9
    assert found["imaginary_impedance_ohm"][0] == pytest.approx(z.imag[0] + lead, rel=1e-3)
    noisy = Analyser(noise_percent=1.0, gain_percent=0.0, phase_degree=0.0, mains_percent=0.0, drift_percent=0.0)
    reads = [recorded(clean, np.random.default_rng(seed), noisy)["real_impedance_ohm"] for seed in range(200)]
    assert np.std(np.array(reads), axis=0) / np.abs(z) == pytest.approx(np.full(71, 0.01), rel=0.25)


@pytest.mark.parametrize(
    ("protocol", "settings", "suffix", "technique"),
    [
        ("cccv", {"cycles": 1}, ".mpt", "cycling"),
        ("cccv", {"cycles": 1}, ".bdf.csv", "cycling"),
        ("cccv", {"cycles": 1}, ".neware.csv", "cycling"),
        ("cccv", {"cycles": 1}, ".arbin.csv", "cycling"),
        ("voltammetry", {"cycles": 1, "step_mv": 10.0}, ".mpt", "voltammetry"),
        ("voltammetry", {"cycles": 1, "step_mv": 10.0}, ".txt", "voltammetry"),
        ("impedance", {"discharged_percent": (50.0,)}, ".z", "impedance"),
        ("impedance", {"discharged_percent": (50.0,)}, ".mpt", "impedance"),
        ("voltammetry", {"cycles": 1, "step_mv": 10.0}, ".dta", "voltammetry"),
        ("impedance", {"discharged_percent": (50.0,)}, ".dta", "impedance"),
    ],
)
def test_files_are_read_back(
    tmp_path: Path, protocol: str, settings: dict[str, object], suffix: str, technique: str
) -> None:
    card = load_card("composite-ncm811")
    made = [simulated_file(card, protocol, settings, np.random.default_rng(7), suffix=suffix) for _ in range(2)]
    assert made[0] == made[1]
    path = tmp_path / f"cell{suffix}"
    path.write_bytes(made[0])
    found = halfcell.read(path)
    assert found.technique == technique
    assert found.is_simulated
    assert len(found) > 20


def test_what_no_instrument_is_or_records() -> None:
    with pytest.raises(InputError, match="spacing of records"):
        Cycler(every_second=0.0)
    with pytest.raises(InputError, match="below 0"):
        Potentiostat(current_noise=-1.0)
    with pytest.raises(InputError, match="does not record cycling"):
        recorded(_straight(), np.random.default_rng(0), Potentiostat())
    with pytest.raises(InputError, match="no instrument records thermogravimetry"):
        recorded(Measurement(technique="thermogravimetry", columns={}), np.random.default_rng(0))
    with pytest.raises(InputError, match="not written as"):
        raw_file(_straight(), "cell.z")
