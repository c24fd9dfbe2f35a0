"""Where the verbs write: a place that cannot be written is one line, and nothing is overwritten unasked."""

import json
from pathlib import Path

import numpy as np
import pytest

from halfcell.cli import main
from halfcell.readers.impedance import zplot
from halfcell.techniques import impedance


@pytest.fixture
def spectrum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A simulated spectrum in a folder of its own, where the test stands."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "raw" / "a.z"
    path.parent.mkdir()
    path.write_bytes(zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1))))
    return path


def complaint(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a refused call says: one line, exit status 2, nothing on standard output."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_figure_without_folder(spectrum: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "does not exist" in complaint(["analyse", str(spectrum), "--figure", "none/a.svg"], capsys)


def test_a_figure_that_cannot_be_drawn_does_not_keep_back_the_results(
    spectrum: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", str(spectrum), "--figure", "a.doc"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("impedance: a.z")
    assert "unsupported figure format .doc" in err


def test_conversion_without_folder(spectrum: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = complaint(["read", str(spectrum), "--to", "csv", "--out", "none/a.csv"], capsys)
    assert "folder none does not exist" in said
    assert not Path("none").exists()


def test_conversion_keeps_what_is_there(spectrum: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text("mine")
    assert "already" in complaint(["read", str(spectrum), "--to", "csv"], capsys)
    assert Path("a.csv").read_text() == "mine"
    assert main(["read", str(spectrum), "--to", "csv", "--out", "a.csv"]) == 0
    assert Path("a.csv").read_text() != "mine"


def test_own_results_that_are_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in complaint(["compare", "anodes", "--own", "none.csv"], capsys)


def test_a_show_that_is_not_there_or_has_no_place(spectrum: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean 'nyquist'" in complaint(["analyse", str(spectrum), "--show", "nyqist"], capsys)
    assert "--show needs --figure" in complaint(["analyse", str(spectrum), "--show", "nyquist"], capsys)
    said = complaint(["analyse", str(spectrum), "--technique", "xrd"], capsys)
    assert "it reads diffraction)" in said


def test_numbers_stand_where_no_figure_can_be_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    heads = "Test Time / s,Voltage / V,Current / A\n"
    path.write_text(heads + "".join(f"{60 * i},{3 + 0.01 * i},0.001\n" for i in range(20)))
    figure = str(tmp_path / "a.svg")
    asked = ["analyse", str(path), "--technique", "cycling", "--set", "kind=half", "--json", "--figure", figure]
    assert main(asked) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["technique"] == "cycling"
    assert said.err.startswith(f"halfcell: {path}: there is no profile to show")


def test_an_error_names_the_file_that_was_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "few.csv"
    path.write_text("Frequency (Hz),Re{Z},-Im{Z}\n1000,10,1\n100,12,3\n10,15,4\n")
    assert main(["analyse", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_heads_of_a_comparison_are_printed_with_their_units(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "full_cells", "--filter", "cathode=NCM811"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert "  Discharge capacity after Xth cycle (mAh g−1)  Current density (mA g−1)  " in head
    table = rows[: rows.index("")]  # the references follow
    assert all(row.rindex("[") == head.index("Refs.") for row in table)


def test_compare_takes_a_study(tmp_path: Path, capsys) -> None:
    """A study that compares nothing says how to; a misspelt comparison names the nearest one."""
    (tmp_path / "study.toml").write_text('title = "x"\n', encoding="utf-8")
    assert "has no table of a comparison" in complaint(["compare", str(tmp_path)], capsys)
    assert "full_cells" in complaint(["compare", "full_cell"], capsys)
