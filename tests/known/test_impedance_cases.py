"""Impedance as programs export it: without heads, without units, beside cycling in one file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from halfcell import analyse
from halfcell.cli import main
from halfcell.core.errors import InputError, UnrecognisedFile
from halfcell.core.raw import RawFile
from halfcell.readers import find, read, read_all

EZSTAT = "11-eis-ezstat-columns"
MIXED = "10-mpt-mb-eis-mixed/mb.mpt"


@pytest.mark.parametrize(
    "name",
    [
        "09-mpt-eis-short-header/peis.mpt",
        *(f"{EZSTAT}/{name}.csv" for name in ("ezstat", "ezstat_reordered", "headless", "minus_phase_deg")),
        *(f"{EZSTAT}/{name}.csv" for name in ("radians_said", "radians_unsaid")),
    ],
)
def test_one_spectrum_in_every_form(cases: Path, name: str) -> None:
    run = read(cases / name)
    reference = read(cases / "09-mpt-eis-short-header/peis.mpt")
    assert run.technique == "impedance"
    assert len(run) == 61
    for column in ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm"):
        np.testing.assert_allclose(run[column], reference[column], rtol=2e-6, atol=2e-6)
    assert (run["imaginary_impedance_ohm"] < 0).all()


def test_radians_without_a_unit_are_told(cases: Path) -> None:
    assert "unit_by_plausibility" in {note.code for note in read(cases / EZSTAT / "radians_unsaid.csv").notes}


def test_a_phase_whose_unit_nothing_tells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Frequency (Hz),|Z| (ohm),Phase\n" + "".join(f"{10**n},5.0,-0.01\n" for n in range(5, -2, -1)))
    with pytest.raises(InputError, match="degrees or radians"):
        read(path)


def test_positive_imaginary_part_without_heads_is_refused(cases: Path) -> None:
    with pytest.raises(UnrecognisedFile, match="no reader recognises the file"):
        read(cases / EZSTAT / "headless_ascending_posimag.csv")


def test_each_technique_takes_its_part_of_a_file(cases: Path) -> None:
    cycling = analyse(cases / MIXED, "cycling", kind="half")
    assert not isinstance(cycling, list)
    assert float(cycling.quantities["initial_discharge_capacity"].value) == pytest.approx(2.0, rel=1e-3)
    assert float(cycling.quantities["initial_charge_capacity"].value) == pytest.approx(1.8, rel=1e-3)
    spectra = [m for m in read_all(cases / MIXED) if m.technique == "impedance"]
    assert [len(m) for m in spectra] == [61, 61]
    assert all((m["frequency_hertz"] > 0).all() for m in spectra)


@pytest.mark.slow
def test_spectra_beside_cycling(cases: Path) -> None:
    first, second = analyse(cases / MIXED, "impedance")
    assert float(first.quantities["arc_resistance_sum"].value) == pytest.approx(70.0, rel=0.01)
    assert float(second.quantities["arc_resistance_sum"].value) == pytest.approx(84.0, rel=0.01)


def test_columns_of_eclab_without_its_header(data: Path) -> None:
    assert find(RawFile(data / "more/eis/bare4.txt"))[0] == "biologic_mpt"
    assert len(read(data / "more/eis/bare4.txt")) == 5


def test_reader_named_on_the_command_line(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(cases / EZSTAT / "ezstat.csv")
    assert main(["read", path, "--json", "--reader", "eis_table"]) == 0
    assert json.loads(capsys.readouterr().out)["measurements"][0]["reader"] == "eis_table"
    assert main(["read", path, "--reader", "eis_tabel"]) == 2
    assert "eis_table" in capsys.readouterr().err
    assert main(["read", path, "--reader", "gamry"]) == 2
    assert "'gamry' was named but does not recognise the content" in capsys.readouterr().err
