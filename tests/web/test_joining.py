"""Joining: each part is in, modules fit into one scope, and what somebody edits is joined again."""

import re
import shutil
from pathlib import Path

import pytest

from web.frontend import joining
from web.frontend.addresses import addresses_in, joined_addresses
from web.frontend.joining import SCRIPTS, STYLES, NotJoined, in_one_scope, joined, parts, refresh

BOARD = "/units/1/board"

MODULES = parts("board.js")


@pytest.fixture
def copy(monkeypatch, tmp_path) -> Path:
    """A copy of all parts, and a folder for what is joined from it."""
    for kind in ("styles", "scripts"):
        shutil.copytree(joining.HERE / kind, tmp_path / kind)
    monkeypatch.setattr(joining, "HERE", tmp_path)
    monkeypatch.setattr(joining, "JOINED", tmp_path / "static" / "joined")
    (tmp_path / "static").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", [*STYLES, *SCRIPTS])
def test_every_part_is_joined_once(name):
    folder = parts(name)[0].parent
    assert sorted(parts(name)) == sorted(folder.iterdir())


def test_no_other_parts_are_there():
    folders = {path for kind in ("styles", "scripts") for path in (joining.HERE / kind).iterdir()}
    assert folders == {parts(name)[0].parent for name in (*STYLES, *SCRIPTS)}


@pytest.mark.usefixtures("copy")
def test_a_style_sheet_is_its_parts_in_the_order_of_the_list():
    for at, part in enumerate(parts("plain.css")):
        part.write_text(f".a{{top:{at}}}\n")
    assert re.findall(r"top:(\d)", joined("plain.css")) == [*"0123456"]
    assert joined("plain.css").startswith("/* base.css */\n.a{top:0}\n\n/* text.css */\n")


def test_a_module_comes_after_those_that_it_imports_and_they_export_it():
    exported: dict[str, set[str]] = {}
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        for names, other in re.findall(r'^import \{([^}]+)\} from "\./(\w+)\.js"', text, re.M):
            assert {name.strip() for name in names.split(",") if name.strip()} <= exported[other]
        exported[module.stem] = {*re.findall(r"^export const (\w+)", text, re.M)}
    assert len(exported) > 5


def test_no_two_modules_declare_the_same_name():
    text = joined("board.js")
    declared = re.findall(r"^(?:const|let|var|class|(?:async )?function\*?) (\w+)", text, re.M)
    assert len(declared) > 40
    assert sorted(declared) == sorted({*declared})


def test_a_module_loses_its_imports_and_exports():
    module = (
        'import { a } from "./first.js";\n'
        'import {\n  b,\n  c,\n} from "./second.js";\n\n'
        "// Why.\nexport const d = () => a(b, c);\n"
    )
    assert in_one_scope(module) == "// Why.\nconst d = () => a(b, c);\n"


@pytest.mark.parametrize(
    "line",
    [
        'import * as first from "./first.js";',
        'import first from "./first.js";',
        'import { a as b } from "./first.js";',
        'import { a } from "https://example.org/a.js";',
        'import { a } from "./folder/a.js";',
        'import "./first.js";',
        'const later = () => import("./first.js");',
        "export default 1;",
        "export let a = 1;",
        "export { a };",
        'export * from "./first.js";',
    ],
)
def test_other_ways_to_import_and_export_are_refused(line):
    with pytest.raises(NotJoined, match=re.escape(line)):
        in_one_scope(f"const a = 1;\n{line}\n")


def test_what_somebody_edits_is_joined_again_and_nothing_else_is_written(copy):
    path = copy / "static" / "joined" / "board.js"
    refresh("board.js")
    assert path.read_text(encoding="utf-8") == joined("board.js")
    first = path.stat().st_mtime_ns
    refresh("board.js")
    assert path.stat().st_mtime_ns == first
    keys = copy / "scripts" / "board" / "keys.js"
    keys.write_text(f"{keys.read_text(encoding='utf-8')}// Edited.\n", encoding="utf-8")
    refresh("board.js")
    assert "// Edited.\n" in path.read_text(encoding="utf-8")
    assert [found.name for found in path.parent.iterdir()] == ["board.js"]


def test_what_somebody_removed_is_joined_again(copy):
    path = copy / "static" / "joined" / "plain.css"
    for _ in range(2):
        refresh("plain.css")
        assert path.read_text(encoding="utf-8") == joined("plain.css")
        path.unlink()


def test_a_page_that_is_loaded_again_leads_to_what_was_edited(copy, town):
    own = addresses_in(copy / "static", endpoint="static")
    address = joined_addresses(own)
    with town.app.test_request_context():
        before = address("rota.css")
        assert re.fullmatch(r"/static/joined/rota\.css\?v=[0-9a-f]{8}", before)
        assert address("rota.css") == before
        (copy / "styles" / "rota" / "tiles.css").write_text(".rota-tile { top: 1px; }\n")
        assert address("rota.css") != before
    assert "top: 1px" in (copy / "static" / "joined" / "rota.css").read_text(encoding="utf-8")


def test_where_there_are_no_parts_what_was_joined_stays(copy):
    refresh("plain.css")
    path = copy / "static" / "joined" / "plain.css"
    before = path.read_text(encoding="utf-8")
    shutil.rmtree(copy / "styles")
    refresh("plain.css")
    assert path.read_text(encoding="utf-8") == before


def test_where_nobody_may_write_nothing_is_joined(copy, monkeypatch):
    monkeypatch.setattr(joining.os, "access", lambda *_: False)
    refresh("plain.css")
    assert [*(copy / "static").iterdir()] == []


def test_browsers_keep_what_is_joined_until_it_changes(town):
    page = town.as_("manager").get(BOARD).text
    for name in ("rota.css", "board.css", "board.js"):
        (address,) = re.findall(rf'(?:href|src)="(/static/joined/{name}\?v=[0-9a-f]{{8}})"', page)
        with town.as_(None).get(address) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000"
            assert answer.get_data(as_text=True) == joined(name)
