"""The wheel, installed outside the checkout, has the whole checklist and answers all of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from clearprint import rulebook

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built without a network of its own (this environment's hatchling)."""
    out = tmp_path_factory.mktemp("dist")
    result = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)], capture_output=True, text=True, timeout=300
    )
    if result.returncode != 0:
        pytest.fail(f"the wheel could not be built: {result.stdout[-500:]}{result.stderr[-500:]}")
    return out


def test_the_wheel_holds_the_package_and_the_rules_and_nothing_else(built: Path) -> None:
    wheel = next(built.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    for checklist in rulebook.names():
        rules = {Path(name).name for name in names if name.startswith(f"clearprint/_rules/{checklist}/")}
        assert rules == {path.name for path in (ROOT / "rules" / checklist).glob("*.toml")}
    for file in ("settings/settings.schema.json", "settings/starter.toml", "reports/report.schema.json"):
        assert f"clearprint/{file}" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"clearprint"}
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("report.html.j2") for name in names)
    assert next(built.glob("*.tar.gz"))


def test_the_installed_wheel_answers_all_27(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = next((home / "lib").glob("python*/site-packages")) if os.name != "nt" else home / "Lib" / "site-packages"
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(site)
    # Its dependencies are this environment's: only our own package must come from the wheel.
    paths = [path for path in sys.path if "site-packages" in path]
    blocked = "import sys; sys.meta_path = [f for f in sys.meta_path if 'editable' not in repr(f).lower()]"
    code = (
        f"{blocked}; import clearprint, json; report = clearprint.check({str(ROOT / 'fixtures/samples/leaflet-bad.pdf')!r}); "
        "print(json.dumps([clearprint.__file__, [answer.name for answer in report.answers]]))"
    )
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    (site / "dependencies.py").write_text(f"import sys\nsys.path += {paths!r}\n")
    result = subprocess.run(
        [str(python), "-c", f"import dependencies; {code}"], capture_output=True, text=True, cwd=tmp_path, env=env, timeout=120
    )
    assert result.returncode == 0, result.stderr
    where, names = json.loads(result.stdout)
    assert Path(where).is_relative_to(home)
    assert names == [rule.name for rule in rulebook.load().rules]
