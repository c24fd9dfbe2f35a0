"""Measured series of a cell card, and values of one fit that go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.twin.card_words import MEASURED

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Target:
    """Measured discharges that a card names: currents, capacities and mean voltages, `per` g of cathode or cm2.

    A `fresh` series was measured before the cell lost the lithium of ``anode.lost_content``. `capacity_percent` and
    `volt_std` are standard uncertainties of the capacities (%) and voltages (V), where they are known.
    """

    source: str
    current: tuple[float, ...]
    capacity: tuple[float, ...]
    mean_volt: tuple[float, ...] = ()
    per: str = "g"
    fit_volt: bool = True
    fresh: bool = False
    capacity_percent: float | None = None
    volt_std: float | None = None


@dataclass(frozen=True, kw_only=True)
class Joint:
    """Values whose uncertainties go together, as those of one fit do: paths, and the correlation of their variables.

    The variable of a value that is above 0 by nature is its logarithm.
    """

    paths: tuple[str, ...]
    correlation: tuple[tuple[float, ...], ...]


def joint_values(entry: Mapping[str, Any], values: Mapping[str, Any], problems: list[InputError], origin: str) -> Joint:
    """Values of one fit; what is wrong with them is added to the problems."""
    paths = tuple(map(str, entry.get("paths", ())))
    rows = tuple(tuple(map(float, row)) for row in entry.get("correlation", ()))
    square = len(rows) == len(paths) and all(len(row) == len(paths) for row in rows)
    if not square or any(rows[k][k] != 1 or rows[k][j] != rows[j][k] for k in range(len(rows)) for j in range(k)):
        hint = "as many rows and columns as paths, 1 on the diagonal"
        problems.append(InputError("the correlation of [[joint]] is no symmetric matrix", origin, hint))
    bare = [path for path in paths if path not in values or not values[path].std]
    problems += [InputError(f"[[joint]] names {path!r}, which has no standard uncertainty", origin) for path in bare]
    return Joint(paths=paths, correlation=rows)


def target(entry: Mapping[str, Any], problems: list[InputError], origin: str) -> Target:
    """A measured series; what is wrong with it is added to the problems."""
    columns = {name: tuple(map(float, entry.get(name, ()))) for name in ("current", "capacity", "mean_volt")}
    unknown = [name for name in entry if name not in MEASURED]
    problems += [InputError(f"unknown entry {n!r} of [[measured]]", origin, did_you_mean(n, MEASURED)) for n in unknown]
    if any(values and len(values) != len(columns["current"]) for values in columns.values()):
        counts = ", ".join(f"{len(values)} {name}" for name, values in columns.items())
        problems.append(InputError(f"the columns of [[measured]] differ in length: {counts}", origin))
    return Target(
        source=str(entry.get("source", "")),
        **columns,
        per=str(entry.get("per", "g")),
        fit_volt=bool(entry.get("fit_voltage", True)),
        fresh=bool(entry.get("fresh", False)),
        capacity_percent=entry.get("capacity_percent"),
        volt_std=entry.get("volt_std"),
    )
