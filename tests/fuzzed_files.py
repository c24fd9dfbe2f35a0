"""Real files of each reader, of which damaged and re-encoded copies are made, see `mutants`."""

from __future__ import annotations

import bz2
import gzip
import random
import zipfile
from pathlib import Path

from made_files import made_file
from mutants import Outcome, outcomes, spoiled_outcomes

SEED = 20261128
FILES = {  # reader -> files of it
    "arbin_res": ("cycling/arbin/mits7-0.res.gz",),
    "athena_prj": ("spectra/xas/FeO.prj",),
    "bdf": ("more/cycling/cccv.bdf.csv", "more/eis/block80.csv"),
    "belsorp_csv": ("more/sorption/belsorp.csv",),
    "biologic_mpr": ("cycling/biologic/MB-0.mpr",),
    "biologic_mpt": ("cycling/biologic_gplrepo/gcpl.issue_226.CxN.mpt.gz", "eis/pyimpspec/data.mpt"),
    "bruker_bcf": ("materials/em/test_TEM.bcf",),
    "bruker_brml": ("spectra/xrd/bruker_23-012-AG.brml",),
    "bruker_opus": ("spectra/raman/opus_test.0",),
    "bruker_raw": ("spectra/xrd/bruker_BT86.raw",),
    "bruker_uxd": ("spectra/xrd/bruker_BT86.uxd",),
    "bwtek_text": ("spectra/raman/charisma_S0B_BW532.txt",),
    "chi": ("eis/impedance.py/exampleDataCHInstruments.txt",),
    "digital_micrograph": ("materials/em/test_dm_image_um_unit.dm3",),
    "ecochemie_dfr": ("eis/pyimpspec/data.dfr",),
    "ecochemie_p00": ("eis/pyimpspec/data.P00",),
    "eis_table": (
        "eis/impedance.py/exampleDataPowersuite.txt",
        "eis/pyimpspec/data-comma.csv",
        "eis/pyimpspec/case-multiple-spectra.csv",
        "eis/pyimpspec/data.ods",
    ),
    "elchemea": ("eis/pyimpspec/data.i2b",),
    "emsa_spectrum": ("microscopy/edx/GaAs/GaAs_05kV.emsa", "microscopy/edx/jeol_sem.EMSA"),
    "fischer_txt": ("materials/indentation/FS1.txt",),
    "galactic_spc": ("more/raman/renishaw_nCal.spc",),
    "gamry": ("cycling/gamry/cv_data.dta", "cycling/gamry/eispot_data.dta"),
    "gsas_histogram": ("spectra/xrd/gsas_FAP.XRA",),
    "horiba_xml": ("spectra/raman/jobinyvon_test_spec.xml",),
    "hyperspy_hspy": ("microscopy/particles/SiO2_HAADF_Image.hspy",),
    "hysitron_hld": ("materials/indentation/Exp-50mN_0000.hld",),
    "hysitron_txt": ("materials/indentation/RobinSteel0000LC.txt",),
    "indenter_hdf5": ("more/indentation/Sample1_Vac_RT.hdf5",),
    "ivium": ("eis/pyimpspec/data.idf",),
    "jcamp_dx": ("more/xrd/test.jdx",),
    "mastersizer": ("materials/psd/example1.csv",),
    "mettler_tga": ("more/tga/mettler_blank_test_MT.txt.gz",),
    "micromeritics_text": ("more/sorption/GVM-BET-Gemini.VII.2390.v1.03.TXT",),
    "micromaterials_txt": ("more/indentation/nanotest_1000nmXX_1_6958_-4555.txt",),
    "mts_xls": ("materials/indentation/Popin.xls",),
    "netzsch_text": ("materials/tga/netzsch_example_file.txt",),
    "neutron_columns": ("more/xrd/D1A5.dat",),
    "neware": ("cycling/neware/nda_v8.nda.zip", "cycling/neware/filetype14-0.ndax"),
    "palmsens": ("eis/pyimpspec/data.pssession",),
    "panalytical_xrdml": ("more/xrd/210520step1_30min.xrdml",),
    "perkinelmer_tga": ("materials/tga/PVC.txt",),
    "phenom_elid": ("microscopy/edx/Elid2Version4.elid",),
    "philips_udf": ("more/xrd/si.udf",),
    "princeton_spe": ("spectra/raman/PI_S0N_50x.spe",),
    "raman_text": ("spectra/raman/charisma_S0B_Ho785_OP03.txt",),
    "renishaw_wdf": ("spectra/raman/renishaw_test_spectrum.wdf",),
    "rigaku_asc": ("more/xrd/si_rigaku.asc",),
    "rigaku_ras": ("spectra/xrd/rigaku_inas.ras.bz2",),
    "rigaku_rasx": ("spectra/xrd/rigaku_powder.rasx",),
    "sorption_aif": ("materials/sorption/ar_test_77k.aif",),
    "sorption_columns": ("materials/sorption/betsi/UiO-66.csv",),
    "sorption_json": ("materials/sorption/NaY N2 77K.json",),
    "belsorp_dat": ("more/sorption/bel_DUT-67-N2_77K.DAT",),
    "sorption_report": ("materials/sorption/Sample_J.xls",),
    "ta_tga": ("materials/tga/TAInstruments_example_file.txt",),
    "text_dialect": (
        "cycling/maccor/maccor_4267.EDA0001.041",
        "cycling/arbin/sample_data_arbin.csv",
        "cycling/basytec/sample_data_basytec.txt",
        "cycling/novonix/sample_data_novonix.csv",
        "cycling/batteryarchive/CALCE_CX2-33_timeseries.csv",
        "more/cycling/maccor_minutes.txt",
        "more/cycling/arbin_mits_no_data_point.csv",
    ),
    "tiff_picture": ("materials/em/test_tiff_Zeiss_SEM_512pix.tif",),
    "velox_emd": ("microscopy/edx/SrTiO3_EDS-STO.emd",),
    "versastudio": ("eis/impedance.py/exampleDataVersaStudio.par",),
    "xas_columns": ("spectra/xas/cu_10k.xmu",),
    "xdi": ("spectra/xas/cu_metal_rt.xdi",),
    "xrd_columns": ("more/xrd/210520step1_30min.csv",),
    "zplot": ("eis/pyimpspec/data.z", "eis/impedance.py/exampleDataZPlot.z"),
}
MADE = {  # reader -> files written by `made_files`, where no real file is among the data
    "edax_spc": ("made.spc",),
    "jeol_eds": ("made.eds",),
    "oxford_h5oina": ("made.h5oina",),
    "plain_picture": ("made.png", "made.jpg", "made.bmp"),
    "tia_ser": ("made.ser",),
}
WITHOUT = {  # reader -> why no real file of it is fuzzed
    "cell_card": "its files are written by people, as TOML",
    "halfcell_table": "its files are written by halfcell alone",
    "ripple_rpl": "no real file",
    "cycler_xlsx": "no real workbook",
    "feff_path": "no real file",
    "indentation_columns": "no real file",
    "iv_table": "no real file",
    "netzsch_ngb": "needs a package that is not installed with the tests",
    "pd_cif": "no real file",
    "philips_rd": "no real file",
    "refused_by_name": "reads no file",
    "relaxis": "no real file",
    "rigaku_raw": "no real file",
    "setaram_text": "its real file holds no mass",
    "siemens_raw": "no real file",
    "sietronics_cpi": "no real file",
    "size_columns": "no real file",
    "sorption_kernel": "no real file",
    "spec_scans": "no real file",
    "stoe_raw": "no real file",
    "ta_trios": "no real file",
    "thermogram_columns": "no real file",
}


NAMES = tuple(name for names in (*FILES.values(), *MADE.values()) for name in names)
"""All files of which copies are made."""


def fuzzed(data: Path, name: str, folder: Path, count: int, salt: str = "") -> list[Outcome]:
    """What comes of `count` mutants of a file of the data, which are written to a folder and read."""
    file, content = whole_file(data, name)
    return outcomes(folder / file, content, count, random.Random(f"{SEED} {salt}{name}"))


def spoiled(data: Path, name: str, folder: Path, count: int, salt: str = "") -> list[Outcome]:
    """The same with copies whose bytes were changed."""
    file, content = whole_file(data, name)
    return spoiled_outcomes(folder / file, content, count, random.Random(f"{SEED} {salt}{name}"))


def whole_file(data: Path, name: str) -> tuple[str, bytes]:
    """Name and content of one of the files."""
    return (name, made_file(name)) if name.startswith("made.") else _unpacked(data / name)


def _unpacked(path: Path) -> tuple[str, bytes]:
    """Name and content of a file without its compression."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        return path.stem, gzip.decompress(content)
    if path.suffix == ".bz2":
        return path.stem, bz2.decompress(content)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            name = archive.namelist()[0]
            return Path(name).name, archive.read(name)
    return path.name, content
