"""A finished document made by hand: figures, tables, doubts, a failure, files not used, truth."""

from __future__ import annotations

from gallery.electro import cycling, nyquist
from gallery.materials import sizes
from gallery.pictures import layered_cell
from halfcell.core.document import Acceptance, Author, Document, Item, Number, Origin, Section
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.source import Source
from halfcell.core.table import Column, Entry, Table

DOUBT = Note("doubt", "few_points", "Only 3 points < 5 in the window & no rest")
DRIFT = Note("correction", "drift", "A drift of 0.03 nm/s was taken off")
REASON = "The cell was opened after three points"
TOLD = Note("info", "mass_basis", "Capacities are per gram of active material")


def origin(name: str, quantity: str) -> Origin:
    """The origin of a number of a sample."""
    return Origin(
        result=("ab12" * 16 if name == "Si" else "cd34" * 16),
        technique="cycling",
        version="1",
        quantity=quantity,
        label=name,
        formula="charge / discharge of cycle 1",
        settings={"kind": "half", "active_mass_mg": 1.2, "window": None},
        sources=(Source(path=f"raw/cycling/{name.replace('/', '_')}.mpt", sha256="0f" * 32, reader="biologic_mpt"),),
        notes=(TOLD,),
        code_version="halfcell 0.1.0",
    )


def number(item: str, name: str, quantity: str, value: Quantity) -> Number:
    """A number of an item."""
    return Number(id=f"{item}:{name}:{quantity}", printed=value.number, quantity=value, origin=origin(name, quantity))


def _entry(one: Number, doubt: str = "") -> Entry:
    text = one.quantity.number
    return Entry(text=text, quantity=one.quantity, origin=f"{one.origin.result}:{one.origin.quantity}", doubt=doubt)


def first_cycles() -> Item:
    """A table with numbers, a doubt, a merged cell, a power of ten, a name that looks like markup."""
    ice = number("S1", "Si", "ice", Quantity(83.6371, "%", 0.2, "propagated", 1))
    small = number("S1", "CoSi2", "sigma", Quantity(-3.07e-9, "S/cm", 1.2e-10, "fit covariance"))
    rows: tuple[tuple[Entry | None, ...], ...] = (
        (Entry(text="Si"), _entry(ice, DOUBT.text), Entry(text="-")),
        (Entry(text="Si/a-Sn/CoSi2", rows=2), Entry(text="crush <no> unloading", columns=2), None),
        (None, Entry(text="12.3"), _entry(small)),
    )
    columns = (
        Column(key="label", label="Materials"),
        Column(key="ice", label="Initial Coulombic efficiency", unit="%"),
        Column(key="sigma", label="Conductivity", unit="S cm-1"),
    )
    table = Table(columns=columns, rows=rows, notes=("Retention of Si/CoSi2 at 300 mA g-1.",))
    return Item(
        id="S1",
        kind="table",
        name="Table S1",
        caption="Performance of Si/a-Sn/CoSi2 anodes at 300 mA g-1",
        table=table,
        numbers=(ice, small),
        notes=(("Si", DOUBT), ("CoSi2", DRIFT), ("Si", TOLD)),
        accepted=(Acceptance(label="Si", note=DOUBT, reason=REASON),),
        simulated=True,
    )


def document() -> Document:
    """The whole: three figures, a table, a figure that failed."""
    figures = (
        ("S1", layered_cell(), "Schematic of the cell"),
        ("S3", sizes(), "Sizes of Si crystallites in Si/a-Sn/CoSi2"),
        ("S7", cycling(), "Cycling of Si/CoSi2 at 300 mA g–1"),
        ("S28", nyquist(), "Impedance of the anode after 10, 50 and 100 cycles. a Nyquist plots and b resistances"),
    )
    items = [
        Item(
            id=name,
            kind="figure",
            name=f"Fig. {name}",
            caption=caption,
            figure=figure,
            numbers=(number(f"Fig. {name}", "Si", "size", Quantity(12.2, "nm", 0.2, "fit covariance")),),
            notes=(("CoSi2", DRIFT),),
            simulated=figure.simulated,
        )
        for name, figure, caption in figures
    ]
    failed = Item(
        id="S29", kind="figure", name="Fig. S29", caption="Isotherms", failure="raw/bet.csv: cut off at line 7"
    )
    truth = Table(
        columns=(
            Column(key="subject", label="Subject"),
            Column(key="unit", label="Unit"),
            Column(key="t", label="Put in"),
        ),
        rows=((Entry(text="CoSi2"), Entry(text="um"), Entry(text="-0.00")),),
    )
    return Document(
        title="Si/a-Sn/CoSi2/G/C anode: <a test>",
        subtitle="Supplementary information",
        authors=(
            Author(name="Ada Lovelace", affiliations=("Analytical Engines, London",), email="ada@example.org"),
            Author(name="Charles Babbage", affiliations=("Analytical Engines, London", "Cambridge")),
        ),
        methods=(Section(title="Impedance spectroscopy", text="Spectra were recorded at 25 °C in LiPF6."),),
        items=(*items, failed, first_cycles()),
        unmatched=("raw/notes.doc: no pattern takes it",),
        truth=truth,
        simulated=True,
        code_version="halfcell 0.1.0",
    )
