"""The real pre-commit, in a real repository, with the hook installed from a clone of this one."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests import readme
from tests.gates import BAD, GOOD, POINTER, ROOT, SAMPLES, clean, clone, git, needs_index

HOOK = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("drafts/leaflet.pdf", True),
        (r"Drafts\LEAFLET.PDF", True),
        ("Letter to all.DocX", True),
        ("form.dotx", True),
        ("notes.doc", False),
        ("leaflet.pdf.txt", False),
        ("pdf", False),
    ],
)
def test_the_hook_goes_by_the_suffix(name: str, meant: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is meant


@dataclass(frozen=True)
class Site:
    """A repository of documents with the hook in it."""

    folder: Path
    home: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=600,
            env=clean(self.home, PRE_COMMIT_HOME=str(self.home / "pre-commit"), PRE_COMMIT_COLOR="never"),
        )

    def add(self, **documents: bytes) -> list[str]:
        names = []
        for name, content in documents.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            names.append(name)
        git(self.folder, "add", "-A")
        return names

    def checked(self, *names: str) -> subprocess.CompletedProcess[str]:
        return self.run("run", "clearprint", "--files", *names)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The hook as README.md says to set it up, from a clone on this disk."""
    base = tmp_path_factory.mktemp("pre-commit")
    ours, folder, home = base / "clearprint", base / "site", base / "home"
    for path in (ours, folder, home):
        path.mkdir()
    commit = clone(ours)
    config = yaml.safe_load(readme.block("yaml", ".pre-commit-config.yaml"))
    config["repos"][0].update(repo=str(ours), rev=commit)
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    made = Site(folder, home)
    installed = made.run("install-hooks")
    if installed.returncode != 0:
        needs_index(installed, base)
    return made


@pytest.mark.slow
def test_a_commit_goes_through_in_silence_or_is_stopped(site: Site) -> None:
    assert site.run("install").returncode == 0
    site.add(**{"good.pdf": GOOD.read_bytes(), "letter.docx": (SAMPLES / "letter-good.docx").read_bytes()})
    commit = ("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-m", "Add")
    env = clean(site.home, PRE_COMMIT_HOME=str(site.home / "pre-commit"), PRE_COMMIT_COLOR="never")
    done = subprocess.run(["git", *commit], cwd=site.folder, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if line] == ["clearprint" + "." * 63 + "Passed"]

    site.add(**{"bad.pdf": BAD.read_bytes()})
    stopped = subprocess.run(["git", *commit], cwd=site.folder, capture_output=True, text=True, env=env)
    assert stopped.returncode == 1
    assert "- exit code: 1" in stopped.stderr
    assert "✗ no   1 Type size" in stopped.stderr
    assert "Mend: Set this text in 12 pt" in stopped.stderr
    assert "good.pdf" not in stopped.stderr
    git(site.folder, "rm", "-q", "-f", "bad.pdf")


@pytest.mark.slow
def test_what_cannot_be_read_is_no_pass(site: Site) -> None:
    pointer = site.checked(*site.add(**{"pointer.pdf": POINTER}))
    assert pointer.returncode == 1
    assert "- exit code: 2" in pointer.stdout
    assert "git lfs pull" in pointer.stdout
    scan = site.checked(*site.add(**{"scan.pdf": (ROOT / "fixtures" / "shared" / "ask-scan.pdf").read_bytes()}))
    assert scan.returncode == 1
    assert "- exit code: 1" in scan.stdout
    assert "(fails)" in scan.stdout


@pytest.mark.slow
def test_lock_files_are_passed_over_and_open_questions_are_told_on_demand(site: Site) -> None:
    locks = site.checked(
        *site.add(**{"~$letter.docx": b"\x05Tester" + bytes(100), "._leaflet.pdf": b"\0\5\x16\7" + bytes(100)})
    )
    assert locks.returncode == 0, locks.stdout
    (good,) = site.add(**{"good.pdf": GOOD.read_bytes()})
    config = site.folder / ".pre-commit-config.yaml"
    before = config.read_text(encoding="utf-8")
    loud = yaml.safe_load(before)
    loud["repos"][0]["hooks"][0].update(args=["-v"], verbose=True)
    config.write_text(yaml.safe_dump(loud), encoding="utf-8")
    try:
        told = site.run("run", "clearprint", "--files", good)
    finally:
        config.write_text(before, encoding="utf-8")
    assert told.returncode == 0
    assert "? ask 24 Matt paper" in told.stdout
    assert "✓" not in told.stdout


@pytest.mark.slow
def test_two_hundred_documents_are_checked_and_none_is_changed(site: Site) -> None:
    made = {
        f"many/Leaflet no. {n} – für alle.{'PDF' if n % 2 else 'pdf'}": GOOD.read_bytes() + b"\n%% %d\n" % n for n in range(200)
    }
    names = site.add(**made)
    states = {name: ((site.folder / name).stat().st_mtime_ns, hashlib.sha256(made[name]).digest()) for name in names}
    result = site.checked(*names)
    assert result.returncode == 0, result.stdout
    for name in names:
        path = site.folder / name
        assert states[name] == (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).digest())
    assert not git(site.folder, "status", "--porcelain", "--", "many").replace("A  ", "").count(" M")
