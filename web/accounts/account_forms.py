"""The forms of those who sign in."""

from __future__ import annotations

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired

from rota.services.accounts.tokens import LONGEST, Scope


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password."""

    email = StringField("Email address", validators=[InputRequired("Enter your email address")])
    password = PasswordField("Password", validators=[InputRequired("Enter your password")])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """The old password and a new one."""

    old = PasswordField(
        "Current password", validators=[InputRequired("Enter your current password")]
    )
    new = PasswordField("New password", validators=[InputRequired("Enter a new password")])


class TokenForm(FlaskForm):  # type: ignore[misc]
    """What a token is called, what it is for, and how long it is good."""

    name = StringField(
        "Name",
        description="So that you know it again, such as the name of the program",
        validators=[InputRequired("Enter a name for the token")],
    )
    scopes = SelectMultipleField(
        "What the program may do",
        choices=[SelectChoice(scope.value, scope.description) for scope in Scope],
        validators=[InputRequired("Select what the program may do")],
    )
    days = RadioField(
        "How long the token is good",
        choices=[
            SelectChoice("30", "30 days"),
            SelectChoice("90", "90 days"),
            SelectChoice(str(LONGEST.days), "A year"),
        ],
        default="30",
    )

    @property
    def good_for(self) -> timedelta:
        return timedelta(days=int(self.days.data))

    @property
    def proof(self) -> str:
        """The password that was entered, where one is asked for."""
        return ""


class TokenWithPasswordForm(TokenForm):
    """The same with the password, which shows that nobody found a browser open."""

    password = PasswordField(
        "Your password",
        description="So that nobody else makes a token who finds your browser open",
        validators=[InputRequired("Enter your password")],
    )

    @property
    def proof(self) -> str:
        return str(self.password.data)


class EverywhereForm(FlaskForm):  # type: ignore[misc]
    """Whether tokens end together with all sessions."""

    with_tokens = BooleanField(
        "Revoke all tokens too", description="Programs cannot use them any more"
    )
