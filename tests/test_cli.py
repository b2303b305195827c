"""The command line as people and jobs use it: exit codes, one sentence an error, nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
GOOD, BAD = SAMPLES / "leaflet-good.pdf", SAMPLES / "leaflet-bad.pdf"


def clearprint(*arguments: str | Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the real command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "clearprint", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **env},
    )


def test_version_and_help() -> None:
    assert clearprint("--version").stdout.startswith("clearprint, version ")
    shown = clearprint("check", "--help")
    assert shown.returncode == 0
    assert "Exit codes" in shown.stdout
    assert clearprint().returncode == 2


def test_start_loads_no_engine() -> None:
    code = (
        "import sys, clearprint.cli; print([m for m in ('pymupdf','docx','PIL','jinja2','numpy','lxml') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
    code = "import sys, clearprint; print(sorted(m for m in sys.modules if m.startswith('clearprint')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "['clearprint']"


def test_a_bad_leaflet_exits_1_and_a_good_one_has_no_no() -> None:
    bad = clearprint("check", BAD)
    assert bad.returncode == 1
    assert "✗ no" in bad.stdout
    assert "Mend:" in bad.stdout
    assert bad.stderr == ""
    good = clearprint("check", GOOD)
    assert good.returncode == 0
    assert "✗" not in good.stdout


def test_strict_fails_on_what_is_open_and_exit_zero_quiets_it() -> None:
    assert clearprint("check", GOOD, "--strict").returncode == 1
    assert clearprint("check", GOOD, "--fail-on", "no,undeclared").returncode == 1
    assert clearprint("check", BAD, "--exit-zero").returncode == 0


def test_select_and_skip_leave_questions_out_of_the_verdict() -> None:
    data = json.loads(clearprint("check", BAD, "--select", "page-size,25", "--format", "json").stdout)
    answers = data["documents"][0]["answers"]
    assert len(answers) == 27
    assert [answer["name"] for answer in answers if answer["cause"] != "skipped"] == ["page-size"]
    assert clearprint("check", BAD, "--select", "page-size").returncode == 0


def test_reports_go_where_they_are_asked_to(tmp_path: Path) -> None:
    html, record = tmp_path / "r.html", tmp_path / "r.json"
    result = clearprint("check", BAD, "-o", html, "--format", f"json={record}")
    assert result.returncode == 1
    assert "leaflet-bad.pdf" in result.stdout
    assert "data:image/webp;base64," in html.read_text()
    assert json.loads(record.read_text())["schema"] == "clearprint-report/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html", "r.json"]


def test_the_same_input_gives_the_same_bytes() -> None:
    first = clearprint("check", BAD, GOOD, "--format", "json", "--jobs", "1").stdout
    assert first == clearprint("check", BAD, GOOD, "--format", "json", "--jobs", "2").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "none.pdf"], "there is no such file"),
        (["check", "{empty}"], "no .pdf, .docx or .dotx file in this folder"),
        (["check", "{good}", "--skip", "leadin"], "Did you mean 'leading'"),
        (["check", "{good}", "--declare", "paper=shiny"], "paper"),
        (["check", "{good}", "--declare", "papr=matt"], "Did you mean 'paper'"),
        (["check", "{good}", "--format", "jsn"], "Did you mean 'json'"),
        (["check", "{good}", "--fail-on", "nope"], "Did you mean 'no'"),
        (["check", "{good}", "--config", "none.toml"], "There is no settings file"),
        (["check", "{good}", "--checklist", "mine"], "There is no checklist"),
        (["check", "{good}", "-o", "none/there/r.html"], "its folder does not exist"),
        (["check", "{good}", "--timeout", "0"], "--timeout"),
        (["check", "{good}", "--wrong"], "No such option"),
        (["check"], "Missing argument"),
        (["explain", "leadin"], "Did you mean 'leading'"),
        (["show", "{good}", "--page", "99", "-o", "{empty}/p.png"], "page"),
        (["wat"], "No such command"),
    ],
)
def test_every_mistake_is_one_sentence_and_exit_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    filled = [item.format(good=GOOD, empty=tmp_path) for item in arguments]
    result = clearprint(*filled)
    assert result.returncode == 2, result
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_one_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(GOOD.read_bytes()[:200])
    result = clearprint("check", torn, GOOD, "--format", "json")
    assert result.returncode == 2
    assert "torn.pdf" in result.stderr
    documents = json.loads(result.stdout)["documents"]
    assert documents[0]["verdict"] is None
    assert len(documents[1]["answers"]) == 27


def test_a_list_of_files_on_standard_input() -> None:
    result = clearprint("check", "-", "--format", "json", stdin=f"{GOOD}\n{BAD}\n")
    assert len(json.loads(result.stdout)["documents"]) == 2


def test_settings_change_a_limit(tmp_path: Path) -> None:
    settings = tmp_path / "house.toml"
    settings.write_text('select = ["page-size"]\n[limits.page-size]\n')
    assert clearprint("check", GOOD, "--config", settings).returncode == 0


def test_colour_only_on_a_terminal() -> None:
    assert "\x1b" not in clearprint("check", BAD).stdout


def test_a_closed_pipe_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "clearprint", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    stderr = process.stderr.read()
    process.wait(30)
    process.stderr.close()
    assert "Traceback" not in stderr


def test_rules_and_explain_say_everything() -> None:
    listed = clearprint("rules").stdout
    assert "leading" in listed
    assert len([line for line in listed.splitlines() if line[:2].strip().isdigit()]) == 27
    shown = clearprint("explain", "leading").stdout
    for heading in ("What is measured", "What it cannot see", "Limits", "What to do"):
        assert heading in shown
    assert clearprint("explain", "4").stdout == shown


def test_show_draws_a_page(tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    assert clearprint("show", GOOD, "-o", picture).returncode == 0
    assert picture.read_bytes()[:4] == b"\x89PNG"


def test_inputs_are_never_changed(tmp_path: Path) -> None:
    copy = tmp_path / "leaflet.pdf"
    copy.write_bytes(BAD.read_bytes())
    copy.chmod(0o444)
    before = copy.stat().st_mtime_ns
    clearprint("check", copy)
    assert copy.read_bytes() == BAD.read_bytes()
    assert copy.stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.pdf"]
