"""Pages of one document over several workers: the same report byte for byte, and no clock that a wait could run out."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.made import picture_pages, text_pages
from clearprint.answers import Report
from clearprint.model import PageSummary
from clearprint.reports.to_json import to_json
from clearprint.run import Checked, Options, check_document, check_many, pool, worker
from clearprint.run.messages import At, Read
from clearprint.run.work import Alone, Helpers, Part
from clearprint.settings import Settings

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux only")
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pdf"
BOOK = Settings().rulebook()


@pytest.fixture
def keenly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are shared as soon as there are two."""
    monkeypatch.setattr(pool, "WORTH_SHARING", 2)
    monkeypatch.setattr(worker, "FEWEST", 1)


def shared(path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """The report as JSON, and how many runs of pages were given away."""
    runs = 0
    given = pool._Pool._hear

    def watched(self: pool._Pool, one: pool._Worker) -> None:
        nonlocal runs
        document = one.document
        before = document.helpers if document else 0
        given(self, one)
        if document is not None and document.helpers != before:
            runs += document.helpers

    with monkeypatch.context() as patch:
        patch.setattr(pool._Pool, "_hear", watched)
        report = next(iter(check_many([path], Options(jobs=jobs)))).report
    return to_json([report], BOOK), runs


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that begins waits until it has been asked to share, so that it always is."""
    end = worker.Crew.end

    def asked(self: worker.Crew, index: int, last: int) -> int:
        if index == 0 and not self._given:
            self._pipe.poll(10)
        return end(self, index, last)

    monkeypatch.setattr(worker.Crew, "end", asked)


@pytest.mark.usefixtures("keenly")
@pytest.mark.parametrize("make", [text_pages, picture_pages])
def test_a_document_read_by_several_workers_gets_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path, int], Path]
) -> None:
    path = make(tmp_path / "long.pdf", 7)
    alone = to_json([check_document(path, Options()).report], BOOK)
    slowly(monkeypatch)
    for jobs in (2, 3, 5):
        json, runs = shared(path, jobs, monkeypatch)
        assert runs == jobs - 1
        assert json == alone


@pytest.mark.usefixtures("keenly")
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the collected documents are not beside the project")
@pytest.mark.parametrize(
    "name", ["courtbouillon__report.pdf", "hmcts__D84.pdf", "apache__survey.pdf", "thecompassproject__brochure.pdf"]
)
def test_a_collected_document_read_by_several_workers_gets_the_same_report(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    alone = to_json([check_document(CORPUS / name, Options()).report], BOOK)
    slowly(monkeypatch)
    json, runs = shared(CORPUS / name, 3, monkeypatch)
    assert runs > 0
    assert json == alone


def test_pages_are_given_away_as_runs_of_equal_length_and_never_a_few() -> None:
    assert worker._spans(0, 400, 1) == [(200, 400)]
    assert worker._spans(10, 400, 2) == [(140, 270), (270, 400)]
    assert worker._spans(0, 60, 7) == [(30, 60)]
    assert worker._spans(350, 399, 1) == []
    assert worker._spans(5, 5, 3) == []


def reading(pages: int, harm: Callable[[int, bool], None]) -> Callable[..., Checked]:
    """Stands in for a document of so many pages: `harm` is called for each, with whether a helper reads it."""

    def check(path: Path, options: Options, progress: Callable[[int, int], None], helpers: Helpers) -> Checked:
        progress(0, pages)
        index, end = 0, pages
        while index < (end := helpers.end(index, end)):
            harm(index, False)
            index += 1
            progress(index, pages)
        helpers.parts()
        return Checked(Report(path=str(path), format="pdf", pages=pages))

    def help_(path: Path, span: tuple[int, int], options: Options, pipe: worker.Connection) -> None:
        for done, index in enumerate(range(*span), 1):
            harm(index, True)
            pipe.send(At(done, pages))
        pipe.send(Read())
        pipe.send(worker._packed("part", Part(span[0], PageSummary(), ())))
        worker._unpacked(pipe, "survey")

    check.help = help_  # type: ignore[attr-defined]
    return check


def errors(monkeypatch: pytest.MonkeyPatch, check: Callable[..., Checked], timeout: float, jobs: int = 2) -> list[str]:
    monkeypatch.setattr(worker, "check_document", check)
    monkeypatch.setattr(worker, "_help", check.help)  # type: ignore[attr-defined]
    results = check_many([Path("a.pdf")], Options(Settings(timeout=timeout), jobs=jobs))
    return [result.report.error.message if result.report.error else "" for result in results]


@pytest.mark.usefixtures("keenly")
def test_a_helper_that_dies_ends_the_document_and_names_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def harm(index: int, helper: bool) -> None:
        time.sleep(0.02)
        if helper and index == 38:
            os.kill(os.getpid(), signal.SIGKILL)

    (message,) = errors(monkeypatch, reading(40, harm), 30.0)
    assert "on page 39 of 40 (killed by SIGKILL)" in message
    assert message.startswith("a.pdf: ")


@pytest.mark.usefixtures("keenly")
def test_a_page_that_takes_too_long_ends_the_document_before_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "STALL", 2.0)  # a worker takes up to a second to begin where the machine is busy

    def harm(index: int, helper: bool) -> None:
        time.sleep(30 if index == 5 else 0.01)

    started = time.monotonic()
    (message,) = errors(monkeypatch, reading(8, harm), 1.1, jobs=1)
    assert time.monotonic() - started < 10
    assert message.startswith("a.pdf: stopped after 2 s without a new page, on page 6 of 8.")


def test_each_page_delivered_adds_to_the_time_up_to_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    from clearprint.run.work import Task

    document = pool._Document(0, Task(Path("a.pdf"), Settings(timeout=60.0)), 0.0)
    one = pool._Worker(None, None, document, heard=1e9)  # type: ignore[arg-type]
    document.crew.append(one)
    allowed = []
    for one.pages in (0, 200, 5_000):
        allowed.append(document.allowed)
    assert allowed == [60.0, 260.0, 900.0]
    one.reading, one.heard = True, 7.0
    assert one.deadline() == 27.0  # 20 s without a new page
    one.reading = False
    assert one.deadline() == 900.0


@pytest.mark.usefixtures("keenly")
def test_one_worker_waits_for_its_helper_as_long_as_that_delivers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "STALL", 0.5)

    def harm(index: int, helper: bool) -> None:
        time.sleep(0.15 if helper else 0.0)

    def check(path: Path, options: Options, progress: Callable[[int, int], None], helpers: worker.Crew) -> Checked:
        progress(0, 20)
        helpers._pipe.poll(10)
        helpers.end(0, 20)
        parts = helpers.parts()  # a second and a half
        return Checked(Report(path=str(path), format="pdf", pages=len(parts)))

    check.help = reading(20, harm).help  # type: ignore[attr-defined]
    monkeypatch.setattr(worker, "check_document", check)
    monkeypatch.setattr(worker, "_help", check.help)  # type: ignore[attr-defined]
    (result,) = check_many([Path("a.pdf")], Options(Settings(timeout=1.0), jobs=2))
    assert result.report.error is None
    assert result.report.pages == 1


def test_a_document_without_pages_of_its_own_is_read_by_one(tmp_path: Path) -> None:
    letter = Path(__file__).parents[1] / "fixtures" / "samples" / "letter-good.docx"
    assert Alone().end(3, 9) == 9
    reports = [next(iter(check_many([letter], Options(jobs=jobs)))).report for jobs in (1, 2)]
    assert reports[0] == reports[1]
