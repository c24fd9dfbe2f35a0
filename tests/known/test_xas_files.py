"""Real absorption files: the facts of their source, peaks of |chi(R)|, what a cut or damaged file says."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError, UnrecognisedFile
from halfcell.readers import read, read_all
from halfcell.techniques import exafs

FACTS = [  # file, reader, groups, points of the first, first and last energy
    ("cu_metal_rt.xdi", "xdi", 1, 408, 8779.0, 10145.86),
    ("fe_metal_rt.xdi", "xdi", 1, 348, 6962.0, 7969.25),
    ("ni_metal_rt.xdi", "xdi", 1, 418, 8133.0, 9567.43),
    ("cu_rt01.xmu", "xas_columns", 1, 408, 8779.0, 10145.86),
    ("cu_10k.xmu", "xas_columns", 1, 612, 8786.2, 11362.47),
    ("Sn.prj", "athena_prj", 5, 132, 29000.112, 29333.9),
    ("FeO.prj", "athena_prj", 1, 412, 6911.767, 8084.09),
]


@pytest.mark.parametrize(("name", "reader", "groups", "points", "first", "last"), FACTS)
def test_facts(data: Path, name: str, reader: str, groups: int, points: int, first: float, last: float) -> None:
    measurements = read_all(data / "spectra" / "xas" / name)
    assert len(measurements) == groups
    assert measurements[0].source is not None
    assert measurements[0].source.reader == reader
    energy = measurements[0]["energy_electronvolt"]
    assert len(energy) == points
    assert (energy[0], energy[-1]) == (pytest.approx(first, rel=1e-6), pytest.approx(last, rel=1e-6))


def test_athena_groups_are_named(data: Path) -> None:
    groups = read_all(data / "spectra" / "xas" / "Sn.prj")
    assert groups[0].meta["title"] == "Sn foil"
    assert groups[0].meta["vendor"]["e0_electronvolt"] == 29200
    assert {m.meta["element"] for m in groups} == {"Sn"}


PEAKS = [  # file, group, |chi(R)| peak given by larch 2026.3.1 (k 3-12, Hanning, dk 1, k^2), to its printed digit
    ("Sn.prj", 2, 2.79, 0.05),
    ("cu_metal_rt.xdi", 0, 2.24, 0.015),
]


@pytest.mark.parametrize(("name", "group", "peak", "grid"), PEAKS)
def test_first_peak(data: Path, name: str, group: int, peak: float, grid: float) -> None:
    """larch's peaks are points of its grid of 0.031 angstrom; ours are interpolated between them."""
    measurement = read_all(data / "spectra" / "xas" / name)[group]
    found = exafs.analyse(measurement, exafs.Settings())["first_peak"]
    assert found.value == pytest.approx(peak, abs=grid + 0.016)


def test_copper_foil(data: Path) -> None:
    result = exafs.analyse(read(data / "spectra" / "xas" / "cu_metal_rt.xdi"), exafs.Settings())
    assert result["e0"].value == pytest.approx(8980.5, abs=0.01)
    assert result["edge_step"].value == pytest.approx(2.7294, abs=5e-5)


def test_same_scan_in_two_formats(data: Path) -> None:
    folder = data / "spectra" / "xas"
    a, b = read(folder / "cu_metal_rt.xdi"), read(folder / "cu_rt01.xmu")
    assert np.allclose(a["energy_electronvolt"], b["energy_electronvolt"], atol=1e-3)
    assert np.allclose(a["absorption"], b["absorption"], atol=1e-6)


def test_short_scan_says_so(data: Path) -> None:
    foil = read_all(data / "spectra" / "xas" / "Sn.prj")[0]
    codes = {note.code for note in exafs.analyse(foil, exafs.Settings()).notes}
    assert {"short_scan", "e0_differs"} <= codes


@pytest.mark.parametrize(("name", "keep"), [("cu_metal_rt.xdi", 900), ("Sn.prj", 9000), ("cu_10k.xmu", 1350)])
def test_truncated_files_say_so(data: Path, tmp_path: Path, name: str, keep: int) -> None:
    (tmp_path / name).write_bytes((data / "spectra" / "xas" / name).read_bytes()[:keep])
    with pytest.raises(InputError, match="truncated"):
        read_all(tmp_path / name)


def test_damaged_files_say_so(data: Path, tmp_path: Path) -> None:
    content = (data / "spectra" / "xas" / "cu_metal_rt.xdi").read_bytes().replace(b"  8809.0", b"  88o9.0")
    (tmp_path / "a.xdi").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.xdi:\d+.*non-numeric"):
        read(tmp_path / "a.xdi")
    packed = bytearray((data / "spectra" / "xas" / "Sn.prj").read_bytes())
    packed[3000:3100] = bytes(100)
    (tmp_path / "b.prj").write_bytes(packed)
    with pytest.raises(InputError, match="damaged"):
        read_all(tmp_path / "b.prj")
    (tmp_path / "c.prj").write_bytes(gzip.compress(b"# some other project\n"))
    with pytest.raises(UnrecognisedFile, match="no reader recognises the file"):
        read_all(tmp_path / "c.prj")


def test_xdi_goes_round(tmp_path: Path) -> None:
    from halfcell.readers.spectra import xdi

    made = exafs.simulate(exafs.Parameters(title="pristine"), np.random.default_rng(0))
    path = tmp_path / "scan.xdi"
    path.write_bytes(xdi.write(made))
    back = read(path)
    assert back.is_simulated
    assert (back.meta["title"], back.meta["element"]) == ("pristine", "Sn")
    assert np.allclose(back["absorption"], made["absorption"], atol=5.1e-9)


def _rows(columns: int) -> str:
    made = exafs.simulate(exafs.Parameters(), np.random.default_rng(0))
    pairs = zip(made["energy_electronvolt"], made["absorption"], strict=True)
    return "".join(f"  {e:.4f} " + " ".join(f"{mu * (i + 1):.8f}" for i in range(columns)) + "\n" for e, mu in pairs)


def test_marked_groups_of_athena_are_scans_of_their_own(tmp_path: Path) -> None:
    """The head is Demeter's: XDI, a column a marked group."""
    head = [
        "# XDI/1.0 Demeter/0.9.26",
        "# Demeter.output_filetype: multicolumn normalized mu(E)",
        "# Element.symbol: Sn",
        "# Element.edge: K",
        "# Column.1: energy eV",
        "# Column.2: pristine",
        "# Column.3: 0.01 V",
        "#------------------------",
        "#  energy  pristine  0_01_V",
    ]
    path = tmp_path / "tin.nor"
    path.write_text("\n".join(head) + "\n" + _rows(2), encoding="utf-8")
    first, second = read_all(path)
    assert [m.meta["title"] for m in (first, second)] == ["pristine", "0.01 V"]
    assert first.meta["normalised"] is True
    assert np.allclose(second["absorption"], 2 * first["absorption"], atol=2e-8)


def test_export_of_one_group_by_athena(tmp_path: Path) -> None:
    head = ["# XDI/1.0 Demeter/0.9.26", "# Demeter.output_filetype: mu(E)", "# Column.1: energy eV", "# Column.2: xmu"]
    head += ["# Column.3: bkg", "#------------------------", "#  energy  xmu  background"]
    path = tmp_path / "tin.xmu"
    path.write_text("\n".join(head) + "\n" + _rows(2), encoding="utf-8")
    assert [m.source.reader for m in read_all(path) if m.source] == ["xdi"]


def test_older_athena_names_sample_and_e0(tmp_path: Path) -> None:
    head = ["# Athena data file -- Athena version 0.8.056", "# Saving Sn pristine as normalized mu(E)"]
    head += [
        "# .  Element=Sn   Edge=K",
        "# .  E0=29210.000  Eshift=0.000  Rbkg=1.000",
        "#---",
        "#  energy norm nbkg flat",
    ]
    path = tmp_path / "tin.nor"
    path.write_text("\n".join(head) + "\n" + _rows(3), encoding="utf-8")
    (scan,) = read_all(path)
    assert (scan.meta["title"], scan.meta["element"], scan.meta["edge"]) == ("Sn pristine", "Sn", "K")
    assert "e0_differs" in {n.code for n in exafs.analyse(scan, exafs.Settings()).notes}


GLITCHES = [("Sn.prj", 1, [11.27]), ("Sn.prj", 4, [8.74, 9.94]), ("cu_metal_rt.xdi", 0, []), ("fe_metal_rt.xdi", 0, [])]


@pytest.mark.parametrize(("name", "group", "where"), GLITCHES)
def test_glitches_of_real_scans_are_told(data: Path, name: str, group: int, where: list[float]) -> None:
    """The places are those seen in chi(k); the foils measured in one sweep have none."""
    scan = read_all(data / "spectra" / "xas" / name)[group]
    texts = [n.text for n in exafs.analyse(scan, exafs.Settings()).notes if n.code == "glitches"]
    assert len(texts) == bool(where)
    assert all(f"{place:.2f}" in texts[0] for place in where)


def test_glitches_can_be_left_out(data: Path) -> None:
    scan = read_all(data / "spectra" / "xas" / "Sn.prj")[4]
    kept, dropped = (exafs.analyse(scan, exafs.Settings(glitches=how)) for how in ("tell", "drop"))
    assert "glitches_dropped" in {n.code for n in dropped.notes if n.level == "correction"}
    assert dropped.noise < 0.6 * kept.noise
    assert dropped["first_peak"].value == pytest.approx(2.79, abs=0.05)
