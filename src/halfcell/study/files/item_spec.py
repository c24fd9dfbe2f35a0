"""Figures and tables as study.toml asks for them: an item and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from halfcell.core.looks.records import FigureLook, PanelLook
from halfcell.study.files.own_content import OwnContent

if TYPE_CHECKING:
    from halfcell.study.files.line_numbers import KeyPath

Kind = Literal["figure", "table"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One show of one technique for some subjects: a whole item, or one panel of a composite figure.

    `predict` is the path of a cell card, whose predictions are drawn into what was measured.
    """

    technique: str = ""
    show: str = ""
    samples: tuple[str, ...] | None = None
    cells: tuple[str, ...] | None = None
    set: Mapping[str, object] = field(default_factory=dict)
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    replicates: Literal["mean", "single"] | None = None
    predict: str = ""
    look: PanelLook = field(default_factory=PanelLook)
    own: OwnContent = field(default_factory=OwnContent)
    path: KeyPath = ()


def is_own(part: Part) -> bool:
    """Whether a part shows files of its author alone; own curves may also be added to what a technique shows."""
    own = part.own
    return bool(own.picture or own.table or own.stack or (own.curves and not part.technique and not part.show))


@dataclass(frozen=True, kw_only=True)
class ItemSpec:
    """A figure or a table as the study file asks for it; `path` is its place in the file.

    `style` is the look of all figures of the study, `look` what this one has otherwise.
    """

    id: str
    kind: Kind
    caption: str = ""
    parts: tuple[Part, ...] = ()
    composite: bool = False
    columns: int | None = None
    width_mm: float | None = None
    panel_height_mm: float | None = None
    style: FigureLook = field(default_factory=FigureLook)
    look: FigureLook = field(default_factory=FigureLook)
    path: KeyPath = ()

    @property
    def name(self) -> str:
        """What the caption begins with: ``Fig. S2``, ``Table S1``."""
        return f"Table {self.id}" if self.kind == "table" else f"Fig. {self.id}"

    @property
    def own_files(self) -> tuple[str, ...]:
        """The files of its author that it shows, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.own.files))

    @property
    def key(self) -> str:
        """The item's key in the study: a figure and a table may share an id."""
        return f"{self.kind} {self.id}"


def is_item_name(word: str, *names: str) -> bool:
    """Whether a word means one of an item's names; case, full stops and "Fig." for "Figure" do not matter."""

    def simplified(text: str) -> str:
        return text.lower().replace("figure", "fig").replace(".", "").replace(" ", "")

    return simplified(word) in {simplified(name) for name in names}
