"""The tutorial of Python as a Jupyter notebook: its Python blocks are the cells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "tutorials" / "notebook.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def notebook() -> str:
    """The text of the ``.ipynb`` file."""
    parts = _BLOCK.split(PAGE.read_text(encoding="utf-8"))  # words and code in turn
    cells = [_cell(number, part.strip("\n")) for number, part in enumerate(parts) if part.strip()]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    if number % 2 == 0:
        words = [re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"\1", line) for line in lines]  # no links to pages beside it
        return {"cell_type": "markdown", "id": f"cell-{number}", "metadata": {}, "source": words}
    code = {"cell_type": "code", "execution_count": None, "id": f"cell-{number}", "metadata": {}, "outputs": []}
    return {**code, "source": lines}
