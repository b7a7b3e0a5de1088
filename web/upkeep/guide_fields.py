"""The fields of what is sent, in words, from their JSON schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: where it is sent, whether it must be, what may stand in it, and what it means."""

    name: str
    where: str
    must: bool
    allowed: str
    says: str

    @classmethod
    def of(cls, name: str, schema: Schema, *, where: Any, must: Any, says: Any = "") -> Field:
        """The field of that schema."""
        told = says or schema.get("description", "")
        return cls(name, str(where), bool(must), describe_schema(schema), told)


def list_fields(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Field]:
    """Every field of a body; where it has one of several shapes, those of each."""
    if "$ref" in schema:
        yield from list_fields(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for choice in schema.get("oneOf", ()):
        yield from list_fields(choice, schemas)
    for name, its in schema.get("properties", {}).items():
        yield Field.of(name, its, where="body", must=name in schema.get("required", ()))


def describe_schema(schema: Schema) -> str:
    """What the schema allows."""
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if choices := [its for its in schema.get("anyOf", ()) if its.get("type") != "null"]:
        return " or ".join(map(describe_schema, choices))
    kind = schema.get("format") or _KINDS.get(schema.get("type", ""), "")
    least, most = (schema.get(name) for name in ("minimum", "maximum"))
    if least is not None and most is not None:
        return f"{kind} from {least} to {most}"
    longest = schema.get("maxLength")
    return f"{kind} of up to {longest} characters" if longest else str(kind)


_KINDS = {"integer": "whole number", "number": "number", "string": "text"}
