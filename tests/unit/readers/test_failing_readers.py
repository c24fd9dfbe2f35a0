"""A reader that fails fails alone: while it is asked it is left out, while it reads it gives one line."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from foreign_packages import install
from halfcell.core.errors import InputError, PluginWarning, UnrecognisedFile
from halfcell.core.raw import RawFile
from halfcell.readers import find, read_all
from halfcell.readers.impedance import zplot

READER = '''"""Invented files."""
from halfcell.core.measurement import Measurement
VERSION = "1"
SUFFIXES = ()
def recognises(raw):
    return RECOGNISES
def parse(raw):
    return PARSE
'''
GOOD = "b'INV' in raw.head"


def _install(packages: Path, recognises: str = GOOD, parse: str = "1 / 0") -> None:
    text = READER.replace("RECOGNISES", recognises).replace("PARSE", parse)
    install(packages, "halfcell-inv", {"readers.inv": "halfcell_inv"}, {"halfcell_inv.py": text}, "0.3")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the invented format."""
    path = tmp_path / "a.inv"
    path.write_text("INV 1\n")
    return path


@pytest.mark.parametrize("defect", ["1 / 0", "exit()", "raw.meta", "open('not there')", "1 / 0 if raw.head else 1"])
def test_one_that_fails_while_it_is_asked_is_left_out_and_named_once(packages: Path, defect: str, data: Path) -> None:
    _install(packages, defect)
    good = [data / "spectra/xrd/dara_NiO_0p6007-Bi2O3_0p4008--8min.xrdml"] * 2
    with pytest.warns(PluginWarning) as warned:
        names = [find(RawFile(one))[0] for one in good]
    assert names == ["panalytical_xrdml"] * 2
    assert len(warned) == 1
    assert str(warned[0].message).startswith("the reader 'inv' of halfcell-inv 0.3 failed to look at dara_")
    assert "the details are in" in str(warned[0].message)


def test_what_it_alone_could_have_read_names_it(packages: Path, path: Path) -> None:
    _install(packages, "1 / 0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PluginWarning)
        with pytest.raises(UnrecognisedFile) as caught:
            read_all(path)
    failed = "the reader 'inv' of halfcell-inv 0.3 failed: ZeroDivisionError: division by zero"
    assert caught.value.what == f"no reader recognises the file; {failed}"


@pytest.mark.parametrize(
    ("parse", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("exit()", "SystemExit: None"),
        ("None", "TypeError: it did not return a tuple of measurements"),
        ("(1,)", "TypeError: it did not return a tuple of measurements"),
        ("gone", "NameError: name 'gone' is not defined"),
    ],
)
def test_one_that_fails_while_it_reads_gives_one_line(packages: Path, path: Path, parse: str, said: str) -> None:
    _install(packages, parse=parse)
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert caught.value.what == f"the reader 'inv' of halfcell-inv 0.3 failed: {said}"
    assert caught.value.where == str(path)
    assert caught.value.hint.startswith("the file is damaged, or this is a defect of the reader; the details are in ")
    report = Path(caught.value.hint.rsplit(" ", 1)[1])
    assert said.split(":", maxsplit=1)[0] in report.read_text()
    assert caught.value.__cause__ is not None


def test_the_same_holds_for_readers_of_halfcell(tmp_path: Path, monkeypatch) -> None:
    def parse(raw: RawFile) -> tuple:
        raise KeyError("a defect")

    monkeypatch.setattr(zplot, "parse", parse)
    monkeypatch.setattr(zplot, "recognises", lambda _: True)
    (tmp_path / "a.z").write_text("anything")
    with pytest.raises(InputError, match="the reader 'zplot' failed: KeyError: 'a defect'"):
        read_all(tmp_path / "a.z")


def test_what_the_system_refuses_is_no_defect(packages: Path, path: Path) -> None:
    _install(packages, parse="open('/not/there')")
    with pytest.raises(FileNotFoundError):
        read_all(path)


def test_a_library_that_cannot_open_its_file_is_one_line(packages: Path, path: Path) -> None:
    _install(packages, parse="(_ for _ in ()).throw(OSError('file signature not found'))")
    with pytest.raises(InputError, match="OSError: file signature not found"):
        read_all(path)


def test_what_one_prints_is_not_output(packages: Path, path: Path, capsys) -> None:
    _install(packages, "print('asked') is None", '(print("read"), [Measurement(technique="inv", columns={})])[1]')
    read_all(path)
    assert capsys.readouterr() == ("", "asked\nread\n")


def test_one_of_another_package_gives_measurements(packages: Path, path: Path) -> None:
    _install(packages, parse='[Measurement(technique="inv", columns={})]')
    (measurement,) = read_all(path)
    assert measurement.source is not None
    assert measurement.source.reader == "inv"
