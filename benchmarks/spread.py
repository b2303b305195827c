"""One job against two: by the clock, which other work on the machine falsifies, and by the CPU time of the busiest process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.flat import children
from clearprint.run import Options, check_many, pool


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds."""

    longest: float  # CPU: of this process and of the worker that had most to do
    clock: float


def measured(files: Sequence[Path], runs: int) -> tuple[Took, Took]:
    """With one job and with two, in turn; the quickest run of each."""
    took: list[list[Took]] = [[], []]
    for _ in range(runs):
        for jobs in (1, 2):
            took[jobs - 1].append(_once(files, jobs))
    one, two = (Took(min(run.longest for run in side), min(run.clock for run in side)) for side in took)
    return one, two


def _once(files: Sequence[Path], jobs: int) -> Took:
    workers: list[float] = []
    end = pool._end

    def watched(worker: pool._Worker) -> None:
        before = children()
        end(worker)
        workers.append(children() - before)

    pool._end = watched
    try:
        clock, own = time.perf_counter(), time.process_time()
        for _ in check_many(files, Options(jobs=jobs)):
            pass
        return Took(time.process_time() - own + max(workers), time.perf_counter() - clock)
    finally:
        pool._end = end
