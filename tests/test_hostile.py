"""Files made to hurt: each ends in one sentence, in time, and costs only itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from contextlib import suppress
from html import escape
from pathlib import Path

import pytest

from clearprint import run
from clearprint.run import Options
from clearprint.settings import Settings
from tests.docx_kit import docx, r, save

GOOD = Path(__file__).parents[1] / "fixtures" / "samples" / "leaflet-good.pdf"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects; the first is the catalog."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def nested_forms(depth: int = 24, width: int = 4) -> bytes:
    """Each form paints the next one `width` times: the last paints nothing, which takes time and no memory."""
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</XObject <</F 5 0 R>>>>>>"
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>", page, stream(b"/F Do")]
    for level in range(depth):
        inner = b"/F Do " * width if level < depth - 1 else b"q Q"
        resources = b"/Resources <</XObject <</F %d 0 R>>>>" % (6 + level) if level < depth - 1 else b""
        objects.append(stream(inner, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources))
    return pdf(objects)


def path_bomb(megabytes: int = 120) -> bytes:
    """A small file that inflates to hundreds of path operators by the million."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m 9 9 l S\n" * 75_000
    data = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"
    catalog, pages = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    return pdf([catalog, pages, page, stream(data, b"/Filter /FlateDecode")])


@pytest.mark.parametrize("make", [nested_forms, path_bomb])
def test_what_hangs_the_engine_is_ended_by_the_clock(tmp_path: Path, make: object) -> None:
    bad = tmp_path / "bad.pdf"
    assert callable(make)
    bad.write_bytes(make())
    started = time.monotonic()
    reports = [item.report for item in run.check_many([bad, GOOD], Options(Settings(timeout=3.0)))]
    assert time.monotonic() - started < 90  # 3 s for the bad one; the rest is a busy machine's
    assert reports[0].error is not None
    assert reports[0].error.code in ("timeout", "memory", "crashed-engine")
    assert reports[0].error.message.startswith(str(bad))
    assert reports[1].error is None
    assert len(reports[1].answers) == 27


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bad = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(350):
                part.write(b" " * 2**20)
    started = time.monotonic()
    report = next(run.check_many([bad], Options())).report
    assert time.monotonic() - started < 5
    assert report.error is not None
    assert report.error.code in ("too-large", "not-supported", "damaged")
    assert str(bad) in report.error.message


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different on Windows")
def test_an_interrupt_stops_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(nested_forms())
    target = tmp_path / "report.html"
    command = [sys.executable, "-m", "clearprint", "check", str(bad), "-o", str(target)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(4)
    os.kill(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130, stderr
    assert stderr.strip().splitlines()[-1] == "clearprint: interrupted."
    assert "Traceback" not in stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad.pdf"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # no worker is left in its group


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a worker of its parent's death")
def test_a_killed_parent_leaves_no_hung_worker(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(nested_forms())
    process = subprocess.Popen([sys.executable, "-m", "clearprint", "check", str(bad)], start_new_session=True)
    time.sleep(4)
    process.kill()
    process.wait(10)
    latest = time.monotonic() + 10  # it goes at once, as soon as a busy machine lets it
    while (left := _alive_in_group(process.pid)) and time.monotonic() < latest:
        time.sleep(0.1)
    assert left == []


def _alive_in_group(group: int) -> list[Path]:
    """Processes of a group that have not ended. A zombie has; nobody asked for its exit code yet."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, own = stat.read_text().rpartition(")")[2].split()[:3]
            if own == str(group) and state != "Z":
                found.append(stat)
    return found


EVIL = '<script>alert(1)</script> ::error::x ##[add-mask] \u202egnp.& "q" {{ "q"*9 }} {% x %} '
"""Hostile in many ways. A template that ran it would say nine letters q, which no folder's name holds."""


def test_a_paragraph_of_10_megabytes_steers_no_output(tmp_path: Path) -> None:
    """Text, style, face, title and file name are all hostile; the real command writes every format."""
    run_of = r(escape(EVIL * 1_000), '<w:rFonts w:ascii="&lt;b&gt;{{x}}"/><w:sz w:val="14"/><w:i/><w:color w:val="CCCCCC"/>')
    times = 10_000_000 // len(EVIL * 1_000)
    body = f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{run_of * times}</w:p>'
    path = save(tmp_path, docx(body), '<img src=x>##[x] {{"q"*9}}.docx')
    formats = ("html", "json", "sarif", "junit", "text", "csv", "github")
    asked = [part for name in formats for part in ("--format", f"{name}={tmp_path / name}")]
    started = time.process_time() + sum(os.times()[2:4])
    done = subprocess.run(
        [sys.executable, "-m", "clearprint", "check", str(path), *asked, "--timeout", "600"], capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert time.process_time() + sum(os.times()[2:4]) - started < 90  # of the processor
    for name in formats:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert name == "csv" or "script" in text  # it is quoted …
        assert len(text) < 1_000_000  # … in part
        assert not [sign for sign in ("\x1b", "\u202e", "##[", "q" * 9) if sign in text], name
        assert name == "github" or not [line for line in text.splitlines() if line.lstrip().startswith("::")], name
    html = (tmp_path / "html").read_text(encoding="utf-8")
    assert html.count("<script") == 1  # the report's own
    assert "<img src=x" not in html
    assert "*9}}" in html.partition("<h1")[2][:600]
