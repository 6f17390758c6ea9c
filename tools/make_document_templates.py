"""Make the Word templates of the documents, the same bytes each time.

    python tools/make_document_templates.py [FOLDER]

Layout after GB/T 9704—2012.  What the office changes in Word is not touched by this.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from document_page import Page
from zoneeval.giving.word import HEI, begin_annex

FOLDER = Path(__file__).resolve().parents[1] / "zoneeval/giving/documents/templates"
_SIZE = 12.0
LIST = (("序号", 11.0), ("企业名称", 55.0), ("信用代码", 44.0), ("园区", 34.0))


def report() -> Page:
    page = Page("评价情况报告")
    page.number()
    page.title("{{ 评价年度 }}年度企业分类综合评价", "情况报告")
    page.to()
    page.warning()
    page.text(
        "依照{{ 办法 }}，对{{ 评价范围 }}{{ 评价年度 }}年度的企业作了分类综合评价"
        "（第{{ 评价编号 }}次评价，现处于{{ 状态 }}阶段）。现将情况报告如下。"
    )
    page.heading("一、总体情况")
    page.text(
        "纳入评价的企业{{ 企业总数 }}家，其中参评{{ 参评数 }}家"
        "{% if 未参评说明 %}，{{ 未参评说明 }}{% endif %}。各类企业如下："
    )
    page.table(
        "类别统计",
        (("类别", 16), ("名称", 50), ("家数", 22), ("占比", 22), ("上年家数", 24), ("增减", 22)),
        right=("家数", "占比", "上年家数", "增减"),
        size=_SIZE,
    )
    page.only_if(
        "缺数据指标",
        lambda: page.text(
            "部分参评企业缺少数据，缺少的没有估计，按办法的规定处理："
            "{% for 项 in 缺数据指标 %}{{ 项.指标 }}{{ 项.家数 }}家"
            "{% if not loop.last %}、{% endif %}{% endfor %}。"
        ),
    )
    page.heading("二、各园区情况")
    page.table(
        "园区统计",
        (("园区", 44), ("企业数", 18), ("参评数", 18), ("分类情况", 76)),
        right=("企业数", "参评数"),
        size=_SIZE,
    )
    page.heading("三、与上一年度相比的变化")
    page.tag("if 有上年")
    page.text(
        "与{{ 上年 }}年度相比，类别上升{{ 上升数 }}家，下降{{ 下降数 }}家，不变{{ 不变数 }}家；"
        "新进{{ 新进数 }}家，退出评价{{ 退出数 }}家。"
    )
    columns = (
        *(("序号", 12.0), ("企业名称", 60.0), ("园区", 32.0)),
        *(("上年类别", 17.0), ("本年类别", 17.0), ("变化", 18.0)),
    )
    page.only_if("类别变动", lambda: page.table("类别变动", columns))
    page.tag("else")
    page.text("没有上一年度的评价结果，不作比较。")
    page.tag("endif")
    page.heading("四、评价办法的变化")
    page.text("{{ 办法说明 }}")
    page.each(
        "项 in 办法变化", lambda: page.text("{{ loop.index }}．{{ 项.部分 }}：{{ 项.内容 }}。")
    )
    page.heading("五、临线企业")
    page.tag("if 临线企业")
    page.text("离最低类别的线最近的企业如下，距线为正的在线以上，为负的在线以下。")
    nearest = (
        *(("序号", 12.0), ("企业名称", 54.0), ("园区", 28.0), ("类别", 12.0)),
        *(("综合得分", 18.0), ("划线依据", 18.0), ("距线", 14.0)),
    )
    page.table("临线企业", nearest, right=("综合得分", "距线"))
    page.tag("else")
    page.text("没有需要说明的临线企业。")
    page.tag("endif")
    page.heading("六、异议和人工调整")
    page.text(
        "收到异议{{ 异议件数 }}件：采纳{{ 采纳件数 }}件，不采纳{{ 不采纳件数 }}件，"
        "撤回{{ 撤回件数 }}件，待处理{{ 待处理件数 }}件。"
    )
    page.tag("if 人工调整")
    page.text("人工调整类别的企业如下：")
    page.each(
        "项 in 人工调整",
        lambda: page.text(
            "{{ 项.企业名称 }}：由{{ 项.原类别 }}类调整为{{ 项.调整后类别 }}类，理由：{{ 项.理由 }}"
            "（{{ 项.文件 }}）。"
        ),
    )
    page.tag("else")
    page.text("没有人工调整类别的企业。")
    page.tag("endif")
    page.sign()
    return page


def publicity() -> Page:
    page = Page("公示公告")
    page.number()
    page.title("关于{{ 评价年度 }}年度企业分类综合评价结果的", "公示公告")
    page.warning()
    page.text(
        "依照{{ 办法 }}，{{ 评价范围 }}{{ 评价年度 }}年度企业分类综合评价已经完成，"
        "现将评价结果予以公示。"
    )
    page.text("公示时间：{{ 公示开始 }}至{{ 公示截止 }}，共{{ 公示天数 }}个工作日。")
    page.text(
        "评价结果：{% for 项 in 类别统计 %}{{ 项.类别 }}类（{{ 项.名称 }}）{{ 项.家数 }}家"
        "{% if not loop.last %}，{% endif %}{% endfor %}。名单附后，同一类别内不分先后。"
    )
    page.text(
        "对评价结果有异议的企业，请在公示期内向{{ 受理单位 }}书面提出，"
        "写明有异议的数据或者条款，并附证明材料。"
    )
    page.contact()
    page.text("附件：{{ 评价年度 }}年度企业分类综合评价结果名单")
    page.sign()
    page.annex("附件", "{{ 评价年度 }}年度企业分类综合评价结果名单")
    page.table("名单", (*LIST, ("类别", 12.0)))
    return page


def notice() -> Page:
    page = Page("企业告知书")
    page.number()
    page.title("{{ 标题 }}")
    page.to()
    page.warning()
    page.text("{{ 开头 }}")
    page.heading("一、评价结果")
    page.text("{{ 结论 }}{{ 人工调整说明 }}")
    page.heading("二、基本情况")
    page.each("项 in 基本情况", lambda: page.text("{{ 项.项目 }}：{{ 项.内容 }}"))
    page.tag("if 指标表")
    page.heading("三、指标和得分")
    columns = (
        *(("指标", 38.0), ("数值", 20.0), ("基准值", 21.0), ("权重", 16.0)),
        *(("得分", 15.0), ("依据", 19.0), ("来源", 27.0)),
    )
    page.table("指标表", columns, right=("数值", "基准值", "权重", "得分"))
    page.each("项 in 结果", lambda: page.text("{{ 项.项目 }}：{{ 项.内容 }}"))
    page.tag("endif")
    page.heading("{% if 指标表 %}四{% else %}三{% endif %}、怎样提出异议")
    page.each("段 in 异议办法", lambda: page.text("{{ 段 }}"))
    page.heading("{% if 指标表 %}五{% else %}四{% endif %}、说明")
    page.each("段 in 说明", lambda: page.text("{{ 段 }}"))
    page.sign()
    return page


def reply() -> Page:
    page = Page("异议答复")
    page.number()
    page.title("关于对企业分类综合评价结果异议的答复")
    page.to()
    page.warning()
    page.text(
        "贵单位（统一社会信用代码{{ 信用代码 }}）于{{ 收到日期 }}对{{ 评价年度 }}年度"
        "企业分类综合评价结果提出的异议收悉。经研究，答复如下："
    )
    page.heading("一、异议事项")
    page.text("事项：{{ 异议事项 }}。")
    page.text("内容：{{ 异议内容 }}")
    page.only_if(
        "有数值",
        lambda: page.text("评价依据的数值：{{ 原数值 }}；贵单位主张的数值：{{ 主张数值 }}。"),
    )
    page.only_if("证明材料", lambda: page.text("证明材料：{{ 证明材料 }}。"))
    page.heading("二、处理决定")
    page.text(
        "{% if 处理结果 == '撤回' %}贵单位已撤回该异议，"
        "{{ 决定人 }}于{{ 决定日期 }}登记，不再处理。"
        "{% else %}经{{ 决定人 }}于{{ 决定日期 }}决定"
        "{% if 决定文件 %}（{{ 决定文件 }}）{% endif %}，对该异议：{{ 处理结果 }}。{% endif %}"
    )
    page.each("段 in 答复内容", lambda: page.text("{{ 段 }}"))
    page.heading("三、评价类别")
    page.text("{{ 类别说明 }}")
    page.text("如有疑问，请与{{ 受理单位 }}联系。")
    page.contact()
    page.sign()
    return page


def recognition() -> Page:
    page = Page("认定文件")
    page.number()
    page.title("关于公布{{ 评价年度 }}年度企业分类综合评价", "认定结果的通知")
    page.to()
    page.warning()
    page.draft()
    page.text(
        "依照{{ 办法 }}，{{ 评价范围 }}{{ 评价年度 }}年度企业分类综合评价结果已于{{ 公示开始 }}至"
        "{{ 公示截止 }}公示，经复核，于{{ 认定日期 }}认定"
        "{% if 认定文件 %}（{{ 认定文件 }}）{% endif %}，现予公布。"
    )
    page.text(
        "共认定{{ 已分类数 }}家：{% for 项 in 类别统计 %}{{ 项.类别 }}类（{{ 项.名称 }}）"
        "{{ 项.家数 }}家"
        "{% if not loop.last %}，{% endif %}{% endfor %}。请按各自职责落实分类政策。"
    )
    page.text("附件：", together=True)
    page.each(
        "类 in 分类名单",
        lambda: page.text("{{ 类.附件号 }}．{{ 类.类别 }}类（{{ 类.名称 }}）企业名单"),
    )
    page.sign()
    page.tag("for 类 in 分类名单")
    page.annex("附件{{ 类.附件号 }}", "{{ 类.类别 }}类（{{ 类.名称 }}）企业名单（{{ 类.家数 }}家）")
    page.table("企业", LIST, owner="类.")
    page.tag("endfor")
    return page


def execution() -> Page:
    page = Page("差别化政策执行通知")
    page.number()
    page.title("关于执行{{ 评价年度 }}年度企业分类综合评价", "差别化政策的通知")
    page.to()
    page.warning()
    page.draft()
    page.only_if("价格表说明", lambda: page.text("{{ 价格表说明 }}", font=HEI))
    page.text(
        "依照{{ 办法 }}{% if 认定文件 %}和{{ 认定文件 }}{% endif %}，"
        "现将{{ 评价范围 }}{{ 评价年度 }}年度企业分类综合评价结果对应的差别化政策通知如下，"
        "请{% if not 执行标准 %}在标准公布后{% endif %}按本通知执行。"
    )
    page.heading("一、执行范围")
    page.text(
        "名单中有企业{{ 企业数 }}家（{{ 列入类别 }}），"
        "{% if 按户号 %}{{ 执行单位 }}户号{{ 行数 }}个{% else %}按企业执行{% endif %}，见附件"
        "{% if 缺户号企业 %}；其中{{ 缺户号数 }}家没有户号，请核对补充后执行{% endif %}"
        "{% if 合用户号 %}；{{ 合用户号数 }}个户号由几家企业合用，不能整体执行，请分户计量"
        "{% endif %}。"
    )
    page.only_if(
        "有效期",
        lambda: page.text(
            "名单有效期：{{ 有效期 }}{% if 名单文件 %}（{{ 名单文件 }}）{% endif %}。"
        ),
    )
    page.only_if("变化说明", lambda: page.text("{{ 变化说明 }}"))
    page.heading("二、执行标准")
    page.tag("if 执行标准")
    page.each("段 in 执行标准", lambda: page.text("{{ loop.index }}．{{ 段 }}"))
    page.tag("else")
    page.text("没有公布的标准，附件的标准写“待定”，不是零；公布前不执行。")
    page.tag("endif")
    page.heading("三、有关要求")
    page.text(
        "{% if 按户号 %}户号与企业不符、用户名称变更或者企业已停止使用的，"
        "请告知{{ 受理单位 }}；{% endif %}执行后请反馈期间、用量、标准和金额。"
    )
    page.contact()
    page.text("附件：{{ 执行单位 }}差别化政策执行名单", together=True)
    page.sign()
    begin_annex(page.document)
    page.annex("附件", "{{ 执行单位 }}差别化政策执行名单", new_page=False)
    columns = (
        *(("序号", 9.0), ("企业名称", 34.0), ("信用代码", 40.0), ("户名", 30.0), ("户号", 23.0)),
        *(("类别", 9.0), ("连续年数", 10.0), ("种类", 13.0), ("标准", 22.0)),
        *(("执行期", 22.0), ("文件", 23.0), ("备注", 32.0)),
    )
    page.tag("if 执行名单")
    page.table("执行名单", columns, size=9.0)
    page.tag("else")
    page.text("没有需要列入的{% if 按户号 %}户号{% else %}企业{% endif %}。")
    page.tag("endif")
    apart = (
        *(("序号", 12.0), ("企业名称", 62.0), ("信用代码", 44.0), ("园区", 46.0)),
        *(("户号", 28.0), ("类别", 12.0), ("备注", 63.0)),
    )
    for listed, title in (
        ("缺户号企业", "没有户号、请核对补充的企业"),
        ("合用户号", "几家企业合用、不能整体执行的户号"),
    ):
        page.tag(f"if {listed}")
        page.heading(title)
        page.table(listed, apart, size=9.0)
        page.tag("endif")
    page.tag("if 变化说明 and 名单变化")
    page.heading("与上一份名单相比的变化")
    page.table("名单变化", (*apart[:1], ("变化", 14.0), *apart[1:]), size=9.0)
    page.tag("endif")
    return page


MAKERS: dict[str, Callable[[], Page]] = {
    "report": report,
    "publicity": publicity,
    "notice": notice,
    "reply": reply,
    "recognition": recognition,
    "execution": execution,
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for key, make in MAKERS.items():
        (folder / f"{key}.docx").write_bytes(make().content())


if __name__ == "__main__":
    main()
