"""The reporting checklist: the bundled one, a user's own, none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.audit.builders import findings, paper

from halfcell.audit import Settings, audit
from halfcell.audit.claims import Verdict
from halfcell.core.errors import InputError

TABLE = ("Table 1", "Full cells", "Anode; Cathode; Stack pressure (MPa); Current density (mA g-1)\nSi; NCM811; 40; 18")


def _stated(checklist: str, text: str = "") -> set[str]:
    document = paper(TABLE, captions=(("Fig. 1", "Cells at 60 °C"),), text=(text,) if text else ())
    found = findings(audit(document, Settings(checklist=checklist, rules=("checklist",))), "checklist")
    return {finding.what.split(": ")[1] for finding in found if finding.verdict is Verdict.HOLDS}


def test_what_is_stated_is_found() -> None:
    assert _stated("battery") == {"C-rate or current density", "temperature"}
    more = _stated("battery", "The N/P ratio was 1.1; 40 µL of electrolyte; three cells were measured.")
    assert more - _stated("battery") >= {"N/P ratio", "electrolyte volume", "number of cells, replicates, spread"}


def test_fields_of_the_published_forms_are_there() -> None:
    from halfcell.audit.rules.checklist import read

    labels = " ".join(item.label for item in read("battery"))
    for word in ("N/P", "volume", "ratio", "loading", "thickness", "measured", "calendering", "C-rate",
                 "constant-voltage", "temperature", "formation", "replicates", "pressure"):  # fmt: skip
        assert word in labels


def test_own_list(tmp_path: Path) -> None:
    own = tmp_path / "journal.toml"
    own.write_text('[[item]]\nlabel = "glove box"\ntext = ["glove ?box"]\n', encoding="utf-8")
    assert _stated(str(own), "in an Ar-filled glovebox") == {"glove box"}


def test_none_and_unknown(tmp_path: Path) -> None:
    assert _stated("none") == set()
    with pytest.raises(InputError, match="no checklist 'batery'"):
        _stated("batery")
    broken = tmp_path / "x.toml"
    broken.write_text('[[item]]\nlabel = "a"\ntext = ["("]\n', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        _stated(str(broken))
