"""The promises of the house: what stands where, which way the arrows run, what is locked."""

import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import grimp
import importlinter.cli
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports
from packaging.requirements import Requirement

from rota.domain import GRADES

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"

AT_THE_TOP = {
    "rota",
    "solver",
    "web",
    "docs",
    "fixtures",
    "tests",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.lock",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
}


def test_only_the_named_folders_and_files_stand_at_the_top():
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()]
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    kept = {name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)}
    assert kept - AT_THE_TOP == set()


def test_arrows_run_one_way(monkeypatch):
    monkeypatch.chdir(ROOT)
    # It would silence the loggers of everything else, for the tests after this one too.
    monkeypatch.setattr(importlinter.cli, "_configure_logging", lambda _: None)
    assert lint_imports(no_cache=True, no_logo=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize(
    "package", ["rota.checker", "rota.rules", "rota.records", "rota.domain", "rota.errors"]
)
def test_the_inner_packages_import_nothing_but_the_standard_library(package):
    graph = grimp.build_graph("rota", include_external_packages=True, cache_dir=None)
    modules = {package, *graph.find_descendants(package)}
    imported = {
        name.partition(".")[0]
        for module in modules
        for name in graph.find_modules_directly_imported_by(module)
    }
    assert imported - {"rota"} - sys.stdlib_module_names == set()


def test_grades_are_spelt_in_the_domain_alone():
    """Elsewhere it is asked whether somebody is a manager or a trainee."""
    spelling = re.compile(rf"""["']({"|".join(GRADES)})["']""")
    files = (path for top in ("rota", "solver", "web") for path in (ROOT / top).rglob("*.*"))
    found = {
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix in (".py", ".html", ".j2", ".js") and "frontend" not in path.parts
        if spelling.search(path.read_text())
    }
    assert found == {"rota/domain/people.py"}


def test_the_lock_holds_no_address():
    assert re.findall(r".*(?:://|index-url|find-links|www\.).*", LOCK.read_text()) == []


def test_every_locked_package_has_hashes():
    packages = re.split(r"\n(?=\w)", LOCK.read_text())
    assert [text for text in packages if "--hash=sha256:" not in text] == []


def test_everything_asked_for_is_locked():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [
        *pyproject["build-system"]["requires"],
        *pyproject["project"]["dependencies"],
        *pyproject["dependency-groups"]["dev"],
    ]
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", LOCK.read_text(), re.MULTILINE))
    wanted = [Requirement(line) for line in asked]
    assert [
        str(want)
        for want in wanted
        if want.name not in locked or not want.specifier.contains(locked[want.name])
    ] == []


def test_fixtures_are_data_and_not_code():
    files = [path for path in (ROOT / "fixtures").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".csv", ".md", ".toml", ".xlsx"}
    assert [path for path in files if path.read_bytes().startswith(b"#!")] == []


def test_no_setting_of_the_caller_is_seen():
    assert {name for name in os.environ if name.upper().startswith("ROTA_")} <= {"ROTA_PG_BIN"}


def test_no_setting_of_the_caller_is_seen_whatever_is_set():
    seen = f"{__file__}::{test_no_setting_of_the_caller_is_seen.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", seen]
    settings = {"ROTA_DATABASE_URL": "nonsense", "rota_cluster": "x"}
    ran = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True)
    assert ran.returncode == 0, ran.stdout
