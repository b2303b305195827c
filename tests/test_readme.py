"""The README's table is the rulebook's."""

from __future__ import annotations

from tests import readme


def test_the_table_of_questions_is_not_stale() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert readme.with_table(text) == text, "run python -m tests.readme"


def test_the_two_commands_are_one_line_each() -> None:
    text = readme.README.read_text(encoding="utf-8")
    for heading in ("## Try it", "## Run the tests"):
        block = text.partition(heading)[2].partition("```sh\n")[2].partition("```")[0]
        assert len(block.strip().splitlines()) == 1
