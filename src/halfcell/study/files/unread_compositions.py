"""Compositions of samples that look like shares but are none: unequal separators, or a sum that is not 100."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.study.files.subjects import Subjects

_SHARE: Final = re.compile(r"(?:[A-Z][\w()/-]*\s*[:=]?\s+\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\s*(?:wt)?\s*%\s*[A-Z])")


def unread_compositions(subjects: Subjects) -> Iterator[str]:
    """One remark for each composition with shares that is kept as a text; formulas and words are no shares."""
    for name, sample in subjects.samples.items():
        text = sample.meta.get("composition", "")
        if text and not sample.composition_wt_percent and _SHARE.search(text):
            place = subjects.place("sample", name, "composition")
            yield f"{place}: {text!r} is not read as a composition; write Si 80, Sn 10, C 10 (wt%, 100 in all)"
