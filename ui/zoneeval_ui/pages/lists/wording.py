"""What the cards of the lists say, and the names of the files."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.pages.lists.cards import CardAction, CardText
from zoneeval_ui.pages.lists.content import ListsContent

translate = QCoreApplication.translate
ALL_UTILITIES = "price:*"


def letters_words(letters: tuple[str, ...]) -> str:
    """Return class letters in words: C 类, or C、D 类."""
    return f"{'、'.join(letters)} 类" if letters else ""


def exit_title(content: ListsContent) -> str:
    """Return what the exit list is called under this policy."""
    return translate("Lists", "{letters}退出转型清单").format(
        letters=letters_words(content.exit_letters)
    )


def card_texts(content: ListsContent) -> dict[str, CardText]:
    """Return the text of each card by the card's key."""
    export = translate("Lists", "导出…")
    classes = not content.rank_only_reason
    no_classes = (
        "" if classes else translate("Lists", "没有分类：") + f"{content.rank_only_reason}。"
    )
    doubt = (
        translate("Lists", "含示意数值，仅供试算，不能公示。")
        if content.policy_illustrative
        else ""
    )
    return {
        "results": CardText(
            translate("Lists", "评价结果"),
            _rows(content.listed),
            translate("Lists", "全部企业的数值、得分、排名、类别和依据。含经营数据，内部使用。"),
            "",
            (CardAction("results", export),),
        ),
        "classes": CardText(
            translate("Lists", "分类名单（公示表）"),
            _rows(content.graded),
            translate("Lists", "只有企业名称、信用代码和类别，不含经营数据。"),
            no_classes or doubt,
            (CardAction("classes", export, classes),),
        ),
        "exit": CardText(
            exit_title(content),
            _rows(len(content.exits)),
            translate("Lists", "为什么列入、哪些指标拖累、占用多少土地和能源。内部使用。"),
            no_classes,
            (CardAction("exit", export, classes),),
        ),
        "price": _price_text(content, no_classes),
        "stars": CardText(
            translate("Lists", "园区星级情况"),
            translate("Lists", "{n} 个园区").format(n=content.zones_rated),
            translate("Lists", "按“{ladder}”测算，可在“园区星级”页换阶梯。").format(
                ladder=content.ladder_title
            ),
            translate("Lists", "门槛为示意数值，不能用于申报。")
            if content.ladder_illustrative
            else "",
            (CardAction("stars", export),),
        ),
    }


def _rows(count: int) -> str:
    return translate("Lists", "{n} 家").format(n=f"{count:,}")


def _price_text(content: ListsContent, no_classes: str) -> CardText:
    drafts = content.drafts
    known = sum(
        line.account is not None for draft in drafts.values() for line in draft.content.lines
    )
    doubt = no_classes
    if not doubt and content.rate_pending:
        doubt = translate("Lists", "加价标准待定：{reason}").format(reason=content.tariff_reason)
    unknown = [
        name
        for name, draft in drafts.items()
        if draft.content.missing and not draft.content.lines and not draft.content.shared
    ]
    if unknown:
        doubt += translate("Lists", "{utilities}的户号还没有导入。").format(
            utilities="、".join(unknown)
        )
    usable = not no_classes
    each = tuple(CardAction(f"price:{u}", f"{u}…") for u in drafts)
    buttons = (
        CardAction(ALL_UTILITIES, translate("Lists", "导出全部…"), usable),
        CardAction("utilities", translate("Lists", "导出一份"), usable, each),
    )
    letters = content.surcharge_letters
    return CardText(
        translate("Lists", "差别化价格清单"),
        translate("Lists", "{n} 个户号").format(n=f"{known:,}"),
        translate("Lists", "{letters}企业的户名户号，各单位一份；正式印发请到“执行名单”。").format(
            letters=letters_words(letters)
        ),
        doubt,
        buttons,
    )


def file_name(content: ListsContent, key: str) -> str:
    """Return the file name to suggest for a list."""
    names = {
        "results": "评价结果",
        "classes": "企业分类名单",
        "exit": "退出转型清单",
        "stars": "园区星级",
    }
    kind, _, utility = key.partition(":")
    name = f"差别化价格清单（{utility}）" if kind == "price" else names[key]
    return f"{content.year}年度{name}.xlsx"
