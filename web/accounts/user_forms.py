"""The forms about users."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from rota.services.access.rights import Grant, Role

ONCE, OUTSIDE = "once", "outside"
"""How a new user signs in."""


class UserForm(FlaskForm):  # type: ignore[misc]
    """The name and email address of a user."""

    name = StringField("Full name", validators=[InputRequired("Enter their full name")])
    email = StringField("Email address", validators=[InputRequired("Enter their email address")])


class NewUserForm(UserForm):
    """A new user."""

    way = RadioField(
        "How they sign in",
        choices=[
            SelectChoice(ONCE, "With a password, which they choose after a first one from you"),
            SelectChoice(OUTSIDE, "By single sign-on only"),
        ],
        default=ONCE,
    )


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role, and where somebody has it."""

    role = RadioField(
        "Role",
        choices=[
            SelectChoice(Role.OFFICER.value, "Officer"),
            SelectChoice(Role.MANAGER.value, "Manager"),
            SelectChoice(Role.HEAD.value, "Head of a unit"),
            SelectChoice(Role.ADMINISTRATOR.value, "Administrator"),
        ],
        validators=[InputRequired("Select a role")],
    )
    unit = SelectField("Unit", description="For all roles but administrator")
    team = StringField("Team", description="For a manager of one team only. Blank means all teams")
    staff_no = StringField("Staff number", description="For an officer")

    def offer(self, units: Iterable[str]) -> None:
        """Offer these units."""
        self.unit.choices = [SelectChoice("", "Choose a unit"), *map(SelectChoice, units)]

    @property
    def grant(self) -> Grant:
        """The role that was entered."""
        return Grant(
            Role(self.role.data),
            unit=self.unit.data or None,
            team=(self.team.data or "").strip() or None,
            staff_no=(self.staff_no.data or "").strip() or None,
        )
