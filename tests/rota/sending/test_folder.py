"""Letters in a folder: one file for each, whole or not there."""

import os
import stat

import pytest

from rota.errors import RotaError
from rota.sending import FolderPost, LetterRefused, NotSent
from rota.sending.folder import build_file_name, make_private
from rota.sending.internet_mail import build_mail
from rota.sending.mailbox import Mailbox
from rota.services.publishing.mail_transport import build_post
from rota.settings import Settings
from tests.rota.sending.letters import LETTER, SENDER, Handover, letter

MAIL = build_mail(LETTER, sender=Mailbox("rota@example.org", "Rota"))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_letter_is_a_file_of_its_own(tmp_path):
    handover = Handover()
    FolderPost(tmp_path, sender=SENDER).send(LETTER, handing_over=handover)
    assert contents(tmp_path) == {"published%2F7%2F40417.eml": MAIL}
    assert handover.times == 1


def test_the_same_letter_twice_is_one_file(tmp_path):
    post = FolderPost(tmp_path, sender=SENDER)
    post.send(LETTER, handing_over=Handover())
    post.send(LETTER, handing_over=Handover())
    assert contents(tmp_path) == {"published%2F7%2F40417.eml": MAIL}


def test_the_file_and_then_its_name_are_brought_to_the_disk(tmp_path, monkeypatch):
    synced, fsync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(_is_folder(fd)), fsync(fd)))
    FolderPost(tmp_path, sender=SENDER).send(LETTER, handing_over=Handover())
    assert synced == [False, True]


def _is_folder(handle):
    return stat.S_ISDIR(os.fstat(handle).st_mode)


def test_nothing_is_written_before_the_letter_is_handed_over(tmp_path):
    seen = []
    post = FolderPost(tmp_path, sender=SENDER)
    post.send(LETTER, handing_over=lambda: seen.append(contents(tmp_path)))
    assert seen == [{}]


def test_nothing_is_written_if_the_handing_over_fails(tmp_path):
    handover = Handover(fails=OSError("the database is gone"))
    with pytest.raises(OSError, match=r"^the database is gone$"):
        FolderPost(tmp_path, sender=SENDER).send(LETTER, handing_over=handover)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("run-7", "run-7.eml"),
        ("../run", "..%2Frun.eml"),
        ("..", "...eml"),
        ("a b:c\\d\n", "a%20b%3Ac%5Cd%0A.eml"),
        ("siân", "si%C3%A2n.eml"),
        ("x" * 150, "x" * 150 + ".eml"),
        # The end is what `printf 'x%.0s' $(seq 151) | sha256sum | cut -c-40` prints.
        ("x" * 151, "x" * 150 + "-8eb827e6964db1e28caafb07b408d441efc804c8.eml"),
    ],
)
def test_any_key_is_a_file_name(key, name):
    assert build_file_name(key) == name


def test_a_file_that_stands_where_a_folder_should_is_named(tmp_path):
    (tmp_path / "post").write_text("")
    post = FolderPost(tmp_path / "post", sender=SENDER)
    says = rf"^The folder {tmp_path}/post cannot be written: Not a directory$"
    with pytest.raises(NotSent, match=says):
        post.send(LETTER, handing_over=Handover())
    with pytest.raises(NotSent, match=says):
        post.check()


def test_a_missing_folder_is_named_and_not_made(tmp_path):
    post = FolderPost(tmp_path / "post", sender=SENDER)
    says = rf"^The folder {tmp_path}/post cannot be written: No such file or directory$"
    with pytest.raises(NotSent, match=says) as raised:
        post.send(LETTER, handing_over=Handover())
    assert not raised.value.is_uncertain
    with pytest.raises(NotSent, match=says):
        post.check()
    assert contents(tmp_path) == {}


def test_a_check_leaves_nothing(tmp_path):
    FolderPost(tmp_path, sender=SENDER).check()
    assert contents(tmp_path) == {}


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(LetterRefused, match=r"^'ann' is not an e-mail address$"):
        FolderPost(tmp_path, sender=SENDER).send(letter(to="ann"), handing_over=Handover())
    assert contents(tmp_path) == {}


def test_a_sender_that_is_none_is_told_at_once(tmp_path):
    with pytest.raises(RotaError, match=r"^The sender 'rota' is not an e-mail address$"):
        FolderPost(tmp_path, sender="rota")


def test_a_folder_says_which_it_is(tmp_path):
    assert str(FolderPost(tmp_path, sender=SENDER)) == f"the folder {tmp_path}"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="Other systems have other rights.")
def test_nobody_else_can_read_a_letter(tmp_path):
    FolderPost(tmp_path, sender=SENDER).send(LETTER, handing_over=Handover())
    (path,) = tmp_path.iterdir()
    assert mode(path) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="Other systems have other rights.")
def test_the_folder_is_made_for_its_owner_alone_also_where_letters_are_in_it_already(tmp_path):
    new, old, shared = (tmp_path / "a" / name for name in ("new", "old", "shared"))
    make_private(new)
    for folder in (old, shared):
        folder.mkdir(mode=0o755)
        (folder / "a.eml").write_text("")
    (shared / "notes.txt").write_text("")
    for folder in (old, shared):
        make_private(folder)
    assert [mode(its) for its in (new, old, shared)] == [0o700, 0o700, 0o755]


@pytest.mark.skipif(os.name != "posix", reason="Other systems have other rights.")
def test_messages_go_into_a_folder_that_nobody_else_can_look_into(tmp_path):
    folder = tmp_path / "outbox"
    build_post(Settings(mail_folder=folder)).send(LETTER, handing_over=Handover())
    assert mode(folder) == 0o700
    assert [mode(path) for path in folder.iterdir()] == [0o600]
