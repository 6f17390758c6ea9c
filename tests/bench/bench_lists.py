"""A list of 5,000 accounts as a workbook, against openpyxl writing the same cells bare."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import compare
from tests.helpers.departments import code
from zoneeval.model.utility_list import LineChange, ListChanges, ListLine, UtilityList
from zoneeval.policy.loader import load_policy, load_tariff
from zoneeval.report import RunHeader, write_pricing

ACCOUNTS = 5_000
HEADER = RunHeader(1, 2024, ("示例园",), 1, "0" * 64, "2025-06-01T08:00:00", "1", "示例.zoneeval")


def line(number: int) -> ListLine:
    """Return one account; every enterprise has two."""
    return ListLine(
        account=f"{4100000000 + number:013d}",
        account_name=f"样例{number // 2}有限公司{'一二'[number % 2]}号表",
        uscc=code(number // 2 + 1),
        enterprise=f"样例{number // 2}有限公司",
        zone=f"示例园{number % 7}",
        grade="D",
        years=1 + number % 3,
        kind="用电",
        direction="surcharge",
        rate=0.05,
        unit="元/千瓦时",
        starts="2025-07-01",
        ends="2026-06-30",
        document="示意〔2025〕1号",
    )


@pytest.mark.parametrize("changed", [False, True], ids=["first", "next"])
def test_list_of_5000_accounts(benchmark: BenchmarkFixture, tmp_path: Path, changed: bool) -> None:
    lines = tuple(line(number) for number in range(ACCOUNTS))
    content = UtilityList("供电", lines)
    words = "列入D类"
    changes = ListChanges(1, "旧文", tuple(LineChange("added", None, x, words) for x in lines), 0)
    policy, tariff = load_policy("zhengzhou-2018"), load_tariff("shandong-2022")
    made, bare = tmp_path / "名单.xlsx", tmp_path / "裸写.xlsx"

    def ours() -> None:
        write_pricing(made, HEADER, policy, tariff, content, changes if changed else None)

    ours()  # modules are imported once
    sheets = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in openpyxl.load_workbook(made)
    }

    def theirs() -> None:
        book = Workbook(write_only=True)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(bare)

    found = compare(
        benchmark,
        f"{ACCOUNTS} 个户号的执行名单{'和新增表' if changed else ''}，带格式",
        "openpyxl 只写同样的内容，不带格式",
        ours,
        theirs,
        goal="0.5 以上",
        rounds=3,
    )
    assert sum(len(rows) for rows in sheets.values()) > ACCOUNTS * (2 if changed else 1)
    assert found.ratio > 0.5


def test_making_the_list_reports_and_can_be_stopped(benchmark: BenchmarkFixture) -> None:
    """Making the lines of 5,000 accounts is a small part of writing them."""
    from tests.core.engine.test_estimate import TEXT, data
    from tests.helpers.comparing import policy
    from zoneeval.engine import evaluate
    from zoneeval.engine.acting.listing import utility_list
    from zoneeval.model.records import Meter
    from zoneeval.policy.loader import parse_tariff

    rules = policy("zhengzhou-2018")
    evaluation = evaluate(rules, data())
    meters = [Meter("U0", "供电", f"{number:013d}", None, 1.0) for number in range(ACCOUNTS)]
    told: list[int] = []

    def work() -> int:
        told.clear()
        found = utility_list(
            rules,
            evaluation,
            parse_tariff(TEXT),
            "供电",
            meters,
            {},
            progress=lambda done, total, text: told.append(done),
        )
        return len(found.lines)

    assert benchmark.pedantic(work, rounds=3) == ACCOUNTS
    assert told == list(range(0, ACCOUNTS, 500))
