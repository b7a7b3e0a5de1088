"""One letter to one person, through a mail server, GOV.UK Notify or into a folder."""

from rota.sending.failures import LetterRefused, NotSent
from rota.sending.folder import FolderPost
from rota.sending.letter import Letter
from rota.sending.mail_server import MailServer
from rota.sending.notify import NotifyPost, NotifyService
from rota.sending.post import Post
from rota.sending.smtp import SmtpPost

__all__ = [
    "FolderPost",
    "Letter",
    "LetterRefused",
    "MailServer",
    "NotSent",
    "NotifyPost",
    "NotifyService",
    "Post",
    "SmtpPost",
]
