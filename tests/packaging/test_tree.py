"""Rules about the files themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("zoneeval", "db", "ui", "tools", "tests", "docs", "sample_data")
TEXT = {".py", ".toml", ".md", ".cfg", ".txt", ".sql", ".qss", ".json", ".csv"}
LIMIT = 400


def files(*suffixes: str) -> list[Path]:
    """Return the project's own files with these endings."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return [p for p in [*found, *ROOT.glob("*")] if p.is_file() and p.suffix in suffixes]


def test_no_source_file_is_longer_than_the_limit() -> None:
    sources = files(".py")
    assert sources
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in sources}
    long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LIMIT}
    assert long == {}


def test_no_file_names_a_place_on_one_machine() -> None:
    places = re.compile(r"(?<![\w.])(/(root|home|Users|work|opt)/\w|[A-Z]:\\Users\\)")
    named = {
        str(path.relative_to(ROOT)): match[0]
        for path in files(*TEXT)
        if path != Path(__file__).resolve()
        and (match := places.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert named == {}


def test_no_module_collects_strangers() -> None:
    strangers = {"utils.py", "helpers.py", "misc.py", "common.py"}
    assert [p for p in files(".py") if p.name in strangers] == []


@pytest.mark.parametrize("folder", ["db", "ui"])
def test_containing_folders_are_no_packages(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.parametrize("package", ["zoneeval", "db/zoneeval_db", "ui/zoneeval_ui"])
def test_every_folder_with_modules_is_a_package(package: str) -> None:
    bare = {p.parent for p in (ROOT / package).rglob("*.py")} - {
        p.parent for p in (ROOT / package).rglob("__init__.py")
    }
    assert bare == set()


@pytest.mark.parametrize(
    "package", ["zoneeval", "db/zoneeval_db", "ui/zoneeval_ui", "ui/zoneeval_cli"]
)
def test_every_package_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()
