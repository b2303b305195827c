"""Several reports of one run: where each goes, that it is whole, that the same input gives the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clearprint.reports import append_whole
from clearprint.reports.to_github import SUMMARY
from tests.gates import BAD, GOOD, POINTER, ROOT, SAMPLES, clean

FORMATS = ("text", "json", "html", "sarif", "junit", "github")


def check(folder: Path, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "clearprint", "check", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        timeout=120,
        env=clean(folder, PYTHONPATH=str(ROOT), **env),
    )


def formats(folder: Path) -> list[str]:
    return [f"--format={kind}={folder / kind}" for kind in FORMATS]


def test_the_same_input_gives_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    documents = tmp_path / "drafts"
    documents.mkdir()
    (documents / "pointer.pdf").write_bytes(POINTER)
    (tmp_path / "clearprint.toml").write_text("[limits.type-size]\nsize = { fault_below = 14 }\n", encoding="utf-8")
    for source in (BAD, GOOD, SAMPLES / "letter-bad.docx", SAMPLES / "newsletter-bad.pdf"):
        (documents / source.name).write_bytes(source.read_bytes())
    seen = []
    for jobs, where in (("1", "a"), ("2", "b"), ("2", "c")):
        (tmp_path / where).mkdir()
        result = check(tmp_path, "drafts", "--jobs", jobs, *formats(tmp_path / where), PYTHONHASHSEED=jobs)
        assert result.returncode == 2
        # A slow machine says how far it is.
        said = b"".join(line for line in result.stderr.splitlines(True) if line.startswith(b"clearprint:"))
        seen.append({kind: (tmp_path / where / kind).read_bytes() for kind in FORMATS} | {"": result.stdout + said})
    assert seen[0] == seen[1] == seen[2]
    for kind, content in seen[0].items():
        assert str(tmp_path).encode() not in content, kind
        assert b"pointer.pdf" in content, kind


def test_at_most_one_report_goes_to_standard_output(tmp_path: Path) -> None:
    for pair in (("json", "text"), ("github", "text"), ("github=s.md", "json")):
        result = check(tmp_path, GOOD, f"--format={pair[0]}", f"--format={pair[1]}")
        assert result.returncode == 2
        assert b"Only one --format can go to standard output" in result.stderr
        assert list(tmp_path.iterdir()) == []


def test_two_reports_cannot_share_a_file_and_none_may_replace_a_document(tmp_path: Path) -> None:
    copy = tmp_path / "leaflet.pdf"
    copy.write_bytes(GOOD.read_bytes())
    clash = check(tmp_path, copy, "--format=json=r", "--format=sarif=./r")
    assert clash.returncode == 2
    assert b"two reports cannot go to one file" in clash.stderr
    assert check(tmp_path, ".", "-o", "leaflet.pdf").returncode == 2
    assert copy.read_bytes() == GOOD.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.pdf"]


def test_the_summary_is_added_to_what_the_runner_names_or_to_the_file_given(tmp_path: Path) -> None:
    step, own = tmp_path / "step.md", tmp_path / "own.md"
    step.write_text("before\n")
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(BAD.read_bytes())
    result = check(tmp_path, bad, "--format=github", GITHUB_STEP_SUMMARY=str(step))
    assert result.returncode == 1
    assert result.stdout.startswith(b"::error file=bad.pdf,title=")
    assert step.read_text().startswith("before\n## clearprint: it fails")
    check(tmp_path, bad, f"--format=github={own}", GITHUB_STEP_SUMMARY=str(step))
    assert "before\n" + own.read_text() == step.read_text()
    step.write_bytes(b"x" * (SUMMARY - 50))
    full = check(tmp_path, bad, "--format=github", GITHUB_STEP_SUMMARY=str(step))
    assert full.returncode == 1
    assert b"The job summary is full" in full.stdout
    assert step.stat().st_size == SUMMARY - 50


def test_a_summary_is_added_to_the_end(tmp_path: Path) -> None:
    file = tmp_path / "s.md"
    append_whole(file, "one\n")
    append_whole(file, "two\n")
    assert file.read_text() == "one\ntwo\n"


def test_a_reader_that_goes_away_costs_neither_the_exit_code_nor_a_report(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m clearprint check "{BAD}" --format json --format sarif=out.sarif; echo $? >code'
    subprocess.run(
        ["bash", "-c", f"({command}) | true"],
        cwd=tmp_path,
        env=clean(tmp_path, PYTHONPATH=str(ROOT)),
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert (tmp_path / "code").read_text() == "1\n"
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are no bytes")
def test_names_that_are_no_text_and_terminals_that_know_little_are_no_crash(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \x1b[31m.pdf")
    (tmp_path / name).write_bytes(GOOD.read_bytes())
    for kind in FORMATS:
        (tmp_path / "out").unlink(missing_ok=True)
        for target in (kind, f"{kind}=out"):
            result = check(tmp_path, ".", f"--format={target}", PYTHONIOENCODING="ascii")
            assert result.returncode == 0, (target, result.stderr)
            assert b"Traceback" not in result.stderr
            assert b"\x1b" not in result.stdout


@pytest.mark.parametrize("kind", FORMATS)
def test_a_document_that_runs_out_of_time_is_in_the_report_and_fails(kind: str, tmp_path: Path) -> None:
    (tmp_path / "slow.pdf").write_bytes(_nested())
    result = check(tmp_path, "slow.pdf", f"--format={kind}", "--timeout", "0.5", GITHUB_STEP_SUMMARY=str(tmp_path / "s.md"))
    assert result.returncode == 2
    assert b"slow.pdf" in result.stdout
    assert b"stopped after" in result.stderr
    assert b"stopped after" in result.stdout or kind == "text"  # whose reasons are on standard error


def _nested() -> bytes:
    """A PDF whose forms paint each other 4^12 times: small to read, endless to draw."""
    depth = 14
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>")
    objects.append(b"<</Length 5>>stream\n/F Do\nendstream")
    for number in range(5, 5 + depth):
        body = b"/F Do /F Do /F Do /F Do" if number < 4 + depth else b"0 0 5 5 re f"
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1) if number < 4 + depth else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 200 200]%b/Length %d>>" % (inner, len(body))
        objects.append(head + b"stream\n" + body + b"\nendstream")
    parts, offset = [b"%PDF-1.7\n"], []
    for number, body in enumerate(objects, 1):
        offset.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    parts += [b"%010d 00000 n \n" % place for place in offset]
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return b"".join(parts)
