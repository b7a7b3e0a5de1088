"""The command that shows messages: what was refused is sent again when somebody says so."""

import json
import shutil
from contextlib import closing

from rota.sending import LetterRefused
from rota.store.databases.database import Database
from tests.rota.cli.command import run
from tests.rota.services.example import keep
from tests.rota.services.publishing.test_outbox import CHART, Fake, send, write


def states(*options):
    """The state of each message that did not arrive, as the command shows it."""
    result = run("outbox", "--json", *options)
    assert result.exit_code == 0, result.output
    return [message["state"] for message in json.loads(result.stdout)]


def test_what_was_refused_is_sent_again(tmp_path, monkeypatch, migrated_file):
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'rota.db')}"
    monkeypatch.setenv("ROTA_DATABASE_URL", url)
    monkeypatch.setenv("ROTA_MAIL_FOLDER", str(tmp_path / "outbox"))
    with closing(Database(url)) as database:
        keep(database, CHART)
        write(database)
        send(database, Fake(LetterRefused("The key is wrong.")))
    assert states("--send") == ["refused"]
    assert states("--retry") == ["waiting"]
    assert states("--send") == []
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
