"""Predict a cell from its card: rate capability, mean voltage and energy density; sweep its values; fit them."""

from __future__ import annotations

import argparse
import json
import math
import sys
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.study_arguments import add_json
from halfcell.cli.common.twin_protocols import add_protocol_arguments, list_protocols, run_on
from halfcell.cli.common.twin_referee import add_referee, beside
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.twin.card import Card
    from halfcell.twin.fit import Fitted
    from halfcell.twin.intervals import Ends
    from halfcell.twin.predict import Prediction

EXAMPLES = (
    "halfcell twin predict composite-ncm811",
    "halfcell twin predict my-cell.toml --current 18 --current 180 --set anode.active_mg=2.2",
    "halfcell twin sweep composite-ncm811 --vary anode.active_mg=1.8,2.0,2.2 --current 180",
    "halfcell twin fit my-cell.toml --free anode.diffusion_hours --free anode.charged_content",
    "halfcell twin predict composite-ncm811 --protocol cccv --with charge_ma_per_g=180 --figure cycles.svg",
    "halfcell twin cards",
)
ACTIONS = ("predict", "sweep", "fit", "cards", "protocols")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "action",
        choices=ACTIONS,
        help="predict a rate series or a protocol, sweep or fit values, or list the cards or protocols",
    )
    parser.add_argument(
        "card", nargs="?", help="a card (TOML), the name of one of halfcell's own, or a BPX file (.json)"
    )
    parser.add_argument(
        "--current",
        type=float,
        action="append",
        default=[],
        metavar="MA_PER_G",
        help="current in mA per gram of cathode material, for a BPX file in A (repeatable; default: the measured ones)",
    )
    parser.add_argument(
        "--band", action="store_true", help="predict: median and 5 to 95 %% over the uncertainties (std) of the card"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="another value of the card (repeatable)"
    )
    parser.add_argument(
        "--vary", action="append", default=[], metavar="PATH=A,B,...", help="sweep: values to combine (repeatable)"
    )
    parser.add_argument("--free", action="append", default=[], metavar="PATH", help="fit: a value to fit (repeatable)")
    parser.add_argument("--intervals", action="store_true", help="fit: 95 %% intervals by profile likelihood (slower)")
    add_protocol_arguments(parser)
    add_referee(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Do what is asked for."""
    if args.action == "cards":
        return _list(args.json)
    if args.action == "protocols":
        return list_protocols(as_json=args.json)
    if not args.card:
        raise InputError("no card is named", hint="halfcell twin cards lists those of halfcell")
    if args.card.endswith(".json"):
        return _bpx(args)
    from halfcell.twin.cards import load_card

    card = _changed(load_card(args.card), args.set)
    return {"predict": _predict, "sweep": _sweep, "fit": _fit}[args.action](card, args)


def _bpx(args: argparse.Namespace) -> int:
    """Predict discharges of the cell of a BPX file."""
    import numpy as np

    from halfcell.twin.bpx import read_bpx
    from halfcell.twin.cell import discharge

    if args.action != "predict" or not args.current:
        raise InputError("a BPX file needs a current", args.card, "halfcell twin predict cell.json --current 5 (in A)")
    made = read_bpx(args.card, len(args.current))
    done = discharge(made.cell, np.array(args.current))
    rows = list(zip(args.current, done.capacity.tolist(), done.mean_volt.tolist(), strict=True))
    if args.json:
        keys = ("current_ampere", "capacity_ampere_hour", "mean_voltage_volt")
        shown = [dict(zip(keys, row, strict=True)) for row in rows]
        print(json.dumps({"cell": made.title, "rows": shown, "losses": list(made.losses)}))
        return 0
    print(made.title)
    _table([["A", "Ah", "V"], *([f"{a:.4g}", f"{q:.4g}", f"{v:.4f}"] for a, q, v in rows)])
    for loss in made.losses:
        print(f"note: {loss}", file=sys.stderr)
    return 0


def _list(as_json: bool) -> int:
    from halfcell.twin.cards import own_cards

    cards = own_cards()
    if as_json:
        print(json.dumps({name: card.title for name, card in cards.items()}))
    else:
        for name, card in cards.items():
            print(f"{name:<24} {card.title}")
    return 0


def _assignments(words: Sequence[str]) -> dict[str, list[float]]:
    """``PATH=A,B`` as paths and numbers."""
    found: dict[str, list[float]] = {}
    for word in words:
        path, _, text = word.partition("=")
        try:
            found[path] = [float(part) for part in text.split(",")]
        except ValueError:
            raise InputError(f"{word!r} is no PATH=VALUE", hint="such as anode.active_mg=2.2") from None
    return found


def _changed(card: Card, words: Sequence[str]) -> Card:
    values = _assignments(words)
    return card.with_values({path: value[0] for path, value in values.items()}, "--set") if values else card


def _predict(card: Card, args: argparse.Namespace) -> int:
    from halfcell.twin.predict import predict

    if args.referee:
        return beside(card, args)
    if args.protocol:
        return run_on(card, args)
    made = predict(card, args.current)
    if args.band:
        return _band(card, [row.current for row in made.rows], as_json=args.json)
    if args.json:
        print(json.dumps(_as_json(made)))
    else:
        _show(made)
    return 0


def _band(card: Card, currents: Sequence[float], *, as_json: bool) -> int:
    """Median and 5 to 95 % of the predictions over the uncertainties of the card's values."""
    from halfcell.twin.band import band

    rows = band(card, currents)
    if as_json:
        print(json.dumps([row._asdict() for row in rows]))
        return 0
    print(f"{card.title}: median (5 to 95 %)")
    lines = [["mA/g", "mAh/g", "", "V", ""]]
    for row in rows:
        (low, middle, high), (lowest, volt, highest) = row.capacity, row.mean_volt
        words = [f"{middle:.1f}", f"({low:.1f} to {high:.1f})", f"{volt:.3f}", f"({lowest:.3f} to {highest:.3f})"]
        lines.append([f"{row.current:.4g}", *words])
    _table(lines)
    return 0


def _as_json(made: Prediction) -> dict[str, Any]:
    rows = [
        {
            "current": {"value": row.current, "unit": "mA/g"},
            "capacity": {"value": row.capacity, "unit": "mAh/g"},
            "mean_voltage": {"value": row.mean_volt, "unit": "V"},
            "energy_density": {"value": row.energy_density, "unit": "Wh/kg"},
            "measured_capacity": row.measured_capacity,
            "measured_mean_voltage": row.measured_volt,
        }
        for row in made.rows
    ]
    return {"card": made.card.title, "rows": rows, "doubts": list(made.doubts)}


def _show(made: Prediction) -> None:
    """Print the rows; measured values and errors where there are any."""
    measured = any(row.measured_capacity for row in made.rows)
    print(made.card.title)
    head = ["mA/g", "mAh/g", "V", "Wh/kg"] + (["measured", "error", "measured V", "error"] if measured else [])
    lines = [head]
    for row in made.rows:
        line = [f"{row.current:.4g}", f"{row.capacity:.1f}", f"{row.mean_volt:.3f}", f"{row.energy_density:.1f}"]
        if measured and row.measured_capacity is not None:
            line += [f"{row.measured_capacity:.1f}", f"{row.capacity_error:+.1f} %"]
            line += [f"{row.measured_volt:.2f}", f"{(row.volt_error or 0) * 1000:+.0f} mV"] if row.measured_volt else []
        lines.append(line)
    _table(lines)
    if made.mean_error is not None:
        print(f"mean error of the capacities: {made.mean_error:.2f} %")
    for doubt in made.doubts:
        print(f"note: {doubt}", file=sys.stderr)


def _table(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(len(line[k]) for line in lines if len(line) > k) for k in range(max(map(len, lines)))]
    for line in lines:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=False)))


def _sweep(card: Card, args: argparse.Namespace) -> int:
    from halfcell.twin.sweep import sweep

    if not args.vary:
        raise InputError("nothing to sweep", hint="--vary anode.active_mg=1.8,2.0,2.2")
    points = sweep(card, _assignments(args.vary), args.current)
    if args.json:
        print(json.dumps([{**point.values, **point.results} for point in points]))
        return 0
    names = [*points[0].values, *points[0].results]
    rows = [[f"{({**p.values, **p.results})[name]:.4g}" for name in names] for p in points]
    _table([names, *rows])
    return 0


def _ends(found: Fitted, args: argparse.Namespace) -> Mapping[str, Ends]:
    """The 95 % intervals, if they are asked for."""
    if not args.intervals:
        return {}
    from halfcell.twin.intervals import intervals

    return intervals(found, args.free)


def _fit(card: Card, args: argparse.Namespace) -> int:
    from halfcell.twin.fit import fit

    if not args.free:
        raise InputError("nothing to fit", hint="--free anode.diffusion_hours")
    found = fit([card], args.free)
    ends = _ends(found, args)
    if args.json:
        std = {path: None if math.isnan(one) else one for path, one in found.std.items()}
        values = {
            path: {"value": v, "std": std[path], "kind": "fit covariance"} | ({"interval": ends[path]} if ends else {})
            for path, v in found.values.items()
        }
        print(json.dumps({"values": values, "doubts": list(found.doubts), **_as_json(found.predictions[0])}))
        return 0
    for path, value in found.values.items():
        known = not math.isnan(found.std[path])
        print(f"{path} = {value:.4g}" + (f" ± {found.std[path]:.2g} (linearised fit covariance)" if known else ""))
        if ends:
            low, high = ("none" if end is None else f"{end:.4g}" for end in ends[path])
            print(f"    95 % interval by profile likelihood: {low} to {high}")
    for doubt in found.doubts:
        print(f"note: {doubt}", file=sys.stderr)
    _show(found.predictions[0])
    return 0
