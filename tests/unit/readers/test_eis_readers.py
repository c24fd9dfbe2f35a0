"""Impedance files of ten kinds: the MANIFEST's facts, cut files, damaged files, several spectra in one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.raw import RawFile
from halfcell.readers import find, read, read_all
from halfcell.readers.impedance import chi
from halfcell.techniques.impedance import Parameters, simulate

FIRST = (1e4, 109.00918219439028, -26.55567987651522)
FACTS = {  # reader, spectra, points, first frequency, Z', Z''
    "impedance.py/exampleData.csv": ("eis_table", 1, 66, 3.1623e-3, 4.949989776405060160e-2, -2.043869854441892481e-2),
    "impedance.py/exampleDataCHInstruments.txt": ("chi", 1, 73, 9.961e4, 98.91, -2.748),
    "impedance.py/exampleDataParstat.txt": ("eis_table", 1, 31, 1e4, -0.00049816280376104, 0.0175143479976367),
    "impedance.py/exampleDataPowersuite.txt": ("eis_table", 1, 30, 0.1, 423929.46, -49014.063),
    "impedance.py/exampleDataVersaStudio.par": ("versastudio", 1, 61, 1e5, 55.31571, 4.575431),
    "pyimpspec/case-multiple-spectra.csv": ("eis_table", 4, 29, *FIRST),
    "pyimpspec/case-negative-real-imaginary.csv": ("eis_table", 1, 29, *FIRST),
    "pyimpspec/data-comma.csv": ("eis_table", 1, 29, *FIRST),
    "pyimpspec/data-comma-decimal-separator.csv": ("eis_table", 1, 29, *FIRST),
    "pyimpspec/data-header-variant-1.csv": ("eis_table", 1, 29, *FIRST),
    "pyimpspec/data-header-variant-4.csv": ("eis_table", 1, 29, *FIRST),
    "pyimpspec/data.xlsx": ("eis_table", 4, 29, *FIRST),
    "pyimpspec/data.ods": ("eis_table", 4, 29, *FIRST),
    "pyimpspec/data.P00": ("ecochemie_p00", 1, 29, 1e4, 109.0, -26.556),
    "pyimpspec/data.dfr": ("ecochemie_dfr", 1, 29, *FIRST),
    "pyimpspec/data.i2b": ("elchemea", 1, 29, *FIRST),
    "pyimpspec/data.idf": ("ivium", 1, 29, 1e4, 109.009, -26.5557),
    "pyimpspec/data.ids": ("ivium", 2, 29, 1e4, 109.009, -26.5557),
    "pyimpspec/data.pssession": ("palmsens", 1, 29, *FIRST),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_real_file_gives_what_its_text_says(data: Path, name: str) -> None:
    reader, spectra, points, *first = FACTS[name]
    found = read_all(data / "eis" / name)
    assert len(found) == spectra
    for measurement in found:
        assert measurement.technique == "impedance"
        assert measurement.source is not None
        assert measurement.source.reader == reader
        assert len(measurement) == points
        columns = ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
        assert [measurement[c][0] for c in columns] == pytest.approx(first, rel=1e-12)


def test_direct_current_records_are_left_out_and_said(data: Path) -> None:
    (note,) = read(data / "eis/impedance.py/exampleDataParstat.txt").notes
    assert note.code == "records_without_frequency"
    assert note.text.startswith("781 records")


CUT = [name for name in FACTS if not name.endswith((".csv", ".xlsx", ".ods", ".txt"))]


@pytest.mark.parametrize("name", CUT)
def test_cut_files_are_refused(data: Path, tmp_path: Path, name: str) -> None:
    content = (data / "eis" / name).read_bytes()
    early = (0.02, 0.05) if "data.id" in name else (0.02, 0.15, 0.3)  # Ivium: behind the spectrum stand oscillograms
    for share in early:
        path = tmp_path / f"cut{Path(name).suffix}"
        path.write_bytes(content[: int(share * len(content))])
        with pytest.raises(InputError, match="cut"):
            read_all(path)


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("way", range(4))
def test_damaged_files_give_no_traceback(data: Path, tmp_path: Path, name: str, way: int) -> None:
    content = (data / "eis" / name).read_bytes()
    own = find(RawFile(data / "eis" / name))[1]
    rng = np.random.default_rng(way)
    path = tmp_path / f"damaged{Path(name).suffix}"
    for _ in range(6):
        damaged, place = bytearray(content), int(rng.integers(len(content)))
        if way == 0:
            del damaged[place:]
        elif way == 1:
            damaged[place] = int(rng.integers(256))
        elif way == 2:
            del damaged[place : place + 100]
        else:
            damaged[place : place + 20] = rng.bytes(20)
        path.write_bytes(bytes(damaged) or b" ")
        raw = RawFile(path)
        if own.recognises(raw):
            try:
                made = own.parse(raw)
            except HalfcellError:
                continue
            assert all(len(m) > 0 for m in made)


def test_value_that_is_no_number_names_its_row(data: Path, tmp_path: Path) -> None:
    content = (data / "eis/pyimpspec/data-comma.csv").read_bytes()
    path = tmp_path / "x.csv"
    path.write_bytes(content.replace(b"137.77047905254426", b"137.7x"))
    with pytest.raises(InputError, match=r"line 6: the real is '137\.7x', not a number"):
        read(path)


@pytest.mark.parametrize(
    ("heads", "factors"),
    [
        ("Frequency (kHz);-Im(Z) (mOhm);Re(Z) (mOhm)", (1e3, -1e-3, 1e-3)),
        ("Frequency (MHz);-Z'' (MΩ);Z' (kΩ)", (1e6, -1e6, 1e3)),
        ("Frequency (mHz);-Z'' (MOhm);Z' (mΩ)", (1e-3, -1e6, 1e-3)),
        ("-Z'' (Ω);Z' (Ω);Frequency/Hz", None),
        ("Z''/ohm;f/Hz;Z'/ohm", None),
    ],
)
def test_any_order_and_unit(tmp_path: Path, heads: str, factors: tuple[float, ...] | None) -> None:
    f = np.logspace(4, 0, 17)
    z = 5 + 50 / (1 + 1j * f / 100)
    by_role = {"f": f, "re": z.real, "im": z.imag}
    order = [
        "f" if "f" in h.lower()[:4] else "im" if "im" in h.lower() or "''" in h else "re" for h in heads.split(";")
    ]
    signs = [-1.0 if h.startswith("-") else 1.0 for h in heads.split(";")]
    scales = [abs(x) for x in factors] if factors else [1.0] * 3
    rows = [[by_role[r][i] * s / k for r, s, k in zip(order, signs, scales, strict=True)] for i in range(17)]
    path = tmp_path / "any.csv"
    path.write_text("\n".join([heads, *(";".join(map(repr, map(float, row))) for row in rows)]), encoding="utf-8")
    found = read(path)
    assert np.allclose(found["frequency_hertz"], f)
    assert np.allclose(found["real_impedance_ohm"], z.real)
    assert np.allclose(found["imaginary_impedance_ohm"], z.imag)


def test_blanks_between_columns_and_modulus(tmp_path: Path) -> None:
    lines = ["Number Frequency/Hz Impedance/Ohm Phase/deg"]
    lines += [f"{i} {f:.6e} {100 / f:.6e} -90.0" for i, f in enumerate(np.logspace(3, 0, 10))]
    path = tmp_path / "zahner.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    assert np.allclose(found["imaginary_impedance_ohm"], -100 / found["frequency_hertz"], rtol=1e-5)


def test_other_tables_are_not_claimed(tmp_path: Path) -> None:
    """A diffractogram, a cycler's table, an ascending list: no impedance."""
    texts = ("2theta,I,err\n10,1,2\n11,2,3\n", "time,voltage,current\n0,1,2\n1,2,-3\n", "1,2,3\n2,3,-4\n3,4,5\n" * 5)
    for text in texts:
        path = tmp_path / "other.csv"
        path.write_text(text, encoding="utf-8")
        assert not any(name == "eis_table" for name in _claims(path))


def _claims(path: Path) -> list[str]:
    try:
        return [find(RawFile(path))[0]]
    except InputError:
        return []


def test_chi_refuses_to_write_impedance() -> None:
    with pytest.raises(InputError, match="cannot be written as CHI text"):
        chi.write(simulate(Parameters(), np.random.default_rng(0)))
