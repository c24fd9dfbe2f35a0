"""``halfcell list``: what there is, in a line each, and one thing in full."""

from __future__ import annotations

import json

import pytest

from halfcell.cli import main


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["techniques"], "diffraction "),
        (["techniques", "xrd"], "figures: pattern, crystallite size"),
        (["shows", "xrd"], "diffraction, figure: crystallite size"),
        (["shows"], "cycling, table: first cycle"),
        (["shows", "Nyquist"], "impedance, figure: nyquist "),
        (["settings", "cycling"], "active_mass_mg "),
        (["phases"], "CoSi2 "),
        (["phases", "CoSi2"], "cell: 5.365, 5.365, 5.365, 90, 90, 90"),
        (["readers"], "neware "),
        (["readers", "neware"], "suffixes: .nda, .ndax"),
        (["styles"], "acs "),
        (["styles", "acs"], "widths_mm: [82.55, 120, 177.8]"),
    ],
)
def test_each_list_shows_what_there_is(words: list[str], shown: str, capsys) -> None:
    assert main(["list", *words]) == 0
    assert shown in capsys.readouterr().out


def test_settings_have_default_choices_and_meaning(capsys) -> None:
    assert main(["list", "settings", "cycling", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["settings"]}
    assert rows["kind"]["default"] == "not set"
    assert rows["kind"]["type"].startswith("half, cathode half, full, asslb half")
    assert rows["active_mass_mg"]["type"] == "number"
    assert "(mg)" in rows["active_mass_mg"]["meaning"]
    assert all(row["meaning"] for row in rows.values())


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["phases", "CoSi3"], "CoSi2"),
        (["styles", "asc"], "'acs'"),
        (["settings", "cyclng"], "did you mean 'cycling'"),
        (["settings"], "halfcell list settings"),
        (["shows", "nyqist"], "did you mean 'nyquist'"),
        (["readers", "newar"], "did you mean 'neware'"),
    ],
)
def test_what_there_is_not(words: list[str], hint: str, capsys) -> None:
    assert main(["list", *words]) == 2
    assert hint in capsys.readouterr().err


def test_a_style_of_ones_own_is_listed(tmp_path, capsys) -> None:
    (tmp_path / "ours.toml").write_text('about = "our lab"\nletters = "A"\n', encoding="utf-8")
    assert main(["list", "styles", "--folder", str(tmp_path)]) == 0
    assert "ours      our lab" in capsys.readouterr().out
