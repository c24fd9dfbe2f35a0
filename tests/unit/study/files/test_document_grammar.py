"""Authors, references, methods and accepted doubts in study.toml: what is understood, and every mistake with "
"its line."""

from __future__ import annotations

from pathlib import Path

from halfcell.study.files.study_files import StudyFiles, read_study_files

STUDY = """title = "x"
[references]
file = "references.bib"
style = "nature"
[methods]
general = "Powders were milled [@bard]."
xrd = "A powder holder was used."
[[author]]
name = "Ada Lovelace"
affiliation = "London"
email = "ada@example.org"
[[accept]]
code = "overlap"
items = "Table S1"
reason = "The lines overlap in every composite."
[[table]]
id = "S1"
caption = "Sizes [@bard]."
technique = "xrd"
"""


def _read(folder: Path, text: str) -> StudyFiles:
    (folder / "references.bib").write_text("@book{bard, title = {Electrochemical Methods}, year = 2001}\n")
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return read_study_files(folder / "study.toml")


def test_what_is_understood(tmp_path: Path) -> None:
    files = _read(tmp_path, STUDY)
    assert files.problems == ()
    assert files.inputs == ("study.toml", "references.bib")
    assert files.bibliography is not None
    assert files.bibliography.style == "nature"
    spec = files.file.document
    assert (spec.authors[0].name, spec.authors[0].affiliations) == ("Ada Lovelace", ("London",))
    assert spec.methods["diffraction"] == "A powder holder was used."
    assert (spec.accepted[0].code, spec.accepted[0].items) == ("overlap", ("Table S1",))


def test_every_mistake_with_its_line(tmp_path: Path) -> None:
    text = STUDY.replace("references.bib", "refs.bib").replace('"nature"', '"natur"').replace("xrd = ", "xdr = ")
    text = text.replace('"Table S1"', '"Table S2"').replace('affiliation = "London"', 'affilation = "London"')
    problems = {str(problem) for problem in _read(tmp_path, text).problems}
    assert any("study.toml:3: no such file 'refs.bib'" in one for one in problems)
    assert any("study.toml:4: unknown style 'natur'" in one and "'nature'" in one for one in problems)
    assert any("study.toml:7: unknown technique 'xdr'" in one for one in problems)
    assert any("study.toml:10: unknown key 'affilation'" in one and "'affiliation'" in one for one in problems)


def test_a_citation_needs_an_entry_and_an_item_must_exist(tmp_path: Path) -> None:
    problems = [str(p) for p in _read(tmp_path, STUDY.replace('[@bard]."\nt', '[@brad]."\nt')).problems]
    assert problems == ["study.toml:18: no reference 'brad' (hint: did you mean 'bard'?)"]
    missing = [str(p) for p in _read(tmp_path, STUDY.replace('items = "Table S1"', 'items = "Table S2"')).problems]
    assert missing == ["study.toml:14: no item 'Table S2' in the study (hint: did you mean 'Table S1'?)"]
    bare = [str(p) for p in _read(tmp_path, 'title = "x"\n[methods]\ngeneral = "As in [@bard]."\n').problems]
    assert "[references] with file" in bare[0]


def test_a_code_that_no_note_has_is_a_mistake(tmp_path: Path) -> None:
    (problem,) = _read(tmp_path, STUDY.replace('"overlap"', '"no_wafr"')).problems
    assert "no doubt has the code 'no_wafr'" in str(problem)
    assert "no_wafer" in str(problem)
