"""What is typed column by column is what careful reading gives; and progress comes often."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from tests.helpers.departments import code, save_book
from zoneeval import identifiers
from zoneeval.identifiers import credit_code_fault
from zoneeval.intake import entries, quick, read_workbooks
from zoneeval.progress import Cancelled

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ODD: tuple[Any, ...] = (
    None, "", "—", "1,234.5", "12%", " 7 ", "3万", -4.0, 5, True, "#N/A", "abc", 1e15,
    "２０２４", "2019.5", "规上", "是", "合计",
)  # fmt: skip


@given(st.text("0123456789", min_size=8, max_size=8), st.text(_ALPHABET, min_size=10, max_size=10))
def test_the_quick_check_of_codes_agrees_with_stdnum(head: str, tail: str) -> None:
    for text in (head + tail, head + tail[:-1] + uscc.calc_check_digit(head + tail[:-1])):
        assert identifiers._usual(text) == uscc.is_valid(text)
        assert (credit_code_fault(text) is None) == uscc.is_valid(text)


def _rows(seed: int, size: int) -> list[tuple[Any, ...]]:
    chance = random.Random(seed)
    rows: list[tuple[Any, ...]] = []
    for number in range(1, size + 1):
        row: list[Any] = [
            code(number), f"示例{number}有限公司", f"园区{number % 3}", "3484", "规上",
            "2019-05-01", round(chance.uniform(1, 99), 2), chance.uniform(1, 5e6),
            chance.randint(1, 900), 0.031,
        ]  # fmt: skip
        if chance.random() < 0.4:
            row[chance.randrange(len(row))] = chance.choice(_ODD)
        if chance.random() < 0.1:
            row = row[: chance.randrange(1, len(row))]
        rows.append(tuple(row))
    return rows


_HEAD = (
    "统一社会信用代码", "企业名称", "园区", "行业代码", "企业规模", "注册时间",
    "登记用地面积（亩）", "营业收入（元）", "年平均职工人数（人）", "外资比例（%）",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_quick_and_careful_reading_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    path = tmp_path / "企业.xlsx"
    save_book(path, {"企业": [_HEAD, *_rows(seed, 120)]})

    def careful(rows: Any, *_: Any) -> Any:
        for number, cells in rows:
            yield [(number, cells, None)]

    quickly = read_workbooks([path], year=2024)
    monkeypatch.setattr(entries, "typed_rows", careful)
    carefully = read_workbooks([path], year=2024)
    assert quickly.issues == carefully.issues
    assert quickly.years[2024].values == carefully.years[2024].values
    assert len(quickly.years[2024].values) > 60
    assert (quickly.accepted, quickly.rejected) == (carefully.accepted, carefully.rejected)


def test_progress_comes_at_least_every_two_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "企业.xlsx"
    size = 2 * quick.AT_ONCE + 10
    save_book(path, {"企业": [_HEAD[:3], *(row[:3] for row in _rows(9, size))]})
    rows: list[int] = []

    def told(done: int, total: int, text: str) -> None:
        if text.endswith(" 行"):
            rows.append(int(text.rsplit("第 ", 1)[1].removesuffix(" 行")))
            if len(rows) == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        read_workbooks([path], year=2024, progress=told)
    assert all(after - before <= 2000 for before, after in zip([0, *rows], rows, strict=False))
