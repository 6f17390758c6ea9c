"""What enterprises pay besides for other reasons: 差别电价, 惩罚性电价, 阶梯电价."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.identifiers import credit_code_fault, normalise_code
from zoneeval.model.fields import unit_of
from zoneeval.model.pricing import KIND_BASE, RECEIVER_KIND, RECEIVERS, OtherSurcharge
from zoneeval.units import UnitError
from zoneeval.workdays import iso_date
from zoneeval_db.data.aliases import name_of

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

_COLUMNS = "id, uscc, utility, kind, rate, unit, document, valid_from, valid_to"


def other_surcharges(ws: Workspace, uscc: str | None = None) -> list[OtherSurcharge]:
    """Return the other surcharges of an enterprise (None: of all), by code and number."""
    found = ws.conn.execute(
        f"SELECT {_COLUMNS} FROM other_surcharge WHERE ? IN (uscc, '') ORDER BY uscc, id",
        (normalise_code(uscc) if uscc else "",),
    )
    return [OtherSurcharge(*row) for row in found]


def add_other_surcharge(
    ws: Workspace,
    uscc: str,
    utility: str,
    kind: str,
    rate: float,
    unit: str,
    *,
    document: str,
    valid_from: str | None = None,
    valid_to: str | None = None,
) -> OtherSurcharge:
    """Enter a surcharge that an enterprise pays for another reason than its class.

    Raises InputError for a wrong code, an unknown utility, a rate that is not above 0, a
    unit that does not go with the utility, a missing document, and wrong dates.
    """
    from zoneeval.policy.tariff import money_factor

    code, what = normalise_code(uscc), kind.strip()
    fault = credit_code_fault(code)
    if fault and not _is_known(ws, code):
        raise InputError(f"信用代码“{uscc}”不对：{fault}。请核对后再录入。")
    if utility not in RECEIVERS:
        raise InputError(f"不认识单位“{utility}”。可选：{'、'.join(RECEIVERS)}。")
    if not what:
        raise InputError("没有写加价的种类。请写明，如 差别电价、惩罚性电价、阶梯电价。")
    if not 0 < rate < float("inf"):
        raise InputError("加价标准应当是大于 0 的数。请核对。")
    if not document.strip():
        raise InputError(f"没有写{what}的依据文件。请写明文件名称或文号。")
    base = KIND_BASE.get(RECEIVER_KIND[utility], "")
    try:
        if base:
            money_factor(unit.strip(), unit_of(base))
    except UnitError as error:
        raise InputError(f"{what}的单位不对：{error}请写成如 元/千瓦时、元/立方米。") from None
    first = str(iso_date(valid_from, "开始日期")) if valid_from else None
    last = str(iso_date(valid_to, "结束日期")) if valid_to else None
    if first and last and first > last:
        raise InputError(f"开始日期 {first} 晚于结束日期 {last}。请核对。")
    name = name_of(ws, code)
    with ws.operation(f"登记{name}已执行的{what}（{utility}，{rate:g} {unit.strip()}）") as op:
        number = op.next_id("other_surcharge")
        op.write(
            "other_surcharge",
            {"id": number},
            {
                "uscc": code,
                "utility": utility,
                "kind": what,
                "rate": float(rate),
                "unit": unit.strip(),
                "document": document.strip(),
                "valid_from": first,
                "valid_to": last,
            },
        )
    return next(one for one in other_surcharges(ws, code) if one.id == number)


def remove_other_surcharge(ws: Workspace, number: int) -> None:
    """Remove an other surcharge; raise InputError where there is none of that number."""
    found = next((one for one in other_surcharges(ws) if one.id == number), None)
    if found is None:
        raise InputError(f"没有编号为 {number} 的其他加价，不需要删除。请核对编号。")
    name = name_of(ws, found.uscc)
    with ws.operation(f"删除{name}的{found.kind}（{found.utility}）") as op:
        op.write("other_surcharge", {"id": number}, None)


def _is_known(ws: Workspace, code: str) -> bool:
    (known,) = ws.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM enterprise WHERE uscc = ?)", (code,)
    ).fetchone()
    return bool(known)
