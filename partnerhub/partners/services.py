"""The verbs of partners. Each is one transaction, records what happened, raises Refused with every reason."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.services import record
from partnerhub.partners.models import PROFILE, Partner, Tier
from partnerhub.partners.selectors import partner_fields, seen_partners, why_not_managed
from partnerhub.partners.states import FIELDS, LIFT, PARTNER_MACHINE, REASON_LENGTH, SUSPEND
from partnerhub.records.kinds import Records
from partnerhub.roles import PARTNERS_ALL, PARTNERS_MANAGE
from partnerhub.web.editing import refuse_locked
from partnerhub.web.fields import plain_text, website_of
from partnerhub.web.folding import fold


class Partners(Records[Partner]):
    """What the record machinery knows of partners: model, machine, labels of fields, and who sees which."""

    permission = ""  # the partner's own people read what happened to it
    model = Partner
    machine = PARTNER_MACHINE
    plural = "partners"
    untold = frozenset({"name_key"})
    people = frozenset({"managers"})
    labels = FIELDS

    def rows(self, by: Seat) -> QuerySet[Partner]:
        return seen_partners(by)

    def event_data(self, record: Partner) -> dict[str, Any]:
        return {"version": record.version, "partner_name": record.name, "url": f"/partners/{record.pk}/"}

    def words(self, record: Partner) -> dict[str, Any]:
        return {"name": record.name}


PARTNERS = Partners()


@transaction.atomic
def create_partner(values: Mapping[str, Any], *, by: Seat) -> Partner:
    """Enrol a partner with this profile (`PROFILE`; what is missing stays empty). A channel manager who
    enrols it looks after it; what a program enrols is everybody's.

    Raises Refused for a name that is taken and for what is wrong, by field; NotPermitted.
    """
    _require(by)
    managers = [] if by.token or by.can(PARTNERS_ALL) else [by.id]
    fields = _in_shape(Partner(), {name: values.get(name) or "" for name in PROFILE})
    partner = Partner(**fields, managers=managers)
    with _name_is_free(partner.name):
        partner.save()
    after = {name: str(getattr(partner, name)) for name in PROFILE}
    record("partner.created", partner, actor=by, after=after, data=PARTNERS.event_data(partner))
    return partner


@transaction.atomic
def change_partner(partner_id: UUID, changes: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Partner:
    """Change the profile. Raises Partner.DoesNotExist, Stale, Refused as `create_partner` does, NotPermitted."""
    partner = _held(partner_id, by, seen)
    wanted = {name: value or "" for name, value in changes.items() if name in PROFILE}
    refuse_locked(partner_fields(partner, by), wanted)
    fields = _in_shape(partner, wanted)
    with _name_is_free(fields.get("name", "")):
        return PARTNERS.edit("partner.changed", partner, fields, by=by)


@PARTNERS.verb(SUSPEND)
@transaction.atomic
def suspend_partner(partner_id: UUID, *, reason: str, by: Seat, seen: int | None = None) -> Partner:
    """Let the partner's members read only, and nothing new begin for it. They read the reason.

    Raises Refused without a reason and for a partner that is suspended, Stale, NotPermitted.
    """
    _require(by)
    partner = PARTNERS.locked(partner_id, by=by, seen=seen)
    PARTNER_MACHINE.check(SUSPEND, partner, by)
    return PARTNERS.take(SUSPEND, partner, by=by, changes={"suspension_reason": _reason(reason)})


@PARTNERS.verb(LIFT)
@transaction.atomic
def lift_suspension(partner_id: UUID, *, by: Seat, seen: int | None = None) -> Partner:
    """Let the members work again, with the roles they have. Raises Refused for a partner that is not suspended."""
    _require(by)
    partner = PARTNERS.locked(partner_id, by=by, seen=seen)
    return PARTNERS.take(LIFT, partner, by=by, changes={"suspension_reason": ""})


@transaction.atomic
def set_managers(partner_id: UUID, managers: Mapping[UUID, str], *, by: Seat, seen: int | None = None) -> Partner:
    """Let exactly these members (id → name) look after the partner; with none, every channel manager does.

    The caller has made sure that they can. Raises as `change_partner`.
    """
    partner, wanted = _held(partner_id, by, seen), sorted(managers)
    names = ", ".join(managers[key] for key in wanted)
    return PARTNERS.edit("partner.managers_named", partner, {"managers": wanted}, by=by, data={"names": names})


@transaction.atomic
def set_tier(partner_id: UUID, tier_id: UUID | None, *, by: Seat, seen: int | None = None) -> Partner:
    """Say on which tier the partner is, or on none: its claim limits are those of the tier then (E22).

    The event says the names, before and after. Raises Refused for a tier that is not there or retired, and as
    `change_partner`.
    """
    partner = _held(partner_id, by, seen)
    tier = Tier.objects.filter(pk=tier_id, is_retired=False).first() if tier_id else None
    if tier_id and tier is None:
        raise Refused(Reason("tier", _("Choose from the list."), field="tier"))
    if tier_id == partner.tier_id:
        return partner
    before = {"tier": partner.tier.name if partner.tier else ""}
    partner.tier, partner.version, partner.updated_at = tier, partner.version + 1, now()
    partner.save(update_fields=["tier", "version", "updated_at"])
    after = {"tier": tier.name if tier else ""}
    record("partner.tier_named", partner, actor=by, before=before, after=after, data=PARTNERS.event_data(partner))
    return partner


def _require(by: Seat) -> None:
    if not by.can(PARTNERS_MANAGE):
        raise NotPermitted(PARTNERS_MANAGE)


def _held(partner_id: UUID, by: Seat, seen: int | None) -> Partner:
    """The partner, locked. Raises Refused where others look after it, Stale, NotPermitted."""
    _require(by)
    partner = PARTNERS.locked(partner_id, by=by, seen=seen)
    if reasons := why_not_managed(partner, by):
        raise Refused(reasons)
    return partner


def _reason(text: str) -> str:
    """The reason as it is kept. Raises Refused for none, one too long, or one that cannot be stored."""
    try:
        reason = plain_text(text, lines=True)
    except ValidationError as error:
        raise Refused(_wrong("reason", error)) from None
    if not fold(reason):
        raise Refused(Reason("reason_missing", _("Say why: the partner reads it."), field="reason"))
    if len(reason) > REASON_LENGTH:
        text = _("Shorten the reason to %(most)s characters or fewer.") % {"most": REASON_LENGTH}
        raise Refused(Reason("reason_too_long", text, field="reason"))
    return reason


def _in_shape(partner: Partner, values: Mapping[str, str]) -> dict[str, str]:
    """The columns as they are kept. Raises Refused with everything that is wrong, by field."""
    kept, wrong = {}, []
    for name, value in values.items():
        try:
            kept[name] = _shape(partner, name, value)
        except ValidationError as error:
            wrong.append(_wrong(name, error))
    if "name" in kept and not fold(kept["name"]):
        wrong.append(Reason("name_missing", _("Enter the name of the partner."), field="name"))
    if wrong:
        raise Refused(wrong)
    return kept | ({"name_key": fold(kept["name"])[:200]} if "name" in kept else {})


def _shape(partner: Partner, name: str, value: str) -> str:
    value = plain_text(str(value))
    if name == "website" and value:
        value = website_of(value)
    if name == "country":
        value = value.upper()
    column: Any = partner._meta.get_field(name)
    return column.clean(value, partner) if value else value


def _wrong(field: str, error: ValidationError) -> Reason:
    return Reason("invalid", " ".join(error.messages), field=field)


@contextmanager
def _name_is_free(name: str) -> Iterator[None]:
    """Raises Refused where another partner has the name: the database knows."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if broken_constraint(error) not in {"partner_name", "partner_name_key"}:
            raise
        text = _("There is a partner called %(name)s already.") % {"name": name}
        raise Refused(Reason("name_taken", text, field="name")) from error
