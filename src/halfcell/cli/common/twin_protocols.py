"""The protocols of the twin on the command line: their rows, their figure, and the raw file of an instrument."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from halfcell.core.figure import Figure
    from halfcell.core.measurement import Measurement
    from halfcell.twin.card import Card
    from halfcell.twin.protocols.outcome import Outcome, Value


RATES = "rates"
LIST = "halfcell twin protocols"


def add_protocol_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a protocol."""
    parser.add_argument(
        "--protocol", metavar="NAME", help="predict: what is done with the cell (list: halfcell twin protocols)"
    )
    parser.add_argument(
        "--with", action="append", default=[], dest="given", metavar="NAME=VALUE", help="a setting of it (repeatable)"
    )
    parser.add_argument(
        "--figure", metavar="OUT", help="write its figure (.svg, .pdf, .png) or the data of that (.csv)"
    )
    parser.add_argument(
        "--raw", metavar="OUT", help="write what an instrument would have recorded (.mpt; .z for a spectrum; .bdf.csv)"
    )
    parser.add_argument(
        "--noise",
        type=int,
        metavar="SEED",
        help="--raw: with the noise, offsets, drift and resolution of an instrument",
    )


def list_protocols(*, as_json: bool) -> int:
    """Print all protocols with their settings."""
    import dataclasses

    from halfcell.twin.protocols import protocol, protocol_names

    found = [protocol(name) for name in protocol_names()]
    fields = {p.name: {f.name: f.default for f in dataclasses.fields(p.settings)} for p in found}
    if as_json:
        print(json.dumps({p.name: {"summary": p.summary, "settings": fields[p.name]} for p in found}, default=str))
        return 0
    for one in found:
        print(f"{one.name:<14} {one.summary}")
        print(" " * 15 + ", ".join(f"{name}={_text(value)}" for name, value in fields[one.name].items()))
    return 0


def _text(value: object) -> str:
    return "" if value is None else f"{value}"


def asks_for_protocol(args: argparse.Namespace) -> bool:
    """Whether a protocol is asked for, by its name or by what only a protocol gives.

    Raises
    ------
    InputError
        If it is asked for where there is none.
    """
    asked = bool(args.protocol or args.given or args.figure or args.raw or args.noise is not None)
    if asked and (args.action != "predict" or args.card.endswith(".json")):
        what = "a BPX file" if args.action == "predict" else args.action
        raise InputError(
            f"--protocol, --with, --figure, --raw and --noise are not for {what}", hint="halfcell twin predict CARD"
        )
    return asked


def run_on(card: Card, args: argparse.Namespace) -> int:
    """Run a protocol on a card, print its rows, and write what is asked for.

    Raises
    ------
    InputError
        If the options do not go together.
    """
    from halfcell.twin.protocols import run_protocol

    name = args.protocol or RATES
    if args.current and name != RATES:
        raise InputError(f"{name} has its currents among its settings", "--current", f"--with; see {LIST}")
    _check_outputs(args)
    given: dict[str, object] = dict(_pair(word) for word in args.given)
    given |= {"current_ma_per_g": tuple(args.current)} if args.current else {}
    outcome = run_protocol(card, name, given)
    if args.json:
        print(json.dumps(outcome.as_json()))
    else:
        _show(outcome)
    sys.stdout.flush()
    if args.figure:
        draw(outcome.figure, args.figure)
    if args.raw:
        if outcome.measurement is None:
            raise InputError(
                "no instrument records this", f"--raw {args.raw}", f"{args.protocol} has rows and a figure"
            )
        write_raw(outcome.measurement, args.raw, args.noise)
    return 0


def _check_outputs(args: argparse.Namespace) -> None:
    if args.noise is not None and not args.raw:
        raise InputError("only a raw file has noise", "--noise", "add --raw FILE")
    for option, path in (("--figure", args.figure), ("--raw", args.raw)):
        if path and not Path(path).parent.is_dir():
            raise InputError(f"folder {Path(path).parent} does not exist", option, "create it first")


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise InputError(f"{word!r} is no setting", "--with", "write NAME=VALUE")
    return name.strip(), value.strip()


def _show(outcome: Outcome) -> None:
    """Print the rows as a table, and the doubts."""
    print(outcome.title)
    names = list(outcome.rows[0]) if outcome.rows else []
    heads = [f"{name} ({outcome.rows[0][name].unit})" if outcome.rows[0][name].unit else name for name in names]
    lines = [heads, *([_number(row, name) for name in names] for row in outcome.rows)]
    widths = [max(len(line[k]) for line in lines) for k in range(len(names))]
    for line in lines:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)))
    for doubt in outcome.doubts:
        print(f"note: {doubt}", file=sys.stderr)


def _number(row: Mapping[str, Value], name: str) -> str:
    value = row[name].value
    if isinstance(value, float | int):
        return f"{value:.{row[name].decimals}f}"
    return "-" if value is None else value


def draw(figure: Figure, path: str) -> None:
    """Draw a figure into a file.

    Raises
    ------
    InputError
        If the format is not supported.
    """
    import tempfile

    from halfcell.core.atomic_files import write_aside
    from halfcell.render import print_figure

    out = Path(path)
    with tempfile.TemporaryDirectory() as folder:
        made = {one.suffix: one for one in print_figure(figure, Path(folder) / "figure")}
        drawn = made.get(out.suffix.lower())
        if drawn is None:
            what = f"unsupported figure format {out.suffix or '(no suffix)'}"
            raise InputError(what, "--figure", "use " + ", ".join(made))
        write_aside(out, drawn.read_bytes())
    print(f"figure: {out}", file=sys.stderr)


def write_raw(measurement: Measurement, path: str, noise_seed: int | None = None) -> None:
    """Write a measurement in the format of its suffix; with the errors of an instrument where a seed is given.

    Raises
    ------
    InputError
        If the format is not supported.
    """
    from halfcell.core.atomic_files import write_aside
    from halfcell.twin.instruments import raw_file, recorded

    if noise_seed is not None:
        import numpy as np

        measurement = recorded(measurement, np.random.default_rng(noise_seed))
    try:
        content = raw_file(measurement, path)
    except InputError as error:
        raise InputError(error.what, "--raw", error.hint) from None
    write_aside(Path(path), content)
    print(f"raw file: {path}", file=sys.stderr)
