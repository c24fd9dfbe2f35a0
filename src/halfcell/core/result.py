"""A result: quantities, rows and curves that an analysis made, with its notes (doubt is data)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self

from halfcell.core.errors import MissingQuantity

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity
    from halfcell.core.source import Source

Level = Literal["info", "correction", "doubt", "refused"]
Scalar = float | int | str | bool | None
Row = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that travels with the data.

    ``info`` tells, ``correction`` says what was changed on the way, ``doubt`` lowers the trust in a number,
    ``refused`` says which number was not made and why. `code` is documented in the `words.toml` of its technique.
    """

    level: Level
    code: str
    text: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.level}: {self.text} [{self.code}]"


@dataclass(frozen=True, eq=False, kw_only=True)
class Result:
    """What an analysis found. Techniques subclass it to add their curves as typed fields.

    Parameters
    ----------
    technique
        Name of the technique that made it.
    quantities
        Name -> `Quantity`; the stable names of the product (``initial_coulombic_efficiency``, ``Si.scherrer_size``).
    rows
        A small table, e.g. one row per cycle; keys are documented in the `words.toml` of its technique.
    notes
        Corrections, doubts, refusals.
    label, settings, sources, id
        Whose result it is, what was set, which files it came from and the step's id: stamped by the framework.
    simulated
        Whether any of the data were simulated by halfcell.
    facts
        What the files state of the instrument and the measurement (``instrument``, ``wavelength_angstrom``,
        ``laser_nm`` ...), for the methods section.
    """

    technique: str
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    label: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    id: str = ""
    simulated: bool = False
    facts: Mapping[str, Scalar] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Quantity:
        """Return a quantity.

        Raises
        ------
        MissingQuantity
            If it was not made; the hint is the reason the analysis noted, or the names there are.
        """
        try:
            return self.quantities[name]
        except KeyError:
            reasons = "; ".join(note.text for note in self.notes if note.level == "refused")
            known = "there are: " + ", ".join(self.quantities)
            raise MissingQuantity(f"no quantity {name!r}", self.label, reasons or known) from None

    if not TYPE_CHECKING:  # for people at a prompt; in code a key is checked by type, an attribute would not be

        def __getattr__(self, name: str) -> Quantity:
            """Return a quantity as an attribute: ``result.initial_coulombic_efficiency``."""
            if name.startswith("_") or "quantities" not in self.__dict__:
                raise AttributeError(name)
            return self[name]

    def __dir__(self) -> list[str]:
        """List the quantities among the attributes, for completion at a prompt."""
        return sorted({*super().__dir__(), *(name for name in self.quantities if name.isidentifier())})

    def stamped(self, **stamps: Any) -> Self:
        """Return a copy with the framework's fields filled in."""
        return dataclasses.replace(self, **stamps)

    def as_json(self) -> dict[str, Any]:
        """Return what ``halfcell analyse --json`` prints."""
        first = self.sources[0] if self.sources else None
        return {
            "technique": self.technique,
            "label": self.label,
            "reader": first.reader if first else None,
            "source": {"path": first.path, "sha256": first.sha256} if first else None,
            "sources": [{"path": s.path, "sha256": s.sha256} for s in self.sources],
            "simulated": self.simulated,
            "settings": dict(self.settings),
            "quantities": {name: quantity.as_json() for name, quantity in self.quantities.items()},
            "table": [dict(row) for row in self.rows],
            "notes": [dataclasses.asdict(note) for note in self.notes],
        }

    def _repr_html_(self) -> str:
        """Show the result in a notebook."""
        from halfcell.core.notebook_display import result_html

        return result_html(self.technique, self.label, self.quantities, self.notes)
