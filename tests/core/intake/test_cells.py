"""One cell at a time: numbers, dates, codes, flags, choices and stars as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.intake.cells import (
    BadCell,
    number_parser,
    parse_code,
    parse_credit_code,
    parse_date,
    parse_flag,
    parse_star,
    parse_text,
    parse_year,
    parser_for,
)
from zoneeval.model.fields import FIELDS


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (12, 12.0),
        (0, 0.0),
        ("1,234,567.8", 1234567.8),
        ("１２３．５", 123.5),
        (" -3.20 ", -3.2),
        ("(15)", -15.0),
        ("3.2亿", 32000.0),
        ("1200万", 1200.0),
        ("1200万元", 1200.0),
        ("85元", 0.0085),
        ("—", None),
        ("/", None),
        ("无", None),
        ("未提供", None),
        ("", None),
        (None, None),
    ],
)
def test_money_in_ten_thousands(cell: object, expected: float | None) -> None:
    assert number_parser("万元", None)(cell, False) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "约100",
        "12,34",
        "1.2.3",
        "100余",
        "3.5%",
        "20亩",
        "1e400",
        True,
        datetime(2024, 1, 1),
        float("inf"),
    ],
)
def test_what_is_no_number_is_refused(cell: object) -> None:
    with pytest.raises(BadCell) as caught:
        number_parser("万元", None)(cell, False)
    assert caught.value.code == "text-in-number"


@pytest.mark.parametrize("cell", ["#DIV/0!", "#N/A", " #REF! "])
def test_error_values_are_refused(cell: str) -> None:
    for parse in (number_parser("万元", None), parse_code, parse_text, parse_date, parse_flag):
        with pytest.raises(BadCell) as caught:
            parse(cell, False)
        assert caught.value.code == "error-cell"


def test_shares() -> None:
    plain, in_percent = number_parser("", None, True), number_parser("", "%", True)
    assert plain("3.5%", False) == 0.035
    assert plain(0.035, False) == 0.035
    assert in_percent(3.5, False) == 0.035
    assert in_percent("3.5%", False) == 0.035
    assert in_percent(0.035, True) == 0.035


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_written_numbers_come_back(amount: object) -> None:
    parse = number_parser("万元", None)
    assert parse(str(amount), False) == float(str(amount))
    assert parse(f"{amount:,}", False) == float(str(amount))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (datetime(2019, 5, 1, 0, 0), "2019-05-01"),
        (date(2019, 5, 31), "2019-05-31"),
        (43586, "2019-05-01"),
        (20190501, "2019-05-01"),
        ("2019.5", "2019-05-01"),
        (2019.5, "2019-05-01"),
        ("2019.10", "2019-10-01"),
        ("2019年5月", "2019-05-01"),
        ("2019年5月3日", "2019-05-03"),
        ("2019-05-01", "2019-05-01"),
        ("2019/5/1 00:00:00", "2019-05-01"),
        (2019, "2019-01-01"),
        ("—", None),
    ],
)
def test_dates(cell: object, expected: str | None) -> None:
    assert parse_date(cell) == expected


@pytest.mark.parametrize("cell", ["2019-13-01", "去年", 2019.1, "2023-02-29"])
def test_bad_dates(cell: object) -> None:
    with pytest.raises(BadCell, match=r"日期|月"):
        parse_date(cell)


def test_codes_stay_text() -> None:
    assert parse_code("0012345") == "0012345"
    assert parse_code(3484) == "3484"
    assert parse_code(13800000000.0) == "13800000000"
    assert parse_credit_code(" 91110000600037341l") == "91110000600037341L"
    assert parse_credit_code("/") is None


@pytest.mark.parametrize("cell", [914199001234567890, 9.14199e17, "9.14199E+17", 123456789012345])
def test_numeric_codes_have_lost_digits(cell: object) -> None:
    with pytest.raises(BadCell, match="末尾数字已丢失"):
        parse_credit_code(cell)


def test_flags() -> None:
    assert [parse_flag(c) for c in ("是", "√", 1, True, "否", "无", 0, "—")] == [
        1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, None
    ]  # fmt: skip
    with pytest.raises(BadCell, match=r"是.*否"):
        parse_flag("也许")


def test_choices() -> None:
    scale = parser_for(FIELDS["scale"], None)
    assert [scale(c, False) for c in ("规上", "规模以上工业企业", "规下企业", None)] == [
        "规上", "规上", "规下", None
    ]  # fmt: skip
    with pytest.raises(BadCell) as caught:
        scale("大型", False)
    assert not caught.value.mild
    with pytest.raises(BadCell) as caught:
        parser_for(FIELDS["operating_status"], None)("筹建", False)
    assert caught.value.mild


def test_years_and_stars() -> None:
    assert [parse_year(c) for c in (2024, "2024年度", 2024.0, None)] == [2024, 2024, 2024, None]
    stars = ["一星", "二星级", "3星", "门槛", "无", None, 4, "★★", "六星级产业集聚区"]
    assert [parse_star(c) for c in stars] == [1, 2, 3, 0, None, None, 4, 2, 6]
    for cell, parse in (("二零二四", parse_year), ("优秀", parse_star)):
        with pytest.raises(BadCell):
            parse(cell)
