"""The files around the code: one version, a valid citation, templates and workflows that parse, no host named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import halfcell

ROOT = Path(__file__).resolve().parents[3]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
YAML_FILES = [ROOT / "CITATION.cff", ROOT / ".pre-commit-config.yaml", *sorted((ROOT / ".github").rglob("*.yml"))]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FIELDS = {"checkboxes", "dropdown", "input", "markdown", "textarea"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", YAML_FILES, ids=_name)
def test_yaml_files_parse_to_mappings(path: Path) -> None:
    assert isinstance(_read(path), dict)


def test_version_comes_from_one_place() -> None:
    assert "version" not in _project()["project"]
    assert _project()["project"]["dynamic"] == ["version"]
    assert _project()["tool"]["hatch"]["version"]["path"] == "src/halfcell/__init__.py"


def test_citation_agrees_with_the_project() -> None:
    citation = _read(ROOT / "CITATION.cff")
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == halfcell.__version__
    assert citation["title"] == _project()["project"]["name"]
    assert citation["license"] == _project()["project"]["license"]
    assert citation["authors"] == _project()["project"]["authors"]
    assert citation["message"]


def test_the_four_issue_forms_are_there() -> None:
    names = {path.stem for path in FORMS}
    assert {"bug_report", "wrong_number", "new_format", "feature_request"} <= names


@pytest.mark.parametrize("path", [path for path in FORMS if path.stem != "config"], ids=_name)
def test_issue_form_is_complete(path: Path) -> None:
    form = _read(path)
    assert form["name"]
    assert form["description"]
    assert {field["type"] for field in form["body"]} <= FIELDS
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in asked)
    assert len({field["id"] for field in asked}) == len(asked)


def test_workflow_runs_the_same_checks_everywhere() -> None:
    job = _read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["run"]
    assert job["strategy"]["matrix"]["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert [step["run"] for step in job["steps"] if "run" in step][-1] == "bash .ci/run"


def test_workflow_uses_no_secrets() -> None:
    assert "secrets" not in (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def test_pre_commit_downloads_nothing() -> None:
    repositories = _read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    assert {hook["language"] for hook in repositories[0]["hooks"]} == {"system"}


@pytest.mark.parametrize("name", [".ci/run", "pyproject.toml", *map(_name, YAML_FILES)])
def test_no_host_is_named(name: str) -> None:
    assert re.findall(r"https?://\S+|--index-url|--extra-index-url", (ROOT / name).read_text(encoding="utf-8")) == []


def test_source_distribution_names_what_is_there() -> None:
    included = _project()["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [path for path in included if not (ROOT / path.removeprefix("/")).exists()] == []
    assert {"/CITATION.cff", "/CODE_OF_CONDUCT.md", "/CONTRIBUTING.md", "/constraints.txt"} <= set(included)


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_changelog_keeps_the_agreed_form() -> None:
    """The sections of keepachangelog, in its order, below an [Unreleased] head."""
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    heads = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert heads[0] == "[Unreleased]"
    sections = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
    assert set(sections) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {_normal(found[1]): found[2] for found in re.finditer(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def _required() -> set[str]:
    """What the core and the extras for users require directly."""
    project = _project()["project"]
    groups = project["optional-dependencies"]
    extras = [one for name, group in groups.items() if name not in {"dev", "docs"} for one in group]
    names = {re.match(r"[\w.-]+", one)[0] for one in (*project["dependencies"], *extras)}  # type: ignore[index]
    return {_normal(name) for name in names} - {"halfcell"}


def test_every_dependency_is_explained() -> None:
    """With its licence, its size, its purpose, and what happens without it."""
    rows = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8").splitlines()
    named = {_normal(word) for row in rows if row.startswith("|") for word in re.findall(r"[A-Za-z][\w.-]+", row)}
    assert _required() <= named


def test_the_hashed_versions_are_the_tested_ones() -> None:
    """Each with hashes, no address of an index, and what Windows alone needs besides."""
    hashed, tested = _pins("requirements-hashed.txt"), _pins("constraints.txt")
    assert {name: hashed[name] for name in hashed if name != "colorama"} == {
        name: tested[name] for name in hashed if name != "colorama"
    }
    core = {_normal(re.match(r"[\w.-]+", one)[0]) for one in _project()["project"]["dependencies"]}  # type: ignore[index]
    assert core <= hashed.keys()
    text = (ROOT / "requirements-hashed.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
