"""The kind of a cell from the text around its table: heads, notes, the paragraphs that name it, the abstract."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import report

from halfcell.core.sample import CellKind

ROWS = "Sample; Initial discharge capacity (mAh/g); Initial charge capacity (mAh/g); ICE (%)\n{}; 3916.2; 3275.4; 83.6"
ABSTRACT = ("Abstract", "The anodes were tested in half cells, where they lost little lithium in the first cycle.")


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        (("Table 1 lists the anodes, measured in half cells.",), "S1", CellKind.HALF),
        (("Table 1 lists the cathodes, measured in half-cells.",), "S1", CellKind.CATHODE_HALF),
        (("Table 1 shows NCM811 in half cells, and the anode.",), "NCM811", CellKind.CATHODE_HALF),
        (("Table 1 lists all-solid-state half cells of the anodes.",), "S1", CellKind.ASSLB_HALF),
        (("Table 1 lists full cells.",), "S1", CellKind.FULL),
        (("Table 1 lists full cells.",), "Si", None),
        (("Table 1 lists half cells and full cells of the anodes.", *ABSTRACT), "S1", None),
        (("Table 12 lists the anodes, measured in half cells.",), "S1", None),
        (("Table 2 lists full cells.", *ABSTRACT), "S1", CellKind.HALF),
        (("Abstract: The anodes were tested in half cells, and they lost little lithium.",), "S1", CellKind.HALF),
        (("The anodes were tested in half cells.",), "S1", None),
    ],
)  # fmt: skip
def test_kind(text: tuple[str, ...], subject: str, kind: CellKind | None) -> None:
    made = report(("Table 1", "First cycles", ROWS.format(subject)), text=text)
    assert [record.kind for record in made.facts.records] == [kind]


def test_heads_and_caption_come_first() -> None:
    rows = ROWS.replace("Sample", "Sample (half cells)").format("S1")
    made = report(("Table 1", "First cycles of the anode", rows), text=("Table 1 lists full cells.",))
    assert [record.kind for record in made.facts.records] == [CellKind.HALF]


def test_an_unknown_kind_is_asked_about_and_a_known_one_fails() -> None:
    rows = ROWS.format("S1").replace("83.6", "88.6")
    unknown = report(("Table 1", "First cycles", rows), rules=("coulombic_efficiency",))
    known = report(("Table 1", "First cycles", rows), rules=("coulombic_efficiency",), text=ABSTRACT)
    assert [(f.verdict.value, f.severity) for f in unknown.alarms] == [("seen", "warning")]
    assert [(f.verdict.value, f.severity) for f in known.alarms] == [("FAILS", "error")]


def test_the_carrier_is_that_of_the_nearest_text() -> None:
    text = (
        "Lithium-ion batteries are in use everywhere.",
        "Abstract: Hard carbon and tin were tested in sodium-ion half cells, against sodium metal, at 25 °C.",
        "Table 2 lists lithium-ion cells.",
    )
    rows = "Sample; Initial charge capacity (mAh/g)\nSn; 900"
    made = report(("Table 1", "First cycles", rows), ("Table 2", "Others", rows), text=text)
    assert made.facts.carriers == {"Table 1": "Na", "Table 2": "Li"}


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("First-cycle capacities of the half cells", "initial_charge_capacity"),
        ("Capacities of the 1st cycle", "initial_charge_capacity"),
        ("Capacities of the first cycle and after 50 cycles", "charge_capacity"),
        ("Capacities of the half cells", "charge_capacity"),
    ],
)
def test_a_caption_of_the_first_cycle(caption: str, name: str) -> None:
    rows = (
        "Sample; Discharge capacity (mAh/g); Charge capacity (mAh/g); CE (%)\nA; 1201; 984; 81.9\nB; 1147; 1002; 87.4"
    )
    made = report(("Table 1", caption, rows))
    assert [head.quantity for head in made.facts.tables[0].heads][2] == name
