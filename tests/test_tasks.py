"""What holds for each document of a run: its settings, and over them what is asked of the run."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clearprint
from clearprint.errors import BadSettings
from clearprint.model import Job
from clearprint.run import Asked, Planner
from clearprint.settings import Finder, Settings, read
from tests.test_cli import GOOD

SETTINGS = st.builds(
    Settings,
    checklist=st.sampled_from(["rnib-clear-print", "large-print"]),
    select=st.sampled_from([(), ("leading", "folds")]),
    skip=st.sampled_from([(), ("folds",)]),
    fail_on=st.sampled_from([("no",), ("any",)]),
    timeout=st.sampled_from([5.0, 60.0]),
    limits=st.sampled_from([(), (("house.toml", {"type-size": {"size": {"fault_below": 13}}}),)]),
    declared=st.sampled_from([Job(), Job(paper="matt"), Job(fold="tri")]),
)
ASKED = st.builds(
    Asked,
    checklist=st.sampled_from([None, "rnib-clear-print", "large-print"]),
    select=st.sampled_from([(), ("capitals",)]),
    skip=st.sampled_from([(), ("folds", "leading")]),
    fail_on=st.sampled_from([None, ("undeclared",)]),
    timeout=st.sampled_from([None, 9.0]),
    declared=st.sampled_from([Job(), Job(paper="gloss"), Job(fold="none", kind="form")]),
)


@given(SETTINGS, ASKED)
def test_what_is_asked_goes_over_settings_and_says_nothing_it_was_not_asked(settings: Settings, asked: Asked) -> None:
    held = asked.over(settings)
    assert held.checklist == (asked.checklist or settings.checklist)
    assert held.select == (asked.select or settings.select)
    assert set(held.skip) == {*settings.skip, *asked.skip}
    assert held.fail_on == (asked.fail_on or settings.fail_on)
    assert held.timeout == (asked.timeout or settings.timeout)
    assert held.limits == (settings.limits if held.checklist == settings.checklist else ())
    assert held.declared.paper == (asked.declared.paper or settings.declared.paper)
    assert held.declared.fold == (asked.declared.fold or settings.declared.fold)
    assert Asked().over(settings) == settings
    assert asked.over(held) == held
    assert pickle.loads(pickle.dumps(held)) == held  # it goes to the workers


def test_most_documents_share_a_rulebook_and_the_others_keep_theirs(tmp_path: Path) -> None:
    (tmp_path / "big").mkdir()
    (tmp_path / "big" / "clearprint.toml").write_text('checklist = "large-print"')
    (tmp_path / "clearprint.toml").write_text("[limits.type-size]\nsize = { fault_below = 13 }")
    planner = Planner(Finder(), Asked())
    tasks = planner.tasks([tmp_path / "big" / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.pdf"])
    common, others = planner.books(tasks)
    assert common.name == "rnib-clear-print"
    assert {path: book.name for path, book in others.items()} == {str(tmp_path / "big" / "a.pdf"): "large-print"}
    assert planner.book(tasks[1].settings) is planner.book(tasks[2].settings) is common
    assert planner.books([])[0].name == "rnib-clear-print"
    assert Planner(Finder(), Asked(checklist="large-print")).books([])[0].name == "large-print"


def test_an_unknown_name_on_the_command_line_is_not_blamed_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "clearprint.toml").write_text('skip = ["folds"]')
    with pytest.raises(BadSettings, match=r"^No question is named 'leadin'\. Did you mean 'leading'"):
        Planner(Finder(), Asked(skip=("leadin",))).tasks([tmp_path / "a.pdf"])
    with pytest.raises(BadSettings, match="no checklist named 'mine'"):
        Planner(Finder(), Asked(checklist="mine")).tasks([tmp_path / "a.pdf"])


def test_from_python_only_the_named_file_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "leaflet.pdf"
    document.write_bytes(GOOD.read_bytes())
    house = tmp_path / "clearprint.toml"
    house.write_text('[declare]\npaper = "matt"\n[[document]]\nfiles = "leaflet.*"\ndeclare = { binding = "none" }\n')
    monkeypatch.chdir(tmp_path)
    assert clearprint.check(document).declared == Job()
    named = clearprint.check(document, config=house, declare={"paper": "silk"})
    assert named.declared == Job(paper="silk", binding="none")
    given_read = clearprint.check(document, settings=replace(read(house).of(document), timeout=30.0))
    assert given_read.declared == Job(paper="matt", binding="none")
    assert given_read.settings == ("clearprint.toml", "clearprint.toml for leaflet.*")
