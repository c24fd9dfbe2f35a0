"""A study on network folders and on full or read-only disks: what the system answers there is simulated."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import halfcell
from halfcell.core.atomic_files import write_aside
from halfcell.core.errors import InputError
from halfcell.study.cache import file_hashes
from halfcell.study.cache import fingerprint as fingerprints
from halfcell.study.cache.run_lock import only_run_in
from halfcell.study.cache.store_files import FOLDER
from study_environment import environment
from study_runs import study_of

SECOND = 10**9


def refusing(number: int, *, only: str = "") -> Any:
    """An operation of the system that fails with this error, on paths that hold `only`."""

    def what(place: Any, *_args: Any, **_options: Any) -> None:
        assert only in str(place)
        raise OSError(number, os.strerror(number), place if isinstance(place, str | Path) else None)

    return what


@pytest.fixture(params=["ENOLCK", "ENOSYS", "EOPNOTSUPP"])
def without_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose file system refuses to lock."""
    monkeypatch.setattr(fcntl, "flock", refusing(getattr(errno, request.param)))


@pytest.mark.usefixtures("without_locks")
class TestWithoutLocks:
    """NFS without its lock service, and some FUSE folders: `flock` fails, though nobody holds the lock."""

    def test_a_run_does_its_work(self, small) -> None:
        assert study_of(small).run(workers=1).exit_status == 0
        assert not (small.root / FOLDER / "running.by").exists()

    def test_a_second_run_is_refused_and_names_the_first(self, small) -> None:
        with only_run_in(small.root), pytest.raises(InputError, match="another run is already working") as caught:
            study_of(small).run(workers=1)
        assert f"process {os.getpid()} on {platform.node()}" in caught.value.hint

    def test_a_run_goes_on_after_one_that_was_killed(self, small) -> None:
        ended = subprocess.Popen(["true"])
        ended.wait()
        (small.root / FOLDER).mkdir()
        (small.root / FOLDER / "running.by").write_text(json.dumps([platform.node(), ended.pid]))
        assert study_of(small).run(workers=1).exit_status == 0

    def test_a_run_of_another_machine_is_not_judged(self, small) -> None:
        (small.root / FOLDER).mkdir()
        (small.root / FOLDER / "running.by").write_text(json.dumps(["elsewhere", 1]))
        with pytest.raises(InputError) as caught:
            study_of(small).run(workers=1)
        assert caught.value.hint == f"it is process 1 on elsewhere; if that has ended, remove {FOLDER}/running.by"


def test_a_lock_that_is_held_is_no_missing_service(small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", refusing(errno.EWOULDBLOCK))
    with pytest.raises(InputError, match="another run is already working on this study"):
        study_of(small).run(workers=1)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_that_cannot_sync_is_believed(small, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "fsync", refusing(number))
    assert study_of(small).run(workers=1).exit_status == 0


def test_a_full_disk_that_only_fsync_tells_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NFS and quotas accept the bytes, and say when they are synced that there was no room."""
    write_aside(tmp_path / "si.docx", "old")
    monkeypatch.setattr(os, "fsync", refusing(errno.ENOSPC))
    with pytest.raises(InputError, match="No space left on device"):
        write_aside(tmp_path / "si.docx", "new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("si.docx", "old")]


def test_outputs_on_another_disk(small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``out`` is a link to a share: no rename leads there from the store."""
    study_of(small).run(workers=1)
    expected = small.outputs()
    for name in ("out", FOLDER):
        shutil.rmtree(small.root / name)
    (tmp_path / "share").mkdir()
    (small.root / "out").symlink_to(tmp_path / "share")
    rename = os.replace

    def replace(source: Path, target: Path) -> None:
        if len({"share" in os.path.realpath(path) for path in (source, target)}) == 2:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert study_of(small).run(workers=1).exit_status == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "share").rglob("*") if path.is_file()}
    assert written == {Path(name).name: content for name, content in expected.items() if name != "study.lock"}


class TestLostHandles:
    """The server has forgotten a file or folder that was open: ESTALE."""

    def test_a_raw_file_is_told_and_read_by_the_next_run(self, small, monkeypatch: pytest.MonkeyPatch) -> None:
        opened = Path.open

        def stale(path: Path, *args: Any, **options: Any) -> Any:
            if path.name == "A1.wgt":
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))
            return opened(path, *args, **options)

        with monkeypatch.context() as lost:
            lost.setattr(Path, "open", stale)
            try:
                outcome = study_of(small).run(workers=1)
                told = " ".join(item.problem for item in outcome.items)
            except halfcell.HalfcellError as error:
                told = str(error)
        assert os.strerror(errno.ESTALE) in told or "cannot be read" in told
        assert "A1.wgt" in told
        assert study_of(small).run(workers=1).exit_status == 0

    def test_an_output_is_told_with_what_to_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "replace", refusing(errno.ESTALE))
        with pytest.raises(InputError) as caught:
            write_aside(tmp_path / "si.docx", "new")
        assert caught.value.what == f"cannot be written: {os.strerror(errno.ESTALE)}"
        assert "network folder" in caught.value.hint


@pytest.mark.parametrize("tick", [1, 2])
def test_a_second_write_within_a_tick_of_whole_seconds_is_noticed(
    small, monkeypatch: pytest.MonkeyPatch, tick: int
) -> None:
    """FAT keeps even seconds: the file is written, a run looks at it, and it is written again with the same time."""
    path, time = small.root / "raw" / "A1.wgt", 1_700_000_000 * SECOND
    os.utime(path, ns=(time, time))
    with monkeypatch.context() as still:
        for module in (file_hashes, fingerprints):
            still.setattr(module, "clock", lambda _: time + tick * SECOND - SECOND // 10)
        assert study_of(small).run(workers=1).exit_status == 0
    before = (small.root / "out" / "numbers.csv").read_bytes()
    path.write_text("weights\n8\n9\n")  # of the same size
    os.utime(path, ns=(time, time))
    assert study_of(small).run(workers=1).computed > 0
    assert (small.root / "out" / "numbers.csv").read_bytes() != before


@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_a_raw_file_from_the_future_is_read_whenever_it_changes(small, hours: int) -> None:
    """The instrument's clock is ahead, or this one was set back: the file keeps its size and time."""
    path = small.root / "raw" / "A1.wgt"
    time = path.stat().st_mtime_ns + hours * 3600 * SECOND
    os.utime(path, ns=(time, time))
    assert study_of(small).run(workers=1).exit_status == 0
    path.write_text("weights\n8\n9\n")
    os.utime(path, ns=(time, time))
    assert study_of(small).run(workers=1).computed > 0


def test_a_clock_that_went_back_between_two_runs(small) -> None:
    """All files seem to be written in a time to come; nothing is computed again, and nothing is missed."""
    assert study_of(small).run(workers=1).exit_status == 0
    for path in small.root.rglob("*"):
        time = path.stat().st_mtime_ns + 3600 * SECOND
        os.utime(path, ns=(time, time))
    assert study_of(small).run(workers=1).computed == 0
    small.edit("cells.csv", "A1,Si,half,1.1", "A1,Si,half,2.2")
    assert study_of(small).run(workers=1).computed > 0


@pytest.fixture
def read_only(small) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``halfcell`` in the study on a disk that is mounted read-only, in a name space of mounts of its own."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this system does not let us mount a folder read-only")
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = ["unshare", "-rm", "sh", "-c", mounted, str(small.root), sys.executable, "-m", "halfcell", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(small.log))

    return run


class TestReadOnly:
    """A study on a DVD, in a snapshot, or in a folder of the archive."""

    def test_what_only_reads_works_before_a_run(self, read_only) -> None:
        assert read_only("check").returncode == 0
        assert "weight_mg" in read_only("read", "raw/A1.wgt").stdout

    def test_what_only_reads_works_after_a_run(self, small, read_only) -> None:
        study_of(small).run(workers=1)
        assert read_only("check").returncode == 0
        assert read_only("why", "Table S1").returncode == 0
        assert read_only("store", "verify").returncode == 0

    @pytest.mark.parametrize("is_run", [False, True], ids=["before a run", "after a run"])
    def test_a_run_says_what_to_do(self, small, read_only, is_run: bool) -> None:
        if is_run:
            study_of(small).run(workers=1)
            small.edit("cells.csv", "A1,Si,half,1.1", "A1,Si,half,2.2")
        ended = read_only("run", "--no-report")
        assert ended.returncode == 2
        assert "Read-only file system" in ended.stderr
        assert "copy the folder to a disk that can be written" in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
