"""Study files that are no TOML: the line of the mistake, and what people usually mean there."""

from __future__ import annotations

import tomllib

import pytest

from halfcell.study.files.toml_mistakes import not_toml


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('title = "x"\n[raw]\neis = "raw\\eis\\{cell}.z"\n', 3, "write / in paths"),
        ('title = "x"\ntechnique = xrd\n', 2, "words need quotes"),
        ('[[figure]]\ncells = ["A1", "B1"\ncaption = "x"\n', 2, "a list that begins here has no closing ]"),
        ('cells = [\n  "A1",\n  "B1",\n', 1, "a list that begins here has no closing ]"),
        ('[[figure]]\nid = "1"\n[figure]\nid = "2"\n', 3, "write [[figure]], with two brackets, before each figure"),
        ("[style]\ncolumns = 1\n[style]\ncolumns = 2\n", 3, "[style] is above already: put its lines there"),
        ("title = “x”\n", 1, "use straight quotes"),
        ('title = "x"\ntitle = "y"\n', 2, "each name once in its table"),
        ('caption = "Profiles.\nid = "1"\n', 1, "the text has no closing quote"),
        ("width_mm = 90,5\n", 1, "use a decimal point"),
        ("height = 50 %\n", 1, "write a number without %"),
        ("width_mm = 90 mm\n", 1, "write a number without its unit"),
        ("hide = True\n", 1, "write true or false, in small letters"),
        ("hide = none\n", 1, "leave the line out where there is no value"),
        ("width_mm =\n", 1, "leave the line out where there is no value"),
        ('title: "x"\n', 1, "write name = value, with = in place of :"),
        ("[[figure]\n", 1, "write [style] or [[figure]], with as many ] as ["),
        ("axes = { x = {\n  limits = [0, 1] } }\n", 1, "a table in braces { } stands on one line"),
    ],
)
def test_the_line_and_the_usual_cause(text: str, line: int, hint: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    error = not_toml(text, caught.value, "study.toml")
    assert error.where == f"study.toml:{line}"
    assert error.what.startswith("not TOML: ")
    assert hint in error.hint


def test_another_file_than_a_study() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("cell,sample\n")
    error = not_toml("cell,sample\n", caught.value, "cells.csv")
    assert error.what.startswith("not a study file")
    assert error.hint == "name study.toml or its folder"
