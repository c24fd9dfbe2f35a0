"""``[publication]`` and the identifiers of authors, organisations, samples and instruments: read and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core import identifiers
from halfcell.core.media_types import media_type
from halfcell.study.files.grammar import read_study_file
from halfcell.study.files.study_files import read_study_files

STUDY = """title = "x"

[[author]]
name = "Josiah Carberry"
family_name = "Carberry"
affiliation = ["Brown University", "Wesleyan University"]
orcid = "https://orcid.org/0000-0002-1825-0097"
ror = ["05gq02987", "https://ror.org/05h7xva58"]

[publication]
license = "cc-by-4.0"
keywords = "silicon"
doi = "https://doi.org/10.5281/zenodo.1234"
date = 2026-11-22
publisher = "Zenodo"
publisher_url = "https://zenodo.org"
eln = "https://eln.example.org/entry/7"

[[publication.funding]]
funder = "A foundation"
award = 4711

[[publication.related]]
id = "10.1021/acs.chemmater.1c00001"
title = "The paper"
"""


def test_a_publication_is_read(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(STUDY, encoding="utf-8")
    file, _, problems = read_study_file(path)
    assert problems == []
    (author,), about = file.document.authors, file.document.publication
    assert (author.orcid, author.given_names) == ("0000-0002-1825-0097", "Josiah")
    assert author.rors == ("https://ror.org/05gq02987", "https://ror.org/05h7xva58")
    assert about.licence is not None
    assert (about.licence.spdx, about.licence.url) == ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0")
    assert (about.keywords, about.doi, about.date) == (("silicon",), "10.5281/zenodo.1234", "2026-11-22")
    assert about.funding[0].award == "4711"
    assert about.related[0].url == "https://doi.org/10.1021/acs.chemmater.1c00001"
    assert about.related[0].relation == "IsSupplementTo"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('license = "CC-BY-5.0"', "no licence of the SPDX list known here; did you mean 'CC-BY-4.0'"),
        ('doi = "11.2"', "is no DOI"),
        ('date = "22.11.2026"', "is no date; write year, month and day"),
        ('eln = "our notebook"', "is no address"),
        ('publisher_ror = "05gq02978"', "last two digits do not check the others"),
        ('keyword = "x"', "unknown key 'keyword'"),
        ('funding = [{ fundr = "x" }]', "unknown key 'fundr'"),
        ('related = [{ id = "10.1021/x", relation = "supplements" }]', "input should be 'IsSupplementTo'"),
    ],
)
def test_every_mistake_has_its_line(line: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(f'title = "x"\n[publication]\n{line}\n', encoding="utf-8")
    problems = [str(problem) for problem in read_study_file(path)[2]]
    assert any(what in problem and problem.startswith("study.toml:3") for problem in problems), problems


# ORCID's own examples: https://support.orcid.org/hc/en-us/articles/360006897674
@pytest.mark.parametrize("text", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_right_orcid_ids(text: str) -> None:
    assert identifiers.orcid(f"https://orcid.org/{text.lower()}") == text
    wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
    with pytest.raises(ValueError, match="check digit"):
        identifiers.orcid(wrong)


def test_identifiers_have_addresses() -> None:
    assert identifiers.address("10.60510/ICDP5054ESYI201") == "https://doi.org/10.60510/ICDP5054ESYI201"
    assert (
        identifiers.address("21.T11148/7fce73bf96c8af63d0ea") == "https://hdl.handle.net/21.T11148/7fce73bf96c8af63d0ea"
    )
    with pytest.raises(ValueError, match="is no address"):
        identifiers.address("somewhere")


def test_identifiers_in_the_tables_are_known_columns_and_checked(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text('title = "x"\n', encoding="utf-8")
    (tmp_path / "samples.csv").write_text("name,IGSN\nSi,10.60510/ICDP5054ESYI201\n", encoding="utf-8")
    cells = "cell,sample,kind,ELN URL,instrument_pid\nA1,Si,half,notebook 3,21.T11148/7fce73bf96c8af63d0ea\n"
    (tmp_path / "cells.csv").write_text(cells, encoding="utf-8")
    files = read_study_files(tmp_path / "study.toml")
    assert [str(one) for one in files.problems] == [
        "cells.csv:2 (ELN URL): 'notebook 3' is no address; write https://..., a DOI or a handle"
    ]
    assert files.remarks == ()


def test_media_types_are_told_by_suffix_and_content() -> None:
    assert media_type("a/b.CSV") == "text/csv"
    assert media_type("x.mpr", b"BIO-LOGIC MODULAR FILE\x1a\x00\x00") == "application/octet-stream"
    assert media_type("x.z", b"\x00") == "text/plain"
    assert media_type("x.new", "Zeit\tµm\r\n".encode("cp1252")) == "text/plain"
    assert media_type("x.new") == "application/octet-stream"
