"""Compose a figure or table: its technique makes each part from the results; panels, caption and notes are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from halfcell.core.figure import Figure
from halfcell.core.looks.records import FigureLook
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note
from halfcell.core.table import Table
from halfcell.render.looks.figure import looked as fit_look
from halfcell.study.cache.results import Store
from halfcell.study.files.item_spec import ItemSpec, Part, is_own
from halfcell.study.items.default_caption import default_caption
from halfcell.study.items.hidden_efficiencies import with_hidden_efficiencies
from halfcell.study.items.labelled_results import label_results
from halfcell.study.items.look_notes import look_notes, look_of_panels, unseen_style
from halfcell.study.items.omitted import ShownPart, empty_panel, show_all_but_refused, with_missing
from halfcell.study.items.own.curves import with_curves
from halfcell.study.items.own.part import own_part, own_sources
from halfcell.study.items.replicates.groups import group_notes
from halfcell.study.items.replicates.outliers import outlier_notes
from halfcell.study.items.replicates.shown_groups import show_groups
from halfcell.study.items.traced import Traced
from halfcell.study.items.without_row import LabelledNote, results_without_row, with_reasons_below
from halfcell.study.plan.identified_plan import IdentifiedItem, SameContent, Slot
from halfcell.study.plan.vanished_subjects import VanishedSubject
from halfcell.techniques import technique

_PAGE_MM = 210.0  # of a page, for the panels of a figure above its caption


@dataclass(frozen=True, kw_only=True, eq=False)
class ComposedItem:
    """A finished figure or table, and what is known of its subjects.

    `parts` are the results of each part; `shown` are the results that are really shown, each once. The subjects in
    `missing` could not be shown, those in `vanished` no longer have a file, those in `copies` have a file with the
    content of another one, and those in `without_row` have no row in the table; `of_look` is what its author wrote of
    its look and nobody sees, `unseen_style` are the keys of the study's style that change nothing here.
    """

    content: Figure | Table
    parts: tuple[tuple[Traced, ...], ...]
    shown: tuple[Traced, ...]
    missing: tuple[MissingSubject, ...]
    vanished: tuple[VanishedSubject, ...] = ()
    copies: tuple[SameContent, ...] = ()
    without_row: tuple[LabelledNote, ...] = ()
    of_look: tuple[LabelledNote, ...] = ()
    unseen_style: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[LabelledNote, ...]:
        """The notes on subjects that are not shown or are copies, then those of the results; each with its label."""
        vanished = ((subject.label, Note("doubt", "file_gone", subject.text)) for subject in self.vanished)
        copies = ((label, Note("doubt", "same_content", text)) for label, text in self.copies)
        of_groups = (*group_notes(self.shown), *outlier_notes(self.content, self.shown))
        of_results = ((one.result.label, note) for one in self.shown for note in one.result.notes)
        return (*vanished, *self.without_row, *self.of_look, *copies, *of_groups, *of_results)


def compose_item(item: IdentifiedItem, store: Store) -> ComposedItem:
    """Make the figure or table of an item from the results in the store; missing results are computed.

    Raises
    ------
    HalfcellError
        If a technique refuses all results of a part, or refuses them without saying which.
    """
    spec = item.spec
    parts = labelled_parts(item, store)
    shown_parts = [_show_part(item, number, results, store) for number, results in enumerate(parts)]
    shown = tuple({(one.result.id, one.result.label): one for part in shown_parts for one in part.results}.values())
    states = (state for one in shown for state in one.missing)
    refused = (subject for part in shown_parts for subject in part.missing)
    missing = tuple(dict.fromkeys([*item.missing, *states, *refused]))
    simulated = any(one.result.simulated for one in shown)
    content = _put_together(spec, [part.content for part in shown_parts], simulated=simulated)
    if not content.caption:
        labels = [[one.result.label for one in part.results] for part in shown_parts]
        content = replace(content, caption=default_caption(spec, labels))
    without_row, of_look = tuple[LabelledNote, ...](), tuple[LabelledNote, ...]()
    if isinstance(content, Figure):
        content, of_look = _looked(content, spec, [part.content for part in shown_parts])
    if isinstance(content, Table):
        without_row = results_without_row(content, [one.result for one in shown])
        content = with_reasons_below(content, without_row)
    return ComposedItem(
        content=with_missing(content, missing),
        parts=parts,
        shown=shown,
        missing=missing,
        vanished=item.vanished,
        copies=item.copies,
        without_row=without_row,
        of_look=of_look,
        unseen_style=unseen_style(content, spec.style) if isinstance(content, Figure) else (),
    )


def labelled_parts(item: IdentifiedItem, store: Store) -> tuple[tuple[Traced, ...], ...]:
    """The results of each part of an item, each with its printed name; missing results are computed."""
    return tuple(_labelled(of, part, store) for of, part in zip(item.spec.parts, item.parts, strict=True))


def _labelled(of: Part, slots: Sequence[Slot], store: Store) -> tuple[Traced, ...]:
    """The results of a part; predictions come after what was measured, under the same names."""
    measured = [slot for slot in slots if slot.step.technique == of.technique]
    predicted = [slot for slot in slots if slot.step.technique != of.technique]
    return (*label_results(measured, store), *label_results(predicted, store))


def _show_part(item: IdentifiedItem, number: int, results: Sequence[Traced], store: Store) -> ShownPart:
    """What one part shows; if none of its subjects is left, an empty panel in its place."""
    spec = item.spec
    if is_own(spec.parts[number]):
        return own_part(item, spec.parts[number], store.root)
    measured = [one for one in results if one.result.technique == spec.parts[number].technique]
    if not measured:
        return ShownPart(empty_panel(spec.parts[number].title), (), ())
    call = partial(show_groups, partial(_call_technique, spec, number, store.root))
    shown = show_all_but_refused(call, measured)
    shown = _with_predictions(shown, spec.parts[number], [one for one in results if one not in measured])
    brought = own_sources(item, spec.parts[number]) if spec.parts[number].own.curves else ()
    return shown._replace(results=(*shown.results, *brought))


def _with_predictions(shown: ShownPart, part: Part, predicted: Sequence[Traced]) -> ShownPart:
    """What a part shows with the predictions of the cells that it shows, which are traced like all results."""
    labels = {one.result.label for one in shown.results}
    kept = [one for one in predicted if one.result.label in labels]
    if not kept or not isinstance(shown.content, Figure):
        return shown
    from halfcell.twin.techniques.predicted_response.overlays import with_responses
    from halfcell.twin.techniques.predicted_response.result import PredictedResponseResult
    from halfcell.twin.techniques.prediction.overlays import with_predictions
    from halfcell.twin.techniques.prediction.result import PredictionResult

    responses = [one.result for one in kept if isinstance(one.result, PredictedResponseResult)]
    results = [one.result for one in kept if isinstance(one.result, PredictionResult)]
    content = with_responses(shown.content, part.show, responses) if responses else shown.content
    content = with_predictions(content, part.show, results) if results else content
    return shown._replace(content=content, results=(*shown.results, *kept))


def _call_technique(spec: ItemSpec, number: int, root: Path, traced: Sequence[Traced]) -> Figure | Table:
    """Let the technique of a part make its figure or table; the part's title is put above the first panel."""
    part, part_technique = spec.parts[number], technique(spec.parts[number].technique)
    results = [one.result for one in traced]
    if spec.kind == "table":
        return part_technique.tables[part.show](results)
    figure = part_technique.figures[part.show](results)
    if part.own.curves:
        figure = with_curves(figure, part.own.curves, root)
    if not part.title or not figure.panels:
        return figure
    return replace(figure, panels=(replace(figure.panels[0], title=part.title), *figure.panels[1:]))


def _put_together(spec: ItemSpec, contents: Sequence[Figure | Table], *, simulated: bool) -> Figure | Table:
    """One figure or table from all parts, with the caption and the sizes that the study file gives."""
    first = contents[0]
    if isinstance(first, Table):
        return replace(first, caption=spec.caption or first.caption, simulated=first.simulated or simulated)
    figures = [content for content in contents if isinstance(content, Figure)]
    figure = _combine_panels(spec, figures) if spec.composite else first
    return replace(
        figure,
        caption=spec.caption or figure.caption,
        width_mm=spec.width_mm or figure.width_mm,
        columns=spec.columns or figure.columns,
        panel_height_mm=spec.panel_height_mm or figure.panel_height_mm,
        simulated=figure.simulated or simulated,
        look=spec.style,
    )


def _looked(
    styled: Figure, spec: ItemSpec, contents: Sequence[Figure | Table]
) -> tuple[Figure, tuple[LabelledNote, ...]]:
    """The figure with its own look, which must fit it, and what of this look nobody sees.

    Raises
    ------
    InputError
        If it does not fit: an unknown series, or a unit of something else.
    """
    counts = [len(content.panels) for content in contents if isinstance(content, Figure)]
    look = look_of_panels(spec, counts)
    figure = styled.with_look(look)
    figure = with_hidden_efficiencies(figure, fit_look(figure))
    if look == FigureLook() and spec.columns is None:
        return figure, ()
    return figure, look_notes(styled, spec, look, counts)


def panel_height(spec: ItemSpec, figures: Sequence[Figure], rows: int) -> float:
    """The height of all panels: the least of different shows; of one show the largest that fits on a page.

    Curves above one another need their height.
    """
    heights = [figure.panel_height_mm for figure in figures]
    if len({(part.technique, part.show) for part in spec.parts}) > 1:
        return min(heights)
    return max(min(heights), min(max(heights), _PAGE_MM / rows))


def _combine_panels(spec: ItemSpec, figures: Sequence[Figure]) -> Figure:
    """The panels of several figures in one grid."""
    panels = tuple(panel for figure in figures for panel in figure.panels)
    columns = spec.columns or min(len(panels), 3)
    widths = {1: 90.0, 2: 140.0}
    return Figure(
        panels=panels,
        caption=next((figure.caption for figure in figures if figure.caption), ""),
        width_mm=spec.width_mm or widths.get(columns, 180),
        columns=columns,
        panel_height_mm=panel_height(spec, figures, -(-len(panels) // columns)),
        simulated=any(figure.simulated for figure in figures),
        notes=tuple(dict.fromkeys(note for figure in figures for note in figure.notes)),
    )
