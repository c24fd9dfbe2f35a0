"""Analyse one raw file or a series by one technique: quantities, notes, figure."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common import result_rows
from halfcell.cli.common.given_settings import given_settings
from halfcell.cli.common.study_arguments import add_json, add_reader
from halfcell.core.errors import HalfcellError, InputError, StudyError
from halfcell.core.markup import plain
from halfcell.core.plugins import did_you_mean
from halfcell.core.vocabulary import quantity_word
from halfcell.techniques.analysis import analyse_measurements
from halfcell.techniques.choose import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from halfcell.core.figure import Figure
    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Result
    from halfcell.techniques import Technique

_MOST_PANELS = 24

EXAMPLES = (
    "halfcell analyse cell_C7.mpr --set kind=half --set active_mass_mg=1.25",
    "halfcell analyse Si.xrdml --technique xrd --figure Si.svg",
    "halfcell analyse c10.mpr c50.mpr c100.mpr --technique eis --json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="raw instrument files")
    parser.add_argument("--technique", help="technique, needed where several read the file (xrd, cycling, eis ...)")
    add_reader(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="setting of the technique (repeatable)"
    )
    parser.add_argument("--join", action="store_true", help="treat the files as parts of one test")
    parser.add_argument("--figure", metavar="OUT", help="write the figure (.svg, .pdf, .png) or its data (.csv)")
    parser.add_argument("--show", help="figure to draw (default: the first of the technique)")
    parser.add_argument("--cif", metavar="OUT", help="write the refined cells of diffraction as CIF")
    parser.add_argument("--all-columns", action="store_true", help="print all columns of the table")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Analyse the files and print what was found."""
    from halfcell.readers import read_all

    measurements = [m for file in args.files for m in read_all(file, args.reader)]
    technique = choose(measurements, args.technique)
    _must_be_drawn(technique, args)
    try:
        results = analyse_measurements(
            technique, measurements, _read_folders(technique, given_settings(args.set)), join=args.join
        )
    except StudyError as error:
        return _complain(error)
    _print(results, technique, args)
    if args.cif:
        from halfcell.core.atomic_files import write_named
        from halfcell.exports.refined_cells import cif

        write_named(Path(args.cif), cif(results).encode("ascii"))
        print(f"cells: {args.cif}", file=sys.stderr)
    if args.figure:
        sys.stdout.flush()  # the numbers stand, also where no figure can be drawn
        try:
            _draw(technique, results, args)
        except HalfcellError as error:
            raise _naming_a_file(error, args.files) from error
    return 0


def _naming_a_file(error: HalfcellError, files: Sequence[str]) -> HalfcellError:
    """The error with the file that it is about, as it was given; all of them where it does not say which."""
    if error.where.startswith("--") or any(file in error.where for file in files):
        return error
    its = [file for file in files if error.where.startswith(Path(file).name)]
    return error.at(its[0] if len(its) == 1 else ", ".join(files))


def _print(results: Sequence[Result], technique: Technique, args: argparse.Namespace) -> None:
    """Print the results as JSON or for people."""
    if args.json:
        shown = [result.as_json() for result in results]
        print(json.dumps(shown[0] if len(shown) == 1 else shown))
        return
    for result in results:
        _show(result, technique.first_columns, every=args.all_columns)


def _complain(error: StudyError) -> int:
    """Print each problem of the settings on a line of its own."""
    for problem in error.problems:
        print(f"halfcell: {problem}", file=sys.stderr)
    return 2


def _read_folders(technique: Technique, values: dict[str, str]) -> dict[str, object]:
    """The values with what their folders hold."""
    return {
        name: technique.folders[name](Path(value)) if name in technique.folders and value else value
        for name, value in values.items()
    }


def _must_be_drawn(technique: Technique, args: argparse.Namespace) -> None:
    """Refuse a show that is not a figure of the technique, one without a file to draw it into, and a missing folder."""
    if args.show and args.show not in technique.figures:
        raise InputError(
            f"{technique.name} has no figure {args.show!r}", "--show", did_you_mean(args.show, technique.figures)
        )
    if args.show and not args.figure:
        raise InputError("--show needs --figure", f"--show {args.show}", "add --figure OUT.svg")
    if args.figure and not Path(args.figure).parent.is_dir():
        raise InputError(f"folder {Path(args.figure).parent} does not exist", "--figure", "create it first")


def _draw(technique: Technique, results: Sequence[Result], args: argparse.Namespace) -> None:
    """Draw one of the technique's figures into a file."""
    import tempfile

    from halfcell.core.atomic_files import write_named
    from halfcell.render import print_figure

    show = args.show or next(iter(technique.figures))
    out = Path(args.figure)
    with tempfile.TemporaryDirectory() as folder:
        figure = _of_bearable_size(technique.figures[show], results)
        made = {path.suffix: path for path in print_figure(figure, Path(folder) / "figure")}
        drawn = made.get(out.suffix.lower())
        if drawn is None:
            suffix = out.suffix or "(no suffix)"
            raise InputError(f"unsupported figure format {suffix}", "--figure", f"use {', '.join(made)}")
        write_named(out, drawn.read_bytes())
    print(f"figure: {out}", file=sys.stderr)


def _of_bearable_size(show: Callable[[Sequence[Result]], Figure], results: Sequence[Result]) -> Figure:
    """The figure of all results, or of the first ones where it would have more panels than a page can hold."""
    figure = show(results)
    if len(figure.panels) <= _MOST_PANELS:
        return figure
    print(f"figure: the first {_MOST_PANELS} of {len(results)} results", file=sys.stderr)
    return show(results[:_MOST_PANELS])


def _show(result: Result, first: Sequence[str], *, every: bool) -> None:
    """Print a result for people: quantities, the table in the small, the notes."""
    files = ", ".join(source.path for source in result.sources)
    mark = "  (SIMULATED by halfcell)" if result.simulated else ""
    print(f"{result.technique}: {result.label}{mark}  <- {files}")
    for name, quantity in result.quantities.items():
        word = quantity_word(result.technique, name)
        label = plain(word.get("label", ""))
        print(f"  {name:<34} {quantity!s:<24}{_uncertainty(quantity)}  {label}".rstrip())
    for line in result_rows.lines(result, first, every=every):
        print(line)
    for note in result.notes:
        print(f"  {note}")


def _uncertainty(quantity: Quantity) -> str:
    """Of what kind the uncertainty is, with its size where the number does not show it (its digits are a custom)."""
    if not quantity.kind:
        return ""
    hidden = quantity.decimals is not None and quantity.std is not None and math.isfinite(quantity.std)
    size = f" ± {quantity.std:.1g} {quantity.unit}".rstrip() if hidden else ""
    return f"  [{quantity.kind}{size}]"
