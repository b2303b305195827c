"""What build servers run: the steps of action.yml as GitHub would run them, and the jobs that README.md gives."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import readme
from tests.gates import BAD, GOOD, POINTER, ROOT, SAMPLES, clean, clone, needs_index
from tests.needs import program

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = [step for step in ACTION["runs"]["steps"] if "run" in step]
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


def test_no_input_is_ever_part_of_a_script() -> None:
    assert [step["name"] for step in STEPS] == ["Install clearprint", "Check"]
    for step in STEPS:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("vendor.github-actions", (ROOT / "action.yml").read_text(encoding="utf-8")),
        ("vendor.github-workflows", readme.block("yaml", ".github/workflows")),
        ("vendor.gitlab-ci", readme.block("yaml", ".gitlab-ci.yml")),
    ],
)
def test_action_and_jobs_hold_to_their_schemas(tmp_path: Path, schema: str, text: str) -> None:
    file = tmp_path / "job.yml"
    file.write_text(text, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_hook_manifest_is_one() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], capture_output=True
    )
    assert result.returncode == 0, result.stdout


def test_the_workflow_names_inputs_that_the_action_has() -> None:
    job = yaml.safe_load(readme.block("yaml", ".github/workflows"))["jobs"]["clearprint"]
    (ours,) = (step for step in job["steps"] if "clearprint@" in step["uses"])
    assert set(ours["with"]) <= set(ACTION["inputs"])


@dataclass
class Runner:
    """Runs the scripts of a composite action with an environment of its own."""

    base: Path
    context: dict[str, str] = field(default_factory=dict)

    def step(self, step: dict[str, Any], folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
        output, summary = self.base / f"output-{step['id']}", self.base / "summary.md"
        for file in (output, summary):
            file.write_text("", encoding="utf-8")
        known = {f"inputs.{name}": str(item.get("default", "")) for name, item in ACTION["inputs"].items()}
        known.update({f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}, **self.context)
        env = {key: _EXPRESSION.sub(lambda match: known[match[1]], value) for key, value in step["env"].items()}
        script = self.base / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        given = {"RUNNER_TEMP": str(self.base / "temp"), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
        path = f"{self.base / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}"
        result = subprocess.run(
            [program("bash"), "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=folder,
            env=clean(self.base / "home", PATH=path, GITHUB_ACTIONS="true", **given, **env),
            capture_output=True,
            text=True,
            timeout=600,
        )
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.context[f"steps.{step['id']}.outputs.{name}"] = value
        return result


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A fresh home and Python, with clearprint installed by the action's own step from a clone."""
    base = tmp_path_factory.mktemp("runner")
    ours = base / "action"
    for folder in (ours, base / "home", base / "temp"):
        folder.mkdir()
    commit = clone(ours)
    # The Python that setup-python would have put first on the path.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(base / "python")], check=True)
    made = Runner(base, {"github.action_path": str(ours), "commit": commit})
    installed = made.step(STEPS[0], base)
    if installed.returncode != 0:
        needs_index(installed, base)
    return made


def drafts(folder: Path, **documents: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.slow
def test_the_action_fails_a_bad_leaflet_and_keeps_all_reports(runner: Runner, tmp_path: Path) -> None:
    drafts(tmp_path / "in drafts", **{"bad one.pdf": BAD.read_bytes()})
    (tmp_path / "letter.docx").write_bytes((SAMPLES / "letter-good.docx").read_bytes())
    result = runner.step(STEPS[1], tmp_path, paths="in drafts\nletter.docx\n", args="--declare paper=matt --jobs 2")
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("::error file=in drafts/bad one.pdf,title=Type size::")
    assert "| letter.docx |" in (runner.base / "summary.md").read_text(encoding="utf-8")
    reports = Path(runner.context["steps.check.outputs.reports"])
    assert sorted(path.name for path in reports.iterdir()) == [
        f"clearprint.{kind}" for kind in ("html", "json", "sarif", "xml")
    ]
    assert runner.context["steps.check.outputs.sarif"] == str(reports / "clearprint.sarif")
    answers = json.loads((reports / "clearprint.json").read_text(encoding="utf-8"))["documents"][0]["answers"]
    assert {answer["name"]: answer["answer"] for answer in answers}["matt-paper"] == "yes"


@pytest.mark.slow
def test_the_action_passes_a_good_leaflet_unless_more_is_asked(runner: Runner, tmp_path: Path) -> None:
    drafts(tmp_path, **{"good.pdf": GOOD.read_bytes()})
    assert runner.step(STEPS[1], tmp_path).returncode == 0
    assert runner.step(STEPS[1], tmp_path, fail_on="no,undeclared").returncode == 1


@pytest.mark.slow
def test_the_action_never_passes_what_it_could_not_read(runner: Runner, tmp_path: Path) -> None:
    drafts(tmp_path, **{"good.pdf": GOOD.read_bytes(), "pointer.pdf": POINTER})
    result = runner.step(STEPS[1], tmp_path)
    assert result.returncode == 2
    assert "::error file=pointer.pdf,title=Could not be checked::" in result.stdout
    assert "git lfs pull" in result.stdout
    assert runner.step(STEPS[1], drafts(tmp_path / "empty")).returncode == 2


@pytest.mark.slow
def test_nothing_in_an_input_is_run(runner: Runner, tmp_path: Path) -> None:
    drafts(tmp_path, **{"good.pdf": GOOD.read_bytes()})
    for evil in ("$(touch pwned)", "`touch pwned`", "; touch pwned", '"; touch pwned; "'):
        runner.step(STEPS[1], tmp_path, paths=f"good.pdf\n{evil}")
        runner.step(STEPS[1], tmp_path, args=evil)
        runner.step(STEPS[1], tmp_path, fail_on=evil)
    assert [path.name for path in tmp_path.iterdir()] == ["good.pdf"]


@pytest.mark.slow
def test_the_gitlab_job_runs(runner: Runner, tmp_path: Path) -> None:
    drafts(tmp_path / "drafts", **{"good.pdf": GOOD.read_bytes(), "bad.pdf": BAD.read_bytes()})
    job = yaml.safe_load(readme.block("yaml", ".gitlab-ci.yml"))["clearprint"]
    script = "\n".join(job["script"])
    ours = f"git+file://{runner.context['github.action_path']}@{runner.context['commit']}"
    script, count = re.subn(r"clearprint @ git\+https://[^\s\"]+", ours, script)
    assert count == 1
    home = runner.base / "temp" / "clearprint"
    result = subprocess.run(
        [program("bash"), "-eo", "pipefail", "-c", script],
        cwd=tmp_path,
        env=clean(tmp_path, PATH=f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 1, result.stderr
    kept = {*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]}
    assert kept == {path.name for path in tmp_path.iterdir() if path.is_file()}, result.stderr


@pytest.mark.slow
def test_the_line_to_try_it_works_for_a_stranger(tmp_path: Path) -> None:
    place, home = tmp_path / "clearprint", tmp_path / "home"
    place.mkdir()
    home.mkdir()
    clone(place)
    (place / "fixtures" / "samples").mkdir(parents=True)
    shutil.copy(BAD, place / "fixtures" / "samples")
    line = readme.section("## Try it")
    result = subprocess.run(
        [program("bash"), "-c", line], cwd=place, env=clean(home), capture_output=True, text=True, timeout=600
    )
    if not (place / ".venv" / "bin" / "clearprint").exists():
        needs_index(result, tmp_path)
    assert result.returncode == 1, result.stderr
    assert "<html" in (place / "report.html").read_text(encoding="utf-8")
