"""Memory and cost of much: long documents, many files, many faults. Each measured in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# VmHWM and not ru_maxrss, which a new process takes over from the one that started it.
ENGINE = """
import sys
from pathlib import Path
from benchmarks.speed import floor
floor(Path(sys.argv[1]))
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
CHECK = """
import sys
from pathlib import Path
from clearprint.run import Options, check_document
check_document(Path(sys.argv[1]), Options())
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
_COST = """
import sys, time
from pathlib import Path
from clearprint.run import Options, check_document
check_document(Path(sys.argv[2]), Options())
start = time.process_time()
check_document(Path(sys.argv[1]), Options())
print(time.process_time() - start)
"""
_FILES = """
import multiprocessing, sys
from pathlib import Path
from clearprint.cli import main
from clearprint.run import pool
def resident(name):
    fields = Path(f"/proc/{name}/smaps_rollup").read_text().split()
    return int(fields[fields.index("Rss:") + 1]) / 1024
finish, done = pool._Pool._finish, 0
def counted(self, worker, document, checked):
    global done
    done += 1
    if done in (200, len(sys.stdin_paths)):
        print(resident("self"), resident(worker.process.pid), file=sys.stderr)
    finish(self, worker, document, checked)
pool._Pool._finish = counted
sys.stdin_paths = sys.argv[1:]
main(["check", *sys.argv[1:], "--jobs", "1", "-q", "--format", "json=/dev/null", "--exit-zero"])
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes that the command and its worker hold."""

    command: float
    worker: float


def peak(script: str, path: Path) -> float:
    """Megabytes at the most of a process of its own."""
    return int(_run(script, str(path)).stdout) / 1024


def costs(*paths: Path) -> list[float]:
    """CPU seconds of a check of each; the first of them is read once before, so that imports do not count."""
    return [float(_run(_COST, str(path), str(paths[0])).stdout) for path in paths]


def files(paths: Sequence[Path]) -> tuple[Held, Held]:
    """What is held after 200 of the files, and at the end. The same document counts once: each gets a name of its own."""
    named = []
    for number, path in enumerate(paths):
        link = path.with_name(f"link-{number}.pdf")
        link.hardlink_to(path)
        named.append(str(link))
    lines = [line.split() for line in _run(_FILES, *named).stderr.splitlines() if line[:1].isdigit()]
    before, after = (Held(float(command), float(worker)) for command, worker in lines)
    return before, after


def _run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"a measuring process failed:\n{done.stderr}")
    return done


def children() -> float:
    """CPU seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
