"""A whole year and the next one's lists, by the command line; every step is undone once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.helpers import year as played
from tests.helpers.command import good, refused
from tests.helpers.workbooks import Opened
from tests.helpers.year import ACCEPTED, BOOKS, BY_HAND, POLICY, REFUSED, TWICE, TWICE_BUT_FOR_HAND

POWER = "差别化价格名单（供电）.xlsx"


class Office:
    """Who works on the file: does a thing, takes it back, does it again, and keeps the story.

    ``{}`` in a command stands for the file.
    """

    def __init__(self, workspace: Path) -> None:
        self.file = workspace
        self.story: list[str] = []

    def do(self, *words: object, story: str, parts: int = 1) -> Any:
        """Do, undo, do again: undone, every table must be as it was, byte by byte."""
        full = self._with_file(words)
        before = played.rows_of(self.file)
        good(*full)
        assert len(played.changed_tables(before, played.rows_of(self.file))) >= parts
        good("undo", self.file)
        played.check_undone(before, played.rows_of(self.file))
        self.story.append(story)
        answer = good(*full)
        return answer.document if "--json" in words else answer.out

    def ask(self, *words: object) -> Any:
        """Return the JSON of a command that changes nothing."""
        return good(*self._with_file(words), "--json").document

    def refused(self, *words: object) -> str:
        """Return the sentence of a command that must be refused and change nothing."""
        before = self.file.read_bytes()
        sentence = refused(*self._with_file(words)).err
        assert self.file.read_bytes() == before
        return sentence

    def evaluate(self, year: int) -> int:
        """Evaluate a year; runs are never removed, so there is nothing to undo."""
        self.story.append(f"评价 {year} 年企业（{POLICY}）")
        found = good(
            "evaluate", self.file, "--year", year, "--policy", "zhengzhou-2018", "--json"
        ).document
        return int(found["run"]["id"])

    def publish(self, on: int, run: int, year: int) -> None:
        """Review, recognise and publish from a day of June; publishing cannot be undone."""
        named, no = f"{year} 年第 {run} 次评价", f"〔示意〕{year}号"
        self.do("run", "review", "{}", "--on", f"{year + 1}-06-{on}", story=f"{named}转入复核")
        day = ("--on", f"{year + 1}-06-{on + 1}", "--document")
        self.do("run", "recognise", "{}", *day, f"认定{no}", story=f"{named}转入认定（认定{no}）")
        good("run", "publish", self.file, *day, f"公告{no}")
        self.story.append(f"{named}转入发布（公告{no}）")
        assert "不能撤销" in self.refused("undo", "{}")
        assert not any(one["undoable"] for one in self.ask("history", "{}"))
        assert "不能撤销" in good("history", self.file).out

    def _with_file(self, words: tuple[object, ...]) -> list[object]:
        assert words.count("{}") == 1
        return [self.file if word == "{}" else word for word in words]


HAND = ("--reason", "核查", "--approver", "市政府", "--document", "纪要〔示意〕1号", "--on")


def adjudicated(office: Office, first: int) -> int:
    """Publicity, two objections, a class by hand, publication; return the run published."""
    office.do(
        "run", "publicity", "{}", "--on", "2024-06-03", "--days", 5,
        story=f"2023 年第 {first} 次评价开始公示：2024-06-03 至 2024-06-07，5 个工作日",
    )  # fmt: skip
    numbers = []
    for (code, name), field, label, value in (
        (ACCEPTED, "tax_paid", "税收实际贡献", 9000),
        (REFUSED, "revenue", "主营业务收入", 90000),
    ):
        made = office.do(
            "run", "objection", "add", "{}", code, "--subject", field, "--content", "数值少计",
            "--claimed", value, "--on", "2024-06-04", "--json",
            story=f"登记{name}对“{label}”的异议（第 {first} 次评价）",
        )  # fmt: skip
        numbers.append(made["id"])
        assert made["stated_value"] < value
    by = ("--by", "评价办", "--on", "2024-06-06", "--document")
    data = office.ask("data", "{}", "--year", 2023)
    decided = office.do(
        "run", "objection", "decide", "{}", numbers[0], "accepted", *by, "答复〔示意〕1号",
        "--json", parts=3, story=f"采纳{ACCEPTED[1]}对“税收实际贡献”的异议（第 {numbers[0]} 号）",
    )  # fmt: skip
    run = decided["run"]["id"]
    assert decided["objection"]["new_run_id"] == run > first
    moved = {one["uscc"]: (one["before"], one["after"]) for one in decided["changed"]}
    assert moved[ACCEPTED[0]][0] == "C"
    assert len(moved) > 1, "the share of C is filled up by another one, who is named too"
    (one,) = played.differing(data, office.ask("data", "{}", "--year", 2023))
    assert one == (ACCEPTED[0], "tax_paid", 9000)
    office.do(
        "run", "objection", "decide", "{}", numbers[1], "refused", *by, "答复〔示意〕2号",
        "--answer", "与财务报表不符",
        story=f"不采纳{REFUSED[1]}对“主营业务收入”的异议（第 {numbers[1]} 号）",
    )  # fmt: skip
    office.do(
        "run", "override", "set", "{}", BY_HAND[0], "B", *HAND, "2024-06-11",
        story=f"人工调整{BY_HAND[1]}的类别：C → B（第 {run} 次评价）",
    )  # fmt: skip
    office.publish(11, run, 2023)
    published = office.ask("run", "status", "{}")
    assert (published["run"]["id"], published["locked"]) == (run, True)
    assert published["final_counts"]["C"] == published["run"]["counts"]["C"] - 1
    for words in (
        ("override", "remove", "{}", BY_HAND[0]),
        ("override", "set", "{}", TWICE[0], "B", *HAND, "2024-06-20"),
        ("objection", "add", "{}", TWICE[0], "--subject", "tax_paid", "--content", "x"),
        ("review", "{}", "--on", "2024-06-20"),
    ):
        assert "锁定" in office.refused("run", *words)
    return int(run)


def first_lists(office: Office, folder: Path) -> set[str]:
    """Issue the first lists of an own price table; return who is on that to the power company."""
    prices = folder / "价格.toml"
    prices.write_text(played.STEPS, encoding="utf-8")
    office.do(
        "measures", "save", prices, "--into", "{}", story="保存价格表：示意逐年加价表（第 2 版）"
    )
    power = issued(office, folder, 1)
    listed = {line["uscc"] for line in power["accounts"]}
    for account in power["accounts"]:
        assert account["document"]
        assert (account["grade"], account["rate"]) == ("C", played.FIRST)
    assert {TWICE[0], TWICE_BUT_FOR_HAND[0], REFUSED[0]} <= listed
    assert not {ACCEPTED[0], BY_HAND[0]} & listed
    return listed


def issued(office: Office, folder: Path, number: int) -> Any:
    """Issue the lists of a year, and return that to the power company."""
    document = f"执行〔示意〕{number}号"
    lists = office.do(
        "list", "issue", "{}", "--tariff", "bunian", "--document", document, "--json",
        "--on", f"{2023 + number}-06-20", "-o", folder / str(number),
        story=f"印发执行名单（供电、税务，{document}）",
    )["lists"]  # fmt: skip
    for utility in ("供电", "税务"):
        played.check_rates(folder / str(number) / f"差别化价格名单（{utility}）.xlsx")
    return next(one for one in lists if one["utility"] == "供电")


def first_cases(office: Office, folder: Path, run: int, listed: set[str]) -> None:
    """Open a case for each of class C, and lead one to its end."""
    opened = office.do(
        "exit", "open", "{}", "--on", "2024-06-20", "--responsible", "工信局", "--json",
        story=f"退出转型立案（2023 年第 {run} 次评价）：新立 {len(listed)} 户，延续 0 户",
    )["opened"]  # fmt: skip
    assert len(opened) == office.ask("run", "status", "{}")["final_counts"]["C"]
    assert {one["uscc"] for one in opened} == listed
    good("export", "exit", office.file, "-o", folder / "退出.xlsx")
    book = Opened(folder / "退出.xlsx")
    assert {row["统一社会信用代码"] for row in book.table(book.names[0])} == listed
    case = next(one["id"] for one in opened if one["uscc"] == REFUSED[0])
    mine = f"退出转型第 {case} 号（{REFUSED[1]}）"
    office.do(
        "exit", "update", "{}", case, "--path", "兼并重组", "--due", "2024-12-31",
        story=f"{mine}：处置路径：兼并重组，完成时限：2024-12-31",
    )  # fmt: skip
    step = office.do("exit", "step", "add", "{}", case, "签订协议", "--json",
                     story=f"{mine}增加步骤：签订协议")["id"]  # fmt: skip
    office.do("exit", "step", "done", "{}", step, "--evidence", "协议", "--on", "2024-09-02",
              story=f"{mine}完成步骤：签订协议")  # fmt: skip
    office.do(
        "exit", "close", "{}", case, "--outcome", "已并购", "--document", "批复〔示意〕1号",
        "--land", 12.5, "--on", "2024-09-20", story=f"{mine}销号：已并购",
    )  # fmt: skip
    freed = office.ask("exit", "freed", "{}")["freed"]
    assert [(one["year"], one["land"], one["energy"]) for one in freed] == [
        (2024, {"value": 12.5, "missing": 0}, {"value": None, "missing": 1})
    ]


def drafted(office: Office, folder: Path) -> dict[str, tuple[object, object]]:
    """Return years and rate by code of the list as it would be issued now."""
    out = folder / POWER
    good("export", "pricing", office.file, "--tariff", "bunian", "--utility", "供电", "-o", out)
    return {
        str(row["统一社会信用代码"]): (row["连续年数"], row["加价标准"])
        for row in played.check_rates(out)
    }


def next_year(office: Office, folder: Path, listed: set[str]) -> None:
    """Play the next year: prices of the second year, and who is no longer listed."""
    take = ("--into", "{}", "--year", 2024)
    office.do("import", *played.books(2024), *take, story=f"导入{BOOKS}", parts=2)
    second = office.evaluate(2024)
    assert drafted(office, folder)[TWICE_BUT_FOR_HAND[0]] == (2, played.SECOND)
    office.do(
        "run", "publicity", "{}", "--on", "2025-06-03", "--days", 5,
        story=f"2024 年第 {second} 次评价开始公示：2025-06-03 至 2025-06-09，5 个工作日",
    )  # fmt: skip
    office.do(
        "run", "override", "set", "{}", TWICE_BUT_FOR_HAND[0], "B", *HAND, "2025-06-10",
        story=f"人工调整{TWICE_BUT_FOR_HAND[1]}的类别：C → B（第 {second} 次评价）",
    )  # fmt: skip
    assert TWICE_BUT_FOR_HAND[0] not in drafted(office, folder)
    office.publish(10, second, 2024)
    power = issued(office, folder, 2)
    years = {line["uscc"]: (line["years"], line["rate"]) for line in power["accounts"]}
    assert years.pop(TWICE[0]) == (2, played.SECOND)
    assert set(years.values()) == {(1, played.FIRST)}
    removed = {line["before"]["uscc"]: line["reason"] for line in power["changes"]["removed"]}
    for code in (TWICE_BUT_FOR_HAND[0], REFUSED[0]):
        assert removed[code] == "类别由C类变为B类"
    assert removed.keys() == listed - {TWICE[0]}
    rows = played.check_rates(folder / "2" / POWER)
    assert {row["统一社会信用代码"] for row in rows} == {*years, TWICE[0]}
    says = Opened(folder / "2" / POWER).table("取消")
    assert {(row["统一社会信用代码"], row["原因"]) for row in says} == set(removed.items())
    check_money(office)
    c_now = office.ask("run", "status", "{}")["final_counts"]["C"]
    again = office.do(
        "exit", "open", "{}", "--on", "2025-06-20", "--json",
        story=f"退出转型立案（2024 年第 {second} 次评价）：新立 {c_now - 1} 户，延续 1 户",
    )  # fmt: skip
    assert len(again["opened"]) + len(again["confirmed"]) == c_now == len(years) + 1
    assert len(office.ask("exit", "list", "{}", "--run", second)["cases"]) == c_now
    assert TWICE_BUT_FOR_HAND[0] in {one["uscc"] for one in again["left"]}


def check_money(office: Office) -> None:
    """Check that totals hold what is known, and count what is not known beside it."""
    money = office.ask("measures", "estimate", "{}", "--tariff", "bunian")
    for total in money["totals"]:
        same = [
            line for line in money["enterprises"]
            if (line["kind"], line["direction"]) == (total["kind"], total["direction"])
        ]  # fmt: skip
        known = [line["amount"] for line in same if line["amount"] is not None]
        assert total["unknown"] == len(same) - len(known)
        assert total["amount"] == (round(sum(known), 4) if known else None)
    assert any(total["amount"] is None for total in money["totals"])


def test_the_year_of_an_office(tmp_path: Path) -> None:
    office = Office(tmp_path / "示例市.zoneeval")
    good("new", office.file)
    take = ("--into", "{}", "--year", 2023)
    office.do("import", *played.books(2023), *take, story=f"导入{BOOKS}", parts=2)
    first = office.evaluate(2023)
    run = adjudicated(office, first)
    listed = first_lists(office, tmp_path)
    first_cases(office, tmp_path, run, listed)
    next_year(office, tmp_path, listed)
    played.check_told(office.ask("history", "{}"), office.story)
    assert all(one["ok"] for one in office.ask("verify", "{}")["runs"])
