"""Invented names, credit codes and contacts for the fictional city 示例市."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from stdnum.cn import uscc

T = TypeVar("T")

REGION = "419900"
"""A code in the format of an administrative division that no county has."""

MARKERS = ("样例", "示范", "样本")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS_GB11714 = (3, 7, 9, 10, 5, 8, 4, 2)


def pick(rng: Random, items: Sequence[T]) -> T:
    """Choose one item using only ``rng.random()``, which never changes between releases."""
    return items[int(rng.random() * len(items))]


def style_names() -> list[str]:
    """Return 180 distinct invented trade names such as 样例甲子."""
    pairs = [_STEMS[i % 10] + _BRANCHES[i % 12] for i in range(60)]
    return [MARKERS[(i + k) % 3] + pair for k in range(3) for i, pair in enumerate(pairs)]


def organisation_check(body: str) -> str:
    """Return the check character of GB 11714 for eight characters of an organisation code."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _WEIGHTS_GB11714, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def credit_code(rng: Random) -> str:
    """Return an 18-character credit code with both check characters right."""
    body = "MA" + "".join(pick(rng, _ALPHABET) for _ in range(6))
    head = "91" + REGION + body + organisation_check(body)
    return head + uscc.calc_check_digit(head)


def contact(rng: Random) -> tuple[str, str]:
    """Return a contact person and a telephone number with the area code 000 that nobody has."""
    number = "".join(pick(rng, "0123456789") for _ in range(7))
    return pick(rng, _SURNAMES) + pick(rng, ("样例", "示例")), f"000-{number}"
