"""Traps in single cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from parts import HEADINGS, book, code, in_sheet, row, settle, table

THREE = {1: 2, 2: 3, 3: 4}


def register(case: Any, plain: Any) -> None:
    """Register the cases."""

    def cells(file: str, trap: str, place: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Register a table of three in which one cell is something else."""

        @case(file, trap, *args, **kwargs)
        def make(path: Path) -> None:
            made = book(table(1, 2, 3))
            assert made.active is not None
            made.active[place] = value
            made.save(path)
            settle(path)

    lost: dict[str, Any] = {"tax_paid": {2: None}}
    cells("错误值.xlsx", "#DIV/0! 不是空白", "D3", "#DIV/0!", plain(THREE, **lost),
          blocking=[("error-cell", 3, "D")])  # fmt: skip
    cells("不可用.xlsx", "#N/A 不是空白", "D3", "#N/A", plain(THREE, **lost),
          blocking=[("error-cell", 3, "D")])  # fmt: skip
    cells("公式无结果.xlsx", "公式没有存下结果", "D3", "=C3/100", plain(THREE, **lost),
          blocking=[("formula-not-calculated", 3, "D")])  # fmt: skip
    for number, word in enumerate(("—", "/", "无", "未提供", " - ", "　")):
        cells(f"缺数{number + 1}.xlsx", f"“{word}”表示缺", "D3", word, plain(THREE, **lost))
    for number, (word, value) in enumerate(
        {
            "１２３４．５": 1234.5, "1,234.50": 1234.5, " 20 ": 20.0, "3亿": 30000.0,
            "12万元": 12.0, "1200万": 1200.0, "￥1,200": 1200.0, "1.5e3": 1500.0, "2000元": 0.2,
        }.items()
    ):  # fmt: skip
        cells(f"数字写法{number + 1}.xlsx", f"文本“{word}”是数字", "C3", word,
              plain(THREE, revenue={2: value}))  # fmt: skip
    cells("约数.xlsx", "“约20”不是数字", "D3", "约20", plain(THREE, **lost),
          blocking=[("text-in-number", 3, "D")])  # fmt: skip
    cells("逻辑值.xlsx", "TRUE 不是数字", "D3", True, plain(THREE, **lost),
          blocking=[("text-in-number", 3, "D")])  # fmt: skip
    cells("日期在数字列.xlsx", "日期不是数字", "D3", date(2024, 5, 1), plain(THREE, **lost),
          blocking=[("text-in-number", 3, "D")])  # fmt: skip
    without = plain({1: 2, 3: 4})
    cells("代码成数字.xlsx", "代码存成数字已丢位", "A3", 9.14199e17, without,
          blocking=[("digits-lost", 3, "A")])  # fmt: skip
    cells("代码有空格.xlsx", "代码夹空格和小写", "A3", f" {code(2)[:9]} {code(2)[9:].lower()}\n",
          plain(THREE))  # fmt: skip
    cells("名称换行.xlsx", "名称中有换行和尾空格", "B3", "样例2\n有限公司　 ",
          {**plain(THREE),
           "2": {**plain(THREE)["2"], "name": ("样例2 有限公司", 3, "B")}})  # fmt: skip

    @case("百分比.xlsx", "同一列有百分比格式和百分数",
          {"1": {"rd_intensity": (0.035, 2, "B")}, "2": {"rd_intensity": (0.035, 3, "B")},
           "3": {"rd_intensity": (0.035, 4, "B")}})  # fmt: skip
    def percent(path: Path) -> None:
        made = book([
            [HEADINGS[0], "R&D投入强度（%）"], [code(1), 0.035], [code(2), 3.5], [code(3), "3.5％"],
        ])  # fmt: skip
        assert made.active is not None
        made.active["B2"].number_format = "0.0%"
        made.save(path)
        settle(path)

    dates = {
        "日期": (date(2019, 5, 1), "2019-05-01"), "序列号": (43586, "2019-05-01"),
        "年点月": ("2019.5", "2019-05-01"), "年月": ("2019年5月", "2019-05-01"),
        "八位": (20190531, "2019-05-31"), "年月日": ("2019年5月31日", "2019-05-31"),
    }  # fmt: skip
    for number, (word, (value, iso)) in enumerate(dates.items()):

        @case(f"日期写法{number + 1}.xlsx", f"日期写成{word}",
              {"1": {"registered_on": (iso, 2, "B")}})  # fmt: skip
        def day(path: Path, value: Any = value) -> None:
            book([[HEADINGS[0], "注册时间"], [code(1), value]]).save(path)
            settle(path)

    @case("公式有结果.xlsx", "公式取存下的结果", plain(THREE, tax_paid={2: 20.5}))
    def cached(path: Path) -> None:
        made = book(table(1, 2, 3))
        assert made.active is not None
        made.active["D3"] = "=C3*0.01025"
        made.save(path)
        settle(
            path, in_sheet(b"<f>C3*0.01025</f><v/>", b"<f>C3*0.01025</f><v>20.5</v>")
        )  # fmt: skip

    @case("公式错误值.xlsx", "公式存下的结果是错误值", plain(THREE, tax_paid={2: None}),
          blocking=[("error-cell", 3, "D")])  # fmt: skip
    def failed(path: Path) -> None:
        made = book(table(1, 2, 3))
        assert made.active is not None
        made.active["D3"] = "#REF!"
        made.save(path)
        settle(path, in_sheet(b"<v>#REF!</v>", b"<f>X1/0</f><v>#REF!</v>"))

    @case("富文本.xlsx", "名称分段着色",
          {"1": {"name": ("样例1有限公司", 2, "B"), "revenue": (1000.0, 2, "C"),
                 "tax_paid": (10.0, 2, "D")}})  # fmt: skip
    def rich(path: Path) -> None:
        book([HEADINGS, row(1)]).save(path)
        pieces = "<r><t>样例1</t></r><r><rPr><b/></rPr><t>有限公司</t></r>"
        settle(path, _shared("<t>样例1有限公司</t>", pieces))


def _shared(old: str, new: str) -> Any:
    def change(name: str, data: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return data
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode())

    return change
