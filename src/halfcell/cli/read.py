"""Show what a raw file is and what it contains; convert it with --to."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.study_arguments import add_json, add_reader
from halfcell.core.errors import InputError
from halfcell.core.plugins import load, plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.readers import read_all

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

FORMATS = ("csv", "parquet", "xlsx", "bdf")

EXAMPLES = (
    "halfcell read cell_C7.mpr",
    "halfcell read cell_C7.mpr --to csv --out C7.csv",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", help="raw instrument file (may be compressed: .gz, .bz2, or .zip with one file)")
    add_reader(parser)
    parser.add_argument("--to", choices=FORMATS, help="output format")
    parser.add_argument("--out", help="output file (default: in the current directory, named after the input)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Read the file, print what it holds, convert it."""
    measurements = read_all(args.file, args.reader)
    written = _convert(measurements, args) if args.to else []
    if args.json:
        print(json.dumps({"file": args.file, "measurements": [_facts(m) for m in measurements], "written": written}))
        return 0
    for number, measurement in enumerate(measurements, start=1):
        _show(measurement, f"{number} of {len(measurements)}" if len(measurements) > 1 else "")
    for path in written:
        print(f"written: {path}", file=sys.stderr)
    return 0


def _facts(measurement: Measurement) -> dict[str, Any]:
    """What is in a measurement, as JSON."""
    source = measurement.source
    return {
        "technique": measurement.technique,
        "reader": source.reader if source else None,
        "reader_package": _package(source.reader) if source else None,
        "source": {"path": source.path, "sha256": source.sha256} if source else None,
        "simulated": measurement.is_simulated,
        "records": len(measurement),
        "columns": {name: _span(values) for name, values in measurement.columns.items()},
        "meta": _plain(measurement.meta),
        "notes": [{"level": n.level, "code": n.code, "text": n.text} for n in measurement.notes],
    }


def _package(reader: str) -> str | None:
    """Package and version of a reader that is not of halfcell itself."""
    plugin = plugins("readers").get(reader)
    return plugin.origin if plugin and plugin.is_foreign else None


def _plain(value: Any) -> Any:
    """Make a value of `meta` fit for JSON: records and arrays become what they print."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


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


def _convert(measurements: tuple[Measurement, ...], args: argparse.Namespace) -> list[str]:
    """Write each measurement in the format asked for."""
    stem = Path(args.out) if args.out else Path(Path(args.file).name)
    written = []
    for number, measurement in enumerate(measurements, start=1):
        part = f"_{number}" if len(measurements) > 1 else ""
        suffix = ".bdf.csv" if args.to == "bdf" else f".{args.to}"
        path = stem if args.out and not part else stem.with_name(stem.stem + part + suffix)
        if path.resolve() == Path(args.file).resolve():
            raise InputError("the output would overwrite the raw file", str(path), "choose another name with --out")
        if path.exists() and not args.out:
            raise InputError("file already exists", str(path), "choose another name, or confirm this one, with --out")
        _write(measurement, args.to, path)
        written.append(str(path))
    return written


def _write(measurement: Measurement, form: str, path: Path) -> None:
    """Write one measurement; a format that needs equal columns gets them from the measurement as they are."""
    if form == "bdf":
        path.write_bytes(load("readers", "bdf").write(measurement))
        return
    import polars as pl

    lengths = {len(values) for values in measurement.columns.values()}
    if len(lengths) != 1 or any(values.ndim != 1 for values in measurement.columns.values()):
        raise InputError("the measurement is not one table (images or spectra of several lengths)", measurement.where)
    frame = pl.DataFrame(dict(measurement.columns))
    writers = {"csv": frame.write_csv, "parquet": frame.write_parquet, "xlsx": _excel(frame)}
    writers[form](path)


def _excel(frame: Any) -> Any:
    """A writer of .xlsx through openpyxl."""

    def write(path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("data")
        sheet.append(frame.columns)
        for row in frame.iter_rows():
            sheet.append(row)
        book.save(path)

    return write
