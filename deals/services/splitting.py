"""A customer that was wrongly made of two: a person takes the other one out, with what is its."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from deals.hosts import own_host
from deals.identity import apart_key, name_core
from deals.models import Company, Contact
from deals.selectors import contacts_for, ids_of
from deals.services.finding import find_anew
from deals.services.merging import require_managing
from deals.services.records import COMPANIES, CONTACTS
from partnerhub.actors import Seat
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import record
from partnerhub.web.folding import fold, host_of


@transaction.atomic
def split_company(
    company_id: UUID,
    *,
    name: str,
    website: str = "",
    contacts: Collection[UUID] = (),
    brought: Collection[UUID] = (),
    by: Seat,
    seen: int | None = None,
) -> Company:
    """Make another company of these of its people and of what `brought` it; all that is not named stays.

    Returns the new one. Higher storeys hear `company.split` and move what is theirs. Raises Company.DoesNotExist,
    Stale, NotPermitted; Refused by field where the new one is known already, or something belongs to another one.
    """
    require_managing(by)
    company = COMPANIES.locked(company_id, by=by, seen=seen)
    if company.known_as_id:
        raise Refused(Reason("merged", _("%(name)s is merged. Take it out first.") % {"name": company}))
    if not contacts and not brought:
        raise Refused(Reason("nothing", _("Choose at least one contact or record."), field="brought"))
    people = _people(company, contacts, by)
    made = _made(company, name, website)
    Contact.objects.filter(pk__in=people).update(company=made)
    find_anew(made)
    moved = {"brought": sorted(map(str, brought)), "contacts": sorted(map(str, people)), "to": str(made.pk)}
    COMPANIES.edit("company.split", company, {}, by=by, data=moved | {"label": made.name}, always=True)
    after = {"name": made.name, "website": made.website}
    told = COMPANIES.event_data(made) | {"label": company.name}
    record("company.taken_out", made, actor=by, after=after, data=told)
    return made


@transaction.atomic
def split_contact(
    contact_id: UUID,
    *,
    last_name: str,
    first_name: str = "",
    email: str = "",
    phone: str = "",
    job_title: str = "",
    brought: Collection[UUID] = (),
    by: Seat,
    seen: int | None = None,
) -> Contact:
    """Make another person at the same company of what `brought` them; all that is not named stays.

    Returns the new one. Higher storeys hear `contact.split` and move what is theirs. Raises as `split_company`.
    """
    require_managing(by)
    contact = CONTACTS.locked(contact_id, by=by, seen=seen)
    if contact.known_as_id:
        raise Refused(Reason("merged", _("%(name)s is merged. Take it out first.") % {"name": contact}))
    if not brought:
        raise Refused(Reason("nothing", _("Choose at least one record."), field="brought"))
    values = {"first_name": first_name, "last_name": last_name, "phone": phone, "job_title": job_title}
    made = _person(contact, values, email)
    find_anew(made)
    moved = {"brought": sorted(map(str, brought)), "to": str(made.pk), "label": made.name}
    CONTACTS.edit("contact.split", contact, {}, by=by, data=moved, always=True)
    told = CONTACTS.event_data(made) | {"label": contact.name}
    record("contact.taken_out", made, actor=by, after=values | {"email": made.email}, data=told)
    return made


def _person(contact: Contact, values: dict[str, str], email: str) -> Contact:
    """The new contact. Raises Refused without a name, for no address, and where the company has this one already."""
    name = f"{values['first_name']} {values['last_name']}".strip()
    if not fold(name):
        raise Refused(Reason("name_missing", _("Enter a name."), field="last_name"))
    try:
        address = email.strip().lower()
        validate_email(address or "nobody@example.org")
    except ValidationError:
        raise Refused(Reason("invalid", _("This is not an email address."), field="email")) from None
    made = Contact(partner=contact.partner, company=contact.company, email=address, name_key=fold(name)[:170], **values)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        said = _("The company has a contact with this name and address already.")
        raise Refused(Reason("taken", said, field="last_name")) from None
    return made


def _people(company: Company, contacts: Collection[UUID], by: Seat) -> Sequence[UUID]:
    rows = contacts_for(by).filter(pk__in=contacts, company__in=ids_of(company))
    found = [person.pk for person in rows.select_for_update(of=("self",)).order_by("id")]
    if len(found) != len(set(contacts)):
        raise Refused(Reason("not_here", _("Choose people of this company."), field="contacts"))
    return found


def _made(company: Company, name: str, website: str) -> Company:
    """The new company. Raises Refused where the partner has one by this website; by its name it may have others."""
    if not fold(name):
        raise Refused(Reason("name_missing", _("Enter a name."), field="name"))
    try:
        host = own_host(host_of(website)) if website else ""
    except ValueError:
        raise Refused(Reason("invalid", _("This is not a website."), field="website")) from None
    made = Company(partner=company.partner, name=name, name_key=fold(name)[:200], name_core=name_core(name))
    made.website, made.host, made.country = website, host, company.country
    if not host and Company.objects.filter(partner=company.partner, host="", name_key=made.name_key).exists():
        made.name_key = apart_key(made.name_key, made.pk.hex)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        said = _("A company is known by this website or name already.")
        raise Refused(Reason("taken", said, field="website" if host else "name")) from None
    return made
