"""The small study and the app that serves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app_study import TOKEN, write_study
from halfcell.app.application import create_app
from halfcell.app.config import AppConfig
from halfcell.study import Study


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, run once for all tests."""
    root = write_study(tmp_path_factory.mktemp("made") / "two")
    Study.load(root).run(workers=1)
    return root


@pytest.fixture
def studies(tmp_path: Path) -> Path:
    """A folder with one study, and a secret beside it."""
    folder = tmp_path / "studies"
    write_study(folder / "two")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return folder


@pytest.fixture
def two(studies: Path, made: Path) -> Path:
    """The study, run."""
    shutil.rmtree(studies / "two")
    return Path(shutil.copytree(made, studies / "two"))


@pytest.fixture
def stranger(studies: Path) -> Iterator[TestClient]:
    """A browser that knows no token."""
    config = AppConfig(folder=studies, token=TOKEN, port=8650, upload_limit=100_000)
    with TestClient(create_app(config), base_url="http://127.0.0.1:8650") as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """A browser that has shown the token."""
    assert stranger.get(f"/?token={TOKEN}").status_code == 200
    return stranger
