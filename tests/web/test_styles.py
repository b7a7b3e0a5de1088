"""The look: colours that can be read, class names that exist, and nothing within the pages."""

import re
from pathlib import Path

import govuk_frontend_jinja
import pytest

from rota.domain import KINDS
from web.frontend import FILES, STYLES, fetched
from web.frontend.joining import joined

WEB = FILES.parents[1]
OWN = joined("rota.css")
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
WHITE, READABLE = "#ffffff", 4.5


def colour(name: str) -> str:
    """A colour of the style sheet, by its name."""
    (its,) = re.findall(rf"--{name}: (#[0-9a-f]{{6}});", OWN)
    return its


def contrast(one: str, other: str) -> float:
    """How well a colour is read on another, as WCAG 2.2 counts it: from 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [its / 12.92 if its <= 0.04045 else ((its + 0.055) / 1.055) ** 2.4 for its in parts]
    return sum(share * its for share, its in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_counted_as_told():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_can_be_read(kind):
    assert contrast(WHITE, colour(kind)) >= READABLE
    assert contrast(colour("rota-ink"), colour(f"{kind}-ground")) >= READABLE
    assert contrast(colour(kind), colour(f"{kind}-ground")) >= READABLE


@pytest.mark.parametrize("name", ["ink", "quiet", "link", "bad", "good"])
@pytest.mark.parametrize("ground", ["ground", "shade", "bad-ground", "good-ground"])
def test_a_colour_of_text_can_be_read_on_every_ground(name, ground):
    if name in ("ink", "quiet", "link") or ground in ("ground", f"{name}-ground"):
        assert contrast(colour(f"rota-{name}"), colour(f"rota-{ground}")) >= READABLE


def classes(template: Path) -> set[str]:
    """The class names that stand in a template; those put together by it are not looked at."""
    text = template.read_text(encoding="utf-8")
    attributes = re.findall(r"class(?:es)?\"?[=:] ?\"([^\"]*)\"", text)
    plain = (re.sub(r"\{[{%].*?[%}]\}", " ", its) for its in attributes)
    return {name for its in plain for name in its.split() if not re.search(r"[{}]|-$", name)}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The class names of the design systems: those with a style, and those of their components."""
    folder = fetched()
    if folder is None:
        pytest.skip("the front-end files are not fetched")
    styles = [(folder / name).read_text(encoding="utf-8").replace("\\", "") for name in STYLES]
    components = Path(govuk_frontend_jinja.__file__).parent.rglob("*.html")
    told = [*styles, *(path.read_text(encoding="utf-8") for path in components)]
    return {name for text in told for name in re.findall(r"(?:govuk|moj)-[\w!-]*\w", text)}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_class_of_the_design_systems_is_one_they_know(template, known):
    theirs = {name for name in classes(template) if name.startswith(("govuk-", "moj-"))}
    assert theirs - known == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_neither_style_nor_script_stands_within_a_page(template):
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", text) == []
