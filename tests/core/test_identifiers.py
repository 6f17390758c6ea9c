"""Credit codes: written form, both check characters, and what is said about wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.identifiers import (
    credit_code_fault,
    is_credit_code,
    normalise_code,
    organisation_check_character,
    organisation_digit_ok,
)

REAL = "91110000600037341L"


def test_a_right_code_has_no_fault() -> None:
    assert credit_code_fault(REAL) is None
    assert is_credit_code(REAL)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91110000600037341M", "校验位"),
        ("91110000600037341", "17 位"),
        ("91110000600037341I", "I"),
        ("9111000O600037341L", "O"),
        ("911100AA600037341L", "行政区划"),
        ("", "0 位"),
    ],
)
def test_faults_are_named(code: str, words: str) -> None:
    fault = credit_code_fault(code)
    assert fault is not None
    assert words in fault


@pytest.mark.parametrize(
    "written",
    [
        " 91110000600037341l ",
        "９１１１００００６０００３７３４１Ｌ",
        "9111 0000-600037341L\u200b",
        "'" + REAL,
    ],
)
def test_written_forms_become_one(written: str) -> None:
    assert normalise_code(written) == REAL


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(place: int, digit: str) -> None:
    changed = REAL[:place] + digit + REAL[place + 1 :]
    assert (credit_code_fault(changed) is None) == (changed == REAL)


def test_inner_organisation_code() -> None:
    assert organisation_check_character("60003734") == "1"
    assert organisation_digit_ok(REAL)
    assert not organisation_digit_ok(REAL[:16] + "9" + REAL[17])
    assert organisation_check_character("00000000") == "0"


def test_organisation_letter_kinds_are_accepted() -> None:
    from stdnum.cn import uscc

    head = "N2410100MF0000000"
    assert credit_code_fault(head + uscc.calc_check_digit(head)) is None
    wrong = "A" if uscc.calc_check_digit(head) != "A" else "B"
    assert credit_code_fault(head + wrong) is not None
