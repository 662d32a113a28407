"""The verbs of partners. Each is one transaction, records what happened, raises Refused with every reason."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused, Stale, broken_constraint
from partnerhub.events.services import record
from partnerhub.partners.models import PROFILE, Partner
from partnerhub.partners.selectors import fields_of, seen_partners, why_not_managed
from partnerhub.partners.states import LIFT, PARTNER, SUSPEND
from partnerhub.roles import PARTNERS_ALL, PARTNERS_MANAGE
from partnerhub.web.editing import refuse_locked
from partnerhub.web.fields import plain_text, website_of
from partnerhub.web.folding import fold

REASON_LENGTH = 500


@transaction.atomic
def create_partner(values: Mapping[str, Any], *, by: Seat) -> Partner:
    """Enrol a partner with this profile (`PROFILE`; what is missing stays empty). A channel manager who
    enrols it looks after it; what a program enrols is everybody's.

    Raises Refused for a name that is taken and for what is wrong, by field; NotPermitted.
    """
    _require(by)
    managers = [] if by.token or by.can(PARTNERS_ALL) else [by.id]
    partner = Partner(**{name: values.get(name) or "" for name in PROFILE}, managers=managers)
    _bring_in_shape(partner)
    _save(partner)
    record("partner.created", partner, actor=by, after=_profile(partner, PROFILE), data=_about(partner))
    return partner


@transaction.atomic
def change_partner(partner_id: UUID, changes: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Partner:
    """Change the profile. Raises Partner.DoesNotExist, Stale, Refused as `create_partner` does, NotPermitted."""
    partner = _held(partner_id, by)
    wanted = {name: value or "" for name, value in changes.items() if name in PROFILE}
    _check_seen(partner, seen, wanted)
    refuse_locked(fields_of(partner, by), wanted)
    before = _profile(partner, wanted)
    for name, value in wanted.items():
        setattr(partner, name, value)
    _bring_in_shape(partner)
    after = {name: value for name, value in _profile(partner, wanted).items() if value != before[name]}
    if not after:
        return partner
    partner.version += 1
    partner.updated_at = now()
    _save(partner)
    was = {name: before[name] for name in after}
    record("partner.changed", partner, actor=by, before=was, after=after, data=_about(partner))
    return partner


@transaction.atomic
def suspend_partner(partner_id: UUID, *, reason: str, by: Seat, seen: int | None = None) -> Partner:
    """Let the partner's members read only, and nothing new begin for it. They read the reason.

    Raises Refused without a reason and for a partner that is suspended, Stale, NotPermitted.
    """
    partner = _held(partner_id, by)
    _check_seen(partner, seen, {})
    step = PARTNER.check(SUSPEND, partner, by)
    text = _reason(reason)
    return _step(partner, "partner.suspended", str(step.target), text, by=by)


@transaction.atomic
def lift_suspension(partner_id: UUID, *, by: Seat, seen: int | None = None) -> Partner:
    """Let the members work again, with the roles they have. Raises Refused for a partner that is not suspended."""
    partner = _held(partner_id, by)
    _check_seen(partner, seen, {})
    step = PARTNER.check(LIFT, partner, by)
    return _step(partner, "partner.lifted", str(step.target), "", by=by)


@transaction.atomic
def set_managers(partner_id: UUID, managers: Mapping[UUID, str], *, by: Seat, seen: int | None = None) -> Partner:
    """Let exactly these members (id → name) look after the partner; with none, every channel manager does.

    The caller has made sure that they can. Raises as `change_partner`.
    """
    partner = _held(partner_id, by)
    _check_seen(partner, seen, {})
    before, wanted = partner.managers, sorted(managers)
    if wanted == before:
        return partner
    partner.managers, partner.updated_at = wanted, now()
    partner.version += 1
    partner.save(update_fields=["managers", "version", "updated_at"])
    record(
        "partner.managers_named",
        partner,
        actor=by,
        before={"managers": [str(key) for key in before]},
        after={"managers": [str(key) for key in wanted]},
        data=_about(partner) | {"names": ", ".join(managers[key] for key in wanted)},
    )
    return partner


def _require(by: Seat) -> None:
    if not by.can(PARTNERS_MANAGE):
        raise NotPermitted(PARTNERS_MANAGE)


def _held(partner_id: UUID, by: Seat) -> Partner:
    """The partner, locked. Raises Refused where others look after it."""
    _require(by)
    held: Partner = seen_partners(by).select_for_update(no_key=True).get(pk=partner_id)
    if reasons := why_not_managed(held, by):
        raise Refused(reasons)
    return held


def _step(partner: Partner, kind: str, target: str, reason: str, *, by: Seat) -> Partner:
    names = ("status", "suspension_reason")
    before = _profile(partner, names)
    partner.status, partner.suspension_reason = target, reason
    partner.version += 1
    partner.updated_at = now()
    partner.save(update_fields=[*names, "version", "updated_at"])
    record(kind, partner, actor=by, before=before, after=_profile(partner, names), data=_about(partner))
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


def _bring_in_shape(partner: Partner) -> None:
    """Bring what was sent in the shape in which it is kept. Raises Refused with everything that is wrong, by field."""
    wrong = [error for name in PROFILE for error in _shape(partner, name)]
    if not any(reason.field == "name" for reason in wrong) and not fold(partner.name):
        wrong.append(Reason("name_missing", _("Enter the name of the partner."), field="name"))
    if wrong:
        raise Refused(wrong)
    partner.name_key = fold(partner.name)[:200]


def _shape(partner: Partner, name: str) -> list[Reason]:
    try:
        value = plain_text(str(getattr(partner, name)))
        if name == "website" and value:
            value = website_of(value)
        if name == "country":
            value = value.upper()
        if value:
            column: Any = partner._meta.get_field(name)
            value = column.clean(value, partner)
        setattr(partner, name, value)
    except ValidationError as error:
        return [_wrong(name, error)]
    return []


def _wrong(field: str, error: ValidationError) -> Reason:
    return Reason("invalid", " ".join(error.messages), field=field)


def _save(partner: Partner) -> None:
    """Raises Refused where another partner has the name: the database knows."""
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError as error:
        if broken_constraint(error) != "partner_name":
            raise
        text = _("There is a partner called %(name)s already.") % {"name": partner.name}
        raise Refused(Reason("name_taken", text, field="name")) from error


def _check_seen(partner: Partner, seen: int | None, wanted: Mapping[str, Any]) -> None:
    """Raise Stale where the partner has moved on, with what is wanted and what is, by name."""
    if seen is not None and seen != partner.version:
        now = _profile(partner, wanted)
        raise Stale(partner, {name: (value, now[name]) for name, value in wanted.items() if value != now[name]})


def _profile(partner: Partner, names: Any) -> dict[str, str]:
    """The fields by name, as plain values."""
    return {name: str(getattr(partner, name)) for name in names}


def _about(partner: Partner) -> dict[str, str]:
    return {"partner_name": partner.name, "url": f"/partners/{partner.pk}/"}
