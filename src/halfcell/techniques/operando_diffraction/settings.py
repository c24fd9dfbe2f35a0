"""Settings of operando diffraction."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class RecordedVoltage:
    """The record of a cycler: time (h) since its first record, voltage (V), and when it began by its clock (s)."""

    time_hour: tuple[float, ...] = ()
    volt: tuple[float, ...] = ()
    began_second: float | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How the scans of a cell in operation are put together.

    Parameters
    ----------
    voltage
        A file: the record of the cycler that was connected to the cell during the scans.
    scan_minutes
        Time from the start of a scan to that of the next; by default what the files say of their start.
    offset_minutes
        Time from the first record of the cycler to the start of the first scan; by default by the clocks of both
        instruments, where both files have one. A clock that is wrong is corrected by giving it.
    follow_degree
        Windows of 2theta, each with one line, whose area and centre are followed over the scans.
    low_degree, high_degree
        Range of 2theta that is used; by default what all scans have in common.
    """

    voltage: RecordedVoltage | str | None = None
    scan_minutes: float | None = None
    offset_minutes: float | None = None
    follow_degree: tuple[tuple[float, float], ...] = ()
    low_degree: float | None = None
    high_degree: float | None = None
