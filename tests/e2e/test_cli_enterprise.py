"""`enterprise`: one enterprise over all years on the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.helpers.command import good, refused


def test_an_enterprise_is_told_over_the_years(workspace: Path, tmp_path: Path) -> None:
    rows = good("data", workspace, "--year", 2024, "--json").document["enterprises"]
    code = str(rows[0]["uscc"])
    document = good("enterprise", workspace, code, "--json").document
    assert document["uscc"] == code
    year = next(one for one in document["years"] if one["year"] == 2024)
    assert year["values"]["tax_paid"] == rows[0]["values"]["tax_paid"]["value"]
    assert year["result"]["status"] == "trial"
    said = good("enterprise", workspace, code).out
    assert code in said
    assert "最终类别" in said
    assert "2024 年" in said
    out = tmp_path / "历年.xlsx"
    assert str(out) in good("enterprise", workspace, code, "-o", out).out
    assert openpyxl.load_workbook(out).sheetnames[0] == "历年情况"


def test_an_unknown_enterprise_is_refused(workspace: Path) -> None:
    assert "没有信用代码" in refused("enterprise", workspace, "91419900MA0009990X").err
