"""Bytes and parts of files, changed at random from a seed."""

from __future__ import annotations

import io
import random
import zipfile


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with flips, cuts, repeats or zeros."""
    out = bytearray(data)
    kind = chance.randrange(6)
    at = chance.randrange(len(out))
    size = chance.randint(1, 64)
    if kind == 0:
        for _ in range(chance.randint(1, 20)):
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del out[at:]
    elif kind == 2:
        del out[at : at + size]
    elif kind == 3:
        out[at:at] = out[at : at + size]
    elif kind == 4:
        out[at : at + size] = bytes(len(out[at : at + size]))
    else:
        out[at : at + size] = chance.randbytes(len(out[at : at + size]))
    return bytes(out)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return parts as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def spoil_inside(data: bytes, chance: random.Random) -> bytes:
    """Return a workbook with one part spoiled, missing, doubled or swapped with another."""
    parts = parts_of(data)
    names = sorted(parts)
    name, other = chance.choice(names), chance.choice(names)
    kind = chance.randrange(5)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name], parts[other] = parts[other], parts[name]
    elif kind == 2:
        parts[name] = b""
    else:
        parts[name] = spoil(parts[name], chance) if parts[name] else b"<a/>"
    return zipped(parts)


def swap_sheets(data: bytes) -> bytes:
    """Return a workbook whose first two sheets have changed places."""
    parts = parts_of(data)
    one, two = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    if two in parts:
        parts[one], parts[two] = parts[two], parts[one]
    return zipped(parts)
