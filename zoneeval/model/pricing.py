"""What a class costs or saves: kinds of measures, other surcharges, lines of price lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["surcharge", "relief"]
DIRECTION_WORDS: dict[Direction, str] = {"surcharge": "加价", "relief": "减免"}

RECEIVERS = ("供电", "供水", "燃气", "热力", "税务", "生态环境")
"""Who carries measures out, and so gets a list."""

KIND_RECEIVER: dict[str, str] = {
    "用电": "供电",
    "用水": "供水",
    "用气": "燃气",
    "用热": "热力",
    "用地": "税务",
    "城镇土地使用税": "税务",
    "排污": "生态环境",
}
"""Who carries a kind of measure out; other kinds are free."""

RECEIVER_KIND: dict[str, str] = {
    "供电": "用电",
    "供水": "用水",
    "燃气": "用气",
    "热力": "用热",
    "税务": "城镇土地使用税",
    "生态环境": "排污",
}
"""The kind that is meant where only the receiver is named."""

KIND_BASE: dict[str, str] = {
    "用电": "electricity_use",
    "用水": "water_use",
    "用气": "gas_use",
    "用地": "land_area",
    "城镇土地使用税": "tax_land_use",
    "排污": "pollutant_equivalent",
}
"""The field that a kind is reckoned on where the rate names none."""


@dataclass(frozen=True, slots=True)
class PricedAccount:
    """One account; ``rate`` is None where no published rate was found (待定).

    ``account`` is None for an enterprise whose account number is not known.
    ``withheld`` says why nothing is charged in spite of the class; ``rate`` is None then.
    """

    utility: str
    uscc: str
    enterprise: str
    zone: str
    account_name: str | None
    account: str | None
    grade: str
    consecutive_years: int
    rate: float | None
    unit: str
    starts: str
    ends: str
    document: str
    withheld: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class OtherSurcharge:
    """A surcharge that an enterprise pays for another reason than its class.

    ``kind`` is what it is called (差别电价, 惩罚性电价, 阶梯电价); dates are ISO.
    """

    id: int
    uscc: str
    utility: str
    kind: str
    rate: float
    unit: str
    document: str
    valid_from: str | None = None
    valid_to: str | None = None

    def overlaps(self, first: str, last: str) -> bool:
        """Tell whether it holds at any time from ``first`` to ``last`` ("": unlimited)."""
        late = bool(last and self.valid_from and self.valid_from > last)
        early = bool(first and self.valid_to and self.valid_to < first)
        return not (late or early)
