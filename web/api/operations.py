"""An operation of the API, declared once; it routes, checks and documents requests."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from werkzeug.datastructures import ETags

from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.accounts.tokens import Scope
from web.api.problem_details import Kind, Problematic
from web.api.shapes import Nothing, Query, Resource

Q = TypeVar("Q", bound=Query)
B = TypeVar("B", bound=BaseModel)

Links = Mapping[str, Mapping[str, str]]
"""Names of operations, with an OpenAPI runtime expression for each of their parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[Q, B]):
    """One valid request: who acts, and what was sent.

    `names` are those of the path, `tags` those of If-Match, for operations that need it.
    """

    act: Act
    names: Mapping[str, Any]
    query: Q
    body: B
    tags: ETags

    @property
    def unit_id(self) -> int:
        """The number of the unit that the address names."""
        number: int = self.names["unit_id"]
        return number

    @property
    def unit(self) -> str:
        """The name of that unit. Raises NotFound unless the caller has a role in it."""
        name = self.act.rights.units.get(self.unit_id)
        if name is None:
            raise NotFound(f"You have no role in a unit with the number {self.unit_id}.")
        return name

    def must_match(self, tag: str) -> None:
        """Raise Problematic unless the caller knows the state with that ETag."""
        if not self.tags.contains(tag):
            sentence = (
                "Somebody changed it since you looked. Look again; nothing of yours was kept."
            )
            raise Problematic(Kind.CHANGED, sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A method at a path: what it takes, and what it answers.

    `path` has names in braces. A conditional operation needs If-Match, and calls `must_match`.
    `instead` has what else may be answered, by status.
    """

    method: str
    path: str
    function: Callable[[Call[Any, Any]], Resource]
    answers: type[Resource]
    status: int
    scope: Scope
    query: type[Query]
    body: type[BaseModel]
    is_conditional: bool
    links: Links
    instead: Mapping[int, type[Resource]]

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def summary(self) -> str:
        """What it does, in a few words."""
        return " ".join(self._doc_parts[0].split()).rstrip(".")

    @property
    def description(self) -> str:
        """What else one should know; blank if nothing."""
        return " ".join(self._doc_parts[2].split())

    @property
    def _doc_parts(self) -> tuple[str, str, str]:
        return (inspect.getdoc(self.function) or "").partition("\n\n")

    @property
    def noun(self) -> str:
        """The noun that it is about, which is that of its module."""
        return self.function.__module__.rpartition(".")[2].replace("_", " ")

    @property
    def has_body(self) -> bool:
        return self.body is not Nothing

    def find_status(self, resource: Resource) -> int:
        """The status with which the resource is answered."""
        statuses = (n for n, shape in self.instead.items() if type(resource) is shape)
        return next(statuses, self.status)


def operation(
    method: str,
    path: str,
    *,
    answers: type[Resource],
    scope: Scope,
    query: type[Q] = Query,  # type: ignore[assignment]
    body: type[B] = Nothing,  # type: ignore[assignment]
    status: int = 200,
    is_conditional: bool = False,
    links: Links | None = None,
    instead: Mapping[int, type[Resource]] | None = None,
) -> Callable[[Callable[[Call[Q, B]], Resource]], Operation]:
    """Declare that the function answers the method at the path.

    Its docstring is what people and programs read about it. `links` has the operations that
    can follow, with their parameters from this request and its answer; `instead` what else may be
    answered, by status.
    """

    def declare(function: Callable[[Call[Q, B]], Resource]) -> Operation:
        return Operation(
            method=method,
            path=path,
            function=function,
            answers=answers,
            status=status,
            scope=scope,
            query=query,
            body=body,
            is_conditional=is_conditional,
            links=links or {},
            instead=instead or {},
        )

    return declare
