"""The how-to pages on packages of one's own, followed word for word: files, commands, what is to be seen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

from study_environment import SOURCE

PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"
_FENCE = re.compile(r"^(?:`(?P<file>[^`\n]+)`:\n\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """One block of a page: a file to make, commands to run, or lines to see."""

    file: str
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    found = _FENCE.finditer(page.read_text(encoding="utf-8"))
    return [Block(match["file"] or "", match["language"], match["text"]) for match in found]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a fresh virtual environment that sees halfcell and what it needs, with `halfcell` on PATH."""
    if os.name == "nt":
        pytest.skip("the commands of the pages are run by sh")
    place = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    standard = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib"))
    ours = [p for p in sys.path if Path(p).is_dir() and (p.endswith("site-packages") or not p.startswith(standard))]
    packages = next((place / "lib").glob("python*/site-packages"))
    (packages / "ours.pth").write_text("\n".join(dict.fromkeys([str(SOURCE), *ours])) + "\n")
    script = place / "bin" / "halfcell"
    text = "import sys\nfrom halfcell.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    script.write_text(f"#!{python}\n{text}")
    script.chmod(0o755)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    path = f"{place / 'bin'}{os.pathsep}{env['PATH']}"
    return env | {"PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1", "PYTHONUTF8": "1"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind", "plugin"),
    [
        ("add-a-technique", "techniques", "pulse_resistance"),
        ("add-a-reader", "readers", "acme"),
        ("add-an-audit-rule", "rules", "coated_disc"),
        ("add-a-verb", "verbs", "inventory"),
    ],
)
def test_a_page_followed_word_for_word(
    environment: dict[str, str], tmp_path: Path, name: str, kind: str, plugin: str
) -> None:
    def shell(command: str) -> str:
        done = subprocess.run(
            ["sh", "-ec", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "halfcell: warning" not in done.stderr
        return done.stdout

    listed = f"python -c \"from halfcell.core.plugins import plugins; print('{plugin}' in plugins('{kind}'))\""
    output = ""
    found = blocks(PAGES / f"{name}.md")
    for block in found:
        if block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "sh":
            output += shell(block.text.replace("pip install ", "pip install --no-deps --no-build-isolation "))
            if "pip install" in block.text:
                assert shell(listed) == "True\n"
        else:
            seen = " ".join(output.split())  # lines are broken at the width of the terminal
            assert [line for line in block.text.splitlines() if " ".join(line.split()) not in seen] == [], output
    assert {block.language for block in found if not block.file} == {"sh", "text"}
    assert "pip uninstall" in found[-1].text
    assert shell(listed) == "False\n"


@pytest.mark.parametrize("page", sorted(PAGES.glob("add-a*.md")), ids=lambda page: page.stem)
def test_a_package_is_one_file_and_its_tests(page: Path) -> None:
    files = [Path(block.file).name for block in blocks(page) if block.file.startswith("halfcell-")]
    module = next(name for name in files if name.startswith("halfcell_"))
    assert files == ["pyproject.toml", module, f"test_{module}"]
