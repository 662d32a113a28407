"""Two companies, or two contacts, that are one: merged and unmerged by a person (E1).

The merged one stays as it was, out of lists and search, and points to the one that was kept: whatever belongs to it is
shown and found there, and what is brought later belongs to the kept one. So taking it out again gives back exactly what
it had. Of each value that differs a person chooses which is kept. Columns by which one is found again (host, address,
folded name) change places then, so that both are still known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deals.models import Customer
from deals.selectors import merged_of
from deals.services.doubling import pairs_merged, pairs_taken_apart
from deals.services.finding import find_anew
from deals.services.records import COMPANIES, CONTACTS
from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Event
from partnerhub.records.kept import Kept
from partnerhub.records.values import plain
from partnerhub.roles import CUSTOMERS_MANAGE
from partnerhub.states.asked import Words
from partnerhub.web.lists.cells import Read, reader


@dataclass(frozen=True)
class KeptValue:
    """A value of which one is kept: `shown` reads its words. `copied` are its columns, `swapped` those that change
    places with the merged one's.
    """

    label: Words
    shown: Read
    copied: Sequence[str] = ()
    swapped: Sequence[str] = ()

    def text(self, record: Customer) -> str:
        return str(reader(self.shown)(record) or "")


@dataclass(frozen=True)
class Mergeable:
    """A kind of record of which two may be merged. `freed`: what a row holds while its columns change places."""

    kept: Kept[Any]
    choices: Mapping[str, KeptValue]
    freed: Mapping[str, str] = field(default_factory=dict)

    def differing(self, one: Customer, other: Customer) -> dict[str, KeptValue]:
        """The choices of which the other one has a value, and another one."""
        texts = {name: (choice.text(one), choice.text(other)) for name, choice in self.choices.items()}
        return {name: self.choices[name] for name, (mine, others) in texts.items() if others and mine != others}


MERGED_COMPANIES = Mergeable(
    COMPANIES,
    {
        "name": KeptValue(gettext_lazy("Company"), "name", ("name",), ("name_key", "name_core")),
        "website": KeptValue(gettext_lazy("Website"), lambda one: one.website or one.host, ("website",), ("host",)),
        "country": KeptValue(gettext_lazy("Country"), "country.name", ("country",)),
        "postcode": KeptValue(gettext_lazy("Postcode"), "postcode", ("postcode",)),
    },
    {"host": ""},
)
MERGED_CONTACTS = Mergeable(
    CONTACTS,
    {
        "name": KeptValue(gettext_lazy("Contact"), "name", ("first_name", "last_name"), ("name_key",)),
        "email": KeptValue(gettext_lazy("Email"), "email", (), ("email",)),
        "phone": KeptValue(gettext_lazy("Phone"), "phone", ("phone",)),
        "job_title": KeptValue(gettext_lazy("Job title"), "job_title", ("job_title",)),
        "company": KeptValue(gettext_lazy("Company"), "company.name", (), ("company",)),
    },
    {"email": ""},
)
MERGEABLES = {"company": MERGED_COMPANIES, "contact": MERGED_CONTACTS}


@transaction.atomic
def merge(
    kind: str,
    record_id: UUID,
    *,
    other: UUID,
    take: Sequence[str] = (),
    by: Seat,
    seen: int | None = None,
    other_seen: int | None = None,
) -> Any:
    """Merge the `other` one into this one, which keeps its values but those of the choices in `take`.

    `kind` is `company` or `contact`. Raises DoesNotExist for what the person may not see, Stale where one of them has
    moved on since it was seen, Refused where they can't be merged, NotPermitted.
    """
    require_managing(by)
    mergeable = MERGEABLES[kind]
    versions = {record_id: seen, other: other_seen}
    held = {key: mergeable.kept.locked(key, by=by, seen=versions[key]) for key in sorted(versions)}
    one, merged = held[record_id], held[other]
    _check_pair(one, merged)
    chosen = [choice for name, choice in mergeable.differing(one, merged).items() if name in take]
    try:
        with transaction.atomic():
            _put_together(mergeable, one, merged, chosen, by=by)
    except IntegrityError:
        raise Refused(
            Reason("taken", _("A third one is known by these values already. Merge that one first."))
        ) from None
    find_anew(one)
    pairs_merged(one, merged)
    return one


@transaction.atomic
def unmerge(kind: str, record_id: UUID, *, by: Seat, seen: int | None = None) -> Any:
    """Take a merged one out again, with all that it had; what came after the merge stays with the kept one.

    What the kept one took over of it goes back, unless somebody has changed it since. Returns what was taken out.
    Raises DoesNotExist, Stale, Refused where it is not merged or its values are another one's by now, NotPermitted.
    """
    require_managing(by)
    kept = MERGEABLES[kind].kept
    found = kept.find(by, record_id)
    above = sorted({found.known_as_id, found.merged_into_id} - {None})
    held = {key: kept.locked(key, by=by, seen=None) for key in above}
    merged = kept.locked(record_id, by=by, seen=seen)
    if merged.merged_into_id not in held or merged.known_as_id not in held:
        raise Refused(Reason("not_merged", _("%(name)s stands on its own.") % {"name": merged}))
    one, standing = held[merged.merged_into_id], held[merged.known_as_id]
    try:
        with transaction.atomic():
            _take_apart(MERGEABLES[kind], one, merged, by=by)
    except IntegrityError:
        said = _("Another one is known by its values by now. Take that one out first.")
        raise Refused(Reason("taken", said)) from None
    for record in (standing, merged):
        find_anew(record)
    pairs_taken_apart(merged)
    return merged


def require_managing(by: Seat) -> None:
    """Raise NotPermitted unless the person may merge, unmerge and split customers."""
    if not by.can(CUSTOMERS_MANAGE):
        raise NotPermitted(CUSTOMERS_MANAGE)


def _check_pair(one: Customer, merged: Customer) -> None:
    """Raise Refused with whatever keeps these two from being merged."""
    if one.pk == merged.pk:
        raise Refused(Reason("same", _("This is one and the same. Choose another one."), field="other"))
    if one.partner_id != merged.partner_id:
        said = _("They are customers of two partners, each of which knows its own.")
        raise Refused(Reason("two_partners", said, field="other"))
    for record in (one, merged):
        if record.known_as_id:
            words = {"name": record, "kept": record.known_as}
            raise Refused(Reason("merged", _("%(name)s is merged into %(kept)s already.") % words))


def _put_together(
    mergeable: Mergeable, one: Customer, merged: Customer, chosen: Iterable[KeptValue], *, by: Seat
) -> None:
    chosen = list(chosen)
    swapped = [name for choice in chosen for name in choice.swapped if getattr(merged, name)]
    copied = [name for choice in chosen for name in choice.copied]
    changes = {name: getattr(merged, name) for name in (*copied, *swapped)}
    before = {name: getattr(one, name) for name in changes}
    held = _freed(mergeable, merged)
    told = {
        "label": str(merged),
        "merged": str(merged.pk),
        "was": {name: plain(value) for name, value in before.items()},
        "took": {name: plain(value) for name, value in changes.items()},
        "swapped": swapped,
    }
    is_company, kept = mergeable.kept is COMPANIES, mergeable.kept
    kept.edit("company.merged" if is_company else "contact.merged", one, changes, by=by, data=told, always=True)
    rows = type(merged).objects
    given = held | {name: before[name] for name in swapped}
    rows.filter(pk=merged.pk).update(**given, merged_into=one, known_as=one, version=F("version") + 1)
    rows.filter(known_as=merged.pk).update(known_as=one)


def _take_apart(mergeable: Mergeable, one: Customer, merged: Customer, *, by: Seat) -> None:
    told = Event.objects.filter(
        subject_id=one.pk, kind=f"{mergeable.kept.name}.merged", data__merged=str(merged.pk)
    ).latest("id")
    was, took, swapped = (told.data[name] for name in ("was", "took", "swapped"))
    back = {_column(one, name): was[name] for name in was if plain(getattr(one, name)) == took[name]}
    again = {_column(merged, name): took[name] for name in swapped}
    held = _freed(mergeable, merged)
    is_company, kept = mergeable.kept is COMPANIES, mergeable.kept
    data = {"label": str(merged)}
    kept.edit("company.unmerged" if is_company else "contact.unmerged", one, back, by=by, data=data, always=True)
    type(merged).objects.filter(pk=merged.pk).update(**held | again)
    type(merged).objects.filter(pk__in=_below(merged)).update(known_as=merged)
    standing = {"merged_into": None, "known_as": None}
    data, changes = {"label": str(one)}, again | standing
    kept.edit(
        "company.stands_again" if is_company else "contact.stands_again", merged, changes, by=by, data=data, always=True
    )


def _column(record: Customer, name: str) -> str:
    """The attribute that takes the value as an event has it: of a reference that of its id."""
    return str(getattr(record._meta.get_field(name), "attname", name))


def _freed(mergeable: Mergeable, merged: Customer) -> dict[str, Any]:
    """Let go of what no two rows may have, so that columns can change places. Returns what the row held."""
    freed = {"name_key": str(merged.pk), **mergeable.freed}
    type(merged).objects.filter(pk=merged.pk).update(**freed)
    return {name: getattr(merged, name) for name in freed}


def _below(merged: Customer) -> list[UUID]:
    """The ids of what was merged into this one before it was merged itself, at any remove."""
    rows = merged_of(merged.standing)
    below = {merged.pk}
    while more := {row.pk for row in rows if row.merged_into_id in below} - below:
        below |= more
    return sorted(below - {merged.pk})
