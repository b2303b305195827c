"""Every question explained: what is measured, what cannot be seen, whose limits, and a good and a bad example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearprint import rulebook
from clearprint.cli import cli
from clearprint.reports.html.examples import example
from clearprint.reports.to_html import explained

ROOT = Path(__file__).parents[1]
UNSEEN = {"matt-paper"}  # no file shows it


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_says_everything_of_every_question(language: str) -> None:
    book = rulebook.load(language=language)
    html = explained(book.rules, book)
    for rule in book.rules:
        assert f'id="{rule.name}"' in html
        assert (example(rule.name, "good") is None) == (rule.name in UNSEEN)
    assert html.count("data:image/webp;base64,") == 2 * (27 - len(UNSEEN))
    assert html.count("<img ") == html.count(' alt="')


def test_examples_come_from_fixtures_that_answer_so() -> None:
    listed = json.loads((ROOT / "clearprint/reports/examples/examples.json").read_text(encoding="utf-8"))
    for name, facts in listed.items():
        path = ROOT / facts["from"]
        assert path.is_file(), facts["from"]
        assert path.name.startswith("fail-" if name.endswith("-bad") else "pass-")
        assert path.parent.name == name.rpartition("-")[0]


def test_explain_writes_a_page_or_text(tmp_path: Path) -> None:
    target = tmp_path / "leading.html"
    result = CliRunner().invoke(cli, ["explain", "leading", "-o", str(target), "--language", "cy"])
    assert result.exit_code == 0
    assert "Bylchau rhwng llinellau" in target.read_text(encoding="utf-8")
    text = CliRunner().invoke(cli, ["explain", "all"]).output
    assert text.count("What it cannot see") == 27
    assert "clearprint explain leading -o leading.html" in text
