"""The command with settings files, checklists and nothing to check; `init`, `schema`, completion and help."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from clearprint import rulebook
from clearprint.cli import COMMANDS
from tests.test_cli import BAD, GOOD, clearprint


def run(folder: Path, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder."""
    import os

    paths = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "clearprint", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, **env},
    )


def documents(result: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    data = json.loads(result.stdout)
    jsonschema.validate(data, json.loads(clearprint("schema", "report").stdout))
    return {document["path"]: document for document in data["documents"]}


def size_limit(checklist: dict[str, Any]) -> float:
    return next(float(limit["fault_below"]) for limit in checklist["limits"]["type-size"] if not limit["name"])


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Four leaflets and three settings files."""
    for name in ("a.pdf", "b.pdf", "sub/c.pdf", "big/d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(GOOD, tmp_path / name)
    (tmp_path / "house.toml").write_text(
        '[limits.type-size]\nsize = { fault_below = 12.5 }\n[declare]\npaper = "matt"\nfold = "none"\n'
    )
    (tmp_path / "clearprint.toml").write_text(
        'extends = "house.toml"\nskip = ["lies-flat"]\n'
        '[[document]]\nfiles = "b.*"\nfail_on = ["any"]\ndeclare = { kind = "leaflet" }\n'
        '[[document]]\nfiles = "big/"\nchecklist = "large-print"\n'
    )
    (tmp_path / "sub" / "pyproject.toml").write_text('[tool.clearprint]\nselect = ["page-size"]\n')
    return tmp_path


def test_each_document_has_the_settings_of_its_own_nearest_file(house: Path) -> None:
    result = run(house, "check", ".", "--format", "json", "--exit-zero")
    data = json.loads(result.stdout)
    found = documents(result)
    assert data["checklist"]["name"] == "rnib-clear-print"
    assert size_limit(data["checklist"]) == 12.5
    assert found["a.pdf"]["checklist"] is None
    assert found["a.pdf"]["settings"] == ["house.toml", "clearprint.toml"]
    assert found["a.pdf"]["declared"] == {"paper": "matt", "fold": "none"}
    assert found["b.pdf"]["declared"] == {"kind": "leaflet", "paper": "matt", "fold": "none"}
    assert found["b.pdf"]["settings"][-1] == "clearprint.toml for b.*"
    assert found["big/d.pdf"]["checklist"]["name"] == "large-print"
    assert size_limit(found["big/d.pdf"]["checklist"]) == 16
    assert found["big/d.pdf"]["verdict"] == "no"
    assert size_limit(found["sub/c.pdf"]["checklist"]) == 12  # nothing leaks from the files above
    assert (found["sub/c.pdf"]["declared"], found["sub/c.pdf"]["settings"]) == ({}, ["pyproject.toml"])
    skipped = {path: sum(answer["cause"] == "skipped" for answer in item["answers"]) for path, item in found.items()}
    assert skipped == {"a.pdf": 1, "b.pdf": 1, "big/d.pdf": 1, "sub/c.pdf": 26}
    assert result.stdout == run(house, "check", ".", "--format", "json", "--exit-zero", "--jobs", "1").stdout


def test_what_fails_the_gate_is_settled_for_each_document(house: Path) -> None:
    """b.* fails on any open question, the others on a no and on what is unreadable."""
    opened = ("--declare", "stage=final", "-v")
    (house / "house.toml").write_text("")
    assert run(house, "check", "a.pdf", *opened).returncode == 0
    strict = run(house, "check", "b.pdf", *opened)
    assert strict.returncode == 1
    assert "clearprint.toml for b.*" in strict.stdout
    assert run(house, "check", "a.pdf", "b.pdf", *opened).returncode == 1
    assert run(house, "check", "b.pdf", *opened, "--fail-on", "no").returncode == 0
    assert run(house, "check", "b.pdf", *opened, "--exit-zero").returncode == 0
    assert run(house, "check", "sub/c.pdf", "--strict").returncode == 0


def test_the_command_line_goes_over_settings(house: Path) -> None:
    found = documents(run(house, "check", "a.pdf", "b.pdf", "--declare", "paper=gloss", "--skip", "26", "--format", "json"))
    assert found["a.pdf"]["declared"] == {"paper": "gloss", "fold": "none"}
    assert [answer["name"] for answer in found["b.pdf"]["answers"] if answer["cause"] == "skipped"] == ["folds", "lies-flat"]
    data = json.loads(run(house, "check", "a.pdf", "--checklist", "large-print", "--format", "json").stdout)
    assert size_limit(data["checklist"]) == 16
    data = json.loads(run(house, "check", "a.pdf", "--no-config", "--format", "json").stdout)
    assert (size_limit(data["checklist"]), data["documents"][0]["settings"]) == (12, [])
    data = json.loads(run(house, "check", "sub/c.pdf", "--config", "house.toml", "--format", "json").stdout)
    assert (size_limit(data["checklist"]), data["documents"][0]["settings"]) == (12.5, ["house.toml"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("skp = []", "clearprint.toml, line 1: unknown key 'skp'. Did you mean 'skip'?"),
        ("\n[limits.type-size]\nsize = { fault_below = 'x' }", "clearprint.toml, line 3: type-size, size: fault_below = 'x'"),
        ("[tool\n", "clearprint.toml, line 1: this is not TOML"),
        ('select = ["folds"]\nskip = ["26"]', "clearprint.toml: Every question is left out"),
    ],
)
def test_a_wrong_settings_file_is_one_sentence_before_any_work(house: Path, text: str, says: str) -> None:
    (house / "clearprint.toml").write_text(text)
    result = run(house, "check", ".", "-o", "r.html")
    assert result.returncode == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (house / "r.html").exists()
    assert run(house, "check", "a.pdf", "--no-config", "-q").returncode == 0


def test_nothing_to_check_is_never_green(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments in (["-"], ["empty"], ["*.pdf"], []):
        result = run(tmp_path, "check", *arguments)
        assert result.returncode == 2, arguments
        assert len(result.stderr.strip().splitlines()) == 1
        allowed = run(tmp_path, "check", *arguments, "--allow-empty", "--format", "json")
        assert allowed.returncode == 0, arguments
        assert json.loads(allowed.stdout)["documents"] == []
        assert "no document to check" in allowed.stderr
    assert run(tmp_path, "check", "none.pdf", "--allow-empty").returncode == 2
    assert run(tmp_path, "check", GOOD, "--fail-on", "").returncode == 2
    assert run(tmp_path, "check", GOOD, "--select", "folds", "--skip", "26").returncode == 2
    both = run(tmp_path, "check", GOOD, "--config", "x.toml", "--no-config")
    assert (both.returncode, "exclude each other" in both.stderr) == (2, True)


def test_init_writes_a_file_once(tmp_path: Path) -> None:
    first = run(tmp_path, "init")
    assert first.returncode == 0
    assert first.stdout.startswith("Wrote clearprint.toml.")
    assert [path.name for path in tmp_path.iterdir()] == ["clearprint.toml"]
    target = tmp_path / "clearprint.toml"
    target.write_text("timeout = 5\n")
    again = run(tmp_path, "init")
    assert (again.returncode, target.read_text()) == (2, "timeout = 5\n")
    assert "--force" in again.stderr
    assert run(tmp_path, "init", "--force").returncode == 0
    assert target.read_text() != "timeout = 5\n"
    assert "no such folder" in run(tmp_path, "init", "none").stderr
    shutil.copyfile(GOOD, tmp_path / "a.pdf")
    plain, with_file = (documents(run(tmp_path, "check", "a.pdf", "--format", "json", *more)) for more in (["--no-config"], []))
    assert with_file["a.pdf"].pop("settings") == ["clearprint.toml"]
    assert plain["a.pdf"].pop("settings") == []
    assert plain == with_file


def test_init_does_not_put_pyproject_out_of_use(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.clearprint]\ntimeout = 5\n")
    result = run(tmp_path, "init")
    assert result.returncode == 2
    assert "[tool.clearprint] holds here" in result.stderr
    assert run(tmp_path, "init", "--force").returncode == 0


def test_the_schemas_are_printed() -> None:
    assert json.loads(clearprint("schema", "settings").stdout)["title"].startswith("Settings of clearprint")
    assert clearprint("schema", "sarif").returncode == 2


def test_both_checklists_work_everywhere(tmp_path: Path) -> None:
    assert "16 pt" in clearprint("explain", "type-size", "--checklist", "large-print").stdout
    assert "UKAAF" in clearprint("explain", "1", "--checklist", "large-print").stdout
    listed = clearprint("rules", "--checklist", "large-print").stdout
    assert "16 pt" in listed
    assert "Other checklists: rnib-clear-print." in listed
    text = clearprint("check", BAD, "--checklist", "large-print", "-o", tmp_path / "r.html")
    assert "Judged by “Large print”, version 1." in text.stdout
    assert "Not large print yet" in (tmp_path / "r.html").read_text()


def completed(shell: str, *words: str) -> list[str]:
    """What the shell is offered for the last word, by the call that the shell makes."""
    env = {
        "_CLEARPRINT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(["clearprint", *(words[:-1] if shell == "fish" else words)]),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
    }
    result = clearprint(**env)
    assert result.stderr == ""
    return result.stdout.split("\n")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ch"], "plain,check"),
        (["check", "--check"], "plain,--checklist"),
        (["check", "--checklist", "la"], "plain,large-print"),
        (["check", "--skip", "type-size,lead"], "plain,type-size,leading"),
        (["check", "--fail-on", "no,unr"], "plain,no,unreadable"),
        (["check", "--format", "ju"], "plain,junit"),
        (["check", "--declare", "pap"], "plain,paper="),
        (["check", "--declare", "paper=m"], "plain,paper=matt"),
        (["explain", "split"], "plain,split-words"),
        (["schema", "se"], "plain,settings"),
        (["check", "leaf"], "file,leaf"),
    ],
)
def test_the_shell_completes(words: list[str], offered: str) -> None:
    assert offered in completed("bash", *words)


def test_each_shell_has_its_script() -> None:
    for shell in ("bash", "zsh", "fish"):
        script = clearprint(_CLEARPRINT_COMPLETE=f"{shell}_source").stdout
        assert "_CLEARPRINT_COMPLETE" in script
    assert "plain,check\tAnswer" in "\n".join(completed("fish", "ch"))
    assert "check" in completed("zsh", "ch")


@pytest.mark.parametrize("command", [*COMMANDS])
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    shown = clearprint(command, "--help")
    assert shown.returncode == 0
    assert "Example" in shown.stdout
    assert f"clearprint {command}" in shown.stdout.partition("Example")[2]
    assert all(len(line) <= 110 for line in shown.stdout.splitlines())


def test_help_names_every_checklist_and_cause() -> None:
    from clearprint.settings import FAIL_ON

    shown = clearprint("check", "--help").stdout
    for name in (*rulebook.names(), *FAIL_ON):
        assert name in shown


def test_the_readme_s_lines_for_shells_are_right() -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for shell in ("bash", "zsh", "fish"):
        assert f"_CLEARPRINT_COMPLETE={shell}_source clearprint" in text
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not there")
    script = clearprint(_CLEARPRINT_COMPLETE="bash_source").stdout
    result = subprocess.run([bash, "-c", f"{script}\ncomplete -p clearprint"], capture_output=True, text=True, timeout=30)
    assert (result.returncode, result.stderr) == (0, "")
    assert "clearprint" in result.stdout
