"""The README's table is the rulebook's, and its snippets run. The jobs for build servers are run by test_action.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import readme
from tests.gates import ROOT, SAMPLES
from tests.needs import program

LINES = ("## Try it", "## Run the tests")
SHELL = [text for text in readme.blocks("sh") if text not in [readme.section(heading) for heading in LINES]]


def test_the_table_of_questions_is_not_stale() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert readme.with_table(text) == text, "run python -m tests.readme"


def test_the_two_commands_are_one_line_each_and_something_runs_them() -> None:
    for heading in LINES:
        assert len(readme.section(heading).strip().splitlines()) == 1
    assert "## Run the tests" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "## Try it" in (ROOT / "tests" / "test_action.py").read_text(encoding="utf-8")


def test_every_snippet_is_of_a_language_that_a_test_runs() -> None:
    text = readme.README.read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if line.startswith("```")]
    assert set(found) <= {"```", "```sh", "```python", "```toml", "```yaml"}
    assert len(found) % 2 == 0


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the documents that the snippets speak of, and a `clearprint` on the path."""
    (tmp_path / "drafts").mkdir()
    for source, target in (
        ("trifold-bad.pdf", "leaflet.pdf"),
        ("letter-bad.docx", "letter.docx"),
        ("letter-bad.docx", "drafts/letter.docx"),
        ("leaflet-bad.pdf", "drafts/leaflet.pdf"),
    ):
        shutil.copy(SAMPLES / source, tmp_path / target)
    (tmp_path / "house.toml").write_text('skip = ["lies-flat"]\n', encoding="utf-8")
    command = tmp_path / ".bin" / "clearprint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m clearprint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("snippet", SHELL, ids=lambda text: text.splitlines()[0][:40])
def test_the_shell_snippets_run(snippet: str, desk: Path) -> None:
    path = f"{desk / '.bin'}{os.pathsep}{os.environ['PATH']}"
    for line in filter(None, map(str.strip, snippet.splitlines())):
        result = subprocess.run(
            [program("bash"), "-c", line],
            cwd=desk,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert result.returncode in (0, 1), f"{line}\n{result.stderr}"
        troubles = [text for text in result.stderr.splitlines() if text.startswith("clearprint:")]
        assert troubles == [], line  # a slow machine may say how far it is


@pytest.mark.parametrize("snippet", readme.blocks("python"))
def test_the_python_snippets_run(snippet: str, desk: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", snippet],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("no\n")


@pytest.mark.parametrize("snippet", readme.blocks("toml"))
def test_the_settings_are_settings(snippet: str, desk: Path) -> None:
    house = desk / "house.toml"
    name = "pyproject.toml" if "tool" in tomllib.loads(snippet) else "clearprint.toml"
    (desk / "drafts" / name).write_text(snippet, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "clearprint", "check", "drafts"],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert house.exists()
    assert result.returncode in (0, 1), result.stderr
