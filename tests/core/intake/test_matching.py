"""Rows without a credit code: who is meant, who is asked about, and what is never done."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.departments import MakeBook, code
from zoneeval.intake import Draft, read_workbooks
from zoneeval.intake.matching import Matcher
from zoneeval.intake.names import core_name, likeness, normalised_name
from zoneeval.model.issue import Severity

TAX = ["企业名称", "税收实际贡献（万元）"]


def read(*paths: Path, **given: object) -> Draft:
    return read_workbooks(paths, year=2024, **given)  # type: ignore[arg-type]


def codes_of(draft: Draft) -> list[str]:
    return [issue.code for issue in draft.issues]


def tax(draft: Draft, number: int) -> object:
    found = draft.years[2024].values.get(code(number), {}).get("tax_paid")
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样例（甲）有限公司", "样例(甲)有限责任公司"),
        ("样例 甲\u3000有限公司", "样例甲有限公司"),
        ("ＡＢＣ电子有限公司", "abc电子有限公司"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert normalised_name(one) == normalised_name(other)
    assert likeness(one, other) == 1.0


def test_a_factory_and_a_company_are_alike_and_not_the_same() -> None:
    assert core_name("样例机械厂") == core_name("样例机械股份有限公司")
    assert likeness("样例机械厂", "样例机械有限公司") == 0.8
    assert core_name("有限公司") == "有限公司"


def test_the_same_name_is_joined_with_a_note(book: MakeBook, directory: Path) -> None:
    sheet = [TAX, ["样例1有限责任公司", 5], ["样例 2 有限公司", 6]]
    draft = read(directory, book("税.xlsx", {"税": sheet}))
    assert not draft.has_blocking
    assert (tax(draft, 1), tax(draft, 2)) == (5.0, 6.0)
    assert "joined-by-alias" in codes_of(draft)
    assert draft.questions == ()
    assert draft.years[2024].values[code(1)]["name"].value == "样例1有限公司"


def test_a_doubtful_name_blocks_its_rows_until_it_is_decided(
    book: MakeBook, directory: Path
) -> None:
    path = book("税.xlsx", {"税": [TAX, ["样例1有限公司", 5], ["样例二有限公司", 6]]})
    draft = read(directory, path)
    (question,) = draft.questions
    assert (question.kind, question.shown, question.rows) == ("name", "样例二有限公司", (3,))
    assert question.proposals
    assert all(p.score < 1 for p in question.proposals)
    issue = next(i for i in draft.issues if i.code == "doubtful-enterprise")
    assert (issue.severity, issue.row, issue.column) == (Severity.BLOCKING, 3, "A")
    assert "样例二有限公司" in issue.message
    assert "相似度" in issue.message
    assert tax(draft, 2) is None
    assert draft.has_blocking
    decided = read(directory, path, aliases={("name", "样例二有限公司"): code(2)})
    assert not decided.has_blocking
    assert tax(decided, 2) == 6.0
    nobody = read(directory, path, aliases={("name", "样例二有限公司"): ""})
    assert not nobody.has_blocking
    assert tax(nobody, 2) is None
    assert "not-ours" in codes_of(nobody)


def test_a_name_that_nobody_has_and_a_name_that_two_have(book: MakeBook, directory: Path) -> None:
    stranger = ["完全无关商贸中心", 5]
    draft = read(directory, book("一.xlsx", {"税": [TAX, stranger]}))
    assert [c for c in codes_of(draft) if c in ("missing-column", "unknown-enterprise")] == [
        "missing-column"
    ]
    assert len(draft.questions) == 1
    draft = read(directory, book("税.xlsx", {"税": [TAX, ["样例1有限公司", 4], stranger]}))
    assert "unknown-enterprise" in codes_of(draft)
    twins = {code(8): "同名有限公司", code(9): "同名有限公司"}
    draft = read(book("二.xlsx", {"税": [TAX, ["同名有限公司", 5]]}), known=twins)
    (question,) = draft.questions
    assert {p.uscc for p in question.proposals} == {code(8), code(9)}
    assert not draft.years


def test_old_organisation_codes(book: MakeBook, directory: Path) -> None:
    old = code(1)[8:17]
    head = ["组织机构代码", "税收实际贡献（万元）"]
    path = book("税.xlsx", {"税": [head, [f"{old[:8]}-{old[8]}", 5]]})
    draft = read(directory, path)
    assert not draft.has_blocking
    assert tax(draft, 1) == 5.0
    mixed = [["统一社会信用代码", "税收实际贡献（万元）"], [code(2), 6], [old, 7]]
    draft = read(directory, book("混.xlsx", {"税": mixed}))
    assert not draft.has_blocking
    assert (tax(draft, 1), tax(draft, 2)) == (7.0, 6.0)


def test_account_numbers_known_from_earlier_meters(book: MakeBook, directory: Path) -> None:
    head = ["户号", "户名", "用电量（万千瓦时）"]
    path = book("电.xlsx", {"电": [head, ["0012", "某房东", 3], ["0013", "样例2有限公司", 4]]})
    draft = read(directory, path, accounts={"0012": code(1)})
    assert not draft.has_blocking
    values = draft.years[2024].values
    assert values[code(1)]["electricity_use"].value == 3.0
    assert values[code(2)]["electricity_use"].value == 4.0
    assert {m.account: m.uscc for m in draft.years[2024].meters} == {
        "0012": code(1), "0013": code(2),
    }  # fmt: skip
    other = read(directory, path, accounts={"0012": code(1), "0013": code(3)})
    (question,) = other.questions
    assert (question.kind, question.alias) == ("account", "0013")
    assert [p.uscc for p in question.proposals] == [code(2), code(3)]


def test_an_empty_code_is_asked_about_even_when_the_name_is_the_same(
    book: MakeBook, directory: Path
) -> None:
    path = book("税.xlsx", {"税": [["统一社会信用代码", *TAX], [None, "样例1有限公司", 5]]})
    draft = read(directory, path)
    assert [i for i in codes_of(draft) if i in ("missing-code", "doubtful-enterprise")] == [
        "missing-code"
    ]
    (question,) = draft.questions
    assert [p.uscc for p in question.proposals] == [code(1)]
    decided = read(directory, path, aliases={("name", "样例1有限公司"): code(1)})
    assert not decided.has_blocking
    assert tax(decided, 1) == 5.0


def test_another_name_for_the_same_code_is_noted(book: MakeBook, directory: Path) -> None:
    rows = [["统一社会信用代码", *TAX], [code(1), "新样例有限公司", 5]]
    draft = read(directory, book("税.xlsx", {"税": rows}))
    (issue,) = [i for i in draft.issues if i.code == "name-differs"]
    assert (issue.severity, issue.row, issue.uscc) == (Severity.NOTE, 2, code(1))
    assert "更名" in issue.message
    assert draft.years[2024].values[code(1)]["name"].value == "样例1有限公司"


def test_the_department_that_owns_a_field_goes_before_others(
    book: MakeBook, directory: Path
) -> None:
    head = ["统一社会信用代码", "主营业务收入（万元）", "税收实际贡献（万元）"]
    statistics = book("统计.xlsx", {"统计": [head, [code(1), 900, 5]]})
    office = book("税务.xlsx", {"税": [["统一社会信用代码", "税收实际贡献（万元）"], [code(1), 6]]})
    for order in ((statistics, office), (office, statistics)):
        draft = read(directory, *order)
        assert tax(draft, 1) == 6.0
        (issue,) = [i for i in draft.issues if i.code == "conflicting-sources"]
        for words in ("统计.xlsx", "税务.xlsx", "为 5万元", "为 6万元"):
            assert words in issue.message


NAMES = st.text(alphabet="甲乙丙丁样例机械电子厂有限责任公司（） A1", min_size=1, max_size=9)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.integers(0, 30), NAMES, min_size=1, max_size=8),
    NAMES,
    st.randoms(use_true_random=False),
)
def test_a_name_means_one_enterprise_or_none_whatever_the_order(
    listed: dict[int, str], asked: str, chance: object
) -> None:
    pairs = [(code(n), name) for n, name in listed.items()]
    answers = []
    for _ in range(3):
        chance.shuffle(pairs)  # type: ignore[attr-defined]
        match = Matcher(pairs).match(name=asked)
        answers.append(match)
    assert answers[0] == answers[1] == answers[2]
    match = answers[0]
    assert match is not None
    same = {c for c, name in pairs if normalised_name(name) == normalised_name(asked)}
    if match.uscc is not None:
        assert same == {match.uscc}
    else:
        assert len(same) != 1
        assert all(p.score < 1 for p in match.proposals)
        assert len({p.uscc for p in match.proposals}) == len(match.proposals)


def test_the_order_of_workbooks_and_rows_changes_no_assignment(
    book: MakeBook, directory: Path
) -> None:
    rows = [["样例3有限公司", 3], ["样例1有限公司", 1], ["样例二有限公司", 2]]
    one = book("一.xlsx", {"税": [TAX, *rows]})
    other = book("二.xlsx", {"税": [TAX, *reversed(rows)]})
    first, second = read(directory, one), read(other, directory)
    for number in (1, 2, 3):
        assert tax(first, number) == tax(second, number)
    assert [(q.kind, q.alias, q.proposals) for q in first.questions] == [
        (q.kind, q.alias, q.proposals) for q in second.questions
    ]


def test_a_sum_that_may_lack_a_row_is_set_aside_whole(book: MakeBook, directory: Path) -> None:
    head = ["户号", "用电单位", "用电量（万千瓦时）"]
    rows = [head, ["01", "样例1有限公司", 3], ["02", "样例1厂", 4], ["03", "样例2有限公司", 5]]
    draft = read(directory, book("电.xlsx", {"电": rows}), set_aside=True)
    assert not draft.has_blocking
    assert set(draft.years[2024].values) == {code(2), code(3)}
    assert "样例1有限公司" in draft.set_aside
