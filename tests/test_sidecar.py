"""The file beside a document: what it declares, the answers in it, and what is wrong with it by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearprint.errors import BadSettings
from clearprint.run import Asked, Planner
from clearprint.settings import Finder
from clearprint.settings.sidecar import beside, read

TODAY = "2026-11-22"
WHOLE = """\
[declare]
paper = { value = "matte", by = "Ann", date = 2026-11-20, why = "order 4711", until = 2026-12-31 }
fold-positions = [97, 197]
both-sides = true

[[answer]]
question = "numerals"
answer = "yes"
by = "Ann"
date = 2026-11-20
why = "Looked at the proof."
until = 2027-11-20
format = "pdf"
pages = [2]
rests-on = ["00112233aabbccdd"]

[[overrule]]
question = "20"
by = "Bob"
date = "2026-11-21"
why = "The map needs it"
place = "ffeeddccbbaa9988-2"
measured = "beside"
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "leaflet.clearprint.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_that_a_sidecar_may_say(tmp_path: Path) -> None:
    found = read(_written(tmp_path, WHOLE), TODAY)
    assert (found.source.job.paper, found.source.job.both_sides, len(found.source.job.fold_positions)) == ("matt", True, 2)
    paper = found.source.told[0]
    assert (paper.where, paper.by, paper.date, paper.until) == (
        "leaflet.clearprint.toml, line 2",
        "Ann",
        "2026-11-20",
        "2026-12-31",
    )
    answer, overrule = found.said
    assert (answer.question, answer.word, answer.pages, answer.rests_on) == ("numerals", "yes", (2,), ("00112233aabbccdd",))
    assert (answer.source, answer.until, answer.format) == ("leaflet.clearprint.toml, line 6", "2027-11-20", "pdf")
    assert (overrule.question, overrule.word, overrule.place) == ("text-wrap", "overruled", "ffeeddccbbaa9988-2")


def test_what_was_declared_for_a_time_that_is_past_is_not_believed(tmp_path: Path) -> None:
    found = read(_written(tmp_path, '[declare]\npaper = { value = "matt", until = 2026-11-21 }\n'), TODAY)
    assert (found.source.job.paper, [item.name for item in found.expired]) == (None, ["paper"])
    assert read(_written(tmp_path, '[declare]\npaper = { value = "matt", until = 2026-11-22 }\n'), TODAY).source.job.paper


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("[declar]\npaper = 1", 1, "'declare'"),
        ('[declare]\n\npapr = "matt"', 3, "'paper'"),
        ('[declare]\npaper = "mat"', 2, "'matt'"),
        ('[declare]\npaper = { value = "matt", untill = 2026-01-01 }', 2, "'until'"),
        ('[declare]\npaper = { by = "Ann" }', 2, "needs a value"),
        ('[declare]\npaper = { value = "matt", until = "soon" }', 2, "must be a date"),
        ('[[answer]]\nquestion = "numeral"', 2, "'numerals'"),
        ('[[answer]]\nquestion = "numerals"\nanswer = "ye"', 3, "'yes'"),
        ('[[answer]]\nquestion = "numerals"\nanswer = "yes"', 1, "rests-on"),
        ('[[answer]]\nquestion = "numerals"\nanswer = "yes"\nrests-on = ["x"]', 4, "fingerprints"),
        ('[[answer]]\nquestion = "numerals"\nanswer = "yes"\nrests-on = ["00112233aabbccdd"]', 1, "by is missing"),
        ("[[answer]]\nwho = 3", 2, "unknown key 'who'"),
        ('[[overrule]]\nquestion = "leading"\nplace = "here"', 3, "fingerprint"),
        ('[[answer]]\nquestion = "leading"\nanswer = "yes"\npages = [0]', 4, "page numbers"),
        ("answer = 3", 1, "[[answer]]"),
        ("[declare]\npaper = x\n", 2, "not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, hint: str) -> None:
    with pytest.raises(BadSettings) as caught:
        read(_written(tmp_path, text), TODAY)
    assert f"leaflet.clearprint.toml, line {line}: " in caught.value.message
    assert hint in caught.value.message
    assert caught.value.exit_code == 2


def test_one_job_two_files(tmp_path: Path) -> None:
    _written(tmp_path, '[declare]\npaper = "matt"\n')
    for name in ("leaflet.pdf", "leaflet.docx"):
        assert beside(tmp_path / name, TODAY) is not None
    assert beside(tmp_path / "other.pdf", TODAY) is None


def test_the_order_of_strength(tmp_path: Path) -> None:
    _written(tmp_path, '[declare]\npaper = "silk"\nweight = 120\n')
    (tmp_path / "clearprint.toml").write_text('[declare]\npaper = "gloss"\nbinding = "saddle"\nweight = 90\n')
    from clearprint.declaration import parse

    (task,) = Planner(Finder(), Asked(declared=parse(["weight=150"])), day=TODAY).tasks([tmp_path / "leaflet.pdf"])
    assert (task.job.paper, task.job.paper_weight, task.job.binding) == ("silk", 150.0, "saddle")
    where = {item.name: item.where for item in task.known.told}
    assert where == {"paper": "leaflet.clearprint.toml, line 2", "weight": "--declare", "binding": "clearprint.toml"}
