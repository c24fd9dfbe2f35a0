"""What a campaign found, quantity by quantity: how many, middle and spread, and which files are outliers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.campaign.parts import Tables
from halfcell.core.vocabulary import quantity_word
from halfcell.maths.outlier_scores import FAR, modified_z_scores

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

FEWEST: Final = 8
"""Values of which outliers are told apart from the others."""


@dataclass(frozen=True, kw_only=True)
class Outlier:
    """A value far from the others of its quantity: its cell and file, the value, and its modified z-score."""

    cell: str
    file: str
    value: float
    score: float


@dataclass(frozen=True, kw_only=True, eq=False)
class QuantitySummary:
    """All finite values of a quantity in one unit, their 5th, 50th and 95th percentile, and the outliers."""

    technique: str
    name: str
    label: str
    unit: str
    values: NDArray[np.float64]
    low: float
    middle: float
    high: float
    outliers: tuple[Outlier, ...]


def summarise(tables: Tables) -> tuple[QuantitySummary, ...]:
    """One summary per technique, quantity and unit, those with the most values first."""
    import polars as pl

    if "quantities" not in tables.names():
        return ()
    cells = pl.scan_parquet(tables.folder / "cells" / "*.parquet", missing_columns="insert", extra_columns="ignore")
    known = cells.select("file", "result", "technique")
    found = (
        pl.scan_parquet(tables.folder / "quantities" / "*.parquet")
        .filter(pl.col("value").is_finite())
        .join(known, on=["file", "result"])
        .collect()
    )
    groups = found.partition_by(["technique", "quantity", "unit"], maintain_order=True)
    return tuple(_summary(group) for group in sorted(groups, key=lambda group: (-len(group), group["quantity"][0])))


def _summary(group: pl.DataFrame) -> QuantitySummary:
    values = group["value"].to_numpy()
    technique, name = str(group["technique"][0]), str(group["quantity"][0])
    low, middle, high = (float(one) for one in np.percentile(values, (5, 50, 95)))
    scores = outlier_scores(values)
    far = sorted(np.flatnonzero(np.abs(scores) > FAR), key=lambda at: -abs(scores[at]))
    return QuantitySummary(
        technique=technique,
        name=name,
        label=quantity_word(technique, name).get("label", name),
        unit=str(group["unit"][0]),
        values=values,
        low=low,
        middle=middle,
        high=high,
        outliers=tuple(
            Outlier(
                cell=str(group["cell"][at]),
                file=str(group["file"][at]),
                value=float(values[at]),
                score=float(scores[at]),
            )
            for at in map(int, far)
        ),
    )


def outlier_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The modified z-score of each value, shape (n,); zeros where there are too few to tell."""
    return modified_z_scores(values) if len(values) >= FEWEST else np.zeros_like(values)
