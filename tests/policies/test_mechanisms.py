"""Every mechanism of scoring does what the document says that it was taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.cases import CASES
from tests.helpers.mechanisms import check_mechanism

FILES = sorted((CASES / "mechanisms").glob("*/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_mechanism(path: Path) -> None:
    check_mechanism(path)


def test_there_is_a_policy_for_every_mechanism() -> None:
    assert len(list((CASES / "mechanisms" / "scoring").glob("*.toml"))) >= 22


def test_a_wrong_expectation_fails(tmp_path: Path) -> None:
    right = CASES / "mechanisms" / "scoring" / "旌德最小最大.toml"
    wrong = tmp_path / "错.toml"
    wrong.write_text(right.read_text(encoding="utf-8").replace("= 12 }", "= 13 }"), "utf-8")
    with pytest.raises(AssertionError):
        check_mechanism(wrong)
