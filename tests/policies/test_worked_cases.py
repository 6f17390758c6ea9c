"""Every shipped pack gives what its worked cases say, and every pack has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.cases import CASES, case_files, check_case
from zoneeval.policy.loader import shipped


@pytest.mark.parametrize("path", case_files(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_case(path: Path) -> None:
    check_case(path)


@pytest.mark.parametrize("folder", ["packs", "ladders", "tariffs"])
def test_every_pack_has_a_case(folder: str) -> None:
    with_cases = {path.parent.name for path in case_files()}
    assert set(shipped(folder)) <= with_cases


def test_every_folder_of_cases_is_a_pack() -> None:
    known = {name for folder in ("packs", "ladders", "tariffs") for name in shipped(folder)}
    folders = {p.name for p in CASES.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders - known == {"broken", "mechanisms"}


def test_a_wrong_expectation_fails(tmp_path: Path) -> None:
    right = CASES / "huangyan-2022" / "规上.toml"
    wrong = tmp_path / "huangyan-2022" / "错.toml"
    wrong.parent.mkdir()
    text = right.read_text(encoding="utf-8")
    wrong.write_text(text.replace("114.410806", "114.410808"), encoding="utf-8")
    with pytest.raises(AssertionError):
        check_case(wrong)
