"""Other real inputs: cell records, parameter sets, a filled form, a list of conductivities."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit import Report, audit_file
from halfcell.audit.claims import Finding, Verdict


def _of(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def test_cell_records_hold(data: Path) -> None:
    """Six real coin cells: active mass, balancing capacity, N:P and overlap; the seventh record is empty."""
    report = audit_file(data / "audit" / "aurora" / "aurora_samples.csv")
    assert report.alarms == ()
    for rule, what in (
        ("mass_fraction", "active mass of the"),
        ("np_ratio", "balancing"),
        ("np_ratio", "overlap"),
        ("np_ratio", "N:P"),
    ):
        found = [f for f in _of(report, rule) if f.what.startswith(what)]
        assert len(found) == (12 if "active" in what or "balancing" in what else 6), what
        assert {f.verdict for f in found} <= {Verdict.HOLDS, Verdict.WEAK}
    ratio = next(f for f in _of(report, "np_ratio") if f.what.startswith("N:P ratio of") and "1.5961" in f.printed)
    assert "3.0993" in ratio.explain
    assert "0.8711" in ratio.explain


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("lfp_18650_cell_BPX.json", ("2.0801 A.h, Positive electrode 2.0801 A.h", "+4.0%", "0.9635", "0.9400")),
        ("nmc_pouch_cell_BPX.json", ("13.1873 A.h, Positive electrode 13.1874 A.h", "+5.5%", "0.9400", "0.9400")),
    ],
)
def test_parameter_sets_hold(data: Path, name: str, words: tuple[str, ...]) -> None:
    found = _of(audit_file(data / "audit" / "bpx" / name), "lithium_inventory")
    assert [finding.verdict for finding in found] == [Verdict.HOLDS] * 3
    text = " ".join(finding.explain for finding in found)
    assert all(word in text for word in words)


def test_filled_form(data: Path) -> None:
    """What the paper of the form stated and what not, according to its filled fields."""
    found = _of(audit_file(data / "audit" / "meta" / "meta_characterisation_example.csv"), "checklist")
    stated = {f.what.split(": ")[1].split(" (")[0] for f in found if f.verdict is Verdict.HOLDS}
    missing = {f.what.split(": ")[1].split(" (")[0] for f in found if f.verdict is Verdict.UNCHECKED}
    assert {
        "N/P ratio",
        "mass loading",
        "calendering or porosity",
        "C-rate or current density",
        "voltage window",
    } <= stated
    assert missing >= {
        "electrolyte volume", "electrolyte ratio", "electrode thickness", "how the thickness was measured",
        "temperature", "constant-voltage step", "formation or activation cycles", "number of cells, replicates, spread",
    }  # fmt: skip


def test_conductivities_hold(data: Path) -> None:
    """27 entries print bulk and total conductivity; none has them swapped."""
    report = audit_file(data / "audit" / "obelix" / "all.csv")
    found = _of(report, "bulk_conductivity")
    assert len(found) == 27
    assert Verdict.FAILS not in {finding.verdict for finding in found}
    assert report.alarms == ()


def test_theoretical_capacity_of_a_wrong_formula() -> None:
    """A published list prints LTO as Ti5O12 with 186 mAh/g, its four Li left out of the mass; the spinel has 175."""
    from halfcell.materials.couples import couple
    from halfcell.materials.formulas import FARADAY_MAH_PER_MOL, molar_mass

    spinel = couple("LTO")
    assert spinel is not None
    assert round(spinel.capacity_mah_per_g, 1) == 175.1
    assert round(3 * FARADAY_MAH_PER_MOL / molar_mass("Ti5O12")) == 186
    for name, capacity in (("LFP", 169.9), ("LCO", 273.8), ("NCA", 278.9), ("NMC622", 276.5), ("NMC811", 275.5)):
        known = couple(name)
        assert known is not None
        assert round(known.capacity_mah_per_g, 1) == pytest.approx(capacity, abs=0.11)
