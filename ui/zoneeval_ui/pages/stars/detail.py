"""The detail pane: why a zone stands where it stands, its history, and what its star is worth."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from zoneeval.model.rewards import ZoneReward
from zoneeval.model.standing import ReasonKind, ZoneStanding, level_name
from zoneeval.model.star_history import StarEntry, ZoneHistory
from zoneeval.policy.citations import CONFIDENCE
from zoneeval_ui.pages.stars.points import score_words
from zoneeval_ui.pages.stars.standing import Step, aim_of, step_of
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, DetailCard, Section, make_label

OTHER: tuple[ReasonKind, ...] = ("gate", "veto", "movement", "peers", "former", "note")


class StarsPane(DetailCard):
    """Show the way of one zone to its next level: not met, no data and not known apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("starsPane")
        self.setAccessibleName(self.tr("选中园区离下一级的差距"))

    def show_hint(self) -> None:
        """Say what to do where nothing is selected."""
        self.clear()
        section = Section(self.tr("怎样升星"), line=False)
        section.add(make_label(self.tr("请在左边选一个园区。"), "secondary", wrap=True))
        self.add_section(section)

    def show_standing(
        self,
        standing: ZoneStanding,
        levels: int,
        warnings: list[str],
        *,
        illustrative: bool,
        history: ZoneHistory | None = None,
        rewards: tuple[ZoneReward, ...] = (),
    ) -> None:
        """Show what a zone has and what is missing."""
        self.clear()
        aim = aim_of(standing, levels)
        self.add_section(self._head(standing, aim, illustrative=illustrative))
        self._add_reasons(standing, aim)
        self._add_history(standing, history)
        self._add_rewards(rewards)
        said = Section(self.tr("依据与说明"), raised=True)
        cited = [one.clause for one in standing.criteria] + [one.clause for one in standing.items]
        clauses = [text for text in dict.fromkeys(cited) if text]
        for text in clauses:
            said.add(make_label(text, "caption", wrap=True))
        for text in warnings:
            said.add(make_label(text, "secondary", tone=Tone.UNCERTAIN, wrap=True))
        if clauses or warnings:
            self.add_section(said)

    def _head(self, standing: ZoneStanding, aim: int | None, *, illustrative: bool) -> Section:
        section = Section(line=False)
        title = self.tr("已到最高一级")
        if aim is not None:
            title = self.tr("怎样到{level}").format(level=level_name(aim))
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        label = make_label(title, "detail")
        label.setObjectName("starsPaneTitle")
        row.addWidget(label)
        row.addStretch(1)
        if illustrative:
            row.addWidget(Badge(self.tr("示意门槛"), Tone.UNCERTAIN))
        section.body.addLayout(row)
        words = self.tr("{zone} · {year} 年度 · 测算：{verdict}").format(
            zone=standing.zone, year=standing.year, verdict=standing.verdict
        )
        section.add(make_label(words, "secondary", wrap=True))
        if score := score_words(standing):
            section.add(make_label(score, "", wrap=True))
        return section

    # -- reasons -----------------------------------------------------------------

    def _add_reasons(self, standing: ZoneStanding, aim: int | None) -> None:
        steps = [] if aim is None else [step_of(one, aim) for one in standing.criteria]
        short = [step for step in steps if step.tone is Tone.C]
        blank = [step for step in steps if step.verdict.startswith("缺数据")]
        unknown = [step for step in steps if step.verdict.startswith("门槛未知")]
        free = [step for step in steps if step.tone is Tone.PLAIN]
        done = [step for step in steps if step not in (*short, *blank, *unknown, *free)]
        own = {step.key for step in steps}

        def words(*kinds: ReasonKind) -> list[str]:
            found = [r for r in standing.reasons if r.kind in kinds and r.key not in own]
            return list(dict.fromkeys(reason.words for reason in found))

        self._add_group("short", self.tr("未达到"), short, words("unmet"), Tone.C)
        self._add_group("blank", self.tr("没有数据"), blank, words("no_data"), Tone.UNCERTAIN)
        self._add_group("unknown", self.tr("标准未知"), unknown, words("unknown"), Tone.UNCERTAIN)
        self._add_group("other", self.tr("其他影响"), [], words(*OTHER), Tone.PLAIN)
        self._add_group("done", self.tr("已达到"), done, [], Tone.A)
        self._add_group("free", self.tr("这一级不要求"), free, [], Tone.PLAIN)

    def _add_group(
        self, name: str, title: str, steps: list[Step], words: list[str], tone: Tone
    ) -> None:
        if not steps and not words:
            return
        count = len(steps) + len(words)
        section = Section(self.tr("{title} {n} 项").format(title=title, n=count))
        section.setObjectName(f"starsReasons-{name}")
        for step in steps:
            row = QHBoxLayout()
            row.addWidget(make_label(step.label, "strong"))
            row.addStretch(1)
            row.addWidget(make_label(step.change))
            section.body.addLayout(row)
            verdict = make_label(step.verdict, "secondary", tone=step.tone, wrap=True)
            verdict.setObjectName(f"step-{step.key}")
            if step.clause:
                verdict.setToolTip(step.clause)
            section.add(verdict)
        for text in words:
            section.add(make_label(text, "secondary", tone=tone, wrap=True))
        self.add_section(section)

    # -- history and rewards -------------------------------------------------------

    def _add_history(self, standing: ZoneStanding, history: ZoneHistory | None) -> None:
        section = Section(self.tr("星级沿革"))
        section.setObjectName("starsHistory")
        entries = history.entries if history is not None else ()
        if history is None or not entries:
            text = self.tr("没有录入官方星级，也没有见到公开记载。")
            section.add(make_label(text, "secondary", wrap=True))
            self.add_section(section)
            return
        if said := self._held_words(history, standing.year):
            section.add(make_label(said, "", wrap=True))
        for year in history.conflicts():
            text = self.tr("{year} 年的两处记载不一致，都列在下面。").format(year=year)
            section.add(make_label(text, "secondary", tone=Tone.UNCERTAIN, wrap=True))
        for entry in entries:
            label = make_label(self._entry_words(entry), "secondary", wrap=True)
            label.setToolTip(entry.note)
            section.add(label)
        self.add_section(section)

    def _held_words(self, history: ZoneHistory, year: int) -> str:
        running = history.running(year)
        if running is None or not running.level:
            return ""
        level = running.level
        said = [running.words] if running.words else []
        first = history.first_time(level, year)
        if first is True:
            said.append(self.tr("首次达到{level}").format(level=level_name(level)))
        elif first is None:
            said.append(
                self.tr("以前各年不全，不知道是否首次达到{level}").format(level=level_name(level))
            )
        return "；".join(said)

    def _entry_words(self, entry: StarEntry) -> str:
        year = self.tr("年份不详") if entry.year is None else f"{entry.year}"
        text = f"{year}  {level_name(entry.level)}  {entry.source}"
        if entry.inferred:
            text += self.tr("（年度按公布时间推定）")
        if entry.own:
            return text
        sure = CONFIDENCE.get(entry.confidence, "")
        return text + self.tr("（公开记载{sure}）").format(sure=f"，{sure}" if sure else "")

    def _add_rewards(self, rewards: tuple[ZoneReward, ...]) -> None:
        section = Section(self.tr("按认定结果可得的奖励"))
        section.setObjectName("starsRewards")
        for reward in rewards:
            section.add(make_label(reward.scheme_title, "strong", wrap=True))
            if reward.at_most > 0:
                section.add(make_label(self._amount_words(reward), "", wrap=True))
            for item in reward.items:
                sure = "" if item.applies else self.tr("（不能确定）")
                text = f"{item.label} {figure(item.amount)} {reward.unit}{sure}"
                label = make_label(text, "secondary", wrap=True)
                label.setToolTip(item.clause)
                section.add(label)
            for text in reward.reasons:
                section.add(make_label(text, "secondary", wrap=True))
            section.add(make_label(reward.scope, "caption", wrap=True))
        if rewards:
            self.add_section(section)

    def _amount_words(self, reward: ZoneReward) -> str:
        unit = reward.unit
        if reward.amount is not None:
            return self.tr("{amount} {unit}").format(amount=figure(reward.amount), unit=unit)
        return self.tr("{low} 到 {high} {unit}").format(
            low=figure(reward.at_least), high=figure(reward.at_most), unit=unit
        )
