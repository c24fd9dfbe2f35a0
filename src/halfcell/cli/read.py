"""Show what a raw file is and what it contains; convert it with --to."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.study_arguments import add_json, add_reader
from halfcell.core.errors import InputError
from halfcell.core.plugins import plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.readers import read_all

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

FORMATS = (
    "csv", "parquet", "xlsx", "bdf", "bdf.parquet", "xye", "xdi", "aif", "impedance.py", "pyimpspec", "pybamm", "emsa"
)  # fmt: skip

EXAMPLES = (
    "halfcell read cell_C7.mpr",
    "halfcell read cell_C7.mpr --out C7.bdf.parquet",
    "halfcell read cell_C7.mpr --to pybamm --out C7_drive.csv",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", help="raw instrument file (may be compressed: .gz, .bz2, or .zip with one file)")
    add_reader(parser)
    parser.add_argument("--to", choices=FORMATS, help="output format (default: by the suffix of --out)")
    parser.add_argument(
        "--out", help="output file, whose suffix decides (default: in the current directory, named after the input)"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Read the file, print what it holds, convert it."""
    measurements = read_all(args.file, args.reader)
    written, said = _convert(measurements, args) if args.to or args.out else ([], [])
    if args.json:
        print(
            json.dumps(
                {
                    "file": args.file,
                    "measurements": [_facts(m) for m in measurements],
                    "written": written,
                    "left_out": said,
                }
            )
        )
        return 0
    for number, measurement in enumerate(measurements, start=1):
        _show(measurement, f"{number} of {len(measurements)}" if len(measurements) > 1 else "")
    for path in written:
        print(f"written: {path}", file=sys.stderr)
    for line in said:
        print(line, file=sys.stderr)
    return 0


def _facts(measurement: Measurement) -> dict[str, Any]:
    """What is in a measurement, as JSON."""
    from halfcell.exports.about import plain

    source = measurement.source
    return {
        "technique": measurement.technique,
        "reader": source.reader if source else None,
        "reader_package": _package(source.reader) if source else None,
        "source": {"path": source.path, "sha256": source.sha256} if source else None,
        "simulated": measurement.is_simulated,
        "records": len(measurement),
        "columns": {name: _span(values) for name, values in measurement.columns.items()},
        "meta": plain(measurement.meta),
        "notes": [{"level": n.level, "code": n.code, "text": n.text} for n in measurement.notes],
    }


def _package(reader: str) -> str | None:
    """Package and version of a reader that is not of halfcell itself."""
    plugin = plugins("readers").get(reader)
    return plugin.origin if plugin and plugin.is_foreign else None


def _span(values: Any) -> dict[str, float | None]:
    """Least and greatest finite value of a column."""
    import numpy as np

    finite = values[np.isfinite(values)] if values.dtype.kind in "fiu" else values[:0]
    if not finite.size:
        return {"min": None, "max": None}
    return {"min": float(finite.min()), "max": float(finite.max())}


def _show(measurement: Measurement, place: str) -> None:
    """Print a measurement for people."""
    facts = _facts(measurement)
    mark = "  (SIMULATED by halfcell)" if facts["simulated"] else ""
    package = f" (package {facts['reader_package']})" if facts["reader_package"] else ""
    print(f"{facts['technique']}{'  ' + place if place else ''}, read as {facts['reader']}{package}{mark}")
    if facts["source"]:
        print(f"  sha256   {facts['source']['sha256']}")
    print(f"  records  {facts['records']}")
    words = vocabulary()["column"].get(measurement.technique, {})
    for name, span in facts["columns"].items():
        low, high = span["min"], span["max"]
        extent = f"{low:.6g} to {high:.6g}" if low is not None and high is not None else "no numbers"
        print(f"  {name:<34} {extent:<32} {words.get(name, {}).get('unit', '')}")
    for key, value in facts["meta"].items():
        if key != "vendor":
            print(f"  {key:<34} {_short(value)}")
    for key, value in (facts["meta"].get("vendor") or {}).items():
        print(f"  vendor's {key:<25} {_short(value)}")
    for note in measurement.notes:
        print(f"  {note}")


def _short(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 90 else text[:87] + "..."


def _convert(measurements: tuple[Measurement, ...], args: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Write each measurement in the format asked for; return the files, and what was left out of them."""
    from halfcell.exports import FORMATS, chosen, write

    form = chosen(args.to, Path(args.out).name if args.out else "")
    written, said = [], []
    for number, measurement in enumerate(measurements, start=1):
        part = f"_{number}" if len(measurements) > 1 else ""
        path = (
            _numbered(Path(args.out), part) if args.out else Path(_stem(args.file) + part + FORMATS[form].suffixes[0])
        )
        if path.resolve() == Path(args.file).resolve():
            raise InputError("the output would overwrite the raw file", str(path), "choose another name with --out")
        if path.exists() and not args.out:
            raise InputError("file already exists", str(path), "choose another name, or confirm this one, with --out")
        paths, left_out = write(measurement, path, form)
        written += [str(one) for one in paths]
        if left_out:
            said.append(f"left out of {path}, because {form} does not know them: {', '.join(left_out)}")
    return written, said


def _stem(file: str) -> str:
    """The name of a raw file without its suffixes of format and compression."""
    name = Path(file).name
    packed = name.lower().endswith((".gz", ".bz2", ".zip"))
    return Path(Path(name).stem if packed and Path(name).stem.count(".") else name).stem


def _numbered(path: Path, part: str) -> Path:
    """A path with the number of a measurement before all of its suffixes."""
    stem, dot, suffixes = path.name.partition(".")
    return path.with_name(stem + part + dot + suffixes) if part else path
