"""Read policies, ladders and tariffs from packs or files, with every fault named."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from zoneeval.errors import PolicyError, system_reason
from zoneeval.policy.checks import policy_faults
from zoneeval.policy.citations import RuleFile
from zoneeval.policy.faults import Fault, line_index, validation_faults
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.ladder_checks import ladder_faults
from zoneeval.policy.mending import further_faults
from zoneeval.policy.published import PublishedStars, ZoneNames, names_faults, stars_faults
from zoneeval.policy.reward import RewardScheme, reward_faults
from zoneeval.policy.schema import Policy
from zoneeval.policy.syntax import plain_punctuation, syntax_faults
from zoneeval.policy.target import TargetFile, target_faults
from zoneeval.policy.tariff import Tariff
from zoneeval.policy.tariff_checks import tariff_faults

File = TypeVar("File", bound=RuleFile)
_LARGEST = 2_000_000


def parse_policy(text: str, name: str = "") -> Policy:
    """Return the policy of a TOML text; raise :class:`PolicyError` with all faults."""
    return _parse(text, name, Policy, policy_faults)


def parse_ladder(text: str, name: str = "") -> Ladder:
    """Return the star ladder of a TOML text; raise :class:`PolicyError`."""
    return _parse(text, name, Ladder, ladder_faults)


def parse_tariff(text: str, name: str = "") -> Tariff:
    """Return the tariff of a TOML text; raise :class:`PolicyError`."""
    return _parse(text, name, Tariff, tariff_faults)


def load_policy(ref: str | Path) -> Policy:
    """Return a shipped pack by its id, or the policy in a .toml file."""
    return parse_policy(*_read(ref, "packs", "办法"))


def load_ladder(ref: str | Path) -> Ladder:
    """Return a shipped ladder by its id, or the one in a .toml file."""
    return parse_ladder(*_read(ref, "ladders", "星级阶梯"))


def load_tariff(ref: str | Path) -> Tariff:
    """Return a shipped tariff by its id, or the one in a .toml file."""
    return parse_tariff(*_read(ref, "tariffs", "价格表"))


def parse_rewards(text: str, name: str = "") -> RewardScheme:
    """Return the reward scheme of a TOML text; raise :class:`PolicyError`."""
    return _parse(text, name, RewardScheme, reward_faults)


def load_rewards(ref: str | Path) -> RewardScheme:
    """Return a shipped reward scheme by its id, or the one in a .toml file."""
    return parse_rewards(*_read(ref, "rewards", "奖励办法"))


def parse_targets(text: str, name: str = "") -> TargetFile:
    """Return the targets of a TOML text; raise :class:`PolicyError`."""
    return _parse(text, name, TargetFile, target_faults)


def load_targets(ref: str | Path) -> TargetFile:
    """Return the targets of a shipped document by its id, or those in a .toml file."""
    return parse_targets(*_read(ref, "targets", "目标文件"))


def load_zone_names(ref: str | Path = "zone-names") -> ZoneNames:
    """Return the shipped names of zones, or those in a .toml file."""
    return _parse(*_read(ref, "stars", "园区名称对照"), ZoneNames, names_faults)


def load_published_stars(ref: str | Path = "history") -> PublishedStars:
    """Return the shipped published stars, or those in a .toml file."""
    return _parse(*_read(ref, "stars", "星级记载"), PublishedStars, stars_faults)


def list_policies() -> list[Policy]:
    """Return the shipped policies, in the order of their ids."""
    return [load_policy(name) for name in shipped("packs")]


def list_ladders() -> list[Ladder]:
    """Return the shipped star ladders, in the order of their ids."""
    return [load_ladder(name) for name in shipped("ladders")]


def list_tariffs() -> list[Tariff]:
    """Return the shipped tariffs, in the order of their ids."""
    return [load_tariff(name) for name in shipped("tariffs")]


def list_rewards() -> list[RewardScheme]:
    """Return the shipped reward schemes, in the order of their ids."""
    return [load_rewards(name) for name in shipped("rewards")]


def list_target_files() -> list[TargetFile]:
    """Return the shipped target documents, oldest first."""
    return sorted((load_targets(name) for name in shipped("targets")), key=lambda f: f.year)


def check_policy(text: str) -> list[Fault]:
    """Return every fault of a rule text of any kind (policy, ladder, tariff …), or none."""
    if is_ladder(text):
        return _examine(text, Ladder, ladder_faults)[1]
    if _has(text, "awards"):
        return _examine(text, RewardScheme, reward_faults)[1]
    if _has(text, "utilities"):
        return check_tariff(text)
    if _has(text, "passages", "tables"):
        return _examine(text, TargetFile, target_faults)[1]
    return _examine(text, Policy, policy_faults)[1]


def check_ladder(text: str) -> list[Fault]:
    """Return every fault of a ladder text, or an empty list."""
    return _examine(text, Ladder, ladder_faults)[1]


def check_tariff(text: str) -> list[Fault]:
    """Return every fault of a tariff text, or an empty list."""
    return _examine(text, Tariff, tariff_faults)[1]


def is_ladder(text: str) -> bool:
    """Tell whether a TOML text means to be a star ladder rather than a policy."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return "tracks" not in data and any(key in data for key in ("levels", "criteria", "composite"))


def _has(text: str, *keys: str) -> bool:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return "tracks" not in data and any(key in data for key in keys)


def shipped(folder: str) -> list[str]:
    """Return the ids of the shipped files in packs, ladders or tariffs."""
    root = resources.files("zoneeval.policy") / folder
    return sorted(f.name.removesuffix(".toml") for f in root.iterdir() if f.name.endswith(".toml"))


def _read(ref: str | Path, folder: str, what: str) -> tuple[str, str]:
    names = shipped(folder)
    if str(ref) in names:
        pack = resources.files("zoneeval.policy") / folder / f"{ref}.toml"
        return pack.read_text(encoding="utf-8"), str(ref)
    path = Path(ref)
    if path.suffix != ".toml":
        raise PolicyError(
            f"没有名为“{ref}”的{what}：请用 {'、'.join(names)} 之一，或给出 .toml 文件的位置。"
        )
    try:
        if path.stat().st_size > _LARGEST:
            raise PolicyError(f"{what}文件“{path}”超过 2 MB，不像是{what}文件，请核对。")
        return path.read_text(encoding="utf-8-sig"), str(path)
    except FileNotFoundError:
        raise PolicyError(f"找不到{what}文件“{path}”，请核对位置和文件名。") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{what}文件“{path}”不是 UTF-8 文本，请另存为 UTF-8 后再试。") from None
    except OSError as error:
        raise PolicyError(
            f"{what}文件“{path}”无法读取（{system_reason(error)}），请核对。"
        ) from None


def _parse(
    text: str,
    name: str,
    model: type[File],
    check: Callable[[File, dict[tuple[str | int, ...], int]], list[Fault]],
) -> File:
    rules, faults = _examine(text, model, check)
    if rules is None or faults:
        head = (
            f"规则文件“{name}”有 {len(faults)} 处问题："
            if name
            else f"规则文件有 {len(faults)} 处问题："
        )
        raise PolicyError(head + "\n" + "\n".join(f"· {fault.sentence}" for fault in faults))
    return rules


def _examine(
    text: str,
    model: type[File],
    check: Callable[[File, dict[tuple[str | int, ...], int]], list[Fault]],
) -> tuple[File | None, list[Fault]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        plain, faults = plain_punctuation(text)
        if faults:
            return None, _in_order(faults + _examine(plain, model, check)[1])
        return None, syntax_faults(text)
    for key in ("text", "fingerprint"):
        if key in data:
            return None, [Fault(key, None, f"不认识“{key}”这一项", "请删去")]
    index = line_index(text)
    try:
        rules = model.model_validate(data)
    except ValidationError as error:
        faults = validation_faults(error, index)
        return None, _in_order(faults + further_faults(data, model, check, index))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    rules = rules.model_copy(update={"text": text, "fingerprint": digest})
    return rules, _in_order(check(rules, index))


def _in_order(faults: list[Fault]) -> list[Fault]:
    """Return the faults in the order of the file."""
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
