"""Traps in the layout of a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from parts import HEADINGS, book, code, in_sheet, row, settle, table


def register(case: Any, plain: Any) -> None:
    """Register the cases."""

    def layout(file: str, trap: str, rows: Any, *args: Any, change: Any = None,
               touch: Any = None, **kwargs: Any) -> None:  # fmt: skip
        @case(file, trap, *args, **kwargs)
        def make(path: Path) -> None:
            made = book(rows)
            if touch is not None:
                touch(made)
            made.save(path)
            settle(path, change)

    three = {1: 2, 2: 3, 3: 4}
    head = list(HEADINGS)
    layout("标题和单位行.xlsx", "表头上有标题和“单位：万元”",
           [["企业税收情况表"], ["单位：万元"], [h.replace("（万元）", "") for h in head],
            row(1), row(2)], plain({1: 4, 2: 5}))  # fmt: skip
    layout("合计小计.xlsx", "中间小计、末尾合计", [
        head, row(1), ["小计", None, 1000, 10], row(2), ["合计", None, 3000, 30],
    ], plain({1: 2, 2: 4}))  # fmt: skip
    layout("重复表头.xlsx", "每页重复表头", [head, row(1), head, row(2)], plain({1: 2, 2: 4}))
    layout("脚注.xlsx", "表后有注和填表人", [
        head, row(1), [], ["注：数据来源于税务部门"], ["填表人：张三", None, None, "日期：2024"],
    ], plain({1: 2}))  # fmt: skip
    layout("空行空列.xlsx", "中间空行，左边空列",
           [[], [None, *head], [], [None, *row(1)], [], [], [None, *row(2)]],
           {"1": {"revenue": (1000.0, 4, "D"), "tax_paid": (10.0, 4, "E")},
            "2": {"revenue": (2000.0, 7, "D"), "tax_paid": (20.0, 7, "E")}})  # fmt: skip

    def merge(*ranges: str) -> Any:
        def touch(made: Workbook) -> None:
            assert made.active is not None
            for area in ranges:
                made.active.merge_cells(area)

        return touch

    zones = [[*head[:2], "所属园区"], [code(1), "样例1有限公司", "东园"],
             [code(2), "样例2有限公司", None], [code(3), "样例3有限公司", "西园"],
             [code(4), "样例4有限公司", None]]  # fmt: skip
    expected = {str(n): {"zone": ("东园" if n < 3 else "西园", n + 1, "C")} for n in range(1, 5)}
    layout("合并园区.xlsx", "园区列上下合并", zones, expected, touch=merge("C2:C3", "C4:C5"))
    shared = [head, row(1), row(2), row(3)]
    shared[2] = [code(2), "样例2有限公司", 2000.0, None]
    layout("合并数值.xlsx", "数值上下合并属于两行", shared, plain(three, tax_paid={2: 10.0}),
           touch=merge("D2:D3"), told=["merged-number"])  # fmt: skip
    stopped = [head, row(1), [code(2), "样例2有限公司", "未提供", None], row(3)]
    layout("合并未提供.xlsx", "“未提供”横向合并", stopped,
           plain(three, revenue={2: None}, tax_paid={2: None}), touch=merge("C3:D3"))  # fmt: skip
    titled = [["企业情况表"], head, row(1), row(2), ["以上数据截至年底，由各部门提供"]]
    layout("合并标题.xlsx", "标题和末行说明横向合并", titled, plain({1: 3, 2: 4}),
           touch=merge("A1:D1", "A5:D5"), told=["row-skipped"])  # fmt: skip
    two = [["统一社会信用代码", "企业名称", "经济指标", None],
           [None, None, "主营业务收入（万元）", "税收实际贡献（万元）"], row(1),
           row(2)]  # fmt: skip
    layout("两行表头.xlsx", "两行表头合并", two, plain({1: 3, 2: 4}),
           touch=merge("A1:A2", "B1:B2", "C1:D1"))  # fmt: skip

    def hide_row(made: Workbook) -> None:
        assert made.active is not None
        made.active.row_dimensions[3].hidden = True

    layout("隐藏行.xlsx", "隐藏的行照常读取并说明", table(1, 2, 3), plain(three),
           touch=hide_row, told=["hidden-rows"])  # fmt: skip

    def hide_sheet(made: Workbook) -> None:
        made["旧稿"].sheet_state = "hidden"

    layout("隐藏表.xlsx", "隐藏的工作表不导入并说明",
           {"数据": table(1), "旧稿": table(2)}, plain({1: 2}),
           touch=hide_sheet, told=["hidden-sheet"])  # fmt: skip
    layout("多张表.xlsx", "两张表各有一部分，另有一张无关",
           {"说明": [["本表由各部门填报"]], "一季度": table(1), "二季度": table(2)},
           plain({1: 2, 2: 2}))  # fmt: skip
    for number, (trap, old, new) in enumerate((
        ("尺寸记录偏小", b'<dimension ref="A1:D4"', b'<dimension ref="A1"'),
        ("尺寸记录过大", b'<dimension ref="A1:D4"', b'<dimension ref="A1:XFD1048576"'),
        ("没有尺寸记录", b'<dimension ref="A1:D4"/>', b""),
        ("行和单元格没有坐标", b' r="', b' x="'),
    )):  # fmt: skip
        layout(f"尺寸记录{number + 1}.xlsx", trap, table(1, 2, 3), plain(three),
               change=in_sheet(old, new))  # fmt: skip

    def far(made: Workbook) -> None:
        assert made.active is not None
        made.active["XFD4"] = "x"

    layout("远处单元格.xlsx", "最右一列有多余内容", table(1, 2, 3), plain(three), touch=far)

    def low(made: Workbook) -> None:
        assert made.active is not None
        made.active["A200000"] = "完"

    layout("远处末行.xlsx", "第二十万行有多余内容", table(1, 2, 3), plain(three), touch=low,
           told=["row-skipped"])  # fmt: skip
    again = [head, row(1), row(2), row(1)]
    layout("重复行.xlsx", "相同的行只计一次", again, plain({1: 2, 2: 3}), told=["repeated-row"])
