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
RESPONSE = "predicted_response"
PREDICTED = {"cycling": PREDICTION, "voltammetry": RESPONSE, "impedance": RESPONSE}
"""Techniques whose figures can carry a prediction, and the technique that makes it."""


def is_predicting(technique: str) -> bool:
    """Whether a technique makes predictions itself."""
    return technique in PREDICTED.values()


def predicting_technique(technique: str) -> str:
    """The technique that predicts what another one, or itself, shows."""
    return technique if is_predicting(technique) else PREDICTED.get(technique, PREDICTION)


def as_prediction(part: Part, kind: Kind) -> Part:
    """A table with `predict` is that of the prediction itself, unless it names something else."""
    if kind == "table" and part.predict and not part.technique and not part.show:
        return replace(part, technique=PREDICTION)
    return part


def predicting_part(files: StudyFiles, part: Part, technique: Technique) -> Part:
    """The part as the predicting steps see it: the card, and what of the settings of what was measured concerns them.

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
    measured = {name for name, predicting in PREDICTED.items() if predicting == technique.name}
    of_study = {
        name: value
        for written, values in files.file.settings.items()
        if technique_name(written) in measured
        for name, value in values.items()
    }
    given = {name: value for name, value in {**of_study, **part.set}.items() if name in known}
    return replace(part, technique=technique.name, show="", set={**given, "card": part.predict})


def wrong_prediction(files: StudyFiles, part: Part, kind: Kind) -> tuple[InputError, ...]:
    """Why a part cannot carry the prediction that it asks for."""
    where = files.lines.place((*part.path, "predict"))
    if kind == "table":
        what = f"{part.show!r} of {part.technique} carries no prediction"
        return (InputError(what, where, "leave out technique and show: the table then sets measured beside predicted"),)
    if part.technique not in PREDICTED:
        hint = f"figures of {', '.join(PREDICTED)} have one"
        return (InputError(f"there is no prediction of {part.technique}", where, hint),)
    shows = _shows(part.technique)
    if part.show not in shows:
        near = did_you_mean(part.show, shows) or f"there is one of {', '.join(shows)}"
        return (InputError(f"there is no prediction of {part.show!r}", where, near),)
    return ()


def _shows(technique: str) -> list[str]:
    """The figures of a technique that carry a prediction."""
    from halfcell.twin.techniques.predicted_response.overlays import OVERLAYS as RESPONSES
    from halfcell.twin.techniques.prediction.overlays import OVERLAYS

    return list(RESPONSES[technique]) if technique in RESPONSES else list(OVERLAYS)
