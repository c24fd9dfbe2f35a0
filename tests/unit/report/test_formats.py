"""The written report: HTML that needs no network, Word that can be edited, PDF with its fonts; equal bytes."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from PIL import Image

from gallery.document import document
from halfcell import report
from halfcell.core.document import Document
from halfcell.core.publication import Licence, Publication


@pytest.fixture(scope="session")
def page(written: Path) -> BeautifulSoup:
    """The written review, parsed."""
    return BeautifulSoup((written / "review.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def word(written: Path) -> Any:
    """The written Word document, opened."""
    return docx.Document(str(written / "si.docx"))


def test_a_document_written_again_has_the_same_bytes(written: Path, tmp_path: Path) -> None:
    shown = report.gather(document(), written)
    again = report.write(shown, tmp_path)
    for path in again[1:]:
        assert path.read_bytes() == (written / path.name).read_bytes()
    report.write(shown, written, ("html",))  # its links depend on the folder
    assert sorted(path.name for path in tmp_path.iterdir()) == ["review.html", "si.docx", "si.pdf"]


def test_html_loads_nothing(page: BeautifulSoup) -> None:
    for tag in page.find_all(["script", "img", "link", "iframe", "source", "video", "audio", "object", "embed"]):
        for key in ("src", "href", "data", "srcset"):
            assert str(tag.get(key, "data:")).startswith("data:"), tag
    for rule in re.findall(r"url\(([^)]*)\)", "".join(style.get_text() for style in page.find_all("style"))):
        assert rule.strip("'\"").startswith("data:")
    assert "@import" not in page.find("style").get_text()
    for image in page.find_all("image"):
        assert str(image.get("xlink:href", image.get("href"))).startswith("data:")


def test_html_says_what_it_must(page: BeautifulSoup) -> None:
    text = page.get_text(" ", strip=True)
    assert page.find("h1").get_text() == "Si/a-Sn/CoSi2/G/C anode: <a test>"
    assert "shows the analysis, not the chemistry" in re.sub(r"\s+", " ", page.find(class_="banner").get_text())
    assert "Fig. S29 could not be made." in text
    assert "raw/bet.csv: cut off at line 7" in text
    assert "raw/notes.doc: no pattern takes it" in text
    assert page.find(id="truth") is not None
    assert [link["href"] for link in page.select("nav li a")][:3] == ["#methods", "#fig-s1", "#fig-s3"]
    facts = [re.sub(r"\s+", " ", item.get_text(strip=True, separator=" ")) for item in page.select(".facts li")]
    assert facts[:3] == ["5 figures", "1 table", "6 numbers traced to their files"]
    assert "1 doubt" in facts
    assert not re.search(r"[_^*]\{", page.find("main").get_text())


def test_html_table(page: BeautifulSoup) -> None:
    table = page.find(id="table-s1").find("table")
    assert [cell.decode_contents() for cell in table.select("th")] == [
        "Materials",
        "Initial Coulombic efficiency<br/>(%)",
        "Conductivity<br/>(S cm<sup>−1</sup>)",
    ]
    assert table.select("td")[3].decode_contents() == "Si/a-Sn/CoSi<sub>2</sub>"
    assert table.select("td")[3]["rowspan"] == "2"
    assert table.select("td")[4]["colspan"] == "2"
    assert table.select("td")[4].decode_contents() == "crush &lt;no&gt; unloading"
    number = table.select_one(".number")
    assert number["data-number"] == "S1:Si:ice"
    assert number["tabindex"] == "0"


def test_html_numbers_have_cards_and_figures_have_data(page: BeautifulSoup) -> None:
    cards = [json.loads(script.string) for script in page.select("script.origins")]
    result_of = {name: number["result"] for one in cards for name, number in one["numbers"].items()}
    results = {name for one in cards for name in one["results"]}
    shown = [number["data-number"] for number in page.select(".number")]
    assert shown
    assert {result_of[name] for name in shown} <= results
    plots = page.select("script.plot-data")
    assert [plot["data-for"] for plot in plots] == ["fig-s1", "fig-s3", "fig-s7", "fig-s28"]
    assert all(json.loads(plot.string)["data"] for plot in plots)
    assert len(page.select(".still svg")) == 4


def test_html_links_to_the_files_beside_it(page: BeautifulSoup, written: Path) -> None:
    links = [link["href"] for link in page.select(".files a")]
    assert "figures/S7.csv" in links
    assert all((written / link).is_file() for link in links)


def test_word_captions_are_fields(word: Any) -> None:
    captions = [paragraph for paragraph in word.paragraphs if paragraph.style.name == "Caption"]
    assert [caption.text.split(" ")[1] for caption in captions] == ["S1", "S3", "S7", "S28", "S29", "S1"]
    codes = [node.text.strip() for node in word.element.body.iter(qn("w:instrText"))]
    assert codes[:2] == ["PAGEREF _Methods \\h", "PAGEREF _RefFigS1 \\h"]
    codes = [code for code in codes if code.startswith("SEQ")]
    assert codes[:3] == ["SEQ Fig._S \\* ARABIC", "SEQ Fig._S \\* ARABIC \\r 3", "SEQ Fig._S \\* ARABIC \\r 7"]
    assert codes[-1] == "SEQ Table_S \\* ARABIC"
    lowered = [run.text for run in captions[1].runs if run.font.subscript]
    assert lowered == ["2"]
    assert [run.text for run in captions[2].runs if run.font.superscript] == ["−1"]
    assert [run.text for run in captions[3].runs if run.bold][-2:] == ["a", "b"]


def test_word_table_can_be_edited(word: Any) -> None:
    table = word.tables[0]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[0] == ["Materials", "Initial Coulombic efficiency\n(%)", "Conductivity\n(S cm−1)"]
    assert texts[1] == ["Si", "83.6a", "–"]
    assert texts[2] == ["Si/a-Sn/CoSi2", "crush <no> unloading", "crush <no> unloading"]
    assert texts[3] == ["Si/a-Sn/CoSi2", "12.3", "−3.07(12) × 10−9"]
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc
    assert table.cell(2, 1)._tc is table.cell(2, 2)._tc
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    mark = table.cell(1, 1).paragraphs[0].runs[-1]
    assert (mark.text, mark.font.superscript) == ("a", True)


def test_word_keeps_the_order_its_schema_asks_for(word: Any) -> None:
    order = ["tcW", "gridSpan", "vMerge", "tcBorders", "vAlign"]
    for properties in word.element.body.iter(qn("w:tcPr")):
        found = [order.index(child.tag.split("}")[1]) for child in properties]
        assert found == sorted(found)
    for borders in word.element.body.iter(qn("w:tcBorders")):
        edges = [child.tag.split("}")[1] for child in borders]
        assert edges in (["top"], ["bottom"], ["top", "bottom"])


def test_word_pictures_are_not_stretched(word: Any, written: Path) -> None:
    assert len(word.inline_shapes) == 4
    with zipfile.ZipFile(written / "si.docx") as package:
        names = package.namelist()
    assert sum(name.startswith("word/media/") for name in names) == 4
    for shape, name in zip(word.inline_shapes, ("S1", "S3", "S7", "S28"), strict=True):
        with Image.open(written / "figures" / f"{name}.png") as picture:
            assert shape.width / shape.height == pytest.approx(picture.width / picture.height, rel=1e-3)
            assert picture.width / (shape.width / 914400) == pytest.approx(600, rel=2e-3)
        assert shape._inline.docPr.get("descr").startswith(f"Fig. {name}: ")


def test_word_package_has_no_clock(written: Path) -> None:
    with zipfile.ZipFile(written / "si.docx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


def test_pdf(written: Path) -> None:
    with pdfplumber.open(io.BytesIO((written / "si.pdf").read_bytes())) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
        fonts = {char["fontname"] for page in pdf.pages for char in page.chars}
        pictures = sum(len(page.images) for page in pdf.pages)
    assert all("+" in font for font in fonts)  # subsets, so embedded
    assert {font.split("+")[1].split("-")[0] for font in fonts} == {"DejaVuSans"}
    assert pictures == 0  # vector
    assert "shows the analysis, not the chemistry" in texts[0].replace("\n", " ")
    whole = "\n".join(texts)
    assert "Fig. S29 could not be made." in whole
    assert "crush <no> unloading" in whole
    assert "raw/notes.doc" not in whole  # for the review document alone
    assert "Retention of Si/CoSi" in whole
    assert not re.search(r"[_^*]\{", whole)


def _published() -> Document:
    """The document with what a publication says of itself."""
    licence = Licence(spdx="CC-BY-4.0", name="Creative Commons", url="https://spdx.org/licenses/CC-BY-4.0")
    about = Publication(licence=licence, keywords=("silicon", "tin"), date="2026-11-22", doi="10.5281/zenodo.1234")
    return dataclasses.replace(document(), publication=about, items=())


def test_word_and_excel_say_who_and_when(tmp_path: Path) -> None:
    paths = report.write(_published(), tmp_path, ("docx", "xlsx"))
    properties = docx.Document(str(paths[0])).core_properties
    assert properties.author == "Ada Lovelace; Charles Babbage"
    assert properties.keywords == "silicon, tin"
    assert properties.comments.endswith("it shows the analysis, not the chemistry.")
    assert str(properties.modified).startswith("2026-11-22 00:00:00")
    sheet = openpyxl.load_workbook(paths[1]).properties
    assert (sheet.creator, sheet.keywords) == ("Ada Lovelace; Charles Babbage", "silicon, tin")
    for path in paths:
        with zipfile.ZipFile(path) as package:
            assert b"<Application>halfcell</Application>" in package.read("docProps/app.xml")


def test_word_names_no_day_that_is_not_set(word: Any) -> None:
    assert word.core_properties.created is None
    assert word.core_properties.modified is None


def test_pdf_says_who_and_when(tmp_path: Path) -> None:
    (path,) = report.write(_published(), tmp_path, ("pdf",))
    with pdfplumber.open(path) as pages:
        facts = pages.metadata
    assert facts["Title"] == "Si/a-Sn/CoSi2/G/C anode: <a test>"
    assert "Ada Lovelace" in facts["Author"]
    assert "silicon" in facts["Keywords"]
    assert facts["CreationDate"].startswith("D:20261122")


def test_html_describes_itself(tmp_path: Path) -> None:
    (path,) = report.write(_published(), tmp_path, ("html",))
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    described = json.loads(page.find("script", type="application/ld+json").string)
    assert described["@type"] == "Dataset"
    assert [one["name"] for one in described["creator"]] == ["Ada Lovelace", "Charles Babbage"]
    assert described["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert described["identifier"] == "https://doi.org/10.5281/zenodo.1234"
    assert "simulated" in described["description"]
    assert [tag["content"] for tag in page.find_all("meta", attrs={"name": "author"})] == [
        "Ada Lovelace",
        "Charles Babbage",
    ]
