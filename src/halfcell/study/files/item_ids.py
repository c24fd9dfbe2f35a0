"""The ids of figures and tables: each once, without the word before it, and with files of its own on every system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from halfcell.core.errors import InputError
from halfcell.core.file_names import file_stem, same_file, why_no_file_name
from halfcell.study.files.item_spec import ItemSpec, Kind
from halfcell.study.files.line_numbers import Lines


def wrong_ids(items: Sequence[ItemSpec], lines: Lines) -> Iterator[InputError]:
    """Ids that hold a word too many, that two items share, or that no files, or those of another item, can have."""
    yield from _wordy_ids(items, lines)
    first: dict[tuple[Kind, str], ItemSpec] = {}
    with_id = [item for item in items if item.id != "?"]
    for item in with_id:
        other = first.setdefault((item.kind, same_file(item.id)), item)
        if other is not item:
            yield _shared(item, other, lines)
        elif why := why_no_file_name(item.id):
            yield InputError(f"the id {item.id!r}: {why}", lines.place((*item.path, "id")), "give it another id")
    yield from _named_like_maps(with_id, lines)


def _wordy_ids(items: Sequence[ItemSpec], lines: Lines) -> Iterator[InputError]:
    """Ids that begin with the word that the caption puts before them: ``Table 3``."""
    for item in items:
        match = re.fullmatch(r"(?i)(?:table|fig\.?|figure)\s*(\S.*)", item.id)
        if match:
            what = (
                f"the id {item.id!r} holds the word that stands before it: its caption would begin with {item.name!r}"
            )
            yield InputError(what, lines.place((*item.path, "id")), f'id = "{match[1]}"')


def _shared(item: ItemSpec, other: ItemSpec, lines: Lines) -> InputError:
    """Two figures or two tables with one id, or with ids whose files would be the same (a figure and a table may)."""
    where, first = lines.place((*item.path, "id")), lines.place((*other.path, "id"))
    if item.id == other.id:
        what = f"two {item.kind}s have the id {item.id!r}"
        return InputError(what, where, f"the first is at {first}; give each its own id")
    what = f"the files of {item.kind} {item.id!r} would overwrite those of {other.kind} {other.id!r}"
    hint = (
        f"that is at {first}; ids that differ in case, blanks or signs alone share a file name ({file_stem(item.id)})"
    )
    return InputError(what, where, hint)


def _named_like_maps(items: Sequence[ItemSpec], lines: Lines) -> Iterator[InputError]:
    """Figures whose data file has the name of another figure's map (``S1-a-map.csv``)."""
    figures = {same_file(item.id): item for item in items if item.kind == "figure"}
    for stem, item in figures.items():
        other = next(
            (one for name, one in figures.items() if stem.startswith(f"{name}-") and stem.endswith("-map")), None
        )
        if other is not None:
            what = f"the data file of figure {item.id!r} has a name that maps of figure {other.id!r} have"
            yield InputError(what, lines.place((*item.path, "id")), "give it another id")
