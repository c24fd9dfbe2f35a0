"""A file that makes a parser hang is given up; work that ends in time is not touched."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

import halfcell.audit
import halfcell.readers
from halfcell.audit.extract import text
from halfcell.core.errors import InputError
from halfcell.core.time_limit import time_limit
from halfcell.readers.cycling import bdf

SHORT = 0.05

pytestmark = pytest.mark.skipif(not hasattr(signal, "ITIMER_PROF"), reason="Windows has no timers of processes")


def _endless() -> None:
    for _ in count():
        pass


def _catching() -> None:
    """What a library does that catches everything once."""
    try:
        _endless()
    except InputError:
        _endless()


def _backtracking() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


@pytest.mark.parametrize("work", [_endless, _catching, _backtracking])
def test_work_without_end_is_given_up(work: Callable[[], None]) -> None:
    with (
        pytest.raises(InputError, match=r"a\.pdf: reading did not end within 0.05 s of computing .*leave out"),
        time_limit(SHORT, "reading", "a.pdf", "leave out pictures"),
    ):
        work()
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_work_that_ends_in_time_leaves_no_timer() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with time_limit(100.0, "reading", "a.pdf", ""):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_the_outer_limit_holds_for_both() -> None:
    with (
        pytest.raises(InputError, match="the audit did not end"),
        time_limit(SHORT, "the audit", "a.pdf", ""),
        time_limit(100.0, "reading", "a.csv", ""),
    ):
        _endless()


def test_other_threads_have_no_limit() -> None:
    found: list[float] = []

    def work() -> None:
        with time_limit(100.0, "reading", "a.pdf", ""):
            found.append(signal.getitimer(signal.ITIMER_PROF)[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [0.0]


def test_an_audit_that_hangs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Table 1 Capacities\n\na\tb\n1\t2\n", encoding="utf-8")
    monkeypatch.setattr(halfcell.audit, "MAX_SECONDS", SHORT)
    monkeypatch.setattr(text, "extract", lambda _raw, _progress: _endless())
    with pytest.raises(InputError, match=r"a\.txt: the audit did not end within 0.05 s"):
        halfcell.audit.audit_file(path)


def test_a_reader_that_hangs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bdf.csv"
    path.write_text("Test Time / s,Voltage / V,Current / A\n0,3.0,0.1\n1,3.1,0.1\n", encoding="utf-8")
    monkeypatch.setattr(halfcell.readers, "MAX_READ_SECONDS", SHORT)
    monkeypatch.setattr(bdf, "parse", lambda _raw: _endless())
    with pytest.raises(InputError, match=r"a\.bdf\.csv: reading did not end within 0.05 s"):
        halfcell.readers.read_all(path, "bdf")
