"""A study made of public raw files, as a laboratory would write it: its texts, and where its files come from."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    "raw/cycling/Si-1.res": "cycling/arbin/20160805_test001_45_cc_01.res.gz",
    "raw/cycling/Si-2.csv": "cycling/neware/neware_uio.csv.gz",
    "raw/cycling/Si-3.mpr": "cycling/biologic/biol_old_datamodule2.mpr.gz",
    "raw/cycling/G-1.bdf.parquet": "cycling/derived/20231115_rate_graphite_halfcell.bdf.parquet",
    "raw/xrd/Si.asc": "more/xrd/si_rigaku.asc",
    "raw/eis/Si-1.mpt": "eis/impedance.py/exampleDataBioLogic.mpt",
    "raw/pellets/P80.csv": "more/eis/block80.csv",
    "raw/pellets/P89.csv": "more/eis/block89.csv",
    "raw/pellets/P95.csv": "more/eis/block95.csv",
    "raw/tga/PVC.txt": "materials/tga/PVC.txt",
    "photos/coating.tif": "materials/em/olympus_SIS.tif",
    "sem/powder.tif": "materials/em/test_tiff_Zeiss_SEM_1k.tif",
}

STUDY = """title = "Si and graphite electrodes of public raw files"

[raw]
cycling = "raw/cycling/{cell}.*"
xrd = "raw/xrd/{sample}.asc"
eis = "raw/eis/{cell}.mpt"
tga = "raw/tga/{sample}.txt"
ionic_conductivity = "raw/pellets/{cell}.csv"

[references]
file = "references.bib"
style = "acs"

[methods]
general = "Electrodes were coated as before [@obrovac2014; @hatchard2004]; for binders see [@mazouzi2009]."

[style]
journal = "acs"

[[author]]
name = "Ada Lovelace"
affiliation = ["University of London", "University of Cambridge"]

[[figure]]
id = "S1"
caption = "Electrodes. a Photograph of the coating through a microscope. b Scanning electron micrograph of the powder."
columns = 2
width_mm = 178
panels = [
  { image = "photos/coating.tif", label = "coating" },
  { image = "sem/powder.tif", pixel_size = "1.116 um", crop = [0, 0, 1, 0.88] },
]

[[figure]]
id = "S2"
caption = "XRD pattern of silicon [@hull1999] with its reflections."
technique = "xrd"
set = { phases = ["Si"] }

[[figure]]
id = "S3"
caption = "First cycles of a Si and b graphite [@dahn1991], and c cycling of both."
columns = 3
width_mm = 178
panels = [
  { technique = "cycling", show = "voltage profile", samples = ["Si"], set = { profile_cycles = [1] } },
  { technique = "cycling", show = "voltage profile", samples = ["graphite"], set = { profile_cycles = [1, 2] } },
  { technique = "cycling", show = "cycling performance", samples = ["Si", "graphite"] },
]

[[figure]]
id = "S4"
caption = "Impedance [@boukamp1995; @orazem2017]. a Si electrode. b Three pellets of one electrolyte."
columns = 2
width_mm = 178
panels = [
  { technique = "eis", show = "nyquist", cells = ["Si-1"] },
  { technique = "ionic_conductivity", show = "nyquist", samples = ["electrolyte"] },
]

[[figure]]
id = "S5"
caption = "Thermogram of PVC [@marcilla1995], the source of carbon [@dahn1995]."
technique = "tga"

[[table]]
id = "S1"
caption = "First cycle of Si and graphite."
technique = "cycling"

[[table]]
id = "S2"
caption = "Conductivity of the electrolyte: mean and standard deviation of three pellets."
technique = "ionic_conductivity"

[[table]]
id = "S3"
caption = "Electrodes of this work."
file = "own/electrodes.csv"
head_rows = 2
"""

CELLS = """cell,sample,kind,active_mass_mg,thickness_um,diameter_mm,temperature_degc
Si-1,Si,half,0.8528,,,
Si-2,Si,half,2.08,,,
Si-3,Si,half,2.05,,,
G-1,graphite,half,15.3,,,
P80,electrolyte,symmetric,,650,10,25
P89,electrolyte,symmetric,,640,10,25
P95,electrolyte,symmetric,,655,10,25
"""

SAMPLES = "name,composition\nSi,Si 100\ngraphite,C 100\nPVC,\nelectrolyte,\n"

ELECTRODES = """Electrode,Composition,,,Coating,
,Active (wt%),Carbon (wt%),Binder (wt%),Loading (mg cm-2),Thickness (um)
Si,60,25,15,1.21,18
graphite,94,2,4,8.6,62
"""

REFERENCES = """@article{obrovac2014,
 author={Obrovac, M. N. and Chevrier, V. L.},
 title={Alloy Negative Electrodes for Li-Ion Batteries},
 journal={Chemical Reviews},
 year={2014},
 volume={114},
 pages={11444--11502}
}
@article{hatchard2004,
 author={Hatchard, T. D. and Dahn, J. R.},
 title={In Situ XRD and Electrochemical Study of the Reaction of Lithium with Amorphous Silicon},
 journal={Journal of The Electrochemical Society},
 year={2004},
 volume={151},
 pages={A838--A842}
}
@article{mazouzi2009,
 author={Mazouzi, D. and Lestriez, B. and Roué, L. and Guyomard, D.},
 title={Silicon Composite Electrode with High Capacity and Long Cycle Life},
 journal={Electrochemical and Solid-State Letters},
 year={2009},
 volume={12},
 pages={A215--A218}
}
@article{hull1999,
 author={Hull, R.},
 title={Properties of Crystalline Silicon},
 journal={INSPEC},
 year={1999},
 volume={20},
 pages={1--1016}
}
@article{dahn1991,
 author={Dahn, J. R.},
 title={Phase Diagram of LixC6},
 journal={Physical Review B},
 year={1991},
 volume={44},
 pages={9170--9177}
}
@article{boukamp1995,
 author={Boukamp, B. A.},
 title={A Linear Kronig-Kramers Transform Test for Immittance Data Validation},
 journal={Journal of The Electrochemical Society},
 year={1995},
 volume={142},
 pages={1885--1894}
}
@article{orazem2017,
 author={Orazem, M. E. and Tribollet, B.},
 title={Electrochemical Impedance Spectroscopy},
 journal={Wiley},
 year={2017},
 volume={1},
 pages={1--768}
}
@article{marcilla1995,
 author={Marcilla, A. and Beltran, M.},
 title={Thermogravimetric Kinetic Study of Poly(Vinyl Chloride) Pyrolysis},
 journal={Polymer Degradation and Stability},
 year={1995},
 volume={48},
 pages={219--229}
}
@article{dahn1995,
 author={Dahn, J. R. and Zheng, T. and Liu, Y. and Xue, J. S.},
 title={Mechanisms for Lithium Insertion in Carbonaceous Materials},
 journal={Science},
 year={1995},
 volume={270},
 pages={590--593}
}
@article{scherrer1918,
 author={Scherrer, P.},
 title={Bestimmung der Groesse und der inneren Struktur von Kolloidteilchen},
 journal={Nachrichten von der Gesellschaft der Wissenschaften zu Goettingen},
 year={1918},
 volume={1918},
 pages={98--100}
}"""


def write_study(folder: Path, data: Path) -> Path:
    """Write the study into an empty folder, with copies of the raw files.

    Returns
    -------
    Path
        The study file.
    """
    for name, source in FILES.items():
        content = (data / source).read_bytes()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.decompress(content) if source.endswith(".gz") else content)
    (folder / "own").mkdir()
    texts = {
        "study.toml": STUDY,
        "cells.csv": CELLS,
        "samples.csv": SAMPLES,
        "references.bib": REFERENCES,
        "own/electrodes.csv": ELECTRODES,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "study.toml"
