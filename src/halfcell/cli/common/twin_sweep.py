"""``halfcell twin sweep``: points of a sweep in the terminal, as a parquet file and as a chart; large ones resume."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.twin_tables import assignments, print_table
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.twin.card import Card
    from halfcell.twin.sweep import Point, Task

COLUMNS = {
    "mA/g": "current_ma_per_g",
    "mAh/g": "capacity_mah_per_g",
    "V": "mean_voltage_volt",
    "Wh/kg": "energy_density_wh_per_kg",
}
MOST_LINES = 200  # that a terminal shows


def pack(points: Sequence[Point]) -> bytes:
    """The points of a part of a sweep as JSON, numbers to the last bit."""
    return json.dumps([[dict(point.values), dict(point.results), point.refused] for point in points]).encode()


def unpack(content: bytes) -> tuple[Point, ...]:
    """The points of `pack`."""
    from halfcell.twin.sweep import Point

    return tuple(Point(values=values, results=results, refused=why) for values, results, why in json.loads(content))


def points_of(part: Task) -> tuple[Point, ...]:
    """Compute a part of a sweep."""
    from halfcell.twin.sweep import points_of as computed

    return computed(part)


def key_of(part: Task) -> str:
    """A hash of all that a part of a sweep depends on but the code."""
    return part.key


def _made(parts: Sequence[Task], args: argparse.Namespace) -> Iterator[tuple[int, tuple[Point, ...]]]:
    """The points of all parts, each with its place, as soon as they are there."""
    from halfcell.cli.common.cluster_arguments import cluster_of
    from halfcell.study.execute.mapped import Work, mapped

    work = Work(name="sweep", function=points_of, key=key_of, pack=pack, unpack=unpack)
    return mapped(work, parts, args.workers, cluster_of(args))


def run_sweep(card: Card, args: argparse.Namespace) -> int:
    """Sweep the values of ``--vary``."""
    from halfcell.twin.sweep import tasks

    if not args.vary:
        raise InputError("nothing to sweep", hint="--vary anode.active_mg=1.8,2.0,2.2")
    parts = list(tasks(card, assignments(args.vary), args.current))
    if not parts:
        raise InputError("no current to predict for", card.origin, "give --current, or [[measured]] in the card")
    if args.out:
        points = _kept(parts, Path(args.out), args)
    else:
        made = dict(_made(parts, args))
        points = [one for place in range(len(parts)) for one in made[place]]
    if args.pareto:
        _draw(card, points, Path(args.pareto))
    if args.json:
        print(json.dumps([_row(point) for point in points]))
    elif not args.out:
        _show(points)
    return 0


def _kept(parts: Sequence[Task], out: Path, args: argparse.Namespace) -> list[Point]:
    """Compute what is not yet in the folder of parts, and write the whole as parquet."""
    if out.suffix != ".parquet":
        raise InputError("a sweep is written as parquet", str(out), "--out sweep.parquet")
    folder = out.with_name(f"{out.name}.parts")
    folder.mkdir(parents=True, exist_ok=True)
    left = [part for part in parts if not part_path(folder, part).is_file()]
    for place, made in _made(left, args):
        _write(made, part_path(folder, left[place]))
    points = [point for part in parts for point in _read(part, part_path(folder, part))]
    _write(points, out)
    shutil.rmtree(folder)
    refused = sum(bool(point.refused) for point in points)
    again = f", {len(parts) - len(left)} of {len(parts)} parts from before" if len(left) < len(parts) else ""
    print(f"{out}: {len(points)} points, {refused} refused{again}")
    return points


def part_path(folder: Path, part: Task) -> Path:
    """The file of a part; that of another halfcell is another one, so that a sweep does not go on with its numbers."""
    from halfcell.study.cache.code_hash import source_code
    from halfcell.study.cache.json_files import digest

    return folder / f"{digest({'part': part.key, 'code': source_code()})[:16]}.parquet"


def _row(point: Point) -> dict[str, Any]:
    results = {COLUMNS[name]: None if math.isnan(value) else value for name, value in point.results.items()}
    return {**point.values, **results, "refused": point.refused}


def _write(points: Sequence[Point], path: Path) -> None:
    import polars as pl

    unfinished = path.with_suffix(".unfinished")
    pl.DataFrame([_row(point) for point in points], infer_schema_length=None).write_parquet(unfinished)
    unfinished.replace(path)


def _read(part: Task, path: Path) -> list[Point]:
    """The points of a part that was computed before."""
    import polars as pl

    from halfcell.twin.sweep import Point

    rows = pl.read_parquet(path).iter_rows(named=True)
    names = {column: name for name, column in COLUMNS.items()}
    return [
        Point(
            values=values,
            results={name: float("nan") if row[column] is None else row[column] for column, name in names.items()},
            refused=row["refused"],
        )
        for (values, _), row in zip(part.runs, rows, strict=True)
    ]


def _draw(card: Card, points: Sequence[Point], path: Path) -> None:
    """The chart, as SVG, PDF and PNG, and the best points in the terminal."""
    from halfcell.render import print_figure
    from halfcell.twin.pareto import chart, front

    made = print_figure(chart(points, card.title), path.with_suffix(""))
    print("best in energy density or current density (Pareto front):")
    _show(front(points))
    print(", ".join(map(str, made)))


def _show(points: Sequence[Point]) -> None:
    names = [*points[0].values, *points[0].results]
    rows = [_line(point, names) for point in points[:MOST_LINES]]
    print_table([names, *rows])
    if len(points) > MOST_LINES:
        print(f"... and {len(points) - MOST_LINES} more (--out sweep.parquet, or --json)")


def _line(point: Point, names: Sequence[str]) -> list[str]:
    every: Mapping[str, float] = {**point.values, **point.results}
    return [f"{every[name]:.4g}" for name in names] + ([point.refused] if point.refused else [])
