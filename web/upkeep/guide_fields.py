"""The fields of what is sent, in words, from their JSON schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: where it is sent, whether it is required, what it allows, and what it means."""

    name: str
    location: str
    is_required: bool
    allowed: str
    meaning: str

    @classmethod
    def of(
        cls, name: str, schema: Schema, *, location: Any, is_required: Any, meaning: Any = ""
    ) -> Field:
        """The field of that schema."""
        text = meaning or schema.get("description", "")
        return cls(name, str(location), bool(is_required), describe_schema(schema), text)


def list_fields(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Field]:
    """Every field of a body; of a body with several shapes, the fields of each."""
    if "$ref" in schema:
        yield from list_fields(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for choice in schema.get("oneOf", ()):
        yield from list_fields(choice, schemas)
    required = schema.get("required", ())
    for name, field_schema in schema.get("properties", {}).items():
        yield Field.of(name, field_schema, location="body", is_required=name in required)


def describe_schema(schema: Schema) -> str:
    """What the schema allows."""
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if choices := [choice for choice in schema.get("anyOf", ()) if choice.get("type") != "null"]:
        return " or ".join(map(describe_schema, choices))
    kind = schema.get("format") or _KINDS.get(schema.get("type", ""), "")
    least, most = (schema.get(name) for name in ("minimum", "maximum"))
    if least is not None and most is not None:
        return f"{kind} from {least} to {most}"
    longest = schema.get("maxLength")
    return f"{kind} of up to {longest} characters" if longest else str(kind)


_KINDS = {"integer": "whole number", "number": "number", "string": "text"}
