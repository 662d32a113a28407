"""Mail to addresses that nobody has confirmed (invitations, a preferred email): limits of its own, by address and day.

Whoever may invite could else send any number of mails to somebody who never asked for one, in the tenant's name.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.limits import A_DAY
from partnerhub.accounts.models import StrangerMail
from partnerhub.errors import Reason, Refused
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.formats import moment_text

ADDRESS_A_DAY = 5
TENANT_A_DAY = 5000
# One row counts for all who send at once: the second waits, and a mail that is not sent after all is not counted.
COUNT = """
    INSERT INTO accounts_strangermail AS counted (id, tenant_id, address, since, number)
    VALUES (%(id)s, %(tenant)s, %(address)s, %(now)s, 1)
    ON CONFLICT (tenant_id, address) DO UPDATE SET
        number = CASE WHEN counted.since > %(day_ago)s THEN counted.number + 1 ELSE 1 END,
        since = CASE WHEN counted.since > %(day_ago)s THEN counted.since ELSE excluded.since END
    RETURNING number, since
"""


def allow_mail_to_stranger(address: str, *, field: str = "") -> None:
    """Count a mail to this address, which the caller sends in the same transaction.

    Raises Refused, with the time when it is possible again, for an address or a tenant that has had too many within a
    day; `field` is where a form shows it.
    """
    address = address.strip().lower()
    if until := _over(address, ADDRESS_A_DAY):
        text = _("%(email)s got %(number)s mails within a day. The next one can be sent after %(moment)s.")
        text %= {"email": address, "number": ADDRESS_A_DAY, "moment": moment_text(until)}
        raise Refused(Reason("too_many_to_address", text, field=field))
    if until := _over("", TENANT_A_DAY):
        text = _("%(number)s mails went to new addresses within a day. The next one can be sent after %(moment)s.")
        raise Refused(Reason("too_many_today", text % {"number": TENANT_A_DAY, "moment": moment_text(until)}))


def counted_before() -> QuerySet[StrangerMail]:
    """What was counted more than a day ago in the named tenant, and counts no longer."""
    rows: QuerySet[StrangerMail] = StrangerMail.objects.filter(since__lt=now() - A_DAY)
    return rows


def _over(address: str, most: int) -> datetime | None:
    """When the next mail is possible, if this one is too many."""
    at = now()
    values: dict[str, Any] = {
        "id": new_id(),
        "tenant": current_tenant().pk,
        "address": address,
        "now": at,
        "day_ago": at - A_DAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        number, since = cursor.fetchone()
    return since + A_DAY if number > most else None
