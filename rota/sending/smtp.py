"""Letters through a mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from rota.errors import RotaError
from rota.sending.failures import LetterRefused, NotSent
from rota.sending.internet_mail import build_mail
from rota.sending.letter import Letter
from rota.sending.mail_server import MailServer
from rota.sending.mail_server_errors import turn_errors_into_not_sent
from rota.sending.smtp_conversation import Conversation
from rota.sending.smtp_reply import Reply


class SmtpPost:
    """Sends each letter in a connection of its own."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def __str__(self) -> str:
        return f"the mail server {self._server}"

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        """Send the letter. Raises NotSent and Refused.

        NotSent is uncertain only from the line that ends the message until its answer; as RFC
        5321 asks, the letter must then be sent again, and its Message-ID tells the copies apart.
        """
        mail = build_mail(letter, sender=self._server.mailbox)
        with self._open_conversation() as talk:
            with turn_errors_into_not_sent(self._server):
                self._offer(talk, letter)
                talk.say(mail)
            handing_over()
            with turn_errors_into_not_sent(self._server, is_uncertain=True):
                self._end(talk, letter)

    def check(self) -> None:
        """See that the server lets us in and takes mail from the sender. Raises NotSent."""
        with self._open_conversation() as talk, turn_errors_into_not_sent(self._server):
            self._introduce(talk)
            talk.leave()

    @contextmanager
    def _open_conversation(self) -> Iterator[Conversation]:
        with turn_errors_into_not_sent(self._server):
            talk = Conversation(self._server)
        with closing(talk):
            yield talk

    def _introduce(self, talk: Conversation) -> None:
        talk.introduce()
        sender = self._server.mailbox.address
        reply = talk.come_from(sender)
        if not reply.is_yes:
            raise NotSent(self._say_answer(f"does not take mail from {sender}", reply))

    def _offer(self, talk: Conversation, letter: Letter) -> None:
        """Everything up to the message itself."""
        self._introduce(talk)
        reply = talk.go_to(letter.recipient.address)
        if reply.is_yes:
            reply = talk.ask_for_data()
        if not reply.is_go_ahead:
            talk.leave()
            raise self._build_refusal(letter, reply)

    def _end(self, talk: Conversation, letter: Letter) -> None:
        reply = talk.end()
        talk.leave()
        if not reply.is_yes:
            raise self._build_refusal(letter, reply, is_uncertain=not reply.is_no)

    def _build_refusal(
        self, letter: Letter, reply: Reply, *, is_uncertain: bool = False
    ) -> RotaError:
        sentence = self._say_answer(
            f"does not take the letter to {letter.recipient.address}", reply
        )
        return (
            LetterRefused(sentence)
            if reply.is_for_good
            else NotSent(sentence, is_uncertain=is_uncertain)
        )

    def _say_answer(self, sentence_end: str, reply: Reply) -> str:
        return f"The mail server {self._server} {sentence_end}: {reply}"
