"""The content of study.toml: title, tables, raw files, settings and items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from halfcell.study.files.document_spec import DocumentSpec
from halfcell.study.files.item_spec import ItemSpec
from halfcell.study.files.line_numbers import KeyPath


@dataclass(frozen=True, kw_only=True)
class RawEntry:
    """One line of ``[raw]``: the files of a technique or of a kind of measurement.

    `columns` maps the columns of a generic CSV; `reader` names the reader where several recognise a file, or the wrong
    one does; `path` is the entry's place in the file.
    """

    technique: str
    patterns: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""
    path: KeyPath = ()


@dataclass(frozen=True, kw_only=True)
class StudyFile:
    """What could be understood of study.toml; `settings` has the technique's name as written for its key.

    `style_files` are the files of the study that its style was read from.
    """

    title: str = ""
    subtitle: str = ""
    samples: str = ""
    cells: str = ""
    truth: str = ""
    raw: tuple[RawEntry, ...] = ()
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    items: tuple[ItemSpec, ...] = ()
    document: DocumentSpec = field(default_factory=DocumentSpec)
    style_files: tuple[str, ...] = ()
