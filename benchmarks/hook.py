"""What the pre-commit hook adds to a commit of one four-page leaflet: `python -m benchmarks.hook [README.md]`.

Commits in a temporary repository are timed in turn: without a hook, with a hook that does nothing, with ours. The medians'
differences are what the hook costs and how much of it is pre-commit itself. With a README, its sentence is written anew.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pymupdf

from tests.gates import SAMPLES, clean, clone, git

RUNS = 15
_START = "<!-- hook: measured by python -m benchmarks.hook README.md -->\n"
_END = "<!-- end of hook -->"
_NONE = "repos: []\n"
_EMPTY = 'repos: [{repo: local, hooks: [{id: none, name: none, language: system, entry: "true", files: pdf}]}]\n'
_OURS = "repos: [{repo: %s, rev: %s, hooks: [{id: clearprint, args: [--exit-zero]}]}]\n"


def leaflet(version: int) -> bytes:
    """A leaflet of four pages; no two versions are alike."""
    with pymupdf.open() as document, pymupdf.open(SAMPLES / "leaflet-good.pdf") as sample:
        for _ in range(2):
            document.insert_pdf(sample)
        document.set_metadata({"title": f"Version {version}"})
        content = document.tobytes(garbage=3, deflate=True, no_new_id=True)
    assert isinstance(content, bytes)
    return content


def measure(base: Path) -> dict[str, float]:
    """Median seconds of a commit: without a hook, with an empty one, with ours."""
    ours, home = base / "clearprint", base / "home"
    ours.mkdir()
    home.mkdir()
    commit = clone(ours)
    env = clean(home, PRE_COMMIT_HOME=str(base / "pre-commit"), GIT_AUTHOR_NAME="T", GIT_AUTHOR_EMAIL="t@example.org")
    env.update(GIT_COMMITTER_NAME="T", GIT_COMMITTER_EMAIL="t@example.org")
    sites = {}
    for name, config in (("none", _NONE), ("empty", _EMPTY), ("ours", _OURS % (ours, commit))):
        site = sites[name] = base / name
        site.mkdir()
        git(site, "init", "-q")
        (site / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        git(site, "add", "-A")
        if name != "none":
            command = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
            subprocess.run(command, cwd=site, env=env, check=True, capture_output=True)
    seconds: dict[str, list[float]] = {name: [] for name in sites}
    for version in range(RUNS + 1):
        for name, site in sites.items():
            (site / "leaflet.pdf").write_bytes(leaflet(version))
            git(site, "add", "-A")
            start = time.perf_counter()
            subprocess.run(["git", "commit", "-q", "-m", "Change"], cwd=site, env=env, check=True, capture_output=True)
            if version:  # the first is start-up
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def sentence(medians: dict[str, float]) -> str:
    """What was measured, for the README."""
    whole, engine = medians["ours"] - medians["none"], medians["empty"] - medians["none"]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"Measured: a commit of one changed leaflet of four pages takes {whole:.2f} s longer with the hook, {engine:.2f} s of\n"
        f"which is pre-commit itself (median of {RUNS} commits, {cores} cores, Python {platform.python_version()}).\n"
    )


def main(arguments: list[str]) -> None:
    """Measure, print, and write the README named."""
    with tempfile.TemporaryDirectory(prefix="clearprint-hook-") as folder:
        text = sentence(measure(Path(folder)))
    print(text)
    for name in arguments:
        before, start, rest = Path(name).read_text(encoding="utf-8").partition(_START)
        if not start:
            raise SystemExit(f"{name}: there is no line {_START.strip()}")
        Path(name).write_text(f"{before}{start}\n{text}\n{_END}{rest.partition(_END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
