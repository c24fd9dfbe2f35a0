"""The in-plane size of graphitic domains follows from ID/IG and the wavelength of the laser."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, over
from halfcell.audit.interval import exactly
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "L_a / nm = 2.4e-10 (λ / nm)⁴ / (ID/IG), or 4.4 / (ID/IG) at 514 nm"
LIMITS = (
    "The wavelength is that of the text, or one of the usual lasers; of the two relations (Cançado et al., Appl. Phys. "
    "Lett. 88 (2006) 163106; Tuinstra and Koenig, J. Chem. Phys. 53 (1970) 1126) the one counts with which most rows "
    "agree."
)
LASERS = ("532", "514", "514.5", "633", "632.8", "785", "488")  # nm
CANCADO = Fraction(24, 10**11)  # nm-3
TUINSTRA = Fraction(44, 10)  # nm
_LASER = re.compile(r"(?<![\d.])(\d{3}(?:\.\d+)?)\s*nm\b")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with ID/IG and sizes."""
    texts = [*(table.caption for table in facts.paper.tables), *facts.paper.paragraphs]
    lasers = dict.fromkeys(match for text in texts for match in _LASER.findall(text[:4000]) if match in LASERS)
    factors = [(CANCADO * Fraction(name) ** 4, f"2.4e-10 × {name}⁴ nm") for name in (lasers or LASERS)]
    for records in facts.by_table().values():
        ways = [
            [claim for record in records if (claim := _claim(record, *factor))]
            for factor in (*factors, (TUINSTRA, "4.4 nm"))
        ]
        yield from best_agreeing(ways, facts.settings.rounding)


def _claim(record: Record, factor: Fraction, text: str) -> Claim | None:
    size, ratio, nanometre = record.one("in_plane_size", "nm"), record.one("raman_ratio"), parse("nm")
    if size is None or ratio is None or nanometre is None:
        return None
    return Claim(
        rule="raman_domain_size",
        what=f"{size.label} of {record.name}",
        target=size,
        direct=over(Constant(exactly(factor * nanometre.scale), text), ratio),
        severity="warning",
        soft=True,
        ask="Which relation and which laser line were used?",
    )
