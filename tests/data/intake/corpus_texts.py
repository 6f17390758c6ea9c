"""Tables as plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parts import code, table


def _lines(mark: str, *numbers: int) -> str:
    return "".join(mark.join(str(c) for c in cells) + "\r\n" for cells in table(*numbers))


def register(case: Any, plain: Any) -> None:
    """Register the cases."""
    two = {1: 2, 2: 3}

    def text(file: str, trap: str, data: bytes, *args: Any, **kwargs: Any) -> None:
        @case(file, trap, *args, **kwargs)
        def make(path: Path) -> None:
            path.write_bytes(data)

    comma = _lines(",", 1, 2)
    text("逗号.csv", "UTF-8 无 BOM", comma.encode(), plain(two))
    text("逗号带标记.csv", "UTF-8 带 BOM", comma.encode("utf-8-sig"), plain(two))
    text("国标.csv", "GB18030", comma.encode("gb18030"), plain(two))
    text("双字节.txt", "UTF-16 带 BOM，制表符", _lines("\t", 1, 2).encode("utf-16"), plain(two))
    text("双字节无标记.txt", "UTF-16 无 BOM", _lines("\t", 1, 2).encode("utf-16-le"), plain(two))
    text("分号.csv", "分号分隔", _lines(";", 1, 2).encode("gb18030"), plain(two))
    text("制表符.txt", "制表符分隔", _lines("\t", 1, 2).encode("gb18030"), plain(two))
    text("标题行.csv", "第一行标题没有分隔符", ("企业情况，共两家\r\n" + comma).encode(),
         plain({1: 3, 2: 4}))  # fmt: skip
    quoted = comma.replace("1000.0", '"1,000.0"').replace("样例1有限公司", '"样例1\r\n有限公司"')
    text("引号.csv", "引号中有逗号和换行", quoted.encode(), plain(two))
    text("引号不成对.csv", "引号不成对", comma.replace("样例1", '"样例1').encode(),
         refused="引号不成对")  # fmt: skip
    text("改名文本.xls", "制表符文本改名为 .xls", _lines("\t", 1, 2).encode("gb18030"),
         plain(two), told=["renamed-file"])  # fmt: skip
    text("二进制.csv", "不是文本", bytes(range(256)), refused="编码无法识别")
    cut = comma + f"{code(3)},样例3有限公司,30"
    text("截断.csv", "末行不完整", cut.encode(),
         {**plain(two), "3": {"revenue": (30.0, 4, "C")}}, told=["maybe-cut-off"])  # fmt: skip
