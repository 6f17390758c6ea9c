"""The policies page says in sentences how each mechanism scores."""

from __future__ import annotations

import tomllib

import pytest

from tests.helpers.cases import CASES
from tests.helpers.mechanisms import mechanism
from zoneeval_ui.pages.policies.words import policy_parts

SAID = {
    "旌德最小最大": "权重 ×［20 ＋ 80 ×（数值 － 最低值）÷（最高值 － 最低值）］÷ 100",
    "逆向固定基准": "数值为 0 得满分，达到基准的 2 倍得 0 分",
    "逆向平均基准与瞒报扣分": "填 0 视同缺数据；缺数据计 -3 分",
    "与最好的相比": "数值 ÷ 最高值 × 权重，与同类全部企业中最好的相比",
    "分段得分": "3 以下的得 0 分，3（含）至 10（不含）的得 20 分，10（含）以上的得 30 分",
    "功效系数线性": "线性功效系数，基础分 60，不允许值取 2，满意值取 10",
    "功效系数指数": "指数型功效系数，基础分 60，不允许值取同类全部企业的最差值",
    "名次逐名得分": "由低到高排名，第 1 名起依次得 40、35 分，其后得 5 分",
    "名次逐名递减": "第 1 名得满分，每低一名少得 15 分",
    "名次按家数": "得权重 ×（家数 － 名次 ＋ 1）÷ 家数",
    "基准最高最低中位分位": "基准为本组本年度 75% 分位值",
    "按年度的基准和权重2024": "权重按年度：2022 年 40，2024 年 60",
    "缺数据分给其他各项": "缺数据权重按比例分给该企业的其他各项",
    "缺数据不能评价": "缺数据不能评价，列为待核",
    "负值": "负值按 0 计",
    "近两年内加分": "质量奖：加 3 分，“质量奖获奖时间”在截至评价年度 12 月 31 日的 2 年内",
    "出租扣分规下": "第 1 次扣 10 分，以后每次扣 5 分，按“承租企业数”计次",
    "出租扣分规上": "第 1 次不扣，以后每次扣 5 分",
    "按次计分有上限": "每次加 2 分，按“行政处罚次数”计次，最多计 3 次",
    "按得分比例": "扣各项得分合计的 10%",
    "同类只计最高和总上限": "加分合计最多 6 分。",
    "四川自选指标": "地方自选指标 1 至 3 项，权重合计 30，其余各项权重合计 70。",
}


@pytest.mark.parametrize("name", SAID)
def test_the_page_says_how_it_is_scored(name: str) -> None:
    path = CASES / "mechanisms" / "scoring" / f"{name}.toml"
    policy = mechanism(tomllib.loads(path.read_text(encoding="utf-8"))["policy"])
    text = "\n".join(line.text for part in policy_parts(policy) for line in part.lines)
    assert SAID[name] in text
    assert "每项得分为 数值 ÷ 基准 × 权重" not in text or "method" not in path.read_text("utf-8")
