"""Rule files are read strictly, and a house may change limits only by names that exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearprint import rulebook, settings
from clearprint.errors import BadDeclaration, BadRule, BadSettings
from tests.test_engine import RULE


def test_all_27_questions_are_there_in_order() -> None:
    book = rulebook.load()
    assert [rule.number for rule in book.rules] == list(range(1, 28))
    assert len({rule.name for rule in book.rules}) == 27


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"wy": "x"}, "unknown key 'wy'. Did you mean 'why'?"),
        ({"limit": [{"measure": "size", "basis": "project"}]}, "has no because"),
        ({"limit": [{"measure": "size", "basis": "mine", "because": "x"}]}, "basis 'mine'"),
        ({"limit": [{**RULE["limit"][0], "fault_blow": 1}]}, "Did you mean 'fault_below'?"),
        ({"number": 7}, "name and number must be those of the file"),
        ({"about": "poetry"}, "not one of the known words"),
    ],
)
def test_a_typo_cannot_loosen_a_rule(change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRule, match=says.replace("?", r"\?")):
        rulebook.parse({**RULE, **change}, Path("01-made-up.toml"))


def test_a_house_changes_a_limit() -> None:
    book = rulebook.changed(rulebook.load(), {"leading": {"ratio": {"fault_below": 1.3}}}, "house.toml")
    limits = {limit.name: limit for limit in book.rule("leading").limits}
    assert limits[""].fault_below == 1.3
    assert limits["heading"].fault_below == 1.0
    assert "house.toml" in limits[""].because


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"leadin": {"ratio": {"fault_below": 1}}}, "Did you mean 'leading'"),
        ({"leading": {"ration": {"fault_below": 1}}}, "Did you mean 'ratio'"),
        ({"leading": {"ratio": {"fault_belo": 1}}}, "Did you mean 'fault_below'"),
        ({"leading": {"ratio": {"fault_below": "big"}}}, "is no such limit"),
    ],
)
def test_unknown_names_name_the_nearest(limits: dict[str, Any], says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        rulebook.changed(rulebook.load(), limits, "house.toml")


def test_a_settings_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "house.toml"
    file.write_text(
        'skip = ["folds"]\nfail_on = ["no"]\ntimeout = 5\n'
        '[limits.leading]\nratio = { fault_below = 1.3 }\n[declare]\npaper = "matt"\n'
    )
    read = settings.read(file)
    assert (read.skip, read.fail_on, read.timeout, read.declare) == (("folds",), ("no",), 5.0, {"paper": "matt"})
    assert "folds" in read.skipped(read.rulebook())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nskipp = []\n", "line 2: unknown key 'skipp'. Did you mean 'skip'"),
        ("skip = 3", "must be a list of words"),
        ("timeout = -1", "timeout must be a number of seconds"),
        ("= 3", "this is not TOML"),
        ('fail_on = ["maybe"]', "nothing that can fail the gate"),
    ],
)
def test_settings_errors_say_where(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "house.toml"
    file.write_text(text)
    with pytest.raises(BadSettings, match=says):
        settings.read(file)


def test_a_missing_settings_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="There is no settings file"):
        settings.read(tmp_path / "none.toml")


def test_an_unknown_checklist_names_the_known() -> None:
    with pytest.raises(BadSettings, match="rnib-clear-print"):
        rulebook.load("rnib-clear-prin")


def test_a_declaration_in_settings_is_checked_like_one_on_the_command_line() -> None:
    from clearprint import declaration, run

    with pytest.raises(BadDeclaration):
        declaration.parse(run.pairs({"paper": "shiny"}))
