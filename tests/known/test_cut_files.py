"""A file of each reader, cut at three places: it is refused, or what it still gives is what the whole file begins with.

A copy that broke off must never give other numbers than the whole file. Only the last value of a text may be shorter
by some digits, which is what a reader notes where it can tell. A format that states how much it holds, and a text that
breaks off before its numbers, are always refused.
"""

from __future__ import annotations

import bz2
import gzip
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read_all

FILES = {
    "arbin_res": "cycling/arbin/mits7-0.res.gz",
    "athena_prj": "spectra/xas/FeO.prj",
    "belsorp_csv": "more/sorption/bel_ASch082B_Zndmbdcdabco_C2H4_Exp191004a_weight_correction_jis.csv",
    "belsorp_dat": "materials/sorption/200819-2_jis.DAT",
    "biologic_mpr": "cycling/biologic/00_test_01_OCV_C01.mpr",
    "biologic_mpt": "cycling/biologic_gplrepo/ocv.issue_149.mpt.gz",
    "bruker_bcf": "materials/em/test_TEM.bcf",
    "bruker_opus": "spectra/raman/opus_test.0",
    "bruker_raw": "spectra/xrd/bruker_raw1_format1.raw",
    "bruker_uxd": "spectra/xrd/bruker_BT86.uxd",
    "bwtek_text": "spectra/raman/charisma_Sil_BW532.txt",
    "chi": "eis/impedance.py/exampleDataCHInstruments.txt",
    "digital_micrograph": "materials/em/Fei HAADF-DE_location.dm3",
    "ecochemie_dfr": "eis/pyimpspec/data.dfr",
    "ecochemie_p00": "eis/pyimpspec/data.P00",
    "eis_table": "eis/impedance.py/exampleDataPowersuite.txt",
    "elchemea": "eis/pyimpspec/data.i2b",
    "emsa_spectrum": "microscopy/edx/nist_K412/Al2O3 std.msa",
    "fischer_txt": "materials/indentation/FS1.txt",
    "galactic_spc": "more/raman/renishaw_nCal.spc",
    "gamry": "cycling/gamry/eispot_data_curveaborted.dta",
    "gsas_histogram": "spectra/xrd/gsas_FAP.XRA",
    "horiba_xml": "spectra/raman/jobinyvon_test_spec.xml",
    "hyperspy_hspy": "materials/em/EDS_TEM_FePt_nanoparticles.hspy",
    "hysitron_hld": "materials/indentation/Exp-50mN_0000.hld",
    "hysitron_txt": "materials/indentation/RobinSteel0000LC.txt",
    "indenter_hdf5": "more/indentation/Sample1_Vac_RT.hdf5",
    "ivium": "eis/pyimpspec/data.idf",
    "jcamp_dx": "more/xrd/test.jdx",
    "mastersizer": "materials/psd/example1.csv",
    "mettler_tga": "more/tga/mettler_blank_test_MT.txt.gz",
    "micromaterials_txt": "more/indentation/nanotest_1000nmXX_1_6958_-4555.txt",
    "micromeritics_text": "more/sorption/GVM-BET-Gemini.VII.2390.v1.03.TXT",
    "netzsch_text": "materials/tga/netzsch_example_file.txt",
    "neware": "cycling/neware/nda_v8.nda.zip",
    "palmsens": "eis/pyimpspec/data.pssession",
    "panalytical_xrdml": "more/xrd/210520step1_30min.xrdml",
    "philips_udf": "more/xrd/si.udf",
    "princeton_spe": "spectra/raman/PI_S0N_50x.spe",
    "raman_text": "spectra/raman/charisma_S0B_Ho785_OP03.txt",
    "renishaw_wdf": "spectra/raman/renishaw_test_spectrum.wdf",
    "rigaku_asc": "more/xrd/si_rigaku.asc",
    "rigaku_ras": "spectra/xrd/rigaku_inas.ras.bz2",
    "rigaku_rasx": "spectra/xrd/rigaku_powder.rasx",
    "sorption_aif": "materials/sorption/ar_test_77k.aif",
    "sorption_columns": "materials/sorption/betsi/MCM-41.csv",
    "sorption_json": "materials/sorption/SiO2 N2 77K.json",
    "sorption_report": "materials/sorption/RE-22 (Raw Analysis Data).txt",
    "text_dialect": "cycling/maccor/maccor_example.002",
    "tiff_picture": "materials/em/JEOL-SightX-TEM-mag-dummy.tif.gz",
    "velox_emd": "materials/em/fei_example_tem_stack.emd",
    "versastudio": "eis/impedance.py/exampleDataVersaStudio.par",
    "xas_columns": "spectra/xas/cu_rt01.xmu",
    "xdi": "spectra/xas/fe_metal_rt.xdi",
    "xrd_columns": "more/xrd/210520step1_30min.csv",
    "zplot": "eis/impedance.py/exampleDataAutolab.txt",
}

REFUSED = {  # parts of the file, or bytes
    "cycling/arbin/20210210_FC_01_cc_01.res.gz": (0.001, 0.1, 0.5, 0.9),
    "cycling/biologic_gplrepo/gcpl.issue_149.mpr": (0.2, 0.5, 0.8, 0.99),
    "cycling/neware/TestFile.nda.zip": (0.002, 0.3, 0.9),
    "cycling/neware/nda_v22.nda.zip": (0.002, 0.3, 0.9),
    "cycling/neware/new_nda_file.nda.zip": (0.002, 0.3, 0.9),
    "cycling/neware/nw4-120-1-6-53.ndax": (0.1, 0.5, 0.95),
    "materials/psd/example1.csv": (0.2, 0.6, 0.95),
    "materials/psd/example2.xlsx": (0.2, 0.6, 0.95),
    "materials/sorption/CBV712_N2_77K.xlsx": (0.3, 0.9),
    "materials/sorption/DUT-49_N2_77K.DAT": (700,),
    "materials/sorption/RE-22 (Raw Analysis Data).txt": (700,),
    "materials/sorption/Sample_A.xls": (0.3, 0.9),
    "materials/sorption/ar_test_77k.aif": (700,),
    "materials/tga/PVC.txt": (0.3, 0.9),
    "materials/tga/TAInstruments_example_file.txt": (0.3, 0.9),
    "spectra/xrd/NIST660C_LaB6.gsas": (0.02, 0.3, 0.6, 0.95),
    "spectra/xrd/bruker_23-012-AG.brml": (0.02, 0.3, 0.6, 0.95),
    "spectra/xrd/bruker_BT86.raw": (0.02, 0.3, 0.6, 0.95),
    "spectra/xrd/bruker_BT86.uxd": (0.02, 0.3, 0.6, 0.95),
    "spectra/xrd/bruker_xrdpattern.raw": (0.02, 0.3, 0.6, 0.95),
    "spectra/xrd/panalytical_XRD-918-16_10.xrdml": (0.02, 0.3, 0.6, 0.95),
    "spectra/xrd/rigaku_powder.rasx": (0.02, 0.3, 0.6, 0.95),
}


def _unpacked(path: Path) -> tuple[bytes, str]:
    """The content of a file as the instrument wrote it, and its name."""
    content = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.read(archive.namelist()[0]), path.stem
    if path.suffix in {".gz", ".bz2"}:
        return (gzip if path.suffix == ".gz" else bz2).decompress(content), path.stem
    return content, path.name


@cache
def _whole(path: Path) -> tuple[bytes, str, tuple[Measurement, ...]]:
    """The content of a file as the instrument wrote it, its name, and what it gives."""
    content, name = (path.read_bytes(), path.name) if path.suffix == ".zip" else _unpacked(path)
    return content, name, tuple(read_all(path))


def _read(path: Path) -> tuple[Measurement, ...] | InputError:
    try:
        return tuple(read_all(path))
    except InputError as error:
        return error


@pytest.mark.parametrize("part", [0.35, 0.65, 0.97])
@pytest.mark.parametrize("reader", FILES)
def test_a_cut_file_is_refused_or_gives_the_beginning(data: Path, tmp_path: Path, reader: str, part: float) -> None:
    content, name, whole = _whole(data / FILES[reader])
    path = tmp_path / name
    path.write_bytes(content[: int(part * len(content))])
    found = _read(path)
    if isinstance(found, InputError):
        assert name in str(found)
        return
    assert len(found) <= len(whole)
    for cut, full in zip(found, whole, strict=False):
        assert cut.technique == full.technique
        for column in cut.columns.keys() & full.columns.keys():
            _begins(cut[column], full[column], column)


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, parts in REFUSED.items() for part in parts])
def test_a_cut_file_that_states_what_it_holds_is_refused(data: Path, tmp_path: Path, name: str, part: float) -> None:
    content, own = _unpacked(data / name)
    path = tmp_path / own
    path.write_bytes(content[: int(part * len(content)) | 1 if part < 1 else int(part)])
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert own in str(caught.value)
    assert caught.value.hint


def _begins(cut: np.ndarray, full: np.ndarray, column: str) -> None:
    """The values that are left are the first of the whole; of the last one digits may be missing."""
    assert len(cut) <= len(full), column
    sure = max(len(cut) - 1, 0)
    np.testing.assert_array_equal(cut[:sure], full[:sure], err_msg=column)
