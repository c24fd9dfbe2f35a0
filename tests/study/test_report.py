"""The report of a study through the verbs: written again by hand, elsewhere, as crate; a failed file in its place."""

from __future__ import annotations

import json
import re

from halfcell.report import write_review
from halfcell.study.items import compose, write_item
from study_runs import states_of, study_of


def test_report_elsewhere_and_as_crate(drawn, shell, tmp_path) -> None:
    done = shell("report", str(drawn.root), "--format", "html", "figures", "crate", "--out", str(tmp_path / "x"))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "x"
    assert done.stdout.splitlines() == [
        str(folder / "review.html"),
        str(folder / "figures"),
        str(folder / "crate" / "ro-crate-metadata.json"),
    ]
    assert {path.name for path in (folder / "figures").iterdir()} >= {"S1.svg", "S1.pdf", "S1.png", "S1.csv", "S2.svg"}
    graph = json.loads((folder / "crate" / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    actions = {entity["name"]: entity for entity in graph if entity["@type"] == "CreateAction"}
    assert set(actions) == {"Fig. S1", "Fig. S2", "Table S1"}
    assert {"@id": "raw/A1.wgt"} in actions["Fig. S2"]["object"]
    page = (folder / "review.html").read_text(encoding="utf-8")
    for address in re.findall(r'<a href="(figures/[^"]+|tables/[^"]+)"', page):
        assert (folder / address).is_file()


def test_run_and_report_write_the_same_bytes(drawn, shell) -> None:
    assert shell("run", cwd=drawn.root).returncode == 0
    before = drawn.outputs()
    assert "out/review.html" in before
    told = json.loads(shell("report", "--json", cwd=drawn.root).stdout)
    assert told["failed"] == {}
    after = drawn.outputs()
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"out/si.docx", "out/si.pdf", "out/si.xlsx"}
    assert shell("report", "--json", cwd=drawn.root).returncode == 0
    assert drawn.outputs() == after


def test_a_failed_item_stands_in_its_place(drawn, shell) -> None:
    (drawn.root / "raw" / "A1.wgt").write_text("weights\nx\n")
    done = shell("report", "--format", "html", "--json", cwd=drawn.root)
    assert done.returncode == 1
    assert "Fig. S2" in json.loads(done.stdout)["failed"]
    assert "Fig. S2 could not be made." in (drawn.root / "out" / "review.html").read_text(encoding="utf-8")


def test_mistakes_are_all_told(drawn, shell) -> None:
    drawn.edit("study.toml", "[[table]]", "[[tabel]]")
    done = shell("report", "--json", cwd=drawn.root)
    assert done.returncode == 2
    assert json.loads(done.stdout)["problems"]


def test_a_changed_caption_draws_nothing_again(drawn, monkeypatch) -> None:
    assert study_of(drawn).run(workers=1).exit_status == 0
    drawn.edit("study.toml", "Weights of all.", "Weights of everything.")
    with monkeypatch.context() as patched:
        patched.setattr("halfcell.render.print_figure", None)  # drawing would fail
        outcome = study_of(drawn).run(workers=1)
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "unchanged", "Table S1": "unchanged"}
    assert study_of(drawn).figure("S1").caption == "Weights of everything."
    drawn.edit("study.toml", "set = { factor = 2 }", "set = { factor = 3 }")
    before = (drawn.root / "out" / "figures" / "S2.csv").read_bytes()
    assert study_of(drawn).run(workers=1).exit_status == 0
    assert (drawn.root / "out" / "figures" / "S2.csv").read_bytes() != before


def test_a_changed_caption_composes_nothing_and_gives_the_bytes_of_a_fresh_run(drawn, monkeypatch) -> None:
    names = ("review.html", "numbers.csv", "settings.json", "datapackage.json")
    assert study_of(drawn).run(workers=1, publish=write_review).exit_status == 0
    drawn.edit("study.toml", "Weights of all.", "Weights of everything.")
    composed: list[str] = []
    for module in (compose, write_item):
        monkeypatch.setattr(module, "compose_item", _counted(module.compose_item, composed))
    outcome = study_of(drawn).run(workers=1, publish=write_review)
    assert outcome.items[0].reasons == ("its caption changed",)
    assert composed == []
    kept = {name: (drawn.root / "out" / name).read_bytes() for name in names}
    assert b"Weights of everything." in kept["review.html"]
    assert study_of(drawn).run(workers=1, publish=write_review, fresh=True).exit_status == 0
    assert {name: (drawn.root / "out" / name).read_bytes() for name in names} == kept


def test_a_caption_that_is_taken_away_gives_that_of_the_technique(drawn) -> None:
    assert study_of(drawn).run(workers=1, publish=write_review).exit_status == 0
    drawn.edit("study.toml", 'caption = "Weights of all."', "")
    assert study_of(drawn).run(workers=1, publish=write_review).exit_status == 0
    kept = (drawn.root / "out" / "review.html").read_bytes()
    assert b"Weights of all." not in kept
    assert study_of(drawn).run(workers=1, publish=write_review, fresh=True).exit_status == 0
    assert (drawn.root / "out" / "review.html").read_bytes() == kept


def test_records_that_were_edited_are_written_again(drawn) -> None:
    assert study_of(drawn).run(workers=1).exit_status == 0
    numbers = drawn.root / "out" / "numbers.csv"
    written = numbers.read_bytes()
    numbers.write_bytes(written.replace(b"S1", b"S9"))
    drawn.edit("study.toml", "Weights of all.", "Weights of everything.")
    assert study_of(drawn).run(workers=1).exit_status == 0
    assert numbers.read_bytes() == written


def test_what_is_kept_of_old_captions_is_removed(drawn) -> None:
    for caption in ("first", "second"):
        drawn.edit("study.toml", "Weights of all." if caption == "first" else "first", caption)
        assert study_of(drawn).run(workers=1, publish=write_review).exit_status == 0
    # three items, the plan, the closing pages, and what these need of one technique
    assert len(list((drawn.root / ".halfcell" / "shown").iterdir())) == 6


def _counted(compose, names: list[str]):
    def composing(item, store):
        names.append(item.spec.name)
        return compose(item, store)

    return composing
