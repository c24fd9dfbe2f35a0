"""The results of an item's subjects, each with the name that is printed for it."""

from __future__ import annotations

from collections.abc import Sequence

from halfcell.core.missing_subject import MissingSubject
from halfcell.study.cache.results import Store
from halfcell.study.cache.step_results import StepResults
from halfcell.study.execute.step import compute_step, with_present_paths
from halfcell.study.items.traced import Traced
from halfcell.study.plan.identified_plan import Slot, Step
from halfcell.techniques.analysis import distinct_labels


def results_of_step(step: Step, store: Store) -> StepResults:
    """The results of a step from the store; if they are missing or damaged, they are computed and stored."""
    stored = store.load_results(step.id)
    if stored is None:
        stored = compute_step(step, store.root)
        store.save_results(step.id, stored)
    return with_present_paths(stored, step)


def label_results(part: Sequence[Slot], store: Store) -> tuple[Traced, ...]:
    """The results of one part of an item, each with its printed name.

    The only result of a subject has the subject's name. Several results of a subject are told apart by the words of
    their files' names; if the whole part shows one subject, those words alone are the name.
    """
    found = [
        (slot, result, tag, stored)
        for slot in part
        for stored in [results_of_step(slot.step, store)]
        for result, tag in zip(stored.results, stored.tags, strict=True)
    ]
    subjects = [slot.label for slot, *_ in found]
    is_one_subject = len(set(subjects)) == 1
    labels = []
    for slot, _, tag, _ in found:
        if subjects.count(slot.label) == 1 or not tag:
            labels.append(slot.label)
        else:
            labels.append(tag if is_one_subject else f"{slot.label}, {tag}")
    labels = distinct_labels(labels, [result for _, result, *_ in found])
    return tuple(
        Traced(
            result=result.stamped(label=label),
            code_version=stored.code_version,
            missing=_missing_states(stored, "" if is_one_subject else slot.label),
            group=slot.group and (f"{slot.group}, {tag}" if subjects.count(slot.label) > 1 and tag else slot.group),
        )
        for (slot, result, tag, stored), label in zip(found, labels, strict=True)
    )


def _missing_states(stored: StepResults, subject: str) -> tuple[MissingSubject, ...]:
    """The states that are missing from a series, by the names that would be printed for them."""
    return tuple(MissingSubject(f"{subject}, {tag}" if subject else tag, why) for tag, why in stored.missing)
