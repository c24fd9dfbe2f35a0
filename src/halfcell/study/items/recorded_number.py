"""Numbers of a document from the records that a run kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from halfcell.core.document import Member, Number, Origin
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.source import Source

if TYPE_CHECKING:
    from halfcell.study.cache.item_record import NumberRecord


class RecordedNumbers(Sequence[Number]):
    """The numbers of records, made when one is asked for: most pages of a document are kept and ask for none."""

    def __init__(self, records: Sequence[NumberRecord]) -> None:
        self._records = records

    def __len__(self) -> int:
        """How many there are; none is made."""
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> Number: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Number]: ...
    def __getitem__(self, place: int | slice) -> Number | Sequence[Number]:
        """One number, or several."""
        return self._made[place]

    @cached_property
    def _made(self) -> tuple[Number, ...]:
        return tuple(map(number_from_record, self._records))


def number_from_record(record: NumberRecord) -> Number:
    """A number of the document from its record."""
    value = record["value"] if record["value"] is not None else float("nan")
    return Number(
        id=record["id"],
        printed=record["printed"],
        quantity=Quantity(value, record["unit"], record["std"], record["kind"] or ""),
        origin=Origin(
            result=record["result"],
            technique=record["technique"],
            version=record["version"],
            quantity=record["quantity"],
            label=record["label"],
            formula=record["formula"],
            settings=record["settings"],
            sources=tuple(Source(*source) for source in record["sources"]),
            notes=tuple(Note(*note) for note in record["notes"]),
            code_version=record["code_version"],
            plugins=record.get("plugins", {}),
            members=tuple(Member(*member) for member in record.get("members", ())),
        ),
    )
