"""Every write about organisations, their facts and their checks."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hemicycle.audit import operations as audit
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory import regions, rules
from hemicycle.directory.models import Alias, Fact, Organisation, Waiver


def lock(*, organisation_id: int) -> Organisation:
    """Return an organisation with its row locked."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


@transaction.atomic
def organisation_for(*, name: str, country: str, **values: Any) -> Organisation:
    """Return the organisation of that name in that country, also by a name it had before; made if new.

    Two who bring the same new name at once get the same record: the second finds what the first made.
    """
    name = " ".join(name.split())
    found = _named(name, country)
    while found is None:
        try:
            with transaction.atomic():
                found = _made(name, country, **values)
        except IntegrityError:
            found = _named(name, country)
    return found


def _named(name: str, country: str) -> Organisation | None:
    found = Organisation.objects.filter(name__iexact=name, country=country).first()
    if found is not None:
        return found
    alias = Alias.objects.select_related("organisation").filter(name__iexact=name, country=country).first()
    return alias.organisation if alias is not None else None


def _made(name: str, country: str, **values: Any) -> Organisation:
    base = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(Alias.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = base
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    ecosystems = values.pop("ecosystems", [])
    organisation = Organisation.objects.create(name=name, country=country, slug=slug, **values)
    if ecosystems:
        organisation.ecosystems.set(ecosystems)
    return organisation


def hold(organisation: Organisation) -> Organisation | None:
    """Return a record that was read before as it is now, kept from being merged until the transaction ends.

    One that was merged in between leads to the record that was kept.
    """
    rows = Organisation.objects.select_for_update(no_key=True)
    found = rows.filter(pk=organisation.pk).first()
    alias = Alias.objects.filter(slug=organisation.slug).first() if found is None else None
    return rows.filter(pk=alias.organisation_id).first() if alias is not None else found


def create(*, name: str, country: str, actor: Any, now: datetime, **values: Any) -> Organisation:
    """Make an organisation.

    Raises:
        ValidationError: the name is taken in that country, or a value is not allowed.
    """
    name = " ".join(name.split())
    if Organisation.objects.filter(name__iexact=name, country=country).exists():
        raise ValidationError({"name": _("There is an organisation of this name in this country already.")})
    check_values(values, country=country)
    fields = {key: value for key, value in values.items() if key != "ecosystems"}
    Organisation(name=name, country=country, **fields).full_clean(exclude=["slug"])
    with transaction.atomic():
        organisation = organisation_for(name=name, country=country, **values)
        audit.record(action="created", target=organisation, actor=actor, at=now)
    return organisation


@transaction.atomic
def change(*, organisation: Organisation, seen_version: int, actor: Any, now: datetime, **values: Any) -> Organisation:
    """Write an organisation's fields if nobody else did since they were read.

    Raises:
        SomebodyElseWrote: somebody saved in between.
        ValidationError: a value is not allowed.
    """
    locked = lock(organisation_id=organisation.pk)
    if locked.version != seen_version:
        raise SomebodyElseWrote
    check_values(values, country=values.get("country", locked.country))
    fields = sorted(values)
    ecosystems = values.pop("ecosystems", None)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.full_clean()
    locked.save()
    if ecosystems is not None:
        locked.ecosystems.set(ecosystems)
    audit.record(action="changed", target=locked, actor=actor, at=now, fields=fields)
    return locked


def check_values(values: dict[str, Any], *, country: str) -> None:
    """Refuse a region that is not one of the country, and a mail domain that says nothing.

    Raises:
        ValidationError: with a sentence for the field.
    """
    region, domain = values.get("region", ""), values.get("domain", "")
    faults = {
        "region": {
            "shape": _("A region's code is the letters of the country and one to three signs, for example BE10."),
            "country": _("This region is in another country."),
            "unknown": _("There is no such region in NUTS 2024."),
        }.get(rules.region_fault(region, country=country, known=regions.names()), ""),
        "domain": {
            "shape": _("Write what stands after the @ in your addresses, for example cluster.eu."),
            "public": _("Anybody can have an address there; write a domain of your own, or leave it empty."),
        }.get(rules.domain_fault(domain), ""),
    }
    if found := {name: sentence for name, sentence in faults.items() if sentence}:
        raise ValidationError(found)


def add_fact(
    *, organisation: Organisation, kind: str, title: str, valid_from: date, valid_until: date | None, source: str = ""
) -> Fact:
    """Write one dated fact."""
    return Fact.objects.create(
        organisation=organisation, kind=kind, title=title, valid_from=valid_from, valid_until=valid_until, source=source
    )


@transaction.atomic
def write_fact(
    *,
    organisation: Organisation,
    fact: Fact | None,
    seen_version: int,
    confirmed: bool,
    actor: Any,
    now: datetime,
    **values: Any,
) -> Fact:
    """Write a new fact, or change one if nobody else did; `confirmed` when the team writes, else it waits for them.

    Raises:
        SomebodyElseWrote: somebody saved in between, or removed it.
        ValidationError: a value is not allowed.
    """
    lock(organisation_id=organisation.pk)
    row = Fact(organisation=organisation, version=0)
    if fact is not None:
        found = Fact.objects.filter(pk=fact.pk, organisation=organisation, version=seen_version).first()
        if found is None:
            raise SomebodyElseWrote
        row = found
    for name, value in values.items():
        setattr(row, name, value)
    row.confirmed = confirmed
    row.version += 1
    row.full_clean()
    row.save()
    audit.record(
        action="fact written", target=organisation, actor=actor, at=now, kind=row.kind, fact=row.pk, confirmed=confirmed
    )
    return row


@transaction.atomic
def confirm_fact(*, fact: Fact, actor: Any, now: datetime) -> None:
    """Let a fact that a manager wrote count; confirmed twice is confirmed once."""
    if Fact.objects.filter(pk=fact.pk, confirmed=False).update(confirmed=True):
        audit.record(
            action="fact confirmed", target=fact.organisation, actor=actor, at=now, kind=fact.kind, fact=fact.pk
        )


@transaction.atomic
def remove_fact(*, fact: Fact, actor: Any, now: datetime) -> None:
    """Delete a fact that was never true; one that ended gets its last day instead."""
    audit.record(action="fact removed", target=fact.organisation, actor=actor, at=now, kind=fact.kind, fact=fact.pk)
    fact.delete()


@transaction.atomic
def waive(*, organisation: Organisation, check: str, reason: str, actor: Any, now: datetime) -> None:
    """Set a check aside with a reason; without one the check counts again."""
    if not reason:
        if Waiver.objects.filter(organisation=organisation, check_key=check).delete()[0]:
            audit.record(action="waiver ended", target=organisation, actor=actor, at=now, check=check)
        return
    Waiver.objects.update_or_create(
        organisation=organisation,
        check_key=check,
        defaults={"reason": reason, "given_by": actor, "given_at": now},
    )
    audit.record(action="check waived", target=organisation, actor=actor, at=now, check=check)
