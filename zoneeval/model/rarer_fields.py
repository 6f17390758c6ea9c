"""Fields that only some policies ask for: kinds of tax, discharge permits, other ratings.

What counts as 税收实际贡献 is the policy's to say, kind by kind and with signs; so is
whether discharge is measured or permitted.  Ratings of other offices are kept apart
from the classes given here, and may only be conditions of them.
"""

from __future__ import annotations

from zoneeval.model.field import Field


def _tax(key: str, label: str, *aliases: str, note: str = "") -> Field:
    return Field(key, label, "万元", aliases=aliases, note=note)


TAX_FIELDS = (
    _tax("tax_vat", "增值税净入库", "增值税", "增值税净入库数", "增值税入库净额"),
    _tax("tax_vat_exported", "出口免抵税额", "免抵税额", "出口“免抵”税额", "免抵调库"),
    _tax("tax_returned", "先征后退税额", "先征后退", "先征后退退税额"),
    _tax("tax_refunded", "即征即退税额", "即征即退", "即征即退退税额"),
    _tax("tax_income", "企业所得税"),
    _tax("tax_property", "房产税"),
    _tax("tax_land_use", "城镇土地使用税", "土地使用税"),
    _tax("tax_vehicle", "车船税"),
    _tax("tax_land_gain", "土地增值税"),
    _tax("tax_stamp", "印花税"),
    _tax("tax_construction", "城市维护建设税", "城建税"),
    _tax("tax_resource", "资源税"),
    _tax("tax_education", "教育费附加"),
    _tax("tax_local_education", "地方教育附加", "地方教育费附加"),
    _tax("tax_environment", "环境保护税", "环保税"),
)

PERMIT_FIELDS = (
    Field("permit_cod", "化学需氧量排污权", "吨", aliases=("COD排污权",), minimum=0),
    Field("permit_nh3n", "氨氮排污权", "吨", minimum=0),
    Field("permit_so2", "二氧化硫排污权", "吨", aliases=("SO2排污权",), minimum=0),
    Field("permit_nox", "氮氧化物排污权", "吨", aliases=("NOx排污权",), minimum=0),
)

OTHER_RATINGS = (
    Field(
        "environment_credit",
        "环保信用等级",
        kind="text",
        aliases=("环境信用等级", "环境信用评价等级", "环保信用评价等级"),
        note="生态环境部门评定，与本评价的类别无关",
    ),
    Field(
        "pollution_level",
        "重污染天气绩效等级",
        kind="text",
        aliases=("重污染天气绩效分级", "绩效分级", "绩效等级", "重污染天气应急减排绩效等级"),
        note="生态环境部门评定，与本评价的类别无关",
    ),
    Field(
        "industry_category",
        "产业结构调整目录类别",
        kind="text",
        aliases=("产业目录类别", "产业政策类别"),
        note="国家产业结构调整指导目录：鼓励类、限制类、淘汰类",
    ),
)
