"""Figures by year, what a policy says of its scoring, and who cannot be scored."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.cases import CASES
from tests.helpers.mechanisms import HEAD, mechanism
from zoneeval.engine import evaluate, explain
from zoneeval.engine.drawing import supported
from zoneeval.errors import InputError
from zoneeval.model.dataset import Dataset
from zoneeval.policy.loader import load_policy, parse_policy
from zoneeval.policy.resolve import has_dated, resolved
from zoneeval.policy.schema import Policy
from zoneeval.policy.wording import bonus_words, method_words, missing_words, treatment_words
from zoneeval.report.basis import basis_page

FILES = sorted((CASES / "mechanisms" / "scoring").glob("*.toml"))
DATED = """
[[tracks.indicators]]
key = "tax_per_mu"
weights = { 2022 = 40, 2024 = 100 }
cite = "doc"
benchmark = { kind = "fixed", values = { 2023 = 10, 2024 = 20 } }

[[tracks.indicators]]
key = "revenue_per_mu"
weights = { 2022 = 60 }
cite = "doc"
benchmark = { kind = "fixed", value = 10 }
"""
FIVE = Dataset.from_rows([{"uscc": "E1", "tax_per_mu": 5.0}], 2022)


def test_a_figure_that_comes_only_later_is_a_sentence() -> None:
    policy = mechanism(DATED.replace("2024 = 100", "2024 = 40"))
    said = "“亩均税收”的基准值从 2023 年起才有，不能评价 2022 年：请在办法中补上 2022 年的基准值"
    with pytest.raises(InputError, match=said):
        evaluate(policy, FIVE)
    with pytest.raises(InputError, match="“亩均税收”的权重从 2022 年起才有，不能评价 2021 年"):
        resolved(policy, 2021)


def test_weights_add_up_in_every_year() -> None:
    with pytest.raises(Exception, match="2024 年各项权重合计 160，应为 100"):
        mechanism(DATED)


def test_a_policy_without_figures_by_year_stays_itself() -> None:
    policy = load_policy("huangyan-2022")
    assert not has_dated(policy)
    assert resolved(policy, 1999) is policy


def test_data_without_a_year_take_the_figures_of_the_policys_year() -> None:
    policy = mechanism(DATED.replace("2024 = 100", "2024 = 40"))
    result = evaluate(policy, Dataset(FIVE.columns))
    assert result.benchmarks["tax_per_mu"][0] == 20
    assert result.assumptions[0] == "没有指明年度，按年度给出的数值取 2024 年的。"
    tree = explain(policy, result, 0)
    assert "权重" in str(tree.as_json())


def test_what_a_benchmark_from_the_year_before_needs() -> None:
    policy = mechanism(
        '[[tracks.indicators]]\nkey = "tax_per_mu"\nweight = 100\ncite = "doc"\n'
        'benchmark = { kind = "maximum", year = "previous" }\n'
    )
    with pytest.raises(InputError, match="基准值取自上一年度最高值，但没有上一年度数据"):
        evaluate(policy, FIVE)


def test_a_bonus_without_its_columns_is_not_given_and_says_so() -> None:
    policy = mechanism(
        '[[tracks.indicators]]\nkey = "tax_per_mu"\nweight = 100\ncite = "doc"\n'
        'benchmark = { kind = "fixed", value = 5 }\n'
        '[[tracks.bonus]]\nid = "x"\nlabel = "处罚"\ncite = "doc"\nper = "penalties"\npoints = -5\n'
    )
    result = evaluate(policy, FIVE)
    assert result.penalty[0] == 0
    assert "表中没有“行政处罚次数”，未计“处罚”扣分。" in result.assumptions


def test_a_group_where_nobody_has_the_figure_scores_nothing() -> None:
    for method in ("floored_minmax", "ratio_to_best", "efficacy", "rank"):
        policy = mechanism(
            f'[[tracks.indicators]]\nkey = "tax_per_mu"\nweight = 60\ncite = "doc"\n'
            f'method = "{method}"\n'
            '[[tracks.indicators]]\nkey = "revenue_per_mu"\nweight = 40\ncite = "doc"\n'
            'benchmark = { kind = "fixed", value = 10 }\n'
        )
        data = Dataset.from_rows([{"uscc": "E1", "tax_per_mu": None, "revenue_per_mu": 10.0}], 2024)
        result = evaluate(policy, data)
        assert result.composite[0] == 40
        assert not np.isinf(result.benchmarks["tax_per_mu"]).any()
        assert "计 0 分" in str(explain(policy, result, 0, dataset=data).as_json())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_basis_sheet_states_every_mechanism(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    policy = mechanism(case["policy"]) if "policy" in case else parse_policy(case["whole"])
    text = "\n".join(str(cell) for row in basis_page(policy).rows for cell in row)
    for track in policy.tracks:
        for item in track.indicators:
            wanted = [*treatment_words(item)]
            if item.method.kind != "ratio":
                wanted.append(method_words(item))
            if item.missing != "zero":
                wanted.append(missing_words(item))
            assert all(words in text for words in wanted)
        for bonus in track.bonus:
            assert bonus.label in text
            if bonus.per or bonus.window or bonus.kind or bonus.share_of_score:
                assert bonus_words(bonus) in text


@pytest.mark.parametrize(
    ("setting", "plain"),
    [
        ("", True),
        ('missing = "reweight"', False),
        ('missing = "penalty"\nmissing_points = -3', False),
        ('negative = "zero"', False),
        ('zero = "missing"', False),
    ],
)
def test_what_is_drawn_many_times_at_once_is_only_what_is_known_there(
    setting: str, plain: bool
) -> None:
    track = (
        '[[tracks.indicators]]\nkey = "tax_per_mu"\nweight = 100\ncite = "doc"\n'
        f'benchmark = {{ kind = "average" }}\n{setting}\n'
    )
    assert supported(_graded(track)) is plain


def test_points_that_follow_the_score_are_not_drawn() -> None:
    track = (
        '[[tracks.indicators]]\nkey = "tax_per_mu"\nweight = 100\ncite = "doc"\n'
        'benchmark = { kind = "average" }\n'
    )
    bonus = '[[tracks.bonus]]\nid = "x"\nlabel = "高新"\ncite = "doc"\nwhen = "high_tech == 1"\n'
    assert supported(_graded(f"{track}{bonus}points = 3\n"))
    assert not supported(_graded(f"{track}{bonus}share_of_score = 0.05\n"))
    whole = track.replace('kind = "average"', 'kind = "average", population = "all"')
    assert not supported(_graded(whole))


def _graded(track: str) -> Policy:
    shares = '[tracks.grading]\nkind = "shares"\ncite = "doc"\nbands = [{ grade = "A", up_to = 1 }]'
    return parse_policy(f"{HEAD}{track}{shares}\n")
