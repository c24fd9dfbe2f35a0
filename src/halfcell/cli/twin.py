"""Predict a cell from its card: rate capability, mean voltage and energy density; sweep its values; fit them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from halfcell.cli.common.study_arguments import add_json
from halfcell.cli.common.twin_composite import add_composite, run_composite
from halfcell.cli.common.twin_protocols import add_protocol_arguments, asks_for_protocol, list_protocols, run_on
from halfcell.cli.common.twin_referee import add_referee, beside
from halfcell.cli.common.twin_tables import assignments, prediction_json, print_table, show_prediction
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.card import Card
    from halfcell.twin.predict import Prediction

EXAMPLES = (
    "halfcell twin predict composite-ncm811",
    "halfcell twin predict my-cell.toml --current 18 --current 180 --set anode.active_mg=2.2",
    "halfcell twin sweep composite-ncm811 --vary cell.resistance_ohm=2,5,20 --current 180",
    "halfcell twin sweep composite-ncm811 --vary loading=0.5:3:20 --vary np_ratio=1,1.1 --pareto sweep.svg",
    "halfcell twin fit my-cell.toml --free anode.diffusion_hours --free anode.charged_content",
    "halfcell twin predict composite-ncm811 --protocol cccv --with charge_ma_per_g=180 --figure cycles.svg",
    "halfcell twin design composite-ncm811 --target 400 --current 18",
    "halfcell twin composite --milled 70,10,20,Co --utilisation 0.939",
    "halfcell twin bpx graphite-ncm811 --out cell.json",
    "halfcell twin cards",
)
ACTIONS = ("predict", "sweep", "fit", "design", "composite", "bpx", "cards", "protocols")
BASES = ("active materials", "electrodes", "electrodes and separator", "stack", "cell")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "action",
        choices=ACTIONS,
        help="predict a rate series or a protocol, sweep, fit, design a cell, the capacity of a composite, "
        "write a BPX file, list cards or protocols",
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
    parser.add_argument("--check-mesh", action="store_true", help="predict: compare with a mesh twice as fine")
    groups = (_add_sweep, _add_fit, _add_design, add_composite, add_protocol_arguments, add_referee, add_json)
    for add in groups:
        add(parser)


def _add_sweep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--vary",
        action="append",
        default=[],
        metavar="PATH=A,B,...",
        help="sweep: values to combine, or PATH=A:B:N for N of them; PATH may be loading or np_ratio (repeatable)",
    )
    parser.add_argument(
        "--out",
        default="",
        metavar="FILE",
        help="sweep: write all points as parquet, a sweep that was ended goes on; bpx: the file to write",
    )
    parser.add_argument("--pareto", default="", metavar="FILE", help="sweep: chart of energy density over current")
    parser.add_argument(
        "--workers", type=int, default=0, help="sweep: processes (0: one per CPU; 1: none besides this)"
    )
    parser.add_argument("--scheduler", default="", metavar="ADDRESS", help="sweep: on the cluster of a Dask scheduler")
    parser.add_argument(
        "--store",
        default="",
        metavar="PLACE",
        help="sweep: folder or URL that keeps the points for everyone, each computed once (with --scheduler)",
    )


def _add_fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--free",
        action="append",
        default=[],
        metavar="PATH",
        help="fit: a value to fit, PATH@2 that of the second card, PATH@1,2 one of both (repeatable)",
    )
    parser.add_argument(
        "--with-card", action="append", default=[], metavar="CARD", help="fit: another card, together (repeatable)"
    )
    parser.add_argument(
        "--prior",
        action="append",
        default=[],
        metavar="PATH",
        help="fit: its value and std in the card are known before",
    )
    parser.add_argument("--intervals", action="store_true", help="fit: 95 %% intervals by profile likelihood (slower)")
    parser.add_argument("--write", default="", metavar="FILE", help="fit, design: write the card that was found")


def _add_design(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", type=float, metavar="WH_PER_KG", help="design: the loading that gives this energy")
    parser.add_argument("--basis", choices=BASES, default=BASES[2], help="design: what --target counts as mass")
    parser.add_argument(
        "--classes", type=int, default=1, help="bpx: classes of the sizes of each phase, as particles of a blend"
    )
    parser.add_argument("--np", type=float, metavar="RATIO", help="design: the anode that gives this N/P ratio")


def run(args: argparse.Namespace) -> int:
    """Do what is asked for."""
    if args.action in {"cards", "protocols"}:
        return _list(args.json) if args.action == "cards" else list_protocols(as_json=args.json)
    if args.action == "composite":
        return run_composite(args)
    if not args.card:
        raise InputError("no card is named", hint="halfcell twin cards lists those of halfcell")
    asks_for_protocol(args)
    if args.card.endswith(".json"):
        return _bpx(args)
    from halfcell.twin.cards import load_card

    card = _changed(load_card(args.card), args.set)
    return _predict(card, args) if args.action == "predict" else _other(card, args)


def _other(card: Card, args: argparse.Namespace) -> int:
    """Do one of the actions that have a module of their own."""
    if args.action == "sweep":
        from halfcell.cli.common.twin_sweep import run_sweep as action
    elif args.action == "fit":
        from halfcell.cli.common.twin_fit import run_fit as action
    elif args.action == "bpx":
        from halfcell.cli.common.twin_bpx import write_bpx as action
    else:
        from halfcell.cli.common.twin_design import run_design as action
    return action(card, args)


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
    print_table([["A", "Ah", "V"], *([f"{a:.4g}", f"{q:.4g}", f"{v:.4f}"] for a, q, v in rows)])
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


def _changed(card: Card, words: Sequence[str]) -> Card:
    values = assignments(words)
    if not values:
        return card
    from halfcell.twin.design import with_design

    return with_design(card, {path: value[0] for path, value in values.items()}, "--set")


def _predict(card: Card, args: argparse.Namespace) -> int:
    from halfcell.twin.predict import predict

    if args.referee:
        return beside(card, args)
    if asks_for_protocol(args):
        return run_on(card, args)
    made = predict(card, args.current)
    if args.band:
        return _band(card, made, measured=not args.current, as_json=args.json)
    if args.json:
        print(json.dumps(prediction_json(made)))
    else:
        show_prediction(made)
    if args.check_mesh:
        from halfcell.twin.mesh import mesh_error

        found = mesh_error(card, [row.current for row in made.rows])
        said = f"a mesh twice as fine changes capacities by up to {found.capacity_percent:.2f} %"
        print(f"note: {found.doubt or said}", file=sys.stderr)
    return 0


def _band(card: Card, made: Prediction, *, measured: bool, as_json: bool) -> int:
    """Median and 5 to 95 % of the predictions over the uncertainties of the card's values."""
    from halfcell.twin.band import band
    from halfcell.twin.predict import measured_series

    fresh = {row.current: row.fresh for row in measured_series(card)} if measured else {}
    currents = [row.current for row in made.rows]
    rows = band(card, currents, fresh=[fresh.get(one, False) for one in currents])
    if as_json:
        print(json.dumps([row._asdict() for row in rows]))
        return 0
    print(f"{card.title}: median (5 to 95 %)")
    lines = [["mA/g", "mAh/g", "", "V", ""]]
    for row in rows:
        (low, middle, high), (lowest, volt, highest) = row.capacity, row.mean_volt
        words = [f"{middle:.1f}", f"({low:.1f} to {high:.1f})", f"{volt:.3f}", f"({lowest:.3f} to {highest:.3f})"]
        lines.append([f"{row.current:.4g}", *words])
    print_table(lines)
    return 0
