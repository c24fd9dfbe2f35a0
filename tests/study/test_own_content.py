"""Pictures, drawings, curves and tables of the author: shown as they are, hashed and traced, refused where wrong."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook
from PIL import Image as Picture

import halfcell
from halfcell.core.errors import InputError
from halfcell.core.figure import Image, Line, Points, Shape, Text
from halfcell.study.files.grammar import read_study_file
from halfcell.study.files.own_content import length
from study_runs import states_of, study_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "own-content.md"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">
<rect width="200" height="100" fill="#ff0000"/></svg>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a picture of 60 x 40 pixels (red at the left), a drawing, a table of a curve, a workbook."""
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:, :30, 0] = 255
    Picture.fromarray(pixels).save(tmp_path / "p.png")
    Picture.fromarray(np.arange(2400, dtype=np.uint16).reshape(40, 60)).save(tmp_path / "deep.tif")
    (tmp_path / "d.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "c.csv").write_text("U (mV);Q (Ah/kg);s\n1,5;10;1\n2,5;20;1\n", encoding="utf-8")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in (
        ["Anode", "First cycle", None],
        [None, "Discharge (mAh/g)", "Charge (mAh/g)"],
        ["Si", 3384.3, 3129.2],
        ["Sn", "not measured", None],
    ):
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    book.save(tmp_path / "t.xlsx")
    return tmp_path


def _study(folder: Path, text: str) -> halfcell.Study:
    (folder / "study.toml").write_text(f'title = "own"\n\n{text}', encoding="utf-8")
    return halfcell.Study.load(folder)


def _layers(study: halfcell.Study, kind: type, panel: int = 0) -> list:
    return [layer for layer in study.figure("S1").panels[panel].layers if isinstance(layer, kind)]


def test_a_picture_is_cropped_and_gets_a_scale_bar(folder: Path) -> None:
    study = _study(folder, '[[figure]]\nid = "S1"\nimage = "p.png"\ncrop = [0.5, 0, 1, 1]\npixel_size = "10 nm"\n')
    (image,) = _layers(study, Image)
    assert image.values.shape == (40, 30, 3)
    assert image.values.max() == 0.0  # the red half is cut off
    assert image.extent == (0.0, 300.0, 0.0, 400.0)  # nm
    assert image.scale_bar == (50.0, "50 nm")


def test_a_picture_of_one_value_is_doubted(folder: Path) -> None:
    """The picture of a navigation camera among the public files is black all over."""
    Picture.new("L", (30, 20), 0).save(folder / "p.png")
    outcome = _study(folder, '[[figure]]\nid = "S1"\nimage = "p.png"\n').run(workers=1)
    ((_, note),) = outcome.items[0].notes
    assert (note.level, note.code) == ("doubt", "blank_picture")
    assert "p.png has the same value" in note.text


def test_a_scale_bar_has_the_length_that_is_asked_for(folder: Path) -> None:
    study = _study(folder, '[[figure]]\nid = "S1"\nimage = "p.png"\npixel_size = "0.02 um"\nscale_bar = "0.4 um"\n')
    (image,) = _layers(study, Image)
    assert image.scale_bar == (400.0, "0.4 µm")
    assert image.extent[1] == 1200.0


def test_grey_values_of_16_bits_are_stretched(folder: Path) -> None:
    (image,) = _layers(_study(folder, '[[figure]]\nid = "S1"\nimage = "deep.tif"\n'), Image)
    assert (float(image.values.min()), float(image.values.max())) == (0.0, 1.0)
    assert image.scale_bar is None


def test_a_frame_and_a_label(folder: Path) -> None:
    text = '[[figure]]\nid = "S1"\nimage = "p.png"\nlabel = "cell"\nboxes = [{ at = [0, 0, 0.5, 0.5], text = "red" }]\n'
    study = _study(folder, text)
    (frame,) = _layers(study, Shape)
    assert (frame.x.max(), frame.y.min()) == (30.0, 20.0)
    assert [text.text for text in _layers(study, Text)] == ["red", "cell"]


def test_a_drawing_becomes_pixels(folder: Path) -> None:
    (image,) = _layers(_study(folder, '[[figure]]\nid = "S1"\ndrawing = "d.svg"\n'), Image)
    height, width = image.values.shape[:2]
    assert width / height == pytest.approx(4.0, rel=0.01)
    assert width > 4000
    np.testing.assert_allclose(image.values[height // 2, width // 4], (1, 0, 0), atol=0.01)
    np.testing.assert_allclose(image.values[height // 2, 3 * width // 4], (1, 1, 1), atol=0.01)


def test_a_drawing_with_a_font_that_is_missing_gets_that_of_the_figures(folder: Path) -> None:
    """Its texts were drawn in a font with serifs without a word."""
    fonts = 'font-family="No Such Font, Neither"', "style=\"font-family:'DejaVu Sans'\"", 'font-family="sans-serif"'
    texts = "".join(
        f'<text x="2" y="{20 * at + 20}" font-size="12" {font}>Illl</text>' for at, font in enumerate(fonts)
    )
    for name, body in (("d.svg", texts), ("e.svg", re.sub('font-family="[^"]*"', 'font-family="DejaVu Sans"', texts))):
        (folder / name).write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80">{body}</svg>')
    study = _study(folder, '[[figure]]\nid = "S1"\ndrawing = "d.svg"\n[[figure]]\nid = "S2"\ndrawing = "e.svg"\n')
    first, second = (study.figure(name).panels[0].layers[0].values for name in ("S1", "S2"))
    np.testing.assert_array_equal(first, second)
    (remark,) = [one for one in study.run(workers=1).remarks if "S1" in one]
    assert "d.svg asks for No Such Font, which this machine does not have: its texts are in DejaVu Sans" in remark


def test_a_damaged_drawing_is_called_by_its_own_name(folder: Path) -> None:
    (folder / "broken.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="300"><rect x="5"')
    study = _study(folder, '[[figure]]\nid = "S1"\ndrawing = "broken.svg"\n')
    (failed,) = study.run(workers=1).failed
    assert "broken.svg: not a readable drawing" in failed.failure
    assert "drawing.svg" not in failed.failure


def test_a_curve_of_ones_own_with_decimal_commas_and_its_unit(folder: Path) -> None:
    curve = '{ file = "c.csv", x = "U (mV)", y = "Q (Ah/kg)", y_error = "s", style = "both" }'
    study = _study(folder, f'[[figure]]\nid = "S1"\ncurves = [{curve}]\n')
    (points,) = _layers(study, Points)
    assert points.x.tolist() == [1.5, 2.5]
    assert points.y_error.tolist() == [1.0, 1.0]
    panel = study.figure("S1").panels[0]
    assert (panel.x.label, panel.x.unit, panel.y.unit) == ("U", "mV", "Ah/kg")


def test_a_curve_in_a_panel_of_a_technique_is_converted(small) -> None:
    (small.root / "c.csv").write_text("n,weight (g)\n0,0.002\n1,0.004\n", encoding="utf-8")
    curve = 'curves = [{ file = "c.csv", x = "n", y = "weight (g)", label = "own" }]\n'
    small.edit("study.toml", 'id = "S2"\n', f'id = "S2"\n{curve}')
    figure = study_of(small).figure("S2")
    (line,) = [layer for layer in figure.panels[0].layers if isinstance(layer, Line)]
    assert figure.panels[0].y.unit == "mg"
    np.testing.assert_allclose(line.y, [2.0, 4.0])
    (small.root / "c.csv").write_text("n,weight (V)\n0,0.002\n", encoding="utf-8")
    small.edit("study.toml", "weight (g)", "weight (V)")
    outcome = study_of(small).run(workers=1)
    assert "cannot be given in mg" in next(item.failure for item in outcome.failed)


def test_errors_of_a_curve_are_converted_with_its_values(small) -> None:
    """Values in g were drawn in mg, their errors stayed in g; those of a line were not drawn at all."""
    (small.root / "c.csv").write_text("n,weight (g),error,std (ug)\n0,0.002,0.0005,100\n1,0.004,0.0005,100\n")
    one = '{ file = "c.csv", x = "n", y = "weight (g)", y_error = "error", style = "both", marker = "none" }'
    two = '{ file = "c.csv", x = "n", y = "weight (g)", y_error = "std (ug)" }'
    small.edit("study.toml", 'id = "S2"\n', f'id = "S2"\ncurves = [{one}, {two}]\n')
    layers = study_of(small).figure("S2").panels[0].layers
    first, bars = [layer for layer in layers if isinstance(layer, Points) and layer.y_error is not None]
    np.testing.assert_allclose(first.y_error, [0.5, 0.5])
    np.testing.assert_allclose(bars.y_error, [0.1, 0.1])
    assert (first.marker, bars.marker, bars.label) == ("none", "none", "")


def test_a_curve_on_the_right_makes_its_axis(small) -> None:
    """Without a right axis it was drawn on the left, in the units of the left axis."""
    (small.root / "c.csv").write_text("n,U (V)\n0,3.1\n1,3.4\n", encoding="utf-8")
    curve = 'curves = [{ file = "c.csv", x = "n", y = "U (V)", axis = "right" }]\n'
    small.edit("study.toml", 'id = "S2"\n', f'id = "S2"\n{curve}')
    panel = study_of(small).figure("S2").panels[0]
    (line,) = [layer for layer in panel.layers if isinstance(layer, Line)]
    assert panel.right is not None
    assert (line.side, panel.right.label, panel.right.unit) == ("right", "U", "V")
    assert line.y.tolist() == [3.1, 3.4]


def test_a_table_keeps_heads_merged_cells_and_the_origin_of_its_numbers(folder: Path) -> None:
    text = '[[table]]\nid = "S1"\nfile = "t.xlsx"\nsheet = "Data"\nhead_rows = 2\n'
    study = _study(folder, text)
    table = study.table("S1")
    assert [column.label for column in table.columns] == ["Anode", "First cycle, Discharge", "First cycle, Charge"]
    assert [column.unit for column in table.columns] == ["", "mAh/g", "mAh/g"]
    assert [column.above for column in table.columns] == [(), ("First cycle",), ("First cycle",)]
    merged = table.rows[1]
    assert merged[1] is not None
    assert (merged[1].text, merged[1].columns, merged[2]) == ("not measured", 2, None)
    study.run(workers=1)
    with (folder / "out" / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["label"], row["printed"]) for row in rows] == [("Si", "3384.3"), ("Si", "3129.2")]
    assert rows[0]["sources"].startswith("t.xlsx@")
    assert "as written in a file of the author" in str(study.why("S1:Si:First cycle, Charge"))


def test_heads_of_a_csv_go_on_to_the_right_and_their_unit_holds_below(folder: Path) -> None:
    """``Capacity (mAh/g)`` over discharge and charge; a head with none below it stands alone, as does its neighbour."""
    rows = (
        "Anode,Capacity (mAh/g),,Coating,,Remark\n,discharge,charge,Loading (mg cm-2),Thickness (um),\nSi,3,2,1,9,x\n"
    )
    (folder / "heads.csv").write_text(rows, encoding="utf-8")
    table = _study(folder, '[[table]]\nid = "S1"\nfile = "heads.csv"\nhead_rows = 2\n').table("S1")
    shown = [(column.above, column.own_label, column.unit) for column in table.columns]
    assert shown == [
        ((), "Anode", ""),
        (("Capacity",), "discharge", "mAh/g"),
        (("Capacity",), "charge", "mAh/g"),
        (("Coating",), "Loading", "mg cm-2"),
        (("Coating",), "Thickness", "um"),
        ((), "Remark", ""),
    ]
    assert table.columns[1].label == "Capacity, discharge"


def test_a_changed_file_makes_its_item_again_and_no_other(folder: Path) -> None:
    text = '[[figure]]\nid = "S1"\nimage = "p.png"\n\n[[table]]\nid = "S1"\nfile = "t.xlsx"\nhead_rows = 2\n'
    study = _study(folder, text)
    assert study.run(workers=1).exit_status == 0
    assert study.run(workers=1).nothing_changed
    Picture.new("RGB", (20, 20), "blue").save(folder / "p.png")
    outcome = study.run(workers=1)
    assert states_of(outcome) == {"Fig. S1": "made", "Table S1": "unchanged"}
    assert outcome.items[0].reasons == ("p.png has changed",)


WRONG = """[[figure]]
id = "S1"
image = "q.png"

[[figure]]
id = "S2"
image = "d.svg"

[[figure]]
id = "S3"
image = "p.png"
scale_bar = "5 nm"

[[figure]]
id = "S4"
curves = [{ file = "c.csv", x = "U (V)", y = "Q (Ah/kg)" }]

[[figure]]
id = "S5"
curves = [{ file = "c.csv" }]

[[figure]]
id = "S6"
image = "p.png"
show = "bars"

[[table]]
id = "S1"
flie = "t.xlsx"
"""


def test_mistakes_have_their_lines(folder: Path) -> None:
    problems = [str(problem) for problem in _study(folder, WRONG).check()]
    for start in (
        "study.toml:5: no such file 'q.png' (hint: did you mean 'p.png'",
        "study.toml:9: image: 'd.svg' has another format (hint: write drawing",
        "study.toml:14: a scale bar needs the size of a pixel",
        "study.toml:18: c.csv has no column 'U (V)' (hint: did you mean 'U (mV)'",
        "study.toml:22: curves: x and y are missing",
        "study.toml:27: 'show' and a file of your own are both given",
        "study.toml:31: unknown key 'flie' (hint: did you mean 'file'",
    ):
        assert any(problem.startswith(start) for problem in problems), (start, problems)


@pytest.mark.parametrize(("text", "nanometres"), [("2.5 nm", 2.5), ("1 µm", 1e3), ("0.2 mm", 2e5), ("3 Å", 0.3)])
def test_lengths(text: str, nanometres: float) -> None:
    found = length(text)
    assert found is not None
    assert found[0] == pytest.approx(nanometres)


def test_no_length() -> None:
    assert length("5 kg") is None
    assert length("0 nm") is None


def test_a_damaged_picture_fails_alone(folder: Path) -> None:
    (folder / "p.png").write_bytes(b"no picture")
    study = _study(folder, '[[figure]]\nid = "S1"\nimage = "p.png"\n\n[[figure]]\nid = "S2"\nimage = "deep.tif"\n')
    outcome = study.run(workers=1)
    assert states_of(outcome) == {"Fig. S1": "failed", "Fig. S2": "made"}
    with pytest.raises(InputError, match="not a readable picture"):
        study.figure("S1")


def test_the_examples_of_the_page_are_understood(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "study.toml"
    path.write_text("\n".join(blocks), encoding="utf-8")
    file, _, problems = read_study_file(path)
    assert problems == []
    files = [name for item in file.items for name in item.own_files]
    assert files == [
        "photos/leds.jpg", "sem/powder.tif", "drawings/process.svg", "own/other-lab.csv", "own/electrodes.xlsx",
    ]  # fmt: skip


STACK = """[[figure]]
id = "S1"
[figure.stack]
form = "pressed"
cell = "P1"
positive = "bottom"
layers = [
  { name = "anode", thickness = "35 um", role = "anode" },
  { name = "Li6PS5Cl", thickness = "0.6 mm", role = "electrolyte" },
  { name = "cathode", thickness = "80 um", role = "cathode" },
]
"""


def _heights(study: halfcell.Study) -> list[float]:
    """Heights of the layers of a drawn cell from above: the shapes between its edges at half width 32."""
    boxes = [s for s in _layers(study, Shape) if sorted(set(s.x.tolist())) == [-32.0, 32.0]]
    return [float(np.ptp(shape.y)) for shape in boxes]


def test_a_cell_is_drawn_to_scale(folder: Path) -> None:
    (folder / "cells.csv").write_text(
        "cell,sample,kind,diameter_mm,pressure_mpa\nP1,Si,asslb,10,75\n", encoding="utf-8"
    )
    study = _study(folder, STACK)
    anode, electrolyte, cathode = _heights(study)
    assert electrolyte / cathode == pytest.approx(600 / 80)
    assert anode == 4.0  # too thin to be seen: drawn thicker, marked, and said
    texts = [text.text for text in _layers(study, Text)]
    assert {"anode, 35 µm*", "cathode, 80 µm", "D = 10 mm", "75 MPa", "(+)", "(−)", "200 µm"} <= set(texts)
    assert study.figure("S1").notes == ("* drawn thicker than to scale",)
    bar = next(text for text in _layers(study, Text) if text.text == "200 µm")
    assert bar.x < -32.0


def test_a_cell_without_thicknesses_says_that_it_is_not_to_scale(folder: Path) -> None:
    (folder / "cells.csv").write_text("cell,sample,kind\nP1,Si,half\n", encoding="utf-8")
    study = _study(folder, '[[figure]]\nid = "S1"\nstack = { form = "coin", cell = "P1" }\n')
    names = [text.text for text in _layers(study, Text)]
    assert {"Li", "separator", "Si", "Cu", "not to scale"} <= set(names)
    assert "a thickness is not given" in study.figure("S1").notes[0]


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ('{ cell = "P2" }', "unknown cell 'P2' (hint: known: P1"),
        ('{ layers = [{ name = "Cu", thickness = "10 kg" }] }', "'10 kg' is no thickness"),
        ("{ }", "a drawn cell needs layers or a cell"),
        ('{ form = "round", cell = "P1" }', "'round' is not one of 'stack', 'coin', 'pouch', 'pressed'"),
    ],
)
def test_what_is_wrong_with_a_drawn_cell(folder: Path, stack: str, words: str) -> None:
    (folder / "cells.csv").write_text("cell,sample,kind\nP1,Si,half\n", encoding="utf-8")
    problems = [str(one) for one in _study(folder, f'[[figure]]\nid = "S1"\nstack = {stack}\n').check()]
    assert any(words in problem for problem in problems), problems
