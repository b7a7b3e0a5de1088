import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from web.frontend import FILES, SCRIPTS, STYLES, fetched, joining
from web.frontend.stripping import (
    IMAGES,
    LeadsElsewhere,
    addresses,
    stripped_script,
    stripped_style,
)

FRONTEND = FILES.parent
ROOT = FRONTEND.parents[1]


@pytest.fixture
def files() -> Path:
    folder = fetched()
    if folder is None:
        pytest.skip("the front-end files are not fetched")
    return folder


def test_the_official_typeface_is_replaced():
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff)}"
        '.a{font-family:"GDS Transport",arial,sans-serif}.b{font-family:GDS Transport,arial}'
    )
    assert stripped_style(css) == ".a{font-family:Arial,sans-serif}.b{font-family:Arial}"


def test_crown_and_crest_are_left_out():
    css = ".a{mask-image:url(/assets/images/govuk-crest.svg);top:0}.b{background:url(crown.png)}"
    assert stripped_style(css) == ".a{top:0}.b{}"


def test_images_lie_beside_the_style_sheet():
    css = ".a{background:url(/assets/images/tick.svg) no-repeat}/*# sourceMappingURL=a.map */"
    assert stripped_style(css) == ".a{background:url(images/tick.svg) no-repeat}"


@pytest.mark.parametrize(
    "css",
    [
        ".a{background:url(https://example.org/a.png)}",
        ".a{background:url(//example.org/a.png)}",
        '@import "https://example.org/a.css";',
        ".a{background:url( '/elsewhere/a.png' )}",
        ".a{background:url(data:text/html;base64,AAAA)}",
    ],
)
def test_what_leads_elsewhere_is_refused(css):
    with pytest.raises(LeadsElsewhere):
        stripped_style(css)


def test_no_source_map_is_asked_for():
    assert stripped_script("export{a};//# sourceMappingURL=a.js.map\n") == "export{a};\n"


def test_the_lock_holds_no_address_and_has_all_hashes():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = {name: its for name, its in lock["packages"].items() if name}
    assert "://" not in json.dumps(lock)
    assert [name for name, its in packages.items() if "integrity" not in its] == []


@pytest.mark.parametrize("name", STYLES)
def test_fetched_styles_load_only_images_that_are_there(files, name):
    css = (files / name).read_text(encoding="utf-8")
    assert [its for its in addresses(css) if not (files / its).is_file()] == []
    assert re.findall(r"GDS|@font-face|(?:crown|crest)\.", css) == []
    assert css.count("{") == css.count("}") > 500


def test_only_what_is_shown_is_kept(files):
    kept = {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()}
    shown = {its for name in STYLES for its in addresses((files / name).read_text("utf-8"))}
    assert kept == {*STYLES, *SCRIPTS, *(its for its in shown if its.startswith(IMAGES))}


def wheel_of(checkout: Path, folder: Path) -> set[str]:
    """The names of what a wheel built from there holds."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", folder]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(ZipFile(wheel).namelist())


def test_a_wheel_has_all_that_pages_need_and_nothing_that_made_it(files, tmp_path):
    held = wheel_of(ROOT, tmp_path)
    parts = (files, *(FRONTEND.parent / name for name in ("static", "templates")))
    wanted = {path for part in parts for path in part.rglob("*") if path.is_file()}
    assert {path.relative_to(ROOT).as_posix() for path in wanted} - held == set()
    makers = ("node_modules", "/styles/", "/scripts/", "build_hook")
    assert [name for name in held if any(maker in name for maker in makers)] == []


def test_a_wheel_that_is_built_where_nothing_was_set_up_has_what_is_joined(tmp_path):
    made = shutil.ignore_patterns(".*", "dist", "out", "files", "node_modules", "joined", "tests")
    checkout = shutil.copytree(ROOT, tmp_path / "checkout", ignore=made)
    shutil.copy(ROOT / ".gitignore", checkout)
    held = wheel_of(checkout, tmp_path)
    assert {
        f"web/static/joined/{name}" for name in (*joining.STYLES, *joining.SCRIPTS)
    } - held == set()
