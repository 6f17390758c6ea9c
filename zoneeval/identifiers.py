"""Unified social credit codes: their written form and their check characters.

The last character is checked after GB 32100—2015; characters 9 to 17 are the former
organisation code, whose own check character follows GB 11714.
"""

from __future__ import annotations

import re
import string
import unicodedata
from operator import mul

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ALPHABET = frozenset(_CHARACTERS)
_PLACES = {char: place for place, char in enumerate(_CHARACTERS)}
_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)
_USUAL = re.compile(f"[0-9]{{8}}[{_CHARACTERS}]{{10}}")
_BASE_36 = {char: int(char, 36) for char in string.digits + string.ascii_letters}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SEPARATORS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'\u2018\u2019`\-\u2010-\u2015]+")


def normalise_code(text: str) -> str:
    """Return a code in half-width capitals, without spaces, quotes, hyphens or invisible marks."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def credit_code_fault(code: str) -> str | None:
    """Return what is wrong with a normalised credit code in Chinese words, or None."""
    if _usual(code):
        return None
    from stdnum.cn import uscc

    if len(code) != 18:
        return f"应为 18 位，现为 {len(code)} 位"
    strange = sorted({char for char in code if char not in _ALPHABET})
    if strange:
        return f"含有不允许的字符“{'”“'.join(strange)}”（不使用字母 I、O、S、V、Z）"
    if not code[2:8].isdecimal():
        return "第 3 至 8 位应为数字（登记机关行政区划码）"
    if not code[:2].isdecimal():
        # Some kinds of organisation have a letter in second place (GB 32100 table 1).
        if not code[0].isalnum() or code[-1] != uscc.calc_check_digit(code[:17]):
            return "校验位不符（GB 32100—2015）"
        return None
    if not uscc.is_valid(code):
        return "校验位不符（GB 32100—2015）"
    return None


def _usual(code: str) -> bool:
    """Tell whether a code of the usual form is right; of any other nothing is said."""
    if _USUAL.fullmatch(code) is None:
        return False
    total: int = sum(map(mul, map(_PLACES.__getitem__, code), _WEIGHTS))
    return total % 31 == 0


def is_credit_code(code: str) -> bool:
    """Tell whether a normalised credit code is right to its last character."""
    return credit_code_fault(code) is None


def organisation_check_character(body: str) -> str:
    """Return the check character of GB 11714 for the eight characters before it."""
    values = map(_BASE_36.__getitem__, body)
    total = sum(map(mul, values, _ORGANISATION_WEIGHTS))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def organisation_digit_ok(code: str) -> bool:
    """Tell whether the organisation code inside a right credit code has a right check digit."""
    return organisation_check_character(code[8:16]) == code[16]
