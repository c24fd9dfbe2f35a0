"""DFT kernels as tables: pore widths (nm) in the first row, relative pressures in the first column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common.isotherm import loading_factor
from halfcell.readers.common.spreadsheets import number, text_rows

if TYPE_CHECKING:
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".csv", ".txt", ".tsv")

_WORD = b"dft kernel"


def recognises(raw: RawFile) -> bool:
    """Whether the first line says that it is a DFT kernel."""
    return _WORD in raw.head.split(b"\n", 1)[0].lower()


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the kernel. Its first line says ``DFT kernel`` and, after the last comma, the unit of the loadings.

    For instance ``# DFT kernel of N2 at 77 K in carbon slits, mmol/g``. Loadings are for 1 cm3 of pores per gram; they
    are a 2-D column, the widths are in ``meta["pore_width_nanometre"]``.
    """
    content = raw.read()
    first, _, body = content.partition(b"\n")
    factor = loading_factor(first.decode("utf-8", "replace").rsplit(",", 1)[-1].strip())
    rows = [row for row in text_rows(body) if any(cell is not None for cell in row)]
    widths = [value for cell in rows[0][1:] if (value := number(cell)) is not None] if rows else []
    table = [[number(cell) for cell in row[: len(widths) + 1]] for row in rows[1:]]
    if len(widths) < 2 or len(table) < 5 or any(len(row) <= len(widths) or None in row for row in table):
        hint = "expected two widths or more, then five rows or more of a pressure and one loading per width"
        raise InputError(f"unknown layout: {len(widths)} pore widths and {len(table)} rows", hint=hint)
    values = np.array(table, dtype=float)
    if np.any(np.diff(values[:, 0]) <= 0) or np.any(np.diff(widths) <= 0):
        raise InputError(
            "pressures and widths must increase", hint="sort the rows by pressure and the columns by width"
        )
    columns = {"relative_pressure": values[:, 0], "kernel_loading": values[:, 1:] * factor}
    meta = {"title": first.decode("utf-8", "replace").strip("# \r"), "pore_width_nanometre": widths}
    return (Measurement(technique="sorption", columns=columns, meta=meta),)
