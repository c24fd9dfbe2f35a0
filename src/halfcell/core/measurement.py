"""A measurement: the columns of one run in canonical units, and the file they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
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
        What kind of data it is: ``cycling``, ``diffraction``, ``indentation`` ... (`core/vocabulary.toml`).
    columns
        Canonical name (ends in its unit) -> 1-D array; all of one length. Images are stored 2-D under their own name.
    meta
        What else the file knows, as plain JSON values: ``title``, ``started``, ``instrument``, ``sample`` ...;
        ``simulated: true`` where halfcell made the file; under ``vendor`` the values the instrument derived itself.
    notes
        What the reader corrected or doubts.
    source
        Filled in by the framework, never by a reader.
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
            If the file had no such column; the hint lists those it has.
        """
        try:
            return self.columns[name]
        except KeyError:
            known = ", ".join(sorted(self.columns)) or "none"
            raise InputError(f"no column {name!r}", self.where, f"it has: {known}") from None

    def __contains__(self, name: object) -> bool:
        """Whether a column is there."""
        return name in self.columns

    def __len__(self) -> int:
        """Number of records."""
        return len(next(iter(self.columns.values()), ()))

    @property
    def where(self) -> str:
        """The file's path, for errors; empty for data made in memory."""
        return self.source.path if self.source else ""

    @property
    def is_simulated(self) -> bool:
        """Whether halfcell simulated these data."""
        return bool(self.meta.get("simulated", False))
