"""Who is asking: person, seat and what the page around shows of them, found by one statement.

The function `take_seat` names the side to PostgreSQL while the statement runs, so what is read after it in the same
statement stands behind the same wall as everything later.
"""

import json
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.selectors import RECENT_SHOWN
from partnerhub.partners.models import Partner
from partnerhub.tenancy.scope import current_naming

PERSON_FIELDS = [field.attname for field in User._meta.concrete_fields]
SEAT_FIELDS = [field.attname for field in Membership._meta.concrete_fields]
BESIDE = ("partner_name", "partner_timezone", "has_second_factor")
TOKEN = ("token_id", "token_scopes", "token_last_used_at")
RECENT = f"""
    (SELECT coalesce(json_agg(json_build_array(title, kind, path)), '[]') FROM (
        SELECT title, kind, path FROM accounts_recentitem
        WHERE tenant_id = seat.tenant_id AND membership_id = seat.id ORDER BY opened_at DESC LIMIT {RECENT_SHOWN}
    ) recent)
"""  # noqa: S608 - a number of ours


def _columns(*names: str) -> str:
    return ", ".join(f"seat.{name}" for name in names)


_PERSON = ", ".join(f"person.{name}" for name in PERSON_FIELDS)
_SEAT = _columns(*SEAT_FIELDS, *BESIDE)
BY_SESSION = f"""
    SELECT {_PERSON}, {_SEAT}, {RECENT}
    FROM accounts_user person LEFT JOIN LATERAL take_seat(person.id) seat ON true WHERE person.id = %s
"""  # noqa: S608 - names of columns, all written in this file or by the model
BY_TOKEN = f"""
    SELECT {_PERSON}, {_SEAT}, NULL, {_columns(*TOKEN)}
    FROM take_seat_by_token(%s) seat JOIN accounts_user person ON person.id = seat.user_id
"""  # noqa: S608 - the same


class PersonBackend(AuthenticationBackend):
    """allauth's way of signing in. Reading the person of a session reads their seat at this tenant with them."""

    def get_user(self, user_id: UUID) -> User | None:
        naming = current_naming()
        if naming is None or naming.side:
            return super().get_user(user_id)
        row = _one(BY_SESSION, str(user_id))
        person = _person(row) if row else None
        if row is None or person is None or not self.user_can_authenticate(person):
            return None
        person.seat = _seat(row, person)
        return person


def seat_by_token(digest: str) -> Membership | None:
    """The seat that an API token acts for; None for one that is unknown, over or revoked."""
    row = _one(BY_TOKEN, digest)
    seat = _seat(row, _person(row)) if row else None
    if row and seat:
        seat.token_id, scopes, seat.token_last_used_at = row[-len(TOKEN) :]
        seat.limited_to = frozenset(scopes)
    return seat


def _one(query: str, value: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def _person(row: tuple[Any, ...]) -> User:
    return User.from_db("default", PERSON_FIELDS, row[: len(PERSON_FIELDS)])


def _seat(row: tuple[Any, ...], person: User) -> Membership | None:
    start = len(PERSON_FIELDS)
    end = start + len(SEAT_FIELDS)
    values = list(row[start:end])
    if values[0] is None:
        return None
    values[-1] = json.loads(values[-1])  # preferences: a cursor leaves jsonb to the field
    seat = Membership.from_db("default", SEAT_FIELDS, values)
    seat.user = person
    name, zone, seat.has_second_factor, seat.recent = row[end : end + 4]
    if seat.partner_id:
        seat.partner = Partner(id=seat.partner_id, tenant_id=seat.tenant_id, name=name, timezone=zone)
    return seat
