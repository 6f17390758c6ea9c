"""How classes are given, once more, one enterprise at a time and from the documents' words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

ROUNDINGS = {"nearest": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}


def part(count: int, share: str, rounding: str = "nearest") -> int:
    """Return a share of a number of enterprises."""
    return int((Decimal(count) * Decimal(share)).quantize(Decimal(1), ROUNDINGS[rounding]))


def best_first(scores: Mapping[str, float]) -> list[str]:
    """Return the enterprises by falling score, equals by their code."""
    return sorted(scores, key=lambda who: (-scores[who], who))


def _kept_together(queue: Sequence[str], cut: int, scores: Mapping[str, float], ties: str) -> int:
    if ties == "next_key" or cut <= 0 or cut >= len(queue):
        return cut
    line = scores[queue[cut - 1]]
    if scores[queue[cut]] != line:
        return cut
    if ties == "include":
        return sum(1 for who in queue if scores[who] >= line)
    return sum(1 for who in queue if scores[who] > line)


def by_shares(
    scores: Mapping[str, float],
    bands: Sequence[tuple[str, str]],
    rounding: str,
    ties: str,
    direct: Mapping[str, str],
    inside: bool,
) -> dict[str, str]:
    """Give cumulative shares; those with a direct class use up a quota or stand aside."""
    queue = [who for who in best_first(scores) if who not in direct]
    counted = len(scores) if inside else len(queue)
    out = dict(direct)
    start = 0
    for number, (letter, share) in enumerate(bands):
        end = part(counted, share, rounding)
        if inside:
            better = [other for other, _ in bands[: number + 1]]
            end -= sum(1 for given in direct.values() if given in better)
        end = max(start, min(_kept_together(queue, max(end, 0), scores, ties), len(queue)))
        for who in queue[start:end]:
            out[who] = letter
        start = end
    return out


def by_limits(scores: Mapping[str, float], most: str, least: str, ties: str) -> dict[str, str]:
    """Give A to at most, C to at least that share, B to the others."""
    queue = best_first(scores)
    count = len(queue)
    bottom = count - part(count, least, "ceil")
    top = min(part(count, most, "floor"), bottom)
    top = _kept_together(queue, top, scores, ties)
    bottom = _kept_together(queue, bottom, scores, ties)
    return {
        who: "A" if place < top else "B" if place < bottom else "C"
        for place, who in enumerate(queue)
    }


def by_lines(scores: Mapping[str, float], line: float, most: str, least: str) -> dict[str, str]:
    """Give A to those on the line, best first, as far as allowed; the last ones are C."""
    queue = best_first(scores)
    count = len(queue)
    out = {}
    for place, who in enumerate(queue):
        good = scores[who] >= line and place < part(count, most, "floor")
        bad = place >= count - part(count, least, "ceil")
        out[who] = "C" if bad else "A" if good else "B"
    return out


def in_two_stages(
    scores: Mapping[str, float],
    keys: Mapping[str, float | None],
    shares: tuple[str, str, str],
) -> dict[str, str]:
    """Take A by the key and then B by the score from the upper half, D from the lower."""
    queue = best_first(scores)
    count = len(queue)
    upper, lower = queue[: count // 2], queue[count - count // 2 :]
    out = dict.fromkeys(queue, "C")

    def take(letter: str, ordered: list[str], share: str) -> None:
        for who in ordered[: part(count, share)]:
            out[who] = letter

    known = [who for who in upper if keys[who] is not None]
    take("A", sorted(known, key=lambda who: (-float(keys[who] or 0), upper.index(who))), shares[0])
    left = [who for who in upper if out[who] == "C"]
    take("B", sorted(left, key=lambda who: (-scores[who], upper.index(who))), shares[1])
    known = [who for who in lower if keys[who] is not None]
    take("D", sorted(known, key=lambda who: (float(keys[who] or 0), -lower.index(who))), shares[2])
    return out
