"""The topics of the example study: what each names (techniques, quantities, shows) exists; topics are merged."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from halfcell.core.vocabulary import quantity_word, technique_name
from halfcell.example import topics
from halfcell.example.study_files import study_files
from halfcell.example.topic import Topic
from halfcell.example.write_study import all_topics
from halfcell.techniques import technique

NAMES = sorted(path.stem for path in Path(topics.__path__[0]).glob("[a-z]*.py"))
TOPICS = dict(zip(NAMES, all_topics(), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_truth_is_of_known_quantities_in_their_unit(name: str) -> None:
    for row in TOPICS[name].truth:  # what is computed: test_cycled_cells
        word = quantity_word(row.technique, row.quantity)
        assert word, row
        assert word["unit"] in {row.unit, ""}, row  # units that depend on the circuit stand open


@pytest.mark.parametrize("name", NAMES)
def test_items_name_techniques_and_their_shows(name: str) -> None:
    items = tomllib.loads(TOPICS[name].items)
    for kind in ("figure", "table"):
        for item in items.get(kind, []):
            for part in item.get("panels", [item]):
                if "stack" in part:  # a drawing of a cell, whose layers are to scale
                    assert all(layer["thickness"] for layer in part["stack"]["layers"]), item["id"]
                    continue
                found = technique(technique_name(part["technique"]))
                shows = found.figures if kind == "figure" else found.tables
                assert part.get("show", next(iter(shows))) in shows, item["id"]


def test_a_new_topic_is_merged_into_the_studys_files() -> None:
    extra = Topic(
        raw={"raman": "raw/more/{sample}.txt"},
        samples=({"name": "Si", "label": "silicon"}, {"name": "Ge"}),
        items='[[table]]\nid = "S0"\ntechnique = "raman"\n',
    )
    files = study_files((TOPICS["raman"], TOPICS["cycling"], extra))
    study = tomllib.loads(files["study.toml"])
    assert study["raw"]["raman"] == "raw/more/{sample}.txt"
    assert study["table"][0]["id"] == "S0"
    names = [line.split(",")[0] for line in files["samples.csv"].splitlines()[1:]]
    assert names.count("Si") == 1
    assert names[-1] == "Ge"
