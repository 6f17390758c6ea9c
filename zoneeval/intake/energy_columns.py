"""Energy by kind in a statistics table → 综合能耗 in tonnes of standard coal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from zoneeval.energy import EnergyKind, FactorTable
from zoneeval.intake.findings import Findings
from zoneeval.units import scale

TARGET = "energy_use"
_DIFFERS = 0.02


class Row(Protocol):
    """What of an entry the conversion needs."""

    row: int
    code: str | None
    values: dict[str, float | str]
    extra: dict[str, str]


@dataclass(frozen=True, slots=True)
class EnergyColumn:
    """One column of amounts: in its own unit, and the coal in one unit (None: not known)."""

    kind: EnergyKind
    letter: str
    unit: str
    by: Fraction | None
    index: int


@dataclass
class EnergyColumns:
    """The kinds of energy of one sheet, and what became of them."""

    table: FactorTable
    columns: Sequence[EnergyColumn]
    findings: Findings
    _unknown: dict[str, list[int]] = field(default_factory=dict)
    _differs: int = 0
    _converted: int = 0

    def convert(self, entry: Row) -> bool:
        """Give the row its 综合能耗 unless it states one; tell whether it was converted."""
        amounts: list[tuple[EnergyColumn, Decimal]] = []
        for column in self.columns:
            text = entry.extra.pop(column.kind.key, None)
            if text is None:
                continue
            amounts.append((column, Decimal(text)))
            if amounts[-1][1] < 0:
                self.findings.block(
                    "negative", f"“{column.kind.label}”不应为负数",
                    row=entry.row, column=column.letter, value=text, uscc=entry.code,
                    suggestion="请核实后更正；没有数据的留空。",
                )  # fmt: skip
        stated = entry.values.get(TARGET)
        unknown = [c.letter for c, amount in amounts if c.by is None and amount]
        if unknown and stated is None:
            for letter in unknown:
                self._unknown.setdefault(letter, []).append(entry.row)
        if unknown or not amounts or entry.row in self.findings.blocked_rows:
            return False
        total = sum((Decimal(repr(scale(a, c.by))) for c, a in amounts if c.by), Decimal(0))
        return self._settle(entry, float(total), stated)

    def _settle(self, entry: Row, total: float, stated: float | str | None) -> bool:
        if stated is None:
            entry.values[TARGET] = total
            self._converted += 1
            return True
        if isinstance(stated, float) and abs(total - stated) > _DIFFERS * max(stated, total):
            self._differs += 1
            if self._differs <= 20:
                self.findings.warn(
                    "energy-differs",
                    f"表中综合能耗为 {stated:.10g} 吨标准煤，按各品种折算为 {total:.10g} 吨标准煤"
                    f"（电力按{self.table.basis}），取表中数值",
                    row=entry.row, uscc=entry.code,
                    suggestion="请向统计部门核实是否另有能源品种或折算口径不同。",
                )  # fmt: skip
        return False

    def close(self) -> None:
        """Tell what was converted by which factors, and what could not be."""
        for column in self.columns:
            rows = self._unknown.get(column.letter)
            if rows:
                factor = self.table.factor(column.kind.key, column.unit)
                source = f"（{factor.source}）" if factor else ""
                self.findings.warn(
                    "energy-factor-missing",
                    f"“{column.kind.label}”的折标系数没有录入{source}，"
                    f"第 {rows[0]} 行等 {len(rows)} 行的综合能耗没有折算，按缺失处理",
                    column=column.letter,
                    suggestion="请录入当地采用的折标系数和依据文件，或请部门直接报送综合能耗。",
                )
        if self._converted:
            self.findings.note(
                "energy-converted",
                f"{self._converted} 行的综合能耗由{self._used()}折算而来"
                f"（{self.table.standard}系数表 {self.table.version}，电力按{self.table.basis}）",
                suggestion="各系数见“折标系数”；没有填报的品种按没有消费计。",
            )

    def _used(self) -> str:
        used = []
        for column in self.columns:
            factor = self.table.factor(column.kind.key, column.unit)
            if factor is not None and factor.kgce is not None:
                used.append(f"{column.kind.label}（{factor.kgce:g} 千克标准煤/{factor.per}）")
        return "、".join(used)
