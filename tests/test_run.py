"""Finding documents, and workers that a clock, a crash or a bomb cannot take down with them."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clearprint.answers import Report
from clearprint.errors import UnreadableFile
from clearprint.geometry import Box
from clearprint.model import Block, Face, Page, Span, Style
from clearprint.run import find, pool, worker
from clearprint.run.store import PageStore
from clearprint.run.work import Checked, Options
from clearprint.settings import Settings

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux only")


def test_a_folder_is_searched_and_lock_files_are_left_out(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.DOCX", "c.dotx", "~$a.docx", ".~lock.b.pdf", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.pdf").write_bytes(b"x")
    found = [item.name for item in find([str(tmp_path)]) if isinstance(item, Path)]
    assert found == ["a.DOCX", "b.pdf", "c.dotx", "d.pdf"]


def test_what_cannot_be_found_is_a_report_with_a_sentence(tmp_path: Path) -> None:
    items = find([str(tmp_path), str(tmp_path / "no.pdf"), str(tmp_path / "*.pdf"), "bad\0name.pdf"])
    codes = [item.error.code for item in items if isinstance(item, Report) and item.error]
    assert codes == ["empty-folder", "missing", "missing", "unreadable"] or codes[:3] == ["empty-folder", "missing", "missing"]
    assert all(isinstance(item, Report) for item in items)


def test_patterns_lists_and_doubles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{tmp_path}/b.pdf\n\n"))
    found = find(["-", f"{tmp_path}/*.pdf"])
    assert [item.name for item in found if isinstance(item, Path)] == ["b.pdf", "a.pdf"]


def good(path: Path, options: Options, progress: Callable[[int, int], None], helpers: object = None) -> Checked:
    progress(1, 1)
    return Checked(Report(path=str(path), format="pdf"))


def misbehave(path: Path, options: Options, progress: Callable[[int, int], None], helpers: object = None) -> Checked:
    """Stands in for a document: what happens is in its name."""
    progress(0, 3)
    name = path.name
    if name == "hang":
        progress(1, 3)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        time.sleep(60)
    if name == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "memory":
        raise MemoryError
    if name == "damaged":
        raise UnreadableFile("It is no PDF. Save it again.")
    if name == "bug":
        raise KeyError("oops")
    if name == "noise":
        os.write(1, b"noise on standard output")
        print("more noise")
    return good(path, options, progress)


@linux
def test_one_bad_file_costs_only_itself(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(worker, "check_document", misbehave)
    monkeypatch.setattr(pool, "SECONDS_A_PAGE", 0.1)
    names = ["a", "hang", "b", "die", "memory", "c", "damaged", "bug", "noise", "d"]
    started = time.monotonic()
    results = list(pool.check_many([Path(name) for name in names], Options(Settings(timeout=1.0), jobs=2)))
    assert time.monotonic() - started < 10
    reports = [item.report for item in results]
    assert [report.path for report in reports] == names
    codes = {report.path: report.error.code for report in reports if report.error}
    assert codes == {
        "hang": "timeout",
        "die": "crashed-engine",
        "memory": "memory",
        "damaged": "damaged",
        "bug": "crashed",
    }
    messages = {report.path: report.error.message for report in reports if report.error}
    assert "on page 2 of 3" in messages["hang"]
    assert "--timeout" in messages["hang"]
    assert "SIGKILL" in messages["die"]
    assert messages["damaged"] == "damaged: It is no PDF. Save it again."
    assert all("\n" not in message for message in messages.values())
    assert capfd.readouterr().out == ""


@linux
def test_results_come_in_the_order_of_the_paths_for_any_number_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    def uneven(path: Path, options: Options, progress: Callable[[int, int], None], helpers: object = None) -> Checked:
        time.sleep(0.02 if int(path.name) % 3 == 0 else 0)
        return good(path, options, progress)

    monkeypatch.setattr(worker, "check_document", uneven)
    paths = [Path(str(number)) for number in range(12)]
    for jobs in (1, 3):
        assert [item.report.path for item in pool.check_many(paths, Options(jobs=jobs))] == [str(path) for path in paths]


@linux
def test_no_worker_is_left_behind_when_the_caller_stops_early(monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    monkeypatch.setattr(worker, "check_document", misbehave)
    results = pool.check_many([Path("a"), Path("hang"), Path("b")], Options(Settings(timeout=30.0), jobs=2))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_pages_past_the_memory_limit_wait_in_a_file() -> None:
    style = Style(Face("Arial", "Arial", 400), 12.0)
    block = Block((Span("word " * 50, style),), "word " * 50, 12.0, box=Box(0, 0, 9, 9))
    pages = [Page(number, 595.0, 842.0, (block,)) for number in range(1, 41)]
    with PageStore(limit=100_000) as store:
        for page in pages:
            store.add(page)
        assert store._places
        assert list(store) == pages
        assert list(store) == pages


@linux
def test_a_full_temporary_folder_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda prefix: Path("/dev/full").open("w+b"))  # noqa: SIM115
    pages = [Page(number, 595.0, 842.0) for number in range(1, 400)]

    def keep() -> None:
        with PageStore(limit=0) as store:
            for page in pages:
                store.add(page)
            list(store)

    with pytest.raises(UnreadableFile, match="There is no room in the temporary folder") as caught:
        keep()
    assert caught.value.code == "no-room"
    assert "No space left on device" in caught.value.message
