"""The kinds of documents, and what a template of each may name.

Names of fields are Chinese, because people write them into Word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zoneeval.errors import InputError


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a text or number, or a list whose entries have ``parts`` of their own.

    A list with no parts is one of plain texts.
    """

    name: str
    about: str
    is_list: bool = False
    parts: tuple[Field, ...] = ()

    @property
    def kind_words(self) -> str:
        """Return what it is in one word."""
        return "列表" if self.is_list else "文字"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document; ``per`` says for what one file each is written ("": one file)."""

    key: str
    title: str
    about: str
    fields: tuple[Field, ...]
    per: str = ""

    @property
    def names(self) -> Mapping[str, Field]:
        """Return the fields by name."""
        return {field.name: field for field in self.fields}


def walk(fields: tuple[Field, ...], owner: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field with the list that it is part of ("" for none)."""
    for field in fields:
        yield owner, field
        yield from walk(field.parts, field.name)


def sample_of(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return made-up content: every text says its own name, every list has two entries."""
    return {
        field.name: (
            [sample_of(field.parts) if field.parts else field.name] * 2
            if field.is_list
            else field.name
        )
        for field in fields
    }


def document_kind(key: str) -> DocumentKind:
    """Return a kind by key or title; raise InputError naming the known ones."""
    for kind in KINDS:
        if key.strip() in (kind.key, kind.title):
            return kind
    known = "、".join(f"{kind.key}（{kind.title}）" for kind in KINDS)
    raise InputError(f"没有“{key}”这种文书。可选：{known}。")


def _fields(text: str) -> tuple[Field, ...]:
    """Read fields from lines: name, then what it is."""
    pairs = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return tuple(Field(name, about) for name, about in pairs)


def _list(name: str, about: str, parts: str = "") -> Field:
    return Field(name, about, True, _fields(parts) if parts else ())


GENERAL = _fields("""
文号 发文字号，如 评价〔2025〕1号；没有写时为空
主送 主送机关或收件人
发文机关 落款的单位名称
成文日期 落款的日期
评价年度 四位数字的年度
评价范围 参加这次评价的园区
办法 评价办法的名称和文号
评价编号 第几次评价
状态 试算、公示、复核、认定或者发布
示意提示 含示意数值时的提示；没有时为空
草稿提示 评价尚未认定时的提示；已认定时为空
受理单位 受理异议的单位
联系人 受理单位的联系人
联系电话 受理单位的电话
联系地址 受理单位的地址
""")

_CLASSES = _list(
    "类别统计",
    "每个类别一项",
    """
类别 类别字母
名称 类别在办法中的名称
家数 最终列入这一类的企业数
占比 占已分类企业的百分比
上年家数 上一年度的企业数，没有时为—
增减 与上一年度相比，没有时为—
""",
)
_LISTED = """
序号 从 1 起
企业名称 企业名称
信用代码 统一社会信用代码
园区 所在园区
类别 最终类别
"""
_APART = """
序号 从 1 起
企业名称 企业名称
信用代码 统一社会信用代码
园区 所在园区
户号 户号
类别 最终类别
备注 不执行的原因、合用的企业、变化的原因
"""
_PERIOD = """
公示开始 公示开始日期
公示截止 公示截止日期，也是提出异议的期限
公示天数 工作日天数
公示文件 公示的文件
"""

KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        "report",
        "评价情况报告",
        "报领导小组：各类家数、与上年的变化、办法的变化、临线企业",
        (
            *GENERAL,
            *_fields("""
企业总数 纳入评价的企业数
参评数 参评企业数
未参评说明 免评、过渡期等各有几家；没有时为空
有上年 有上一年度的评价时为“是”，没有时为空
上年 上一年度
上升数 类别上升的家数
下降数 类别下降的家数
不变数 类别不变的家数
新进数 上年没有类别、本年有类别的家数
退出数 上年有类别、本年没有类别的家数
办法说明 评价办法与上一年度相比有没有改动
异议件数 收到的异议
采纳件数 采纳的异议
不采纳件数 不采纳的异议
撤回件数 撤回的异议
待处理件数 待处理的异议
"""),
            _CLASSES,
            _list(
                "园区统计",
                "每个园区一项",
                "园区 园区名称\n企业数 企业数\n参评数 参评企业数\n分类情况 各类家数",
            ),
            _list(
                "类别变动",
                "与上年类别不同的企业",
                "序号 从 1 起\n企业名称 企业名称\n园区 所在园区\n上年类别 上一年度的类别\n"
                "本年类别 本年度的类别\n变化 上升、下降、新进、退出评价",
            ),
            _list("办法变化", "评价办法的每处改动", "部分 办法的哪一部分\n内容 怎样改动"),
            _list(
                "临线企业",
                "离最低类别的线最近的企业",
                "序号 从 1 起\n企业名称 企业名称\n园区 所在园区\n类别 最终类别\n"
                "综合得分 综合得分\n划线依据 按什么划线\n距线 离线多远，正数在线上",
            ),
            _list("缺数据指标", "有企业缺数据的指标", "指标 指标名称\n家数 缺数据的参评企业数"),
            _list(
                "人工调整",
                "人工调整了类别的企业",
                "企业名称 企业名称\n原类别 按办法计算的类别\n调整后类别 调整后的类别\n"
                "理由 调整理由\n文件 依据文件",
            ),
        ),
    ),
    DocumentKind(
        "publicity",
        "公示公告",
        "公示评价结果，附公示名单，不含经营数据",
        (*GENERAL, *_fields(_PERIOD), _CLASSES, _list("名单", "有类别的企业", _LISTED)),
    ),
    DocumentKind(
        "notice",
        "企业告知书",
        "告知一家企业的数据、得分、类别和怎样提出异议",
        (
            *GENERAL,
            *_fields(_PERIOD),
            *_fields("""
企业名称 企业名称
信用代码 统一社会信用代码
开头 告知书的第一句
类别 最终类别，没有类别时为“未分类”
结论 类别和理由
人工调整说明 人工调整了类别时的说明；没有时为空
标题 企业评价告知书
"""),
            _list("基本情况", "园区、年度、办法等", "项目 项目\n内容 内容"),
            _list(
                "指标表",
                "每项指标一行",
                "指标 指标和单位\n数值 企业的数值\n基准值 基准值\n权重 权重\n得分 得分\n"
                "依据 依据条款\n来源 数据出自的表格",
            ),
            _list("结果", "加分、综合得分、排名、类别", "项目 项目\n内容 内容"),
            _list("说明", "依据的条款、缺少的数据"),
            _list("异议办法", "怎样提出异议，到什么时候为止"),
            _list("落款", "落款单位和日期，每行一项"),
        ),
        per="每户企业",
    ),
    DocumentKind(
        "reply",
        "异议答复",
        "答复提出异议的企业",
        (
            *GENERAL,
            *_fields("""
异议编号 异议编号
企业名称 企业名称
信用代码 统一社会信用代码
提出人 提出异议的人
收到日期 收到日期
异议事项 对什么有异议
异议内容 异议内容
原数值 评价依据的数值和单位
主张数值 企业主张的数值和单位
有数值 有原数值或者主张数值时为“是”，否则为空
证明材料 企业提交的材料；没有时为空
处理结果 采纳、不采纳或者撤回
决定日期 决定日期
决定人 决定的人或单位
决定文件 决定的文件
更正 采纳后更正了数据、重新评价时为“是”，否则为空
原类别 异议前的最终类别
现类别 现在的最终类别
类别说明 类别有没有变化
"""),
            _list("答复内容", "答复的每一段"),
        ),
        per="每件异议",
    ),
    DocumentKind(
        "recognition",
        "认定文件",
        "公布认定结果，各类名单附后",
        (
            *GENERAL,
            *_fields(_PERIOD),
            *_fields("""
认定日期 认定日期
认定文件 认定文件的名称和文号
已分类数 有类别的企业数
附件数 附件的个数
"""),
            _CLASSES,
            Field(
                "分类名单",
                "每个有企业的类别一项",
                True,
                (
                    *_fields("附件号 第几个附件\n类别 类别字母\n名称 类别的名称\n家数 企业数"),
                    _list("企业", "这一类的企业", _LISTED),
                ),
            ),
        ),
    ),
    DocumentKind(
        "execution",
        "差别化政策执行通知",
        "通知供电、供水等单位执行，附执行名单和名单的变化",
        (
            *GENERAL,
            *_fields("""
执行单位 供电、供水、燃气、热力、税务、生态环境
价格表 价格表的名称
价格表说明 标准没有公布或者不能执行时的说明；没有时为空
认定文件 认定文件的名称和文号
名单文件 已印发名单的文号；没有印发时为空
有效期 已印发名单的有效期；没有印发时为空
按户号 按户号执行的单位为“是”；税务、生态环境为空
列入类别 名单中企业的类别
行数 执行名单的行数：户号数，不按户号的为企业数
企业数 名单中的企业数，包括缺户号的
缺户号数 没有户号的企业数
合用户号数 几家企业合用、不能整体执行的户号数
待定数 没有公布标准、不能执行的行数
变化说明 与上一份名单相比；没有上一份时为空
"""),
            _list("执行标准", "每项标准一条，写明文件"),
            _list("执行文件", "标准的依据文件"),
            _list(
                "执行名单",
                "每个户号一行，不按户号的每户企业一行",
                _APART
                + """
户名 户名
连续年数 连续在这一类的年数
种类 用电加价、用水减免等
标准 没有公布时为待定，不执行的写不执行
执行期 开始和截止
文件 依据文件
""",
            ),
            _list("缺户号企业", "需要核对补充户号的企业", _APART),
            _list("合用户号", "几家企业合用、不能整体执行的户号", _APART),
            _list("名单变化", "与上一份名单相比的变化", _APART + "变化 新增、取消、变更\n"),
        ),
        per="每个执行单位",
    ),
)
