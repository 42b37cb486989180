"""What a mail is: typed fields, two templates, perhaps one calendar file."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

REGISTRY: dict[str, type["Message"]] = {}


@dataclass(frozen=True, kw_only=True)
class Message:
    """The base of every mail; an app declares its own with typed fields and templates of the same name.

    `template` names `<template>.txt` (first line: the subject) and is rendered in the recipient's language.
    Placeholders are these fields and nothing else: text written by people never reaches a link.
    """

    template: ClassVar[str]
    kind: ClassVar[str]
    qr_field: ClassVar[str] = ""
    """The field drawn as a QR code into the mail, if any."""
    leave_field: ClassVar[str] = ""
    """The field with the address that ends a list's mails, if it is one of a list (RFC 2369, one click by RFC 8058)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Register the message under its class name."""
        super().__init_subclass__(**kwargs)
        cls.kind = cls.__name__
        REGISTRY[cls.__name__] = cls

    def payload(self) -> dict[str, Any]:
        """Return the fields as plain values for the outbox."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
