"""Draw which package imports which, from the code: ``python docs/make_import_graph.py`` writes docs/import-graph.svg.

Rows are the layers of `pyproject.toml`. Each box says what the package holds and which other packages it imports; the
imports of an upper package that a lower one needs anyway are left out.
"""

from __future__ import annotations

import sys
import textwrap
import tomllib
from pathlib import Path
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "import-graph.svg"
WIDTH, ROW, BOX = 1000, 92, 76
MARGIN, LEFT, GAP = 16, 64, 16
LETTER = 6.3  # width of a letter, at most: also in fonts that are wider than Arial
STYLE = (
    "text{font-family:Arial,Helvetica,sans-serif;fill:#1a1a1a;text-anchor:middle}.name{font-size:16px;font-weight:bold}"
    ".what{font-size:11.5px}.uses{font-size:11.5px;fill:#0072b2}.side{font-size:12px;fill:#555}"
    "rect{fill:#eef4fa;stroke:#0072b2;stroke-width:1.2}path{fill:none;stroke:#555;stroke-width:1.6}"
)


def layers() -> list[list[str]]:
    """The layers from top to bottom, each with its packages, as import-linter checks them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (rows,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return [[name.strip().removeprefix("halfcell.") for name in row.split("|")] for row in rows]


def imports() -> dict[str, set[str]]:
    """Each package with those it imports."""
    graph = grimp.build_graph("halfcell")
    packages = [name for row in layers() for name in row]
    return {
        name: {
            other
            for other in packages
            if name != other
            and graph.direct_import_exists(importer=f"halfcell.{name}", imported=f"halfcell.{other}", as_packages=True)
        }
        for name in packages
    }


def reduced(edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """The imports that do not follow from others."""
    return {name: {one for one in direct if not _behind(one, direct, edges)} for name, direct in edges.items()}


def _behind(one: str, direct: set[str], edges: dict[str, set[str]]) -> bool:
    """Whether a package is also reached through another that is imported."""
    seen, waiting = set(), [other for other in direct if other != one]
    while waiting:
        found = edges[waiting.pop()] - seen
        seen |= found
        waiting += found
    return one in seen


def boxes(rows: list[list[str]]) -> dict[str, tuple[float, float, float]]:
    """Left edge, top and width of each package's box."""
    found = {}
    for number, row in enumerate(rows):
        width = (WIDTH - LEFT - MARGIN - GAP * (len(row) - 1)) / len(row)
        for place, name in enumerate(row):
            found[name] = (LEFT + place * (width + GAP), MARGIN + number * ROW, width)
    return found


def drawing() -> str:
    """The drawing as SVG."""
    rows, edges = layers(), reduced(imports())
    places = boxes(rows)
    height = 2 * MARGIN + ROW * len(rows) - (ROW - BOX)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">']
    parts += ["<title>Packages of halfcell and what they import</title>", f"<style>{STYLE}</style>"]
    parts += [f'<rect width="{WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>', _arrow(height)]
    parts += [_box(name, places[name], edges[name]) for row in rows for name in row]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _arrow(height: float) -> str:
    """One arrow beside the rows, with how to read them: imports lead down only, and are not repeated."""
    x, middle = LEFT / 2 + 10, height / 2
    turned = [f'class="side" transform="translate({x - left},{middle}) rotate(-90)"' for left in (26, 10)]
    return (
        f'<path d="M{x},{MARGIN} V{height - MARGIN} m-6,-10 l6,10 l6,-10"/>'
        f"<text {turned[0]}>a package imports only from below;</text>"
        f"<text {turned[1]}>what these packages import in turn is not named again</text>"
    )


def _box(name: str, place: tuple[float, float, float], uses: set[str]) -> str:
    """A package's box: its name, what it holds, what it imports."""
    x, y, width = place
    middle = x + width / 2
    below = "imports " + ", ".join(sorted(uses)) if uses else "imports no other package"
    lines = [("name", name), *(("what", line) for line in what_lines(name, width)), ("uses", below)]
    first = y + (BOX - 17 * len(lines)) / 2 + 14
    texts = (
        f'<text class="{kind}" x="{middle:.0f}" y="{first + 17 * number:.0f}">{escape(line)}</text>'
        for number, (kind, line) in enumerate(lines)
    )
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="5"/>{"".join(texts)}'


def what_lines(name: str, width: float) -> list[str]:
    """What a package holds, in lines that fit a box of that width."""
    return textwrap.wrap(_what(name), int((width - 2 * GAP) / LETTER), break_on_hyphens=False)


def _what(name: str) -> str:
    """What a package holds: the first line of its docstring behind the colon, without the full stop."""
    text = (ROOT / "src" / "halfcell" / name / "__init__.py").read_text(encoding="utf-8")
    first = text.removeprefix('"""').split("\n")[0].removesuffix('"""')
    return first.split(": ", 1)[-1].rstrip(".")


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")
