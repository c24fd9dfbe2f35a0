"""Relations that the words of a table suggest: they need less agreement of the other rows than others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.number_relations.columns import Column
    from halfcell.audit.number_relations.forms import Relation

_MEAN = re.compile(r"\b(?:mean|average|avg|ave|averaged|x̄)\b|⟨|¯", re.IGNORECASE)
_DEVIATION = re.compile(
    r"\b(?:s\.?d\.?|std\.?|st\.? ?dev\.?|standard deviation|deviation|stdev)(?:\b|$)|σ|±", re.IGNORECASE
)
_TOTAL = re.compile(r"total|\b(?:tot|sum|overall|whole|combined|gross|both|cell)\b|tot\b|Σ", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:loss(?:es)?|decay|drop|irreversible|fade|fading|hysteresis|polari[sz]ation|gap|net|change|gain|increase"
    r"|decrease|difference|excess|self.discharge|consumed|removed|lost|left|remaining|overpotential|rest)\b|Δ",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:swelling|expansion|change|increase|decrease|loss|growth|gain|fade|fading|shrinkage|thickening|deviation"
    r"|difference|variation|error|rise|reduction|excess|oversize|compression|uptake|share|fraction|porosity|contribution"
    r"|self.discharge|decay|drop|improvement)\b|Δ",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"\b(?:ratio|efficiency|retention|retained|utili[sz]ation|fraction|share|relative|yield|capability|percentage"
    r"|degree|recovery|tortuosity|number|factor|CE|ICE|EE|CR|content|span|densification|proportion)\b|/|:|%|η",
    re.IGNORECASE,
)
_CHANGE_ONLY = re.compile(
    r"\b(?:change|increase|decrease|growth|gain|rise|drop|loss|fade|fading|reduction|relative to|deviation)\b|Δ",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:share|fraction|contribution|ratio|proportion|percentage|content|part)\b", re.IGNORECASE)
_FOIL = re.compile(
    r"\b(?:foil|collector|substrate|with|without|net|gross|crucible|disc|disk|electrode)\b", re.IGNORECASE
)
MASSES = {(0, 0, 0, 1, 0, 0, 0), (0, 0, 0, 1, -2, 0, 0)}  # of which a recipe makes constant parts: mass, mass per area
LENGTH = (0, 0, 0, 0, 1, 0, 0)  # powers of A, V, s, kg, m, K and mol: m
RESISTANCE = (-1, 1, 0, 0, 0, 0, 0)  # ohm in powers of A, V, s, kg, m, K, mol
CONDUCTIVITY = (1, -1, 0, 0, -1, 0, 0)  # S/m in the same powers
DENSITY = (0, 0, 0, 1, -3, 0, 0)  # kg/m3 in the same powers
_POROUS = re.compile(r"\b(?:porosity|void|pore)\b|ε", re.IGNORECASE)
_PAIRS = (  # a target, an input, its power: what makes their product constant is a constant of nature or of the setup
    (r"\b[Cc]urrent\b|^[jJiI]\b", r"\b[Rr]ate\b|^C[ -]rate", 1),
    (r"\b[Ee]xchange\b|^[ji]_?0", r"^R_?ct|^ASR|\b[Rr]esistance\b", -1),
    (r"\b[Dd]iffusi\w+|^D[_ ]?(?:Li|Na|K|app)?", r"\b[Ww]arburg\b|^σ_?w|^A_?w|\b[Ss]lope\b", -2),
    (r"^L_?a\b|\b[Ii]n.plane\b|\b[Ll]ateral\b", r"I_?D\d? ?/ ?I_?G|A_?D\d? ?/ ?A_?G|\bD ?/ ?G\b", -1),
    (r"\b[Tt]heor\w*|^Q_?th", r"\b[Mm]olar\b|^M\b|\b[Ff]ormula (?:mass|weight)\b", -1),
    (r"\b[Mm]ass\b|^m\b|\b[Ww]eight\b", r"\b[Aa]mount\b|^n\b|\b[Mm]oles?\b", 1),
    (r"\b[Rr]elative density\b|\b[Dd]ensification\b|\bTD\b", r"\b[Dd]ensity\b|^ρ", 1),
    (r"^(?:1|10(?:00|\^?3)) ?/ ?T\b", r"^T\b|\b[Tt]emperature\b", -1),
    (r"\bper cycle\b|/ ?cycle", r"\b(?:[Dd]ecay|[Ll]oss|[Ff]ade|[Ff]ading|[Dd]rop)\b", 1),
)


def is_natural(relation: Relation, columns: Sequence[Column]) -> bool:
    """Whether the words of the target say that it is calculated so."""
    target, group = relation.target, relation.group
    if group == "mean":
        return _is_mean(relation, columns)
    if group == "whole":
        return _is_run(relation, columns)
    if group == "sum":
        others = any(_DIFFERENCE.search(c.label) for c in relation.inputs) and len(relation.inputs) == 2
        gross = target.dimension in MASSES and any(_FOIL.search(c.label) for c in relation.inputs)
        return bool(_TOTAL.search(target.label)) or others or (gross and len(relation.inputs) == 2)
    if group == "change" or (group == "ratio" and target.is_pure):
        return _is_share(relation)
    if group in {"product", "ratio", "long"} and not target.is_pure:
        return len(relation.inputs) > 1 and all(column.has_unit and not column.is_pure for column in relation.inputs)
    return _is_pair(relation)


def _is_share(relation: Relation) -> bool:
    """Whether the target is called a ratio, a change, or a part of a whole."""
    target = relation.target
    if relation.group == "change" and "(" not in relation.words.split(" / ", maxsplit=1)[0]:
        return bool(_PART.search(target.label))
    ratio, change = bool(_RATIO.search(target.label)), bool(_CHANGE.search(target.label))
    said, otherwise = (change, ratio) if relation.group == "change" else (ratio, change)
    return said or (target.is_share and not otherwise)


def _is_mean(relation: Relation, columns: Sequence[Column]) -> bool:
    named = _DEVIATION if relation.words.startswith("the standard") else _MEAN
    others = any(_MEAN.search(c.label) or _DEVIATION.search(c.label) for c in relation.inputs)
    return bool(named.search(relation.target.label)) and not others and _is_maximal(relation, columns)


def _is_maximal(relation: Relation, columns: Sequence[Column]) -> bool:
    """Whether the inputs are all columns of their kind on their side of the target, means and deviations aside."""
    places = {column.place for column in relation.inputs}
    beside = [c for c in columns if c.place in {min(places) - 1, max(places) + 1} and c is not relation.target]
    return not any(
        c.alike(relation.target) and not _MEAN.search(c.label) and not _DEVIATION.search(c.label) for c in beside
    )


def _is_run(relation: Relation, columns: Sequence[Column]) -> bool:
    """Whether the parts of a whole are all columns of their kind side by side, a total aside."""
    parts = {relation.target.place, *(column.place for column in relation.inputs)}
    beside = [c for c in columns if c.alike(relation.target) and c.place in {min(parts) - 1, max(parts) + 1}]
    one_group = len({column.key[1] for column in (relation.target, *relation.inputs)}) == 1
    others = [c for c in beside if not _TOTAL.search(c.label) and c.key[1] == relation.target.key[1]]
    return one_group and not others and max(parts) - min(parts) == len(parts) - 1


def _is_pair(relation: Relation) -> bool:
    """Whether an open constant is one of nature, of a recipe, or of a part that all rows share."""
    target, one = relation.target, relation.inputs[0]
    if not relation.free or len(relation.inputs) > 1:
        made = tuple(c.dimension for c in (target, *relation.inputs))
        return bool(relation.free) and relation.power == 1 and made == (CONDUCTIVITY, LENGTH, RESISTANCE)
    if relation.turned:
        named = _POROUS.search(target.label) if relation.turned < 0 and one.dimension == DENSITY else None
        return bool(named) or (target.is_share and bool(_CHANGE_ONLY.search(target.label)))
    if relation.free == "term" or (target.alike(one) and relation.power == 1):
        foil = relation.free != "term" or _FOIL.search(f"{target.label} {one.label}")
        return target.dimension in MASSES and bool(foil)
    return any(
        power == relation.power and re.search(left, target.label) and re.search(right, one.label)
        for left, right, power in _PAIRS
    )
