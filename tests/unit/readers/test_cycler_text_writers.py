"""Text exports of Neware and Arbin that halfcell writes: read back to the last digit, with heads of real files."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read
from halfcell.readers.common.cycler_text_writers import MARK, write_arbin, write_neware
from halfcell.readers.common.gamry_text_writer import write as write_gamry
from halfcell.techniques import cycling

Write = Callable[[Measurement], bytes]
WRITERS = [write_neware, write_arbin]


def a_test(**meta: object) -> Measurement:
    """Rest, charge, hold, rest, discharge: currents of both signs, a hold whose current falls, a clock of 300 h."""
    parts = []
    clock, net = 0.0, 0.0
    for step, (code, current, hours) in enumerate(
        [(4, 0.0, 0.5), (2, 1.25e-3, 98.0), (3, 1.25e-3, 3.0), (4, 0.0, 1.0), (1, -2.5e-3, 47.3)], 1
    ):
        time = np.linspace(0.0, hours, 23)
        ampere = np.full(23, current) * (np.exp(-time) if code == 3 else 1.0)
        charge = np.append(0.0, np.cumsum(np.diff(time) * (ampere[1:] + ampere[:-1]) / 2))
        volt = {4: 3.1, 2: 3.0, 3: 4.2, 1: 4.1}[code] + 0.01 * np.sign(ampere) * (code != 3) * time
        parts.append([clock + time * 3600, volt, ampere, net + charge, np.full(23, 1.0), np.full(23, 1.0 * step),
                      np.full(23, 1.0 * code)])  # fmt: skip
        clock, net = float(parts[-1][0][-1]) + 0.5, float(parts[-1][3][-1])
    names = ("test_time_second", "voltage_volt", "current_ampere", "net_capacity_ah", "cycle_count", "step_id",
             "step_type_code")  # fmt: skip
    words = {"1": "CC discharge", "2": "CC charge", "3": "CV charge", "4": "Rest"}
    columns = dict(zip(names, np.concatenate(parts, axis=1), strict=True))
    return Measurement(technique="cycling", columns=columns, meta={"step_types": words, **meta})


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_written_is_read_back(tmp_path: Path, write: Write) -> None:
    true = a_test(simulated=True, started="2025-11-03T22:15:40")
    (tmp_path / "a.csv").write_bytes(write(true))
    found = read(tmp_path / "a.csv")
    assert found.is_simulated
    assert found.meta["started"].startswith("2025-11-03T22:15:40")
    assert [note.code for note in found.notes if note.level != "info"] == []
    assert found["test_time_second"] - found["test_time_second"][0] == pytest.approx(true["test_time_second"], abs=6e-4)
    assert found["voltage_volt"] == pytest.approx(true["voltage_volt"], abs=5.1e-6)
    assert found["current_ampere"] == pytest.approx(true["current_ampere"], abs=5.1e-9)
    assert (np.diff(found["step_id"]) == np.diff(true["step_id"])).all()


@pytest.mark.parametrize("write", WRITERS)
def test_capacities_and_energies_are_those_of_the_test(tmp_path: Path, write: Write) -> None:
    """The counters of the file: the charge that passed by construction, the energy as charge times mean voltage."""
    (tmp_path / "a.csv").write_bytes(write(a_test()))
    result = cycling.analyse(read(tmp_path / "a.csv"), cycling.Settings(kind="full"))  # type: ignore[arg-type]
    charge = 1.25 * 98.0 + 1.25 * (1.0 - np.exp(-3.0))
    assert result["initial_charge_capacity"].value == pytest.approx(charge, rel=1e-3)  # 23 points of a falling current
    assert result["initial_discharge_capacity"].value == pytest.approx(2.5 * 47.3, rel=1e-6)
    assert result["energy"].value == pytest.approx(2.5 * 47.3 * (4.1 - 0.005 * 47.3), rel=1e-5)


@pytest.mark.parametrize("write", WRITERS)
def test_a_measured_test_is_not_called_simulated(tmp_path: Path, write: Write) -> None:
    made = write(a_test())
    assert MARK.encode() not in made
    (tmp_path / "a.csv").write_bytes(made)
    assert not read(tmp_path / "a.csv").is_simulated


@pytest.mark.parametrize("write", WRITERS)
def test_a_test_without_steps_or_counter_is_written(tmp_path: Path, write: Write) -> None:
    whole = a_test()
    names = ("test_time_second", "voltage_volt", "current_ampere")
    bare = Measurement(technique="cycling", columns={name: whole[name] for name in names})
    (tmp_path / "a.csv").write_bytes(write(bare))
    found = read(tmp_path / "a.csv")
    assert found["current_ampere"] == pytest.approx(whole["current_ampere"], abs=5.1e-9)


@pytest.mark.parametrize(("write", "real"), [
    (write_neware, "cycling/neware/neware_uio.csv.gz"),
    (write_arbin, "cycling/arbin/sample_data_arbin.csv"),
])  # fmt: skip
def test_heads_are_those_of_a_real_file_in_their_order(data: Path, write: Write, real: str) -> None:
    content = (data / real).read_bytes()
    content = gzip.decompress(content) if real.endswith(".gz") else content
    heads = content.decode("utf-8-sig").splitlines()[0].split(",")
    ours = write(a_test()).decode().splitlines()[0].split(",")
    assert [head for head in heads if head in ours] == ours


@pytest.mark.parametrize("write", [*WRITERS, write_gamry])
def test_other_data_are_refused(write: Write) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(Measurement(technique="raman", columns={}))
