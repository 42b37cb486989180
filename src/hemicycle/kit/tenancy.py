"""The second line of defence between editions: models whose queries refuse to run outside an edition's scope."""

from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)

    class ScopedManager(models.Manager[Row_co]):
        """The manager as type checkers see it."""

        def __init__(self, **scopes: str) -> None:
            """Name the path from the model to its edition."""

else:
    from django_scopes import ScopedManager

__all__ = ["ScopedManager"]
