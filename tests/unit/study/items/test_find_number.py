"""Numbers are found by phase and head as the row prints them; several that are meant are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from halfcell.core.errors import InputError
from halfcell.study.items import find_number as module
from halfcell.study.items.find_number import Query

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.study.cache.item_record import NumberRecord
    from halfcell.study.cache.lock_file import ItemEntry, Lock

NAMES = {
    "TiO2/ZnO": {
        "ZnO.lattice_a": "a",
        "ZnO.lattice_c": "c",
        "ZnO.scherrer_size": "Scherrer size",
        "TiO2.lattice_a": "a",
    },
    "MCM-41": {"bet_area": "BET area", "bet_c": "C"},
}


def _record(label: str, name: str, head: str) -> NumberRecord:
    technique = "sorption" if label == "MCM-41" else "diffraction"
    notes = [("refused", "no_t_plot", "the t-plot cuts the axis below zero")]
    made = {"id": f"S1:{label}:{name}", "label": label, "quantity": name, "technique": technique, "head": head}
    return cast("NumberRecord", {**made, "result": "1", "notes": notes})


class _Store:
    def __init__(self, _: Path) -> None:
        self.numbers = [_record(label, name, head) for label, of in NAMES.items() for name, head in of.items()]
        self.missing: dict[str, str] = {}

    def load_record(self, _: str) -> _Store:
        return self


def _found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, label: str, quantity: str) -> str:
    monkeypatch.setattr(module, "Store", _Store)
    items = {"table S1": cast("ItemEntry", {"key": "k", "name": "Table S1", "steps": []})}
    lock = cast("Lock", {"items": items, "steps": {}})
    return module.find_number(tmp_path, lock, items, Query("S1", label, quantity))[1]["quantity"]


@pytest.mark.parametrize(
    ("label", "quantity", "name"),
    [
        ("TiO2/ZnO:ZnO", "a", "ZnO.lattice_a"),
        ("TiO2/ZnO:TiO2", "a", "TiO2.lattice_a"),
        ("TiO2/ZnO:ZnO", "Scherrer size", "ZnO.scherrer_size"),
        ("TiO2/ZnO", "ZnO.lattice_c", "ZnO.lattice_c"),
        ("MCM-41", "BET area", "bet_area"),
    ],
)
def test_a_number_is_found_as_it_is_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, label: str, quantity: str, name: str
) -> None:
    assert _found(monkeypatch, tmp_path, label, quantity) == name


def test_several_numbers_are_named_and_no_refusal_of_another_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="'BET' may be several numbers of 'MCM-41'") as caught:
        _found(monkeypatch, tmp_path, "MCM-41", "BET")
    assert caught.value.hint == "bet_area, bet_c"
