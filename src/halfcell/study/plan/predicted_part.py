"""A part whose measured figure carries a prediction: the steps that predict, beside those that analyse."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.vocabulary import technique_name

if TYPE_CHECKING:
    from halfcell.study.files.item_spec import Kind, Part
    from halfcell.study.files.study_files import StudyFiles
    from halfcell.techniques import Technique

PREDICTION = "prediction"
PREDICTED = "cycling"  # the technique whose figures can carry a prediction


def as_prediction(part: Part, kind: Kind) -> Part:
    """A table with `predict` is that of the prediction itself, unless it names something else."""
    if kind == "table" and part.predict and not part.technique and not part.show:
        return replace(part, technique=PREDICTION)
    return part


def predicting_part(files: StudyFiles, part: Part, technique: Technique) -> Part:
    """The part as the predicting steps see it: the card, and what of the settings of cycling concerns them, too.

    Parameters
    ----------
    files
        The study's files.
    part
        The part with its technique and show filled in.
    technique
        The technique of predictions.
    """
    known = {item.name for item in dataclasses.fields(technique.settings)} - {"card"}
    of_study = {
        name: value
        for written, values in files.file.settings.items()
        if technique_name(written) == PREDICTED
        for name, value in values.items()
    }
    given = {name: value for name, value in {**of_study, **part.set}.items() if name in known}
    return replace(part, technique=PREDICTION, show="", set={**given, "card": part.predict})


def wrong_prediction(files: StudyFiles, part: Part, kind: Kind) -> tuple[InputError, ...]:
    """Why a part cannot carry the prediction that it asks for."""
    from halfcell.twin.techniques.prediction.overlays import OVERLAYS

    where = files.lines.place((*part.path, "predict"))
    if kind == "table":
        what = f"{part.show!r} of {part.technique} carries no prediction"
        return (InputError(what, where, "leave out technique and show: the table then sets measured beside predicted"),)
    if part.technique != PREDICTED:
        return (InputError(f"there is no prediction of {part.technique}", where, f"figures of {PREDICTED} have one"),)
    if part.show not in OVERLAYS:
        near = did_you_mean(part.show, list(OVERLAYS)) or f"there is one of {', '.join(OVERLAYS)}"
        return (InputError(f"there is no prediction of {part.show!r}", where, near),)
    return ()
