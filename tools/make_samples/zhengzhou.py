"""The workbooks of published facts: targets and historical figures with their documents."""

from __future__ import annotations

from pathlib import Path

from workbooks import Sheet, write_book
from zhengzhou_history import history_rows
from zhengzhou_targets import district_rows, headline_rows, star_rows

_NOTE = "只收公开发布的内容，逐行注明依据文件；未发布的一律不填。"
_FOOT = (
    "注：数值和单位均按发布时原样；“转引”表示只见到二手资料，未见原文；"
    "各行口径不一，不宜直接相加或比较。"
)


def write_zhengzhou(folder: Path) -> list[Path]:
    """Write the four workbooks of published facts below ``folder`` and return their paths."""
    sheets = (
        Sheet(
            "星级目标",
            "郑州市产业集聚区星级目标（2017年、2019年）",
            _NOTE,
            ("园区", "年度", "目标星级", "依据文件"),
            star_rows(),
        ),
        Sheet(
            "全市目标",
            "郑州市产业集聚区主要目标（2017—2019年）",
            _NOTE,
            ("范围", "年度", "指标", "目标值", "单位", "比较", "依据文件", "备注"),
            headline_rows(),
            decimals=None,
        ),
        Sheet(
            "2020年区县目标",
            "2020年各开发区和县（市、区）工业经济预期发展目标表",
            _NOTE,
            (
                "县（市、区）",
                "规上工业增加值预期增速（%）",
                "规上制造业预期增速（%）",
                "规上工业新增入库企业预期数量（户）",
                "工业投资增速（%）",
                "依据文件",
            ),
            district_rows(),
            decimals=None,
        ),
        Sheet(
            "园区历史数据",
            "产业集聚区公开历史数据",
            _NOTE,
            ("园区", "年度", "期间", "指标", "数值", "单位", "口径", "依据文件", "可信度"),
            history_rows(),
            footnote=_FOOT,
            decimals=None,
        ),
    )
    return [write_book(folder / f"{sheet.name}.xlsx", [sheet]) for sheet in sheets]
