"""Every piece of TOML in the guide to writing policies is one that loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zoneeval.engine import evaluate
from zoneeval.model.dataset import Dataset
from zoneeval.policy.loader import check_policy, parse_policy

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "办法编写.md"
BLOCKS = re.findall(r"^```toml(?: (\S+))?\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)
STEPS = [text for kind, text in BLOCKS if kind == "步骤"]
PIECES = [(kind, text) for kind, text in BLOCKS if kind != "步骤"]
HEAD = "\n".join(STEPS[:2])
GROUPED = HEAD + STEPS[3].replace('["zone"]', '["industry_group"]')
BONUS, GRADING = STEPS[4], STEPS[5]
TRACK = '[[tracks]]\nid = "all"\nlabel = "全部"\ncite = "banfa"\n\n'


def whole(kind: str, piece: str) -> str:
    """Return a whole policy in which a piece of the guide stands where it belongs."""
    scored = HEAD + STEPS[3]
    return {
        "参评": f"{HEAD}{piece}{STEPS[3]}{GRADING}",
        "行业组": f"{GROUPED}{GRADING}{piece}",
        "组别": f"{HEAD}{piece}",
        "指标": f"{HEAD}{TRACK}{piece}{GRADING}",
        "加分": f"{scored}{piece}{GRADING}",
        "分类": f"{scored}{piece}",
        "调整": f"{scored}{GRADING}{piece}",
    }[kind]


def sentences(text: str) -> list[str]:
    return [fault.sentence for fault in check_policy(text)]


def test_the_steps_make_a_policy() -> None:
    assert len(STEPS) == 7
    assert sentences("".join(STEPS)) == []


def test_the_policy_of_the_guide_gives_classes() -> None:
    row = {"industry_code": "3011", "scale": "规上", "zone": "东", "land_area": 10.0}
    row |= {"production_started_on": "2010-01-01", "revenue": 1000.0, "rd_expense": 20.0}
    rows = [
        {"uscc": f"U{i}", **row, "tax_paid": 10.0 * i, "accidents": i // 5, "penalties": 0}
        for i in range(1, 6)
    ]
    data = Dataset.from_rows(rows, 2025)
    result = evaluate(parse_policy("".join(STEPS)), data, Dataset.from_rows(rows, 2024))
    assert list(result.computed_grade) == ["C", "B", "B", "B", "A"]
    assert list(result.grade) == ["C", "B", "B", "B", "B"]


@pytest.mark.parametrize(
    ("kind", "piece"), PIECES, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(PIECES)]
)
def test_every_piece_loads(kind: str, piece: str) -> None:
    assert sentences(whole(kind, piece)) == []


def test_every_kind_of_the_language_is_in_the_guide() -> None:
    text = "".join(piece for _, piece in BLOCKS)
    kinds = ("shares", "limits", "thresholds", "two_stage", "rank_only", "direct", "ceiling")
    kinds += ("up", "down", "floored_minmax", "reverse_linear", "bands", "efficacy", "rank")
    assert [kind for kind in kinds if f'kind = "{kind}"' not in text] == []
