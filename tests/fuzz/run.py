"""Read thousands of spoiled files, each watched: no error, no wrong value, no hang, no bulge.

    python tests/fuzz/run.py [how many] [first seed]

The cases run in worker processes, which are ended and replaced after ten seconds without
an answer.  Exit code 1 when any case failed; each is named by its seed.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in (".", "db", "ui")]

LIMIT_SECONDS = 10.0
LIMIT_BYTES = 1 << 30
_ADDRESS_SPACE = 6 << 30


def work(seeds: list[int], pipe: Connection) -> None:
    """Run cases one after the other and send back what became of each."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    from tests.fuzz.judging import run_case

    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            pipe.send((seed, "begun", ""))
            try:
                kind = run_case(seed, Path(folder))
            except BaseException:
                pipe.send((seed, "failed", traceback.format_exc(limit=-4)))
                continue
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            if peak > LIMIT_BYTES:
                pipe.send((seed, "failed", f"memory: {peak >> 20} MiB"))
                return
            pipe.send((seed, "done", kind))
    pipe.send((-1, "end", ""))


class Worker:
    """One process, its cases, and when it last answered."""

    def __init__(self, seeds: list[int]) -> None:
        self.seeds = seeds
        self.pipe: Connection
        self.process: BaseProcess
        self.current = -1
        self.since = 0.0
        self.start()

    def start(self) -> None:
        """Start a process for the cases that are left."""
        self.pipe, far = multiprocessing.Pipe(duplex=False)
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=work, args=(self.seeds, far), daemon=True)
        self.process.start()
        far.close()
        self.since = time.monotonic() + 60  # the imports take a while

    def again(self) -> None:
        """End the process and start another after the case at hand."""
        self.process.kill()
        self.process.join()
        self.seeds = self.seeds[self.seeds.index(self.current) + 1 :] if self.current >= 0 else []
        if self.seeds:
            self.start()


def run(number: int, first: int) -> int:
    """Run the cases; return how many failed."""
    count = max(1, os.cpu_count() or 1)
    seeds = list(range(first, first + number))
    workers = [Worker(seeds[i::count]) for i in range(count) if seeds[i::count]]
    kinds: Counter[str] = Counter()
    failed: dict[int, str] = {}
    active = list(workers)
    while active:
        ready = wait([w.pipe for w in active], timeout=1.0)
        for worker in list(active):
            if worker.pipe in ready:
                try:
                    seed, what, words = worker.pipe.recv()
                except EOFError:
                    if worker.current >= 0:
                        failed.setdefault(worker.current, "the process died")
                    else:
                        failed[-1] = "a worker did not start"
                    worker.again()
                    if not worker.seeds:
                        active.remove(worker)
                    continue
                if what == "end":
                    worker.process.join()
                    active.remove(worker)
                elif what == "begun":
                    worker.current, worker.since = seed, time.monotonic()
                elif what == "failed":
                    failed[seed] = words
                    sys.stdout.write(f"{seed}: {words}\n")
                else:
                    kinds[words] += 1
                    if sum(kinds.values()) % 1000 == 0:
                        sys.stdout.write(f"{sum(kinds.values())} …\n")
                        sys.stdout.flush()
            elif time.monotonic() - worker.since > LIMIT_SECONDS:
                failed[worker.current] = f"no answer for {LIMIT_SECONDS:g} s"
                sys.stdout.write(f"{worker.current}: {failed[worker.current]}\n")
                worker.again()
                if not worker.seeds:
                    active.remove(worker)
    told = "，".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
    sys.stdout.write(f"{sum(kinds.values())} files read ({told}); {len(failed)} failed\n")
    if failed:
        sys.stdout.write(f"seeds: {sorted(failed)}\n")
    return len(failed)


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    sys.exit(1 if run(how_many, start) else 0)
