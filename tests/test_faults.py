"""Faults injected from outside: a killed worker, a full disk, files that vanish, folders that refuse, a Ctrl-C."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.made import text_pages
from tests.test_hostile import nested_forms

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals, limits and /proc as on Linux")
SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
PAGES = 60
GOOD, BAD = SAMPLES / "leaflet-good.pdf", SAMPLES / "leaflet-bad.pdf"
Run = subprocess.Popen[str]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "clearprint", *map(str, arguments)]


def begun(*arguments: str | Path, **how: object) -> Run:
    """The real command, in a process group of its own."""
    process = subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **how,  # type: ignore[call-overload]
    )
    assert isinstance(process, subprocess.Popen)
    return process


def ended(process: Run) -> tuple[int, str, str]:
    stdout, stderr = process.communicate(timeout=60)
    assert "Traceback" not in stderr, stderr
    assert group(process) == [], "a worker was left behind"
    return process.returncode, stdout, stderr


def group(process: Run) -> list[int]:
    """Who lives in the command's process group."""
    alive = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, leader = stat.read_text().rpartition(")")[2].split()[:3]
            if leader == str(process.pid) and state != "Z":
                alive.append(int(stat.parent.name))
    return alive


def workers(process: Run, many: int = 1) -> list[int]:
    """The workers, once so many have loaded the PDF engine and are at work."""
    for _ in range(600):
        found = [pid for pid in group(process) if pid != process.pid and "mupdf" in maps(pid) and seconds(pid) > 0.8]
        if len(found) >= many:
            return found
        time.sleep(0.05)
    raise AssertionError("no worker began to read")


def seconds(pid: int) -> float:
    """CPU time it has taken."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def maps(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/maps").read_text()
    return ""


@pytest.fixture(scope="module")
def hanging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hanging") / "hanging.pdf"
    path.write_bytes(nested_forms())
    return path


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return text_pages(tmp_path_factory.mktemp("long") / "long.pdf", PAGES)


# --- workers ----------------------------------------------------------------------------------------------------------------


def test_a_worker_killed_in_the_middle_costs_one_file_and_names_its_page(long: Path) -> None:
    process = begun("check", long, GOOD, "--jobs", "1", "--fail-on", "unreadable")
    (worker,) = workers(process)
    os.kill(worker, signal.SIGKILL)
    code, stdout, stderr = ended(process)
    assert code == 2
    assert re.search(r"long\.pdf: the reading process died on page \d+ of 60 \(killed by SIGKILL\)\.", stderr), stderr
    assert len(stderr.strip().splitlines()) == 1
    assert "leaflet-good.pdf" in stdout  # the other document was read by a new worker


def test_a_killed_helper_costs_the_document_it_helped_with(long: Path) -> None:
    process = begun("check", long, "--jobs", "2")
    os.kill(workers(process, 2)[-1], signal.SIGKILL)
    code, _, stderr = ended(process)
    assert code == 2
    assert "long.pdf: the reading process died" in stderr
    assert len(stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_ends_its_workers_too(hanging: Path, number: signal.Signals) -> None:
    process = begun("check", hanging)
    workers(process)
    process.send_signal(number)
    code, _, _ = ended(process)
    assert code == 128 + number


def test_no_worker_can_reach_the_network() -> None:
    code = """
import multiprocessing, os, socket, subprocess, sys
from clearprint.run.limits import confine
def inside():
    confine(parent)
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family)
        except OSError as error:
            print(error.errno, flush=True)
    socket.socket(socket.AF_UNIX)
    script = "import socket; socket.socket()"
    print(subprocess.run([sys.executable, "-c", script], stderr=subprocess.DEVNULL).returncode, flush=True)
parent = os.getpid()
process = multiprocessing.get_context("fork").Process(target=inside)
process.start()
process.join()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == [str(errno.EACCES), str(errno.EACCES), "1"], done.stderr


# --- Ctrl-C -----------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 200))  # a line of progress is cut to the terminal's width
    try:
        yield ours, theirs
    finally:
        os.close(ours)
        with contextlib.suppress(OSError):
            os.close(theirs)


def on_terminal(theirs: int, *arguments: str | Path) -> Run:
    """The command in the foreground of that terminal."""
    import fcntl
    import termios

    def take() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    return subprocess.Popen(  # type: ignore[return-value]
        command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=take
    )


def read_until(ours: int, wanted: bytes, seconds: float = 30.0) -> bytes:
    import select

    seen, end = b"", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < end:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
    assert wanted in seen, seen
    return seen


def test_ctrl_c_on_a_terminal_ends_at_once_and_leaves_it_clean(hanging: Path, tmp_path: Path) -> None:
    import termios

    with terminal() as (ours, theirs):
        before = termios.tcgetattr(theirs)
        process = on_terminal(theirs, "check", GOOD, hanging, "-o", tmp_path / "report.html")
        seen = read_until(ours, b"Checking")
        workers(process)
        pressed = time.monotonic()
        os.write(ours, b"\x03")
        seen += read_until(ours, b"interrupted.")
        assert process.wait(10) == 130
        assert time.monotonic() - pressed < 5
        assert termios.tcgetattr(theirs) == before
    line = seen.decode().replace("\r\n", "\n")
    assert "Traceback" not in line
    assert "\x1b[?25l" not in line  # the cursor is never hidden
    assert line.rpartition("\x1b[K")[2].split() == ["clearprint:", "interrupted."]  # the live line is wiped before it
    assert "of 2 files" in line
    assert group(process) == []
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_takes_long_is_named_while_it_does(hanging: Path) -> None:
    with terminal() as (ours, theirs):
        process = on_terminal(theirs, "check", hanging)
        try:
            read_until(ours, b"hanging.pdf, page 0 of 1", 15)
        finally:
            os.write(ours, b"\x03")
            process.wait(10)


def test_ctrl_c_while_it_is_loaded_is_no_traceback() -> None:
    code = """
import sys
from clearprint.__main__ import main
class Pressed:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


# --- disks, folders, pipes --------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of that size; skips where mounting is not allowed."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def at_most(size: int) -> Callable[[], None]:
    """Files may grow to that many bytes and no further: a full disk that needs no rights."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_an_output_that_does_not_fit_is_not_left_half_written(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("the old one")
    code, _, stderr = ended(begun("check", BAD, "-o", target, preexec_fn=at_most(20_000)))
    assert code == 2
    assert stderr.strip() == f"clearprint: {target}: it cannot be written (File too large). Nothing was left half written."
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "the old one"


def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk:
        code, _, stderr = ended(begun("check", BAD, "--format", f"json={disk / 'answers.json'}"))
        assert code == 2
        assert "No space left on device" in stderr
        assert len(stderr.strip().splitlines()) == 1
        assert list(disk.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [("check", str(GOOD)), ("rules",), ("explain", "leading"), ("--version",), ("check", "--help")]
)
def test_a_full_disk_behind_standard_output(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(command(*arguments), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("clearprint: Standard output")
    assert "No space left on device" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_streams_that_are_closed_or_full_change_no_exit_code(closed: str) -> None:
    for path, code in ((GOOD, 0), (BAD, 1), ("/no/such.pdf", 2)):
        words = f'"{sys.executable}" -m clearprint check "{path}" {closed}'
        done = subprocess.run(["sh", "-c", words], capture_output=True, text=True, timeout=60)
        assert done.returncode == code, (path, done.stderr)
        assert "Traceback" not in done.stderr


def test_a_pipe_closed_by_its_reader_keeps_the_exit_code() -> None:
    for path, code in ((GOOD, 0), (BAD, 1)):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(command("check", path, "-v"), stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60)
        os.close(writer)
        assert done.returncode == code
        assert done.stderr == ""


def test_an_input_taken_away_while_it_is_read(tmp_path: Path, long: Path) -> None:
    for change in ("remove", "replace"):
        path = tmp_path / f"{change}.pdf"
        shutil.copy(long, path)
        process = begun("check", path, "--jobs", "1")
        workers(process)
        path.unlink()
        if change == "replace":
            shutil.copy(GOOD, path)
        code, _, stderr = ended(process)
        assert code == 2
        assert stderr.strip() == f"clearprint: {path} was changed or taken away while it was read. Check it again."


def bound() -> None:
    """Bind root too by file permissions: without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (capabilities(7))."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0  # PR_CAPBSET_DROP


def test_folders_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    (folder / "closed").mkdir(parents=True)
    shutil.copy(GOOD, folder / "open.pdf")
    shutil.copy(GOOD, folder / "locked.pdf")
    (folder / "locked.pdf").chmod(0)
    (folder / "closed").chmod(0)
    code, stdout, stderr = ended(begun("check", folder, preexec_fn=bound))
    assert code == 2
    lines = stderr.strip().splitlines()
    assert len(lines) == 2
    assert f"{folder}/locked.pdf: Permission denied. Check the file and its permissions." in lines[0]
    assert f"{folder}/closed: Permission denied." in lines[1]
    assert "open.pdf" in stdout
    folder.chmod(0o555)
    code, _, stderr = ended(begun("check", folder / "open.pdf", "-o", folder / "report.html", preexec_fn=bound))
    assert code == 2
    assert "its folder cannot be written to" in stderr
    assert len(stderr.strip().splitlines()) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["closed", "locked.pdf", "open.pdf"]
    folder.chmod(0o755)
    (folder / "closed").chmod(0o755)  # for whoever tidies up


# --- progress ---------------------------------------------------------------------------------------------------------------


def test_progress_is_a_live_line_on_a_terminal_and_nothing_when_quiet(long: Path) -> None:
    with terminal() as (ours, theirs):
        process = on_terminal(theirs, "check", long, GOOD, "--select", "leading", "--jobs", "1")
        shown = read_until(ours, b"leaflet-good.pdf").decode()
        process.wait(30)
    live = [piece.split("\r")[0] for piece in shown.split("\x1b[K")]
    assert any(
        re.match(
            r"Checking, 0 of 2 files and \d+ pages done(, about \d+ (s|min) left)?: long.pdf, page \d+ of 60", piece
        )  # cut to the width
        for piece in live
    ), live
    with terminal() as (ours, theirs):
        process = on_terminal(theirs, "check", long, "--select", "leading", "-q", "--jobs", "1")
        process.wait(60)
        os.write(theirs, b"end")
        assert b"Checking" not in read_until(ours, b"end")
