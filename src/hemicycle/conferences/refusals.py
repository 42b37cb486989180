"""From what an operation refuses to sentences in the form that asked."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from hemicycle.conferences.operations import BadColours, SomebodyElseWrote
from hemicycle.kit.forms import tell, tell_stale


def saved(form: forms.BaseForm, write: Callable[[], object], *, row: Model | None = None) -> bool:
    """Try a write; return whether it was done, else the form says why not. `row` holds the version to compare."""
    try:
        write()
    except SomebodyElseWrote:
        latest = None if row is None else type(row)._base_manager.filter(pk=row.pk).first()  # noqa: SLF001
        tell_stale(form, version=getattr(latest, "version", 0))
    except BadColours as error:
        form.add_error("brand", error.sentence)
    except ValidationError as error:
        tell(form, error)
    else:
        return True
    return False
