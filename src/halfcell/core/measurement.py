"""A measurement: the columns of one run in canonical units, and the file they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from halfcell.core.result import Note
    from halfcell.core.source import Source

    Column = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Measurement:
    """One run of one instrument.

    Parameters
    ----------
    technique
        What kind of data it is: ``cycling``, ``diffraction``, ``indentation`` ... (the `words.toml` of its technique).
    columns
        Canonical name (ends in its unit) -> 1-D array, all of the same length. Images are 2-D under their own name.
    meta
        What else the file states, as plain JSON values: ``title``, ``started``, ``instrument``, ``sample`` ...;
        ``simulated: true`` if halfcell made the file; under ``vendor`` results of the instrument.
    notes
        Corrections and doubts of the reader.
    source
        Filled in when the file is read, not by its reader.
    """

    technique: str
    columns: Mapping[str, Column]
    meta: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    source: Source | None = None

    def __getitem__(self, name: str) -> Column:
        """Return a column.

        Raises
        ------
        InputError
            If there is no such column; the hint lists the columns.
        """
        try:
            return self.columns[name]
        except KeyError:
            known = ", ".join(sorted(self.columns)) or "none"
            raise InputError(f"no column {name!r}", self.where, f"it has: {known}") from None

    def __contains__(self, name: object) -> bool:
        """Whether there is a column of this name."""
        return name in self.columns

    def __len__(self) -> int:
        """Number of records."""
        return len(next(iter(self.columns.values()), ()))

    def to_polars(self) -> pl.DataFrame:
        """The columns as a polars table; images and other arrays of two dimensions are left out."""
        import polars as pl

        return pl.DataFrame({name: column for name, column in self.columns.items() if column.ndim == 1})

    def to_pandas(self) -> Any:
        """The same for pandas (extra ``pandas``)."""
        columns = {name: column for name, column in self.columns.items() if column.ndim == 1}
        return require("pandas", "pandas").DataFrame(columns)

    def _repr_html_(self) -> str:
        """Show the measurement in a notebook."""
        from halfcell.core.notebook_display import measurement_html

        title = ": ".join(filter(None, (self.technique, self.where)))
        return measurement_html(f"{title}, {len(self)} records", self.columns, self.meta, self.notes)

    @property
    def where(self) -> str:
        """The file's path, for errors; empty for data made in memory."""
        return self.source.path if self.source else ""

    @property
    def is_simulated(self) -> bool:
        """Whether halfcell simulated these data."""
        return bool(self.meta.get("simulated", False))
