"""What travels in the wheel, and that it works away from the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("zoneeval", "db", "ui", "sample_data")
FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE")
DATA = {
    *(".py", ".toml", ".xlsx", ".md", ".csv", ".svg", ".qss", ".qm", ".png", ".sql", ".json"),
    ".docx",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("checkout")
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, source / folder, ignore=ignore)
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", str(out), str(source))
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    return target


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = set()
    for root, prefix in (
        ("zoneeval", "zoneeval"),
        ("db", ""),
        ("ui", ""),
        ("sample_data", "zoneeval_samples"),
    ):
        for path in (ROOT / root).rglob("*"):
            if path.is_file() and (path.suffix in DATA or path.name == "py.typed"):
                wanted.add((Path(prefix) / path.relative_to(ROOT / root)).as_posix())
    assert wanted - names == set()


def test_no_other_package_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    tops = {top for top in tops if not top.endswith(".dist-info")}
    assert tops == {"zoneeval", "zoneeval_db", "zoneeval_ui", "zoneeval_cli", "zoneeval_samples"}


def test_samples_are_found_in_the_installed_package(installed: Path, tmp_path: Path) -> None:
    program = (
        "import importlib.resources as r, zoneeval, sys; sys.stdout.reconfigure(encoding='utf-8');"
        "city = r.files('zoneeval_samples') / 'demo_city';"
        "print(zoneeval.__file__);"
        "[print(y.name, b.name) for y in city.iterdir() if y.is_dir() for b in y.iterdir()]"
    )
    lines = _python(program, installed, tmp_path).splitlines()
    assert Path(lines[0]).is_relative_to(installed)
    here = ROOT / "sample_data" / "demo_city"
    books = {f"{book.parent.name} {book.name}" for book in here.glob("*/*.xlsx")}
    assert books
    assert books <= set(lines[1:])


def test_the_command_runs_from_the_installed_package(installed: Path, tmp_path: Path) -> None:
    program = "from zoneeval_cli.main import main; main(['--help'])"
    assert "demo" in _python(program, installed, tmp_path)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "-qq", "--no-cache-dir", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _python(program: str, installed: Path, folder: Path) -> str:
    start = f"import sys; sys.path.insert(0, {str(installed)!r}); "
    done = subprocess.run(
        [sys.executable, "-c", start + program],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
