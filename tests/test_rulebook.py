"""Rule files are read strictly, and a house may change limits only by names that exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearprint import rulebook
from clearprint.errors import BadRule, BadSettings
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


def test_an_unknown_checklist_names_the_known() -> None:
    with pytest.raises(BadSettings, match="rnib-clear-print"):
        rulebook.load("rnib-clear-prin")
