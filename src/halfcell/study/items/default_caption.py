"""The caption of an item whose author has written none: what is shown, and of which subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.vocabulary import caption_words
from halfcell.techniques.common.methods_text import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.study.files.item_spec import ItemSpec

_NAMED = 6  # subjects that a caption names; of more it tells the number


def default_caption(spec: ItemSpec, labels: Sequence[Sequence[str]]) -> str:
    """The words for what each part shows with its subjects; parts that show the same are told together.

    Parameters
    ----------
    spec
        The item.
    labels
        For each part the labels of the results that it shows.

    Returns
    -------
    str
        Empty where no part is of a technique.
    """
    subjects: dict[tuple[str, str], dict[str, None]] = {}
    for part, names in zip(spec.parts, labels, strict=True):
        if part.technique and names:
            subjects.setdefault((part.technique, part.show), {}).update(dict.fromkeys(names))
    told = [
        caption_words(technique, spec.kind, show).replace("{subjects}", _in_words([*names]))
        for (technique, show), names in subjects.items()
    ]
    return "; ".join([*told[:1], *(_begun_small(text) for text in told[1:])]) + "." * bool(told)


def _begun_small(text: str) -> str:
    """The text with a small first letter, unless it begins with a name in capitals (XRD)."""
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text


def _in_words(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{len(names)} subjects"
    return listed(names)
