"""Exceptions that nobody expected: one line, and a file with the traceback."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.core.unexpected_errors import Unexpected, guarded, one_line, reports_in


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


class Panic(BaseException):
    """What Rust extensions raise is no Exception."""


def _fail(error: BaseException) -> int:
    raise error


def test_what_works_comes_back() -> None:
    assert guarded(lambda: 3) == 3


@pytest.mark.parametrize("error", [KeyError("x"), Panic("x"), SystemExit(3), RecursionError(), MemoryError("x")])
def test_everything_is_caught_and_its_traceback_kept(temporary: Path, error: BaseException) -> None:
    failure = guarded(lambda: _fail(error))
    assert isinstance(failure, Unexpected)
    assert failure.error is error
    assert failure.text.startswith(f"{type(error).__name__}: ")
    assert failure.report is not None
    assert failure.report.is_relative_to(temporary)
    assert str(failure) == f"{failure.text} (the details are in {failure.report})"
    text = failure.report.read_text()
    assert "Traceback (most recent call last)" in text
    assert "_fail" in text
    assert text.startswith("halfcell ")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), GeneratorExit()])
def test_an_interruption_passes(error: BaseException) -> None:
    with pytest.raises(type(error)):
        guarded(lambda: _fail(error))


def test_what_is_expected_passes() -> None:
    with pytest.raises(OSError, match="no"):
        guarded(lambda: _fail(FileNotFoundError("no")), OSError)


def test_errors_of_halfcell_need_no_file(temporary: Path) -> None:
    failure = guarded(lambda: _fail(InputError("what", "where", "hint")))
    assert isinstance(failure, Unexpected)
    assert (str(failure), failure.report) == ("where: what (hint: hint)", None)
    assert list(temporary.iterdir()) == []


def test_an_exception_is_told_in_one_line() -> None:
    assert one_line(ValueError("first\nsecond")) == "ValueError: first"
    assert one_line(ValueError()) == "ValueError: no message"
    assert one_line(InputError("")) == "no message"


def test_the_same_defect_is_one_file(temporary: Path) -> None:
    failures = [guarded(lambda: _fail(KeyError("x"))) for _ in range(3)]
    reports = {failure.report for failure in failures if isinstance(failure, Unexpected)}
    assert len(reports) == len(list(temporary.rglob("*.txt"))) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_nobody_else_can_read_it(temporary: Path) -> None:
    failure = guarded(lambda: _fail(KeyError("x")))
    assert isinstance(failure, Unexpected)
    assert failure.report is not None
    assert stat.S_IMODE(failure.report.parent.stat().st_mode) == 0o700


def test_reports_go_where_they_are_wanted(tmp_path: Path) -> None:
    with reports_in(tmp_path / "a" / "b"):
        failure = guarded(lambda: _fail(KeyError("x")))
    assert isinstance(failure, Unexpected)
    assert failure.report is not None
    assert failure.report.parent == tmp_path / "a" / "b"


def test_without_a_place_the_line_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with reports_in(tmp_path / "file" / "folder"):
        failure = guarded(lambda: _fail(KeyError("x")))
    assert isinstance(failure, Unexpected)
    assert str(failure) == "KeyError: 'x'"
    assert failure.details == "the details could not be written to a file"
