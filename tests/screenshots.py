"""Takes the pictures of the README from the pages of the example unit, as it is this week.

`python -m tests.screenshots` plans and publishes Millbrook, has a night plan anew what changed, and
looks at it with Chromium. It needs `chromium`, and Arial or a typeface of its shape.
"""

import sys
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from rota.demo.example import make_example
from rota.moments import now
from rota.planning.stored_runs import plan_claimed_run
from rota.services.access.act import Act
from rota.services.accounts import signing_in
from rota.services.runs import claims
from rota.settings import Settings
from rota.store.databases.database import Database
from tests.web.conftest import CHROMIUM, CHROMIUM_OPTIONS
from web import create_app

ROOT = Path(__file__).parents[1]

_LEASE = timedelta(minutes=2)
FOLDER = ROOT / ".readme"

PICTURES = (
    ("board.png", "manager", "/units/1/board", ".board-bar", 1200, 760),
    ("my-rota.png", "officer", "/my-rota", "header", 420, 800),
    ("overview.png", "head of unit", "/units/1/overview", "header", 1280, 800),
)
"""File, who looks, the address, what stands at the top, and the size in pixels."""


def main() -> None:
    """Make the example, serve it, and take each picture."""
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/rota.db")
        with closing(Database(settings.database_url)) as database:
            cookies = _example(database)
        with _served(settings) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
            for name, who, path, top, *size in PICTURES:
                page = _opened(browser, cookies[who], address, size)
                page.goto(f"{address}{path}")
                page.wait_for_load_state("networkidle")
                page.evaluate("top => document.querySelector(top).scrollIntoView()", top)
                page.screenshot(path=FOLDER / name)
                print(f"{name}: {(FOLDER / name).stat().st_size // 1024} KB")
            browser.close()


def _example(database: Database) -> dict[str, str]:
    """The secret of a session of each person in the example, whose first night is over."""
    act = Act("the example", "here", now())
    people = make_example(database, act, path=ROOT / "fixtures" / "millbrook", seconds=20)
    while claim := claims.claim_next(database, worker="here", now=now(), lease=_LEASE, attempts=1):
        plan_claimed_run(database.url, claim, lease=_LEASE.total_seconds(), workers=2)
    return {
        its.position: signing_in.sign_in(
            database, email=its.email, password=its.password, place="here", at=now()
        )
        for its in people
    }


@contextmanager
def _served(settings: Settings):
    server = create_server(create_app(settings), host="127.0.0.1", port=0)
    Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def _opened(browser: Browser, secret: str, address: str, size: list[int]) -> Page:
    """A page of a browser of that size, with that session."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "rota", "value": secret, "url": address}])
    return context.new_page()


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("There is no chromium here; on Debian: apt install chromium")
    main()
