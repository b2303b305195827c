"""Fresh places for the tests of the gate: a clone of this tree as it stands, environments, repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.needs import program

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "fixtures" / "samples"
GOOD, BAD = SAMPLES / "leaflet-good.pdf", SAMPLES / "leaflet-bad.pdf"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"ab" * 32 + b"\nsize 12345\n"


def git(folder: Path, *arguments: str) -> str:
    """Runs git as nobody in particular and gives what it says. Fails the test when git does."""
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main")
    result = subprocess.run([program("git"), *who, *arguments], cwd=folder, capture_output=True, text=True, env=clean(folder))
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def clean(home: Path, **changes: str) -> dict[str, str]:
    """The environment without what a developer's, a hook's or a build server's own run put into it."""
    left_out = ("GIT_", "PYTHON", "VIRTUAL_ENV", "GITHUB_", "PRE_COMMIT", "PYTEST", "COV_", "COVERAGE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
    return {**kept, "HOME": str(home), **changes}


def clone(folder: Path) -> str:
    """Makes a repository of this tree's own files, as they stand, and gives the name of its commit."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so there is nothing to clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("fixtures/", "tests/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "As it stands")
    return git(folder, "rev-parse", "HEAD")


def needs_index(result: subprocess.CompletedProcess[Any], folder: Path) -> None:
    """After an installation that failed: skip when no package index can be reached (in CI that fails), else fail."""
    probe = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-cache-dir", "-d", str(folder / "probe"), "click"],
        capture_output=True,
    )
    if probe.returncode != 0 and not os.environ.get("CLEARPRINT_CI"):
        pytest.skip("no package index can be reached")
    pytest.fail(f"the installation failed: {result.stdout}\n{result.stderr}")
