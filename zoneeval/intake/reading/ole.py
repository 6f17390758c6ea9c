"""The old compound file: its directory, and one stream out of it."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA
MAX_SIZE = 200_000_000


class CompoundFile:
    """A compound file in memory; raises ValueError where its chains do not hold."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or len(data) > MAX_SIZE:
            raise ValueError("size")
        self._data = data
        big, small = struct.unpack_from("<HH", data, 30)
        if big not in (9, 12) or small != 6:
            raise ValueError("sector size")
        self._size = 1 << big
        (directory,) = struct.unpack_from("<I", data, 48)
        (self._cutoff,) = struct.unpack_from("<I", data, 56)
        (mini,) = struct.unpack_from("<I", data, 60)
        self._table = self._allocation()
        self.entries = self._directory(self._chain(directory))
        self._mini_table = self._numbers(self._chain(mini)) if mini < _END else ()

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._data):
            raise ValueError("sector outside the file")
        return self._data[at : at + self._size].ljust(self._size, b"\0")

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _allocation(self) -> tuple[int, ...]:
        sectors = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _END]
        (more,) = struct.unpack_from("<I", self._data, 68)
        seen = set()
        while more < _END:
            if more in seen:
                raise ValueError("loop")
            seen.add(more)
            numbers = self._numbers(self._sector(more))
            sectors.extend(n for n in numbers[:-1] if n < _END)
            more = numbers[-1]
        if len(sectors) * self._size > len(self._data):
            raise ValueError("table larger than the file")
        return self._numbers(b"".join(self._sector(n) for n in sectors))

    def _chain(self, number: int) -> bytes:
        out: list[bytes] = []
        while number < _END:
            if number >= len(self._table) or len(out) > len(self._data) // self._size:
                raise ValueError("broken chain")
            out.append(self._sector(number))
            number = self._table[number]
        return b"".join(out)

    def _directory(self, data: bytes) -> dict[str, tuple[int, int, int]]:
        """Return kind, first sector and size of each entry by its name."""
        found: dict[str, tuple[int, int, int]] = {}
        for at in range(0, len(data) - 127, 128):
            (length,) = struct.unpack_from("<H", data, at + 64)
            kind = data[at + 66]
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = data[at : at + length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", data, at + 116)
                found.setdefault(name, (kind, start, size))
        return found

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; raises KeyError where there is none."""
        _, start, size = self.entries[name]
        if size >= self._cutoff:
            data = self._chain(start)
        else:
            root = next(entry for entry in self.entries.values() if entry[0] == 5)
            small = self._chain(root[1])
            parts: list[bytes] = []
            while start < _END:
                if start >= len(self._mini_table) or len(parts) > len(small) // 64:
                    raise ValueError("broken chain")
                parts.append(small[start * 64 : start * 64 + 64])
                start = self._mini_table[start]
            data = b"".join(parts)
        if len(data) < size:
            raise ValueError("stream cut off")
        return data[:size]
