"""Files from people: the kinds we take are told by their first bytes, not by what their names say."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    """What a kind of file begins with, its ending, its media type."""

    begins: bytes
    ending: str
    media: str


PDF = Kind(b"%PDF-", "pdf", "application/pdf")
PNG = Kind(b"\x89PNG\r\n\x1a\n", "png", "image/png")
JPEG = Kind(b"\xff\xd8\xff", "jpg", "image/jpeg")
MEGABYTE = 1024 * 1024


def kind_of(head: bytes, kinds: Sequence[Kind]) -> Kind | None:
    """Return which of the kinds a file is by its first bytes, or None."""
    return next((kind for kind in kinds if head.startswith(kind.begins)), None)


class Upload(forms.FileField):
    """One file of the kinds named, with a limit; `cleaned.kind` says which it is."""

    def __init__(self, *, kinds: Sequence[Kind], megabytes: int = 10, **kwargs: Any) -> None:
        self.kinds, self.megabytes = kinds, megabytes
        kwargs.setdefault(
            "help_text",
            _("%(kinds)s, at most %(limit)s MB.")
            % {"kinds": ", ".join(kind.ending.upper() for kind in kinds), "limit": megabytes},
        )
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs["accept"] = ",".join(kind.media for kind in kinds)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file if it is what it should be."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > self.megabytes * MEGABYTE:
            raise ValidationError(
                gettext("The file has %(size)s MB; at most %(limit)s MB are taken.")
                % {"size": round((file.size or 0) / MEGABYTE, 1), "limit": self.megabytes}
            )
        kind = kind_of(file.read(16), self.kinds)
        file.seek(0)
        if kind is None:
            raise ValidationError(
                gettext("This is none of: %(kinds)s, whatever its name says.")
                % {"kinds": ", ".join(kind.ending.upper() for kind in self.kinds)}
            )
        file.kind = kind  # type: ignore[attr-defined]
        return file


class TableFile(forms.FileField):
    """A CSV or XLSX file; only its size is looked at here, a worker reads it."""

    def __init__(self, *, megabytes: int = 10, **kwargs: Any) -> None:
        self.megabytes = megabytes
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs["accept"] = ".csv,.xlsx"

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file if it is not too large and not empty."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and (file.size or 0) > self.megabytes * MEGABYTE:
            raise ValidationError(
                gettext("The file has %(size)s MB; at most %(limit)s MB are taken.")
                % {"size": round((file.size or 0) / MEGABYTE, 1), "limit": self.megabytes}
            )
        return file


def safe_name(name: str, kind: Kind) -> str:
    """Return a file's name without paths and signs that a header or a disk could misread, with the right ending."""
    stem = "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in PurePath(name).stem).strip(" .-")
    return f"{stem[:80] or 'file'}.{kind.ending}"


def hand_out(content: bytes, *, name: str, media: str) -> HttpResponse:
    """Return a stored file as something to save, never as a page of ours."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
