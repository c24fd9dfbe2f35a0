"""An archive computed anew: every printed number reproduced; each kind of tampering found and named."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.report.verify.wording import faults, summary
from packed import changed, contents, pack_study, told, verified, write_contents
from study_runs import study_of


@pytest.fixture
def archive(small, tmp_path) -> Path:
    """The archive of the small study with its workbook."""
    return pack_study(small, tmp_path / "a.zip")


def test_an_archive_is_reproduced_without_the_study(archive, small, tmp_path) -> None:
    small.root.rename(tmp_path / "gone")
    before = small.analyses
    verdict = verified(archive, keep=str(tmp_path / "kept"))
    assert verdict.is_proven
    assert verdict.printed == verdict.reproduced == len(contents(archive)["out/numbers.csv"].splitlines()) - 1 > 10
    assert small.analyses - before == 5  # every one of them, none from a store
    assert {one.state for one in verdict.outputs} == {"same bytes"}
    assert "out/si.xlsx" in {one.path for one in verdict.outputs}
    assert verdict.other_machine == ()
    assert (tmp_path / "kept" / "out" / "numbers.csv").read_bytes() == contents(archive)["out/numbers.csv"]


def test_files_from_outside_the_study_are_in_it(small, tmp_path) -> None:
    outside = tmp_path / "lab"
    (small.root / "raw").rename(outside)
    small.edit("study.toml", 'weighing = "raw/{cell}.wgt"', 'weighing = "../lab/{cell}.wgt"')
    archive = pack_study(small, tmp_path / "a.zip")
    outside.rename(tmp_path / "gone")
    assert verified(archive).is_proven
    assert not [name for name, content in contents(archive).items() if b"../lab" in content]


def test_raw_files_that_nothing_uses_stay_at_home(small, tmp_path) -> None:
    (small.root / "raw" / "A9.wgt").write_text("weights\n1\n")
    archive = pack_study(small, tmp_path / "a.zip", ("html", "xlsx"))
    assert "raw/A9.wgt" not in contents(archive)
    assert b"A9.wgt" not in contents(archive)["out/review.html"]
    assert verified(archive).is_proven


@pytest.mark.parametrize("hidden", [False, True])
def test_a_raw_file_was_changed(archive, hidden) -> None:
    text = told(changed(archive, "raw/A1.wgt", lambda content: content.replace(b"3", b"4"), hidden=hidden))
    assert ("raw/A1.wgt: other content than was packed" in text) is not hidden
    assert re.search(r"numbers?: file raw/A1\.wgt: sha256 \w+\.\.\. in numbers\.csv", text)
    assert "Fig. S1:Si (A1):mean_weight = 2.00(10) in the archive, 2.50(10) here" in text
    assert "A2" not in text


@pytest.mark.parametrize("hidden", [False, True])
def test_a_raw_file_was_changed_in_what_no_number_shows(archive, hidden) -> None:
    text = told(changed(archive, "raw/A1.wgt", lambda content: content + b"\n", hidden=hidden))
    assert "file raw/A1.wgt: sha256" in text


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    ("old", "new"), [(b",2.00(10),2.0,", b",2.20(10),2.2,"), (b",2.00(10),2.0,", b",2.00(10),2.04,")]
)
def test_a_printed_number_was_changed(archive, old, new, hidden) -> None:
    assert old in contents(archive)["out/numbers.csv"]
    text = told(changed(archive, "out/numbers.csv", lambda content: content.replace(old, new, 1), hidden=hidden))
    assert "Fig. S1:Si (A1):mean_weight" in text
    assert "numbers.csv" in text
    assert ("out/numbers.csv: other content than was packed" in text) is not hidden


@pytest.mark.parametrize("hidden", [False, True])
def test_a_setting_was_changed(archive, hidden) -> None:
    text = told(changed(archive, "study.toml", lambda text: text.replace(b"factor = 2", b"factor = 3"), hidden=hidden))
    assert "setting factor: 2.0 in the archive's numbers, 3.0 here (study.toml)" in text
    assert "Fig. S2:Si:mean_weight = 4.00(10) in the archive, 6.00(10) here" in text
    assert "Fig. S1:" not in text
    text = told(changed(archive, "cells.csv", lambda text: text.replace(b"1.2", b"1.9"), hidden=hidden))
    assert "setting active_mass_mg: 1.2 in the archive's numbers, 1.9 here (cells.csv)" in text
    assert "Fig. S1:Si/Sn-10 (A2):weight_per_mass" in text


@pytest.mark.parametrize("hidden", [False, True])
def test_a_number_was_added_or_left_out(archive, hidden) -> None:
    def without_last(content: bytes) -> bytes:
        return b"\n".join(content.split(b"\n")[:-2]) + b"\n"

    def with_one_more(content: bytes) -> bytes:
        return content + content.split(b"\n")[-2].replace(b"weight_per_mass", b"best_weight", 1) + b"\n"

    assert "computed here, and not in numbers.csv" in told(
        changed(archive, "out/numbers.csv", without_last, hidden=hidden)
    )
    twice = told(changed(archive, "out/numbers.csv", lambda text: text + text.split(b"\n")[-2] + b"\n", hidden=hidden))
    assert "(again in row 20)" in twice
    added = told(changed(archive, "out/numbers.csv", with_one_more, hidden=hidden))
    assert "not computed here" in added
    assert "not in numbers.csv" not in added


def _workbook(content: bytes) -> bytes:
    from openpyxl import load_workbook

    book, buffer = load_workbook(io.BytesIO(content)), io.BytesIO()
    sheet = book["Table S1"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float))
    cell.value += 1
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("hidden", [False, True])
def test_a_document_or_a_table_was_changed(archive, hidden) -> None:
    text = told(changed(archive, "out/si.xlsx", _workbook, hidden=hidden))
    assert re.search(r"out/si\.xlsx: differs: Table S1: row \d+: [\d.]+ in the archive, [\d.]+ here", text)
    old = contents(archive)["out/tables/S1.csv"]
    number = re.search(rb"\d\.\d+", old)[0]
    text = told(changed(archive, "out/tables/S1.csv", lambda _: old.replace(number, b"9.87", 1), hidden=hidden))
    assert re.search(r"out/tables/S1\.csv: differs: row \d+: '9\.87.*' in the archive", text)
    text = told(changed(archive, "out/figures/S2.svg", lambda content: content + b" ", hidden=hidden))
    assert "out/figures/S2.svg: drawn differently" in text


def test_files_more_and_files_less(archive) -> None:
    files = contents(archive)
    more = write_contents(archive.with_name("more.zip"), files | {"raw/A9.wgt": b"weights\n1\n"})
    assert "raw/A9.wgt: is in the archive and not listed" in told(more)
    del files["raw/A2.wgt"]
    text = told(write_contents(archive.with_name("less.zip"), files))
    assert "raw/A2.wgt: is listed and not in the archive" in text
    assert "Fig. S1:Si/Sn-10 (A2):mean_weight" in text


def test_stored_results_are_not_used(archive, small) -> None:
    files = contents(archive)
    stored = {path.relative_to(small.root).as_posix(): path for path in (small.root / ".halfcell").rglob("*")}
    files |= {name: path.read_bytes() for name, path in stored.items() if path.is_file()}
    before = small.analyses
    text = told(write_contents(archive.with_name("stored.zip"), files))
    assert "stored results have no place in an archive" in text
    assert small.analyses - before == 5


def test_another_version_is_named(archive) -> None:
    def older(content: bytes) -> bytes:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "version": "0", "code_version": "halfcell 0.0.1"} for row in rows)
        return out.getvalue().encode()

    verdict = verified(changed(archive, "out/numbers.csv", older, hidden=True))
    assert verdict.reproduced == verdict.printed
    assert verdict.is_proven  # it prints the same numbers
    causes = {cause for one in verdict.numbers for cause in one.causes}
    recipe, program = sorted(causes, reverse=True)
    assert recipe.startswith("recipe of weighing: 0 in the archive, ")
    assert program.startswith("halfcell 0.0.1 in the archive, ")


def test_another_machine_is_named_and_its_last_digits_do_not_count(archive) -> None:
    def older(content: bytes) -> bytes:
        found = json.loads(content)
        found["packages"]["numpy"] = "1.26.0"
        return json.dumps(found).encode()

    elsewhere = changed(archive, "environment.json", older, hidden=True)
    verdict = verified(elsewhere)
    assert verdict.is_proven
    assert verdict.other_machine[0].startswith("numpy 1.26.0 in the archive, ")
    digits = changed(
        elsewhere, "out/numbers.csv", lambda text: text.replace(b",2.0,", b",2.0000000001,", 1), hidden=True
    )
    verdict = verified(digits)
    assert verdict.is_proven
    assert verdict.as_json()["identical"] == verdict.printed - 1
    assert verdict.as_json()["largest_deviation"] == pytest.approx(5e-11, rel=1e-3)


def test_digits_of_another_processor_are_told_and_prove_nothing(archive) -> None:
    """Seen with other kernels of OpenBLAS under the same versions: 167 of 277 numbers differed by up to 3e-7."""
    path = changed(archive, "out/numbers.csv", lambda text: text.replace(b",2.0,", b",2.0000000001,", 1), hidden=True)
    for name in ("raw/A1.wgt", "out/figures/S2.svg"):  # nothing more, then another drawing
        more = b" " if name.startswith("out") else b""
        path = changed(path, name, lambda content, more=more: content + more, hidden=True)
        verdict = verified(path)
        assert verdict.is_proven
        assert not verdict.computes_alike
        assert not list(faults(verdict))
        assert "another processor computes the last digits otherwise" in "\n".join(summary(verdict))


def test_an_incomplete_study_is_proven_if_it_says_so(small, shell, tmp_path) -> None:
    (small.root / "raw" / "A1.wgt").write_text("weights\nx\n")
    assert study_of(small).run(workers=1).exit_status == 1
    path = tmp_path / "part.zip"
    done = shell("pack", str(small.root), "--out", str(path), "--allow-incomplete", "--format", "xlsx", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["failed"].keys() == {"Fig. S2"}
    assert verified(path).other_items == {}
    assert verified(path).reproduced == verified(path).printed > 0


def test_files_that_lie_elsewhere_are_not_read(archive, tmp_path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "A1.wgt").write_text("weights\n1\n3\n")
    for place in (f"{tmp_path.as_posix()}/secret", "../../../../../../../../../../../../tmp"):
        pattern = f'"{place}/{{cell}}.wgt"'.encode()
        text = told(changed(archive, "study.toml", lambda t, p=pattern: t.replace(b'"raw/{cell}.wgt"', p), hidden=True))
        assert "lies outside the archive; nothing was computed" in text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../evil", "unsafe name"),
        ("/etc/evil", "unsafe name"),
        ("a\\..\\evil", "unsafe name"),
        ("raw/../x", "unsafe name"),
    ],
)
def test_names_that_lead_out_are_refused(archive, name, message, tmp_path) -> None:
    hostile = write_contents(archive.with_name("hostile.zip"), contents(archive) | {name: b"x"})
    with pytest.raises(InputError, match=message):
        verified(hostile)
    assert not list(tmp_path.rglob("evil"))


def test_links_names_twice_and_bombs_are_refused(archive) -> None:
    hostile = archive.with_name("hostile.zip")
    files = contents(archive)
    link = zipfile.ZipInfo("raw/A1.wgt")
    link.external_attr = 0o120777 << 16
    for entry, content, message in (
        (link, b"/etc/passwd", "is a link or a device"),
        (zipfile.ZipInfo("raw/A2.wgt"), b"x", "two files of the name raw/A2.wgt"),
        (zipfile.ZipInfo("raw/A9.wgt"), bytes(300 * 2**20), "decompression bomb"),
    ):
        write_contents(hostile, {name: one for name, one in files.items() if name != "raw/A1.wgt"})
        with (
            zipfile.ZipFile(hostile, "a", zipfile.ZIP_DEFLATED) as file,
            pytest.warns(UserWarning, match="Duplicate name")
            if (entry.filename == "raw/A2.wgt")
            else zipfile.ZipFile(io.BytesIO(), "w"),
        ):
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
        with pytest.raises(InputError, match=message):
            verified(hostile)


def test_what_is_no_archive_is_refused(archive, tmp_path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("no archive")
    with pytest.raises(InputError, match="not a ZIP archive"):
        verified(text)
    with pytest.raises(InputError, match="no such file"):
        verified(tmp_path / "missing.zip")
    files = contents(archive)
    del files["manifest-sha256.txt"]
    with pytest.raises(InputError, match="not an archive of halfcell"):
        verified(write_contents(tmp_path / "plain.zip", files))
    with pytest.raises(InputError, match="the folder is not empty"):
        verified(archive, keep=str(tmp_path))


def test_damaged_bytes_are_told(archive, tmp_path) -> None:
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as file:
        place = file.getinfo("raw/A2.wgt").header_offset
    content[place + 30 + len("raw/A2.wgt") + 20 + 4] ^= 0xFF
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(content)
    assert "raw/A2.wgt: cannot be unpacked: damaged" in told(damaged)


def test_an_archive_in_a_folder_of_its_own(archive, tmp_path) -> None:
    files = {f"study-1/{name}": content for name, content in contents(archive).items()}
    assert verified(write_contents(tmp_path / "again.zip", files)).is_proven


def test_a_study_that_cannot_be_read_any_more(archive) -> None:
    text = told(
        changed(archive, "study.toml", lambda content: content.replace(b"[[figure]]", b"[[figur]]"), hidden=False)
    )
    assert "study.toml: other content than was packed" in text
    assert "figur" in text


@pytest.mark.slow
def test_documents_and_the_command_line(drawn, shell, tmp_path) -> None:
    assert shell("run", str(drawn.root)).returncode == 0
    path = tmp_path / "study.zip"
    assert shell("pack", str(drawn.root), "--out", str(path)).returncode == 0
    done = shell("verify", str(path), "--workers", "1")
    assert done.returncode == 0, done.stdout
    count = len(contents(path)["out/numbers.csv"].splitlines()) - 1
    assert f"{count} of {count} reproduced" in done.stdout
    assert {"out/si.docx", "out/si.pdf", "out/review.html"} <= set(contents(path))
    forged = tmp_path / "changed.zip"
    for name, place in (("out/si.docx", "word/document.xml"), ("out/review.html", "")):
        changed(path, name, lambda content, p=place: _other_number(content, p), hidden=True)
        told_json = shell("verify", str(forged), "--workers", "1", "--json")
        assert told_json.returncode == 1, name
        wrong = [one for one in json.loads(told_json.stdout)["outputs"] if one["state"] == "differs"]
        assert [one["path"] for one in wrong] == [name]
        assert "'2.70' in the archive, '2.00' here" in wrong[0]["where"]
    assert shell("verify", str(tmp_path / "none.zip")).returncode == 2


def _other_number(content: bytes, part: str) -> bytes:
    """A document in which one printed number is another one."""
    if not part:
        return content.replace(b">2.00<", b">2.70<")
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert b">2.00<" in parts[part]
    parts[part] = parts[part].replace(b">2.00<", b">2.70<")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, one in parts.items():
            file.writestr(name, one)
    return buffer.getvalue()
