"""What a crate says of its study: authors, licence, identifiers, forms of repositories, an archive for notebooks."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from crates import graph_of, write_crate
from halfcell import report
from halfcell.study.items.deposit import deposit_of_study
from study_runs import study_of

PUBLICATION = """
[[author]]
name = "Josiah Carberry"
affiliation = "Brown University"
ror = "https://ror.org/05gq02987"
orcid = "0000-0002-1825-0097"
email = "josiah.carberry@example.org"

[publication]
license = "CC-BY-4.0"
doi = "10.5281/zenodo.1234"
keywords = ["silicon", "weights"]
publisher = "Zenodo"
publisher_url = "https://zenodo.org"
funding = [{ funder = "A foundation", award = "4711" }]
related = [{ id = "10.1021/acs.chemmater.1c00001", title = "The paper" }]

[raw]"""


def publish(small) -> None:
    """Give the study what a repository asks for, and its first sample and cell identifiers."""
    small.edit("study.toml", "\n[raw]", PUBLICATION)
    small.edit("samples.csv", "name,Si_wt_percent\nSi,100\n", "name,Si_wt_percent,igsn\nSi,100,10.60510/ABC\n")
    small.edit("samples.csv", "Si/Sn-10,90", "Si/Sn-10,90,")
    head, first, *others = (small.root / "cells.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{head},instrument_pid", f"{first},21.T11148/7fce73bf96c8af63d0ea", *(f"{line}," for line in others)]
    (small.root / "cells.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_a_repository_asks_for_is_in_the_crate(small, tmp_path) -> None:
    publish(small)
    assert study_of(small).run(workers=1).exit_status == 0
    graph = graph_of(write_crate(small, tmp_path / "crate"))
    root = graph["./"]
    assert graph[root["license"]["@id"]]["identifier"] == "CC-BY-4.0"
    author = graph[root["author"]["@id"]]
    assert (author["@id"], author["affiliation"]) == (
        "https://orcid.org/0000-0002-1825-0097",
        {"@id": "https://ror.org/05gq02987"},
    )
    assert graph[root["identifier"]["@id"]]["value"] == "doi:10.5281/zenodo.1234"
    assert graph[root["citation"]["@id"]]["name"] == "The paper"
    assert graph[graph[root["funding"]["@id"]]["funder"]["@id"]]["name"] == "A foundation"
    assert graph[graph["#sample-Si"]["identifier"]["@id"]]["value"] == "10.60510/ABC"
    assert graph["#cell-A1"]["isRelatedTo"] == {"@id": "https://hdl.handle.net/21.T11148/7fce73bf96c8af63d0ea"}
    assert graph["raw/A1.wgt"]["about"] == {"@id": "#cell-A1"}
    assert graph["raw/A1.wgt"]["encodingFormat"][0] == "text/plain"
    for action in (entity for entity in graph.values() if entity["@type"] == "CreateAction"):
        assert action["agent"] == {"@id": author["@id"]}
        assert action["actionStatus"] == "http://schema.org/CompletedActionStatus"
        assert action["endTime"].endswith("+00:00")


def test_the_forms_of_repositories(small, tmp_path) -> None:
    publish(small)
    small.edit("study.toml", 'name = "Josiah Carberry"', 'name = "Josiah Carberry"\nfamily_name = "Carberry"')
    small.edit("study.toml", "\n[publication]", '\n[[author]]\nname = "Ada \\"L\\" Lovelace"\n\n[publication]')
    crate = write_crate(small, tmp_path / "crate")
    zenodo = json.loads((crate / ".zenodo.json").read_text(encoding="utf-8"))
    assert zenodo["creators"] == [
        {"name": "Carberry, Josiah", "affiliation": "Brown University", "orcid": "0000-0002-1825-0097"},
        {"name": 'Ada "L" Lovelace'},
    ]
    assert (zenodo["license"], zenodo["doi"], zenodo["upload_type"]) == ("cc-by-4.0", "10.5281/zenodo.1234", "dataset")
    assert zenodo["related_identifiers"] == [
        {"identifier": "10.1021/acs.chemmater.1c00001", "relation": "isSupplementTo"}
    ]
    cited = pytest.importorskip("yaml").safe_load((crate / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["authors"][0]["family-names"] == "Carberry"
    assert cited["authors"][1] == {"name": 'Ada "L" Lovelace'}
    assert (cited["type"], cited["license"], cited["doi"]) == ("dataset", "CC-BY-4.0", "10.5281/zenodo.1234")
    assert "halfcell run" in (crate / "README.md").read_text(encoding="utf-8")


def test_an_archive_for_notebooks(small, tmp_path) -> None:
    publish(small)
    deposit = deposit_of_study(small.root / "study.toml")
    path = report.write_eln(deposit, tmp_path / "weights.eln", (), "2026-11-22")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in names} == {"weights.eln"}  # one folder, named like the archive
        metadata = json.loads(archive.read("weights.eln/ro-crate-metadata.json"))
        graph = {entity["@id"]: entity for entity in metadata["@graph"]}
        assert graph["./"]["hasPart"] == {"@id": "./study/"}
        assert graph[graph["ro-crate-metadata.json"]["sdPublisher"]["@id"]]["@type"] == "Organization"
        parts = [part["@id"] for part in graph["./study/"]["hasPart"]]
        assert {f"weights.eln/{part.removeprefix('./')}" for part in parts} == set(names) - {
            "weights.eln/ro-crate-metadata.json"
        }
        raw = archive.read("weights.eln/study/raw/A1.wgt")
        assert graph["./study/raw/A1.wgt"]["sha256"] == hashlib.sha256(raw).hexdigest()
        assert graph["./study/"]["author"] == {"@id": "https://orcid.org/0000-0002-1825-0097"}
    again = report.write_eln(deposit, tmp_path / "again" / "weights.eln", (), "2026-11-22")
    assert again.read_bytes() == path.read_bytes()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
