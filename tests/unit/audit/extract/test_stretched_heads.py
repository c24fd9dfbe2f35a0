"""PDFs: heads of several lines, set in full over their columns, stay one head per column."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit.extract import extract, silent
from halfcell.audit.tables.head_cells import head_of

HEADS = [
    "Material", "Mass loading (mg cm#super[−2])", "Specific capacity (mAh g#super[−1])",
    "Areal capacity after formation (mAh cm#super[−2])", "Cycles", "Retention (%)", "Ref.",
]  # fmt: skip
ROWS = [
    ["Si\\@void\\@C", "1.2", "2130", "2.56", "500", "84", "[21]"],
    ["Si/graphite/C", "3.6", "612", "2.20", "200", "91", "[22]"],
    ["Si nanowires on carbon cloth", "0.9", "2850", "2.56", "100", "78", "[24]"],
    ["pSi\\@N-C", "2.8", "1494", "4.18", "400", "92", "This work"],
]
PLAIN = ["Material", "Mass loading (mg cm−2)", "Specific capacity (mAh g−1)"]
PLAIN += ["Areal capacity after formation (mAh cm−2)", "Cycles", "Retention (%)", "Ref."]


def _read(folder: Path, *, align: str, justify: str, widths: str) -> list[list[str]]:
    import typst

    cells = "".join("".join(f"[{text}]," for text in row) for row in ROWS)
    heads = "".join(f"[{text}]," for text in HEADS)
    source = folder / "table.typ"
    source.write_text(
        f"#set page(margin: 2cm)\n#set text(size: 9pt)\n#set par(justify: {justify})\n"
        "Table S6. Comparison with silicon anodes of the literature.\n\n"
        f"#table(columns: ({widths}), align: {align}, stroke: none, table.hline(), table.header({heads}), "
        f"table.hline(), {cells} table.hline())\n",
        encoding="utf-8",
    )
    path = folder / "table.pdf"
    path.write_bytes(typst.compile(str(source)))
    (table,) = extract(path, silent).tables
    return [[" ".join(text.split()) for text in row] for row in table.texts()]


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("justify", ["true", "false"])
@pytest.mark.parametrize("widths", ["auto, " * 7, "2fr, 1fr, 1fr, 1.1fr, auto, auto, auto"])
def test_heads_of_several_lines(align: str, justify: str, widths: str, tmp_path: Path) -> None:
    texts = _read(tmp_path, align=align, justify=justify, widths=widths)
    assert texts[0] == PLAIN
    assert [row[1:6] for row in texts[1:]] == [row[1:6] for row in ROWS]


@pytest.mark.parametrize("text", ["Capacity reten-tion (%)", "Capacity reten- tion (%)"])
def test_a_word_that_a_line_parts_is_read(text: str) -> None:
    assert head_of(text).quantity == "capacity_retention"
