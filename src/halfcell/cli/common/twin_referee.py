"""A rate series of the twin beside PyBaMM's model of the same cell, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from halfcell.twin.card import Card

MODELS = ("SPM", "SPMe", "MPM", "DFN")
HEADS = ("mA/g", "mAh/g", "PyBaMM", "difference", "V", "PyBaMM", "difference")


def add_referee(parser: argparse.ArgumentParser) -> None:
    """Declare ``--referee``."""
    text = "predict: beside this model of PyBaMM on the same parameters (extra twin; one phase per electrode)"
    parser.add_argument("--referee", choices=MODELS, help=text)


def beside(card: Card, args: argparse.Namespace) -> int:
    """Print capacities and mean voltages of the twin and of PyBaMM.

    Raises
    ------
    InputError
        If a protocol is asked for as well.
    """
    from halfcell.twin.predict import predict
    from halfcell.twin.pybamm_cell import discharge_by_pybamm

    if args.protocol:
        raise InputError("--referee compares rate series", f"--protocol {args.protocol}", "leave one of them out")
    rows = predict(card, args.current).rows
    theirs = discharge_by_pybamm(card, [row.current for row in rows], args.referee)
    found = [
        (row.current, row.capacity, float(capacity), row.mean_volt, float(volt))
        for row, capacity, volt in zip(rows, theirs.capacity, theirs.mean_volt, strict=True)
    ]
    if args.json:
        keys = ("current", "capacity", "pybamm_capacity", "mean_voltage", "pybamm_mean_voltage")
        shown = [dict(zip(keys, row, strict=True)) for row in found]
        print(json.dumps({"card": card.title, "model": args.referee, "rows": shown}))
        return 0
    print(f"{card.title}: beside PyBaMM's {args.referee}")
    _print([HEADS, *map(_texts, found)])
    return 0


def _texts(row: tuple[float, ...]) -> tuple[str, ...]:
    current, capacity, their_capacity, volt, their_volt = row
    percent, millivolt = (capacity / their_capacity - 1) * 100, (volt - their_volt) * 1000
    ours, other = (f"{current:.4g}", f"{capacity:.2f}", f"{their_capacity:.2f}"), (f"{volt:.4f}", f"{their_volt:.4f}")
    return (*ours, f"{percent:+.2f} %", *other, f"{millivolt:+.1f} mV")


def _print(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
    for line in lines:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)))
