"""The page of the keys of study.toml; it is made only if every key of the program is explained, and no other."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from _make.markdown import MADE, page, table
from halfcell.study.files.document_grammar import AcceptEntry, AuthorEntry, ReferencesEntry
from halfcell.study.files.grammar import GRAMMAR
from halfcell.study.files.json_schema import keys_of_style
from halfcell.study.files.own_content import TABLE_OWN_KEYS
from halfcell.study.files.publication_grammar import PublicationEntry

INTRO = """`study.toml` is written in [TOML](https://toml.io): `key = value`, texts in quotes, `[table]` begins a
table, `[[figure]]` the next of several. [Write a study](../how-to/write-a-study.md) is the introduction. `halfcell
check` names every mistake with its line; `halfcell schema` lets [your editor](../how-to/editors-and-shells.md)
complete these keys. Where a list is asked for, a single word will do."""
RAW = """`technique = "pattern"`, a list of patterns, or `{ pattern = ..., columns = { ... }, reader = "..." }`:

- `{cell}` or `{sample}` is the name of the subject, as in its table; a special character stands for any special
  character.
- `{word}` is any other part that tells files of a subject apart: a cycle, a state, a temperature. `select` and the
  labels use it.
- `*` matches anything, `?` one character; `/` separates folders on every system.
- `columns` maps the columns of a plain table, see [write a study](../how-to/write-a-study.md#study-toml); `reader`
  names a reader."""
PARTS = (
    (
        "style",
        "`[style]`",
        "Besides the keys of looks above; see [make figures look the way you want](../how-to/style-figures.md).",
    ),
    ("author", "`[[author]]`", ""),
    ("references", "`[references]`", ""),
    ("accept", "`[[accept]]`", "See [doubt and refusal](../explanation/doubt-and-refusal.md)."),
    ("publication", "`[publication]`", "See [deposit a study](../how-to/deposit-a-study.md)."),
    ("truth", "`[truth]`", ""),
)


def study_keys() -> str:
    """The page."""
    meanings = tomllib.loads(Path(__file__).with_name("study_keys.toml").read_text(encoding="utf-8"))
    known = _known()
    for part, names in known.items():
        _check(part, meanings[part], names)
    parts = [MADE, "# The keys of study.toml", INTRO, _table(meanings["top"])]
    parts += ["## `[raw]`", RAW, "## `[[figure]]`", _table(meanings["figure"])]
    parts += [
        "Content of your own ([how](../how-to/own-content.md)), for a figure or a panel:",
        _table(meanings["own"]),
    ]
    parts += [
        "Looks ([how](../how-to/style-figures.md)), for a figure, a panel, or in `[style]`:",
        _table(meanings["look"]),
    ]
    parts += ["## `[[table]]`", _table(meanings["table"])]
    for part, head, said in PARTS:
        parts += [f"## {head}", said, _table(meanings[part])]
    return page(parts)


def _table(meanings: Mapping[str, str]) -> str:
    return table(("key", "meaning"), [(f"`{key}`", text) for key, text in meanings.items()])


def _known() -> dict[str, set[str]]:
    looks = GRAMMAR.figure_looks | GRAMMAR.panel_looks
    return {
        "top": _fields(GRAMMAR.top),
        "figure": _fields(GRAMMAR.figure),
        "table": _fields(GRAMMAR.table) | set(TABLE_OWN_KEYS),
        "own": set(GRAMMAR.own),
        "look": set(looks),
        "style": (set(keys_of_style()) | {"folder"}) - set(looks),
        "author": _fields(AuthorEntry),
        "references": _fields(ReferencesEntry),
        "accept": _fields(AcceptEntry),
        "publication": _fields(PublicationEntry),
    }


def _fields(record: type) -> set[str]:
    return {one.name for one in dataclasses.fields(record)}


def _check(part: str, explained: Iterable[str], known: set[str]) -> None:
    if set(explained) != known:
        lacking, gone = sorted(known - set(explained)), sorted(set(explained) - known)
        raise ValueError(
            f"docs/_make/study_keys.toml [{part}]: lacks {lacking}, explains {gone}, which the program has not"
        )
