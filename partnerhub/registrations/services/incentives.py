"""The tenant's own list of incentives (B7)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.records.kinds import Records
from partnerhub.records.values import amount_wrong
from partnerhub.registrations.models import Incentive
from partnerhub.registrations.selectors import incentives_seen_by
from partnerhub.registrations.states import INCENTIVE
from partnerhub.roles import PROGRAMS_MANAGE, REGISTRATIONS_VIEW, VENDOR
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.fields import plain_text

MOST_INCENTIVES = 50
FIRST_THRESHOLD = {"threshold_minor": 2_500_000, "currency": "USD"}


class Incentives(Records[Incentive]):
    """What the record machinery knows of incentives."""

    permission = REGISTRATIONS_VIEW
    model, machine = Incentive, INCENTIVE
    plural, called, many, icon = "incentives", _("Incentive"), _("Incentives"), "award"
    labels = {
        "name": _("Name"),
        "code": _("Code"),
        "is_ip": _("For own solutions (IP)"),
        "threshold_minor": _("A deal is worth at least"),
        "currency": _("Currency"),
        "conditions": _("Conditions"),
        "status": _("Status"),
    }
    tells = {"name": "name"}

    seen_by = staticmethod(incentives_seen_by)


INCENTIVES = Incentives()


def add_first_incentives() -> None:
    """The three of a new tenant (ruling 27), in its language. Inside the tenant, as the system."""
    named = {
        "ip-co-sell": _now("IP co-sell"),
        "business-applications-premium": _now("Business applications premium"),
        "business-applications-standard": _now("Business applications standard"),
    }
    known = {"is_ip": True, **FIRST_THRESHOLD}
    rows = [Incentive(code=code, name=name, **known) for code, name in named.items()]
    Incentive.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def add_incentive(*, by: Membership, **kwargs: Any) -> Incentive:
    """Raises NotPermitted, and Refused by field."""
    if by.side != VENDOR or not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    columns = _checked(kwargs)
    count_alone("incentives")
    if Incentive.objects.count() >= MOST_INCENTIVES:
        raise Refused(Reason("too_many", _("No more incentives can be added.")))
    made = Incentive(**columns)
    with _coded_once():
        made.save(force_insert=True)
    after = {**columns, "status": made.status}
    record("incentive.added", made, actor=by, after=after, data=INCENTIVES.event_data(made), audience=Audience.VENDOR)
    return made


@INCENTIVES.verb("edit")
@transaction.atomic
def change_incentive(incentive_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> Incentive:
    """Other values. Raises Refused by field, Stale."""
    held = INCENTIVES.locked(incentive_id, by=by, seen=seen)
    INCENTIVE.check("edit", held, by)
    with _coded_once():
        return INCENTIVES.take("edit", held, by=by, changes=_checked(kwargs))


@INCENTIVES.verb("retire")
@transaction.atomic
def retire_incentive(incentive_id: UUID, *, by: Membership, seen: int | None = None) -> Incentive:
    """Nothing is registered for it any more."""
    return INCENTIVES.take("retire", INCENTIVES.locked(incentive_id, by=by, seen=seen), by=by)


@INCENTIVES.verb("restore")
@transaction.atomic
def restore_incentive(incentive_id: UUID, *, by: Membership, seen: int | None = None) -> Incentive:
    """Deals are registered for it again."""
    return INCENTIVES.take("restore", INCENTIVES.locked(incentive_id, by=by, seen=seen), by=by)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of what was asked for. Raises Refused with all that is wrong."""
    columns, wrong = dict(values), list[Reason]()
    columns.setdefault("is_ip", False)
    for name, missing in (("name", _("Enter a name.")), ("code", _("Enter a code.")), ("conditions", "")):
        try:
            columns[name] = plain_text(columns.get(name, ""), lines=name == "conditions").strip()
        except ValidationError as error:
            wrong.append(Reason(name, " ".join(error.messages), field=name))
        else:
            if missing and not columns[name]:
                wrong.append(Reason(name, missing, field=name))
    wrong += amount_wrong("threshold_minor", columns["threshold_minor"], columns["currency"])
    if wrong:
        raise Refused(wrong)
    return columns


@contextmanager
def _coded_once() -> Iterator[None]:
    """Two incentives have two codes; the database decides."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if broken_constraint(error) != "incentive_code":
            raise
        raise Refused(Reason("code", _("Another incentive has this code."), field="code")) from None
