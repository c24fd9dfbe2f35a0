"""Which doubts are open, and how they are told: each once, with all figures and tables that show it."""

from __future__ import annotations

from halfcell.core.result import Note
from halfcell.study.files.document_spec import AcceptedDoubt
from halfcell.study.files.item_spec import ItemSpec
from halfcell.study.items.acceptances import doubts_by_code, idle_acceptances, open_doubts

DRIFT = Note("doubt", "drift_unknown", "the drift was not measured")
CRUSH = Note("doubt", "crush", "the test crushed particles")
FIGURE, TABLE = ItemSpec(id="S13", kind="figure"), ItemSpec(id="S3", kind="table")


def test_a_doubt_of_a_figure_and_a_table_is_told_once() -> None:
    found = [
        *open_doubts(FIGURE, [("FeSi2", DRIFT)], ()),
        *open_doubts(TABLE, [("Si", DRIFT), ("FeSi2", DRIFT), ("Si", CRUSH)], ()),
    ]
    assert doubts_by_code(found) == (
        "Fig. S13, Table S3: drift_unknown (FeSi2)",
        "Table S3: drift_unknown (Si)",
        "Table S3: crush (Si)",
    )


def test_an_accepted_doubt_is_not_open_where_it_was_accepted() -> None:
    accepted = (AcceptedDoubt(code="drift_unknown", reason="held for a minute", items=("Table S3",)),)
    found = [*open_doubts(FIGURE, [("Si", DRIFT)], accepted), *open_doubts(TABLE, [("Si", DRIFT)], accepted)]
    assert doubts_by_code(found) == ("Fig. S13: drift_unknown (Si)",)


def test_an_acceptance_that_means_no_note_is_told() -> None:
    accepted = (
        AcceptedDoubt(code="crush", reason="few", subjects=("Silx",)),
        AcceptedDoubt(code="crush", reason="few", items=("S13",)),
        AcceptedDoubt(code="drift_unknown", reason="held", subjects=("Si",)),
    )
    items = [(FIGURE, [("Si", DRIFT)]), (TABLE, [("Si", CRUSH)])]
    assert list(idle_acceptances(items, accepted)) == [
        "[[accept]] crush of subject Silx accepts nothing: no such note is there",
        "[[accept]] crush of item S13 accepts nothing: no such note is there",
    ]
