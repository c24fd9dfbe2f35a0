"""A study in one archive: complete, the same bytes each time, and refused where it is not what the last run made."""

from __future__ import annotations

import hashlib
import json
import subprocess

import pytest

from halfcell.core.errors import InputError
from halfcell.report.pack.machine import machine
from halfcell.report.pack.manifest import MANIFEST, read_manifest
from halfcell.report.pack.names import check_name
from packed import contents, pack_study
from study_runs import study_of


def test_an_archive_holds_all_and_lists_all(small, tmp_path) -> None:
    files = contents(pack_study(small, tmp_path / "a.zip"))
    listed = read_manifest(files[MANIFEST].decode())
    assert set(listed) == set(files) - {MANIFEST}
    assert all(hashlib.sha256(files[name]).hexdigest() == sha256 for name, sha256 in listed.items())
    expected = {"study.toml", "samples.csv", "cells.csv", "study.lock", "raw/A1.wgt", "out/numbers.csv", "out/si.xlsx"}
    assert expected | {".zenodo.json", "environment.json", "requirements.txt", "README.md"} <= set(files)
    assert json.loads(files["environment.json"]) == machine()
    parts = {one["@id"] for one in json.loads(files["ro-crate-metadata.json"])["@graph"] if one["@type"] == "File"}
    assert parts == set(files) - {MANIFEST, "ro-crate-metadata.json"}
    assert not [name for name in files if name.startswith((".halfcell", "/"))]


def test_sha256sum_reads_the_list(small, tmp_path) -> None:
    files = contents(pack_study(small, tmp_path / "a.zip"))
    for name, content in files.items():
        path = tmp_path / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    try:
        command = ["sha256sum", "--check", "--strict", MANIFEST]
        done = subprocess.run(command, cwd=tmp_path / "unpacked", capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no sha256sum on this machine")
    assert done.returncode == 0, done.stderr


def test_equal_studies_give_equal_archives(small, tmp_path) -> None:
    first = pack_study(small, tmp_path / "a.zip")
    assert study_of(small).run(workers=1, fresh=True).exit_status == 0
    second = pack_study(small, tmp_path / "elsewhere" / "b.zip")
    assert first.read_bytes() == second.read_bytes()


def test_the_environment_names_what_computes(small) -> None:
    found = machine()
    assert found["packages"].keys() >= {"numpy", "scipy", "polars"}
    assert len(found["code"]) == 64
    assert "openblas" in found["blas"].lower() or found["blas"]


def test_what_is_out_of_date_or_fails_is_not_packed(small, shell, tmp_path) -> None:
    never = shell("pack", str(small.root), "--out", str(tmp_path / "a.zip"))
    assert never.returncode == 1
    assert "Fig. S1, Fig. S2, Table S1: was not made by the last run" in never.stderr
    assert study_of(small).run(workers=1).exit_status == 0
    (small.root / "raw" / "A1.wgt").write_text("weights\n7\n9\n")
    done = shell("pack", str(small.root), "--out", str(tmp_path / "a.zip"))
    assert done.returncode == 1
    assert "raw/A1.wgt has changed" in done.stderr
    assert "halfcell run" in done.stderr
    (small.root / "raw" / "A1.wgt").write_text("weights\nx\n")
    assert study_of(small).run(workers=1).exit_status == 1
    failed = shell("pack", str(small.root), "--out", str(tmp_path / "a.zip"))
    assert failed.returncode == 1
    assert "Fig. S2    failed" in failed.stderr
    assert "--allow-incomplete" in failed.stderr
    assert not list(tmp_path.glob("*.zip"))


def test_what_a_repository_asks_for_is_named_with_its_place(drawn, shell, tmp_path) -> None:
    assert study_of(drawn).run(workers=1).exit_status == 0
    done = shell("pack", str(drawn.root), "--out", str(tmp_path / "a"), "--format", "xlsx", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["archive"] == str(tmp_path / "a.zip")
    assert told["sha256"] == hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()
    required = [gap["what"] for gap in told["gaps"] if gap["required"]]
    assert required == ["creators", "a licence"]
    assert '[publication] license = "CC-BY-4.0"' in done.stderr
    assert "the paper it belongs to" in done.stderr
    small = drawn.root / "study.toml"
    author = '[[author]]\nname = "A. Person"\n[publication]\nlicense = "CC0-1.0"\n'
    small.write_text(small.read_text().replace("[raw]", f"{author}\n[raw]"))
    assert study_of(drawn).run(workers=1).exit_status == 0
    done = shell("pack", str(drawn.root), "--out", str(tmp_path / "a.zip"), "--format", "xlsx", "--json")
    gaps = {gap["what"]: gap for gap in json.loads(done.stdout)["gaps"]}
    assert not any(gap["required"] for gap in gaps.values())
    assert 'orcid = "' in gaps["an ORCID iD of A. Person"]["where"]
    assert '[[author]] of "A. Person"' in gaps["an affiliation of A. Person"]["where"]


@pytest.mark.parametrize("name", ["../a", "/a", "a/../b", "a//b", "a\\b", "a\nb", "", ".", "a/", "x" * 2000, "\udcff"])
def test_unsafe_names(name) -> None:
    with pytest.raises(InputError, match="unsafe name"):
        check_name(name, "a.zip")


@pytest.mark.parametrize("name", ["C:/a", "raw/con", "raw/NUL.txt", "a.", "b /c", "12:30.txt"])
def test_names_that_windows_does_not_have(name) -> None:
    with pytest.raises(InputError, match="unsafe name"):
        check_name(name, "a.zip", for_windows=True)
    check_name(name, "a.zip", for_windows=False)


@pytest.mark.parametrize(
    "name", ["raw/Müller–α.txt", "a b/..c", "external/1a/x.wgt", ".zenodo.json", "raw/console.txt"]
)
def test_safe_names(name) -> None:
    check_name(name, "a.zip", for_windows=True)
