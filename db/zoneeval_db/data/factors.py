"""Energy factors of the office: the shipped table with the figures entered here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.energy import FactorTable
    from zoneeval_db.storage.workspace import Workspace

_PREFIX = "energy."
_BASIS = "energy-basis"


def energy_factors(ws: Workspace) -> FactorTable:
    """Return the factor table that imports into this workspace use."""
    from zoneeval.energy import entered, shipped_factors

    figures: dict[tuple[str, str, str], tuple[float, str]] = {}
    basis: str | None = None
    rows = ws.conn.execute(
        "SELECT key, value FROM setting WHERE key = ? OR key LIKE ?", (_BASIS, _PREFIX + "%")
    ).fetchall()
    for key, text in rows:
        value = codec.from_json(text)
        if key == _BASIS:
            basis = str(value)
        elif isinstance(value, list):
            kind, per, of_basis = key.removeprefix(_PREFIX).split("|")
            figures[kind, per, of_basis] = float(value[0]), str(value[1])
    return entered(shipped_factors(), figures, basis)


def enter_energy_factor(
    ws: Workspace, kind: str, per: str, kgce: float, document: str, basis: str = ""
) -> FactorTable:
    """Store one factor (kgce per unit) with its document; raise InputError for a bad one."""
    from zoneeval.energy import entered, shipped_factors

    if not document.strip():
        raise InputError("请写明折标系数的依据（文件名称、文号或公布单位）。")
    table = entered(shipped_factors(), {(kind, per, basis): (kgce, document)})
    label = table.kinds[kind].label
    with ws.operation(f"录入折标系数：{label} {kgce:g} 千克标准煤/{per}") as op:
        op.write(
            "setting",
            {"key": f"{_PREFIX}{kind}|{per}|{basis}"},
            {"value": codec.to_json([float(kgce), document.strip()])},
        )
    return energy_factors(ws)


def choose_energy_basis(ws: Workspace, basis: str) -> FactorTable:
    """Store how electricity is counted: 当量值 or 等价值; raise InputError for another word."""
    from zoneeval.energy import entered, shipped_factors

    entered(shipped_factors(), {}, basis)
    with ws.operation(f"电力折算口径：{basis}") as op:
        op.write("setting", {"key": _BASIS}, {"value": codec.to_json(basis)})
    return energy_factors(ws)
