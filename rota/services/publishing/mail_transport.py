"""How messages go out, as the settings say."""

from __future__ import annotations

from rota.errors import RotaError
from rota.sending import FolderPost, MailServer, NotifyPost, NotifyService, Post, SmtpPost
from rota.sending.folder import make_private
from rota.settings import Settings


def build_post(settings: Settings) -> Post:
    """GOV.UK Notify where it has a key, a mail server where one is named, or else a folder."""
    if settings.notify_key.get_secret_value():
        return NotifyPost(
            NotifyService(
                api_key=settings.notify_key.get_secret_value(),
                template_id=settings.notify_template,
            )
        )
    if settings.smtp_host:
        return SmtpPost(
            MailServer(
                host=settings.smtp_host,
                port=settings.smtp_port,
                security=settings.smtp_security,
                user=settings.smtp_user,
                password=settings.smtp_password.get_secret_value(),
                sender=settings.mail_from,
                timeout=settings.smtp_timeout,
            )
        )
    try:
        make_private(settings.mail_folder)
    except OSError as error:
        raise RotaError(f"ROTA_MAIL_FOLDER {settings.mail_folder}: {error.strerror}.") from None
    return FolderPost(settings.mail_folder, sender=settings.mail_from)
