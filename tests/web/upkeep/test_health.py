"""The pages that tell administrators of the installation."""

from rota.settings import Settings
from tests.web.conftest import town_at
from tests.web.places import MOST_QUERIES


def test_settings_are_shown_without_their_secrets(town_file, tmp_path):
    secret = {"smtp_password": "open sesame", "secret_key": "a signing key"}
    with town_at(town_file, tmp_path, **secret) as town:
        page = town.as_("administrator").get("/admin/settings").text
    assert "ROTA_SMTP_PASSWORD" in page
    assert "open sesame" not in page
    assert "a signing key" not in page
    assert all(f"ROTA_{name.upper()}" in page for name in Settings.model_fields)


def test_health_says_what_is_ill_and_how_to_mend_it(town_file, tmp_path):
    with town_at(town_file, tmp_path, mail_folder=tmp_path / "outbox") as town:
        client = town.as_("administrator")
        with town.counting() as asked:
            page = client.get("/admin/health").text
    assert "none was ever seen" in page
    assert "Start one, and keep it running: rota worker" in page
    assert "need to be mended" in page
    assert len(asked) <= MOST_QUERIES
