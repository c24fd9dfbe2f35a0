"""Shells complete verbs, options and the values of options."""

import shutil
import subprocess
from pathlib import Path

import pytest

from halfcell.cli import main
from halfcell.cli.common.completion_scripts import script, verb_words
from halfcell.core.plugins import plugins


def completed(line: str, shell: str, folder: Path) -> set[str]:
    """What a shell offers for the last word of a line."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = folder / "script"
    path.write_text(script(shell, verb_words()), encoding="utf-8")
    if shell == "fish":
        asked = f"source {path}; complete -C '{line}'"
    else:
        words = " ".join(f"'{word}'" for word in line.split(" "))
        asked = f"source {path}; COMP_WORDS=({words}); COMP_CWORD={line.count(' ')}; _halfcell; echo ${{COMPREPLY[@]}}"
    done = subprocess.run([shell, "-c", asked], capture_output=True, text=True, cwd=folder, check=True)
    return {word.split("\t")[0] for word in done.stdout.split("\n" if shell == "fish" else None) if word}


@pytest.mark.parametrize("shell", ["bash", "fish"])
class TestOffers:
    def test_verbs(self, shell: str, tmp_path: Path) -> None:
        assert {"read", "report"} <= completed("halfcell re", shell, tmp_path)

    def test_values_of_an_option(self, shell: str, tmp_path: Path) -> None:
        assert completed("halfcell report --format p", shell, tmp_path) == {"pdf"}

    def test_options_of_a_verb(self, shell: str, tmp_path: Path) -> None:
        assert "--no-strict" in completed("halfcell audit --no", shell, tmp_path)

    def test_words_of_a_verb(self, shell: str, tmp_path: Path) -> None:
        assert {"readers", "phases"} <= completed("halfcell list ", shell, tmp_path)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_has_no_mistake(shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in plugins("verbs"))
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(said, encoding="utf-8")
    done = subprocess.run([shell, "-n", str(tmp_path / "script")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
