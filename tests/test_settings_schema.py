"""The JSON Schema for editors and the parser know the same: every key, every name, what is possible and what is not."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from clearprint import declaration, rulebook, settings
from clearprint.cli.init import starter
from clearprint.errors import BadSettings
from clearprint.settings import Settings
from clearprint.settings.reader import DOCUMENT_KEYS, FILE_KEYS
from tests import settings_schema
from tests.test_settings import ANYTHING, as_file

SCHEMA: dict[str, Any] = json.loads(settings_schema.SCHEMA.read_text(encoding="utf-8"))
VALID = jsonschema.Draft7Validator(SCHEMA)


def test_the_schema_is_not_stale() -> None:
    assert settings_schema.SCHEMA.read_text(encoding="utf-8") == settings_schema.as_text(), (
        "run python -m tests.settings_schema"
    )
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_every_key_known_to_one_is_known_to_the_other() -> None:
    assert set(SCHEMA["properties"]) == set(FILE_KEYS)
    assert set(SCHEMA["properties"]["document"]["items"]["properties"]) == set(DOCUMENT_KEYS)
    assert set(SCHEMA["definitions"]["declare"]["properties"]) == {key.name for key in declaration.KEYS}
    limits = SCHEMA["definitions"]["limits"]["properties"]
    for name in rulebook.names():
        for rule in rulebook.load(name).rules:
            assert set(limits.get(rule.name, {"properties": ()})["properties"]) == {limit.full_name for limit in rule.limits}
            for limit in rule.limits:
                kind = limits[rule.name]["properties"][limit.full_name]["$ref"].rpartition("/")[2]
                assert set(SCHEMA["definitions"][kind]["properties"]) == rulebook.changeable(rule, limit.measure)
    assert SCHEMA["properties"]["checklist"]["enum"] == list(rulebook.names())
    assert SCHEMA["properties"]["fail_on"]["items"]["enum"] == list(settings.FAIL_ON)


def test_the_defaults_it_names_are_those_of_a_run() -> None:
    general = SCHEMA["properties"]
    plain = Settings()
    assert (general["checklist"]["default"], general["timeout"]["default"]) == (plain.checklist, plain.timeout)
    assert general["fail_on"]["default"] == list(plain.fail_on)


GOOD = [
    "",
    'extends = "../house.toml"',
    'checklist = "large-print"\nselect = ["type-size", "4", "04"]\nskip = []\nfail_on = ["any"]\ntimeout = 0.5',
    "[limits.type-size]\nsize = { fault_below = 14, several = { count = 2, share = 0.5, any_under = 3 } }",
    '[limits.leading]\n"ratio.heading" = { advice_below = 1.2 }',
    '[limits.left-aligned]\nalignment = { fault_in = ["justified"], advice_in = ["right", "centred"] }',
    "[limits.numerals]\nhairline = { fault_in = [true] }",
    '[declare]\npaper = "glossy"\nweight = 120\nboth-sides = false\nfold-positions = [97, 194.5]\ncover = "1,8"\nscale = "50%"',
    '[[document]]\nfiles = "forms/"\nskip = ["folds"]\n[[document]]\nfiles = ["*.docx", \'a\\**\']\nlimits = {}\ndeclare = {}',
]
BAD = [
    "skipp = []",
    "skip = 3",
    'skip = ["leadin"]',
    "timeout = 0",
    "timeout = true",
    "fail_on = []",
    'fail_on = ["maybe"]',
    'checklist = "mine"',
    "[limits.leadin]",
    "[limits.leading]\nration = {}",
    "[limits.leading]\nratio = 3",
    "[limits.leading]\nratio = { fault_belo = 1 }",
    "[limits.leading]\nratio = { fault_below = 'big' }",
    "[limits.leading]\nratio = { fault_in = ['x'] }",
    "[limits.left-aligned]\nalignment = { fault_below = 2 }",
    "[limits.leading]\nratio = { several = { count = 0 } }",
    "[limits.leading]\nratio = { several = { share = 2 } }",
    "[limits.leading]\nratio = { several = { cunt = 2 } }",
    "[declare]\npapr = 'matt'",
    "[declare]\npaper = 'shiny'",
    "[declare]\ncover = []",
    "declare = 'matt'",
    "[[document]]\nskip = []",
    "[[document]]\nfiles = []",
    "[[document]]\nfiles = ''",
    "[[document]]\nfiles = '../x.pdf'",
    "[[document]]\nfiles = '/x.pdf'",
    "[[document]]\nfiles = 'C:\\x.pdf'",
    "[[document]]\nfiles = 'a'\nextends = 'b'",
    "[document]\nfiles = 'a'",
    "extends = ''",
    "extends = 'https://example.org/house.toml'",
]


@pytest.mark.parametrize("text", GOOD)
def test_both_take_what_is_good(tmp_path: Path, text: str) -> None:
    VALID.validate(tomllib.loads(text))
    (tmp_path / "house.toml").write_text("")
    path = tmp_path / "work" / "clearprint.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    settings.read(path).of(tmp_path / "x.docx").rulebook()


@pytest.mark.parametrize("text", BAD)
def test_both_refuse_what_is_bad(tmp_path: Path, text: str) -> None:
    assert not VALID.is_valid(tomllib.loads(text))
    path = tmp_path / "clearprint.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings):
        settings.read(path)


@given(ANYTHING)
def test_what_the_parser_takes_the_schema_takes(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("any") / "clearprint.toml"
    path.write_text(as_file(data), encoding="utf-8")
    try:
        settings.read(path)
    except BadSettings:
        return
    VALID.validate(tomllib.loads(as_file(data)))


def test_a_new_file_changes_nothing_and_its_examples_are_right(tmp_path: Path) -> None:
    """What `clearprint init` writes: as it stands the defaults, and every line that is switched off may be switched on."""
    (tmp_path / "house.toml").write_text("")
    path = tmp_path / "work" / "clearprint.toml"
    path.parent.mkdir()
    path.write_text(starter(), encoding="utf-8")
    assert settings.read(path).of(tmp_path / "x.pdf") == Settings(sources=("clearprint.toml",))
    lines = starter().splitlines()
    assert all(line == "" or line.startswith("#") for line in lines)
    switched_on = "\n".join(re.sub(r"^#(?=[^\s#:])", "", line) for line in lines)
    VALID.validate(tomllib.loads(switched_on))
    path.write_text(switched_on, encoding="utf-8")
    found = settings.read(path)
    assert found.of(None).declared.paper == "matt"
    assert len(found.layers) == 4  # the house's file, this one, two [[document]] tables
    said = set(tomllib.loads(switched_on))
    assert said == set(FILE_KEYS) - {"select"}
    assert f"#timeout = {Settings().timeout:g}\n" in starter()
    assert f"#fail_on = {json.dumps(list(Settings().fail_on))}\n" in starter()
