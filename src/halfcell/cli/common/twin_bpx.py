"""``halfcell twin bpx``: a card as a BPX file, what is lost of it, and what the file predicts instead."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.twin_tables import print_table
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse

    from halfcell.twin.card import Card


def write_bpx(card: Card, args: argparse.Namespace) -> int:
    """Write the BPX file of a card, and print the discharges of both."""
    from halfcell.core.atomic_files import write_aside
    from halfcell.twin.bpx_writer import bpx_facts

    if not args.out:
        raise InputError("no file is named", hint="--out cell.json")
    if args.classes < 1:
        raise InputError(f"{args.classes} classes are none", hint="--classes 1 takes the median")
    made = bpx_facts(card, args.classes)
    write_aside(Path(args.out), json.dumps(made.facts, indent=1) + "\n")
    rows = _compared(card, args)
    if args.json:
        keys = ("current_ma_per_g", "card_mah_per_g", "bpx_mah_per_g", "card_volt", "bpx_volt")
        compared = [dict(zip(keys, row, strict=True)) for row in rows]
        print(json.dumps({"file": args.out, "rows": compared, "losses": list(made.losses)}))
        return 0
    print(args.out)
    if rows:
        head = ["mA/g", "mAh/g of the card", "of the file", "V of the card", "of the file"]
        print_table([head, *([f"{a:.4g}", f"{q:.1f}", f"{p:.1f}", f"{v:.3f}", f"{w:.3f}"] for a, q, p, v, w in rows)])
    for loss in made.losses:
        print(f"lost: {loss}", file=sys.stderr)
    return 0


def _compared(card: Card, args: argparse.Namespace) -> list[tuple[float, float, float, float, float]]:
    """Current, capacity and mean voltage of the card and of the file."""
    import numpy as np

    from halfcell.twin.bpx import read_bpx
    from halfcell.twin.cell import discharge
    from halfcell.twin.predict import measured_series, predict

    currents = args.current or sorted({row.current for row in measured_series(card)})
    if not currents:
        return []
    gram = card.value("cathode.active_mg") * 1e-6  # Ah per mAh/g
    done = discharge(read_bpx(args.out, len(currents)).cell, np.array(currents) * gram)
    rows = predict(card, currents).rows
    files = zip(done.capacity.tolist(), done.mean_volt.tolist(), strict=True)
    return [(r.current, r.capacity, q / gram, r.mean_volt, v) for r, (q, v) in zip(rows, files, strict=True)]
