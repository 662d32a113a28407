"""Who is asking: person, seat and what the page around shows of them, found by one statement.

The function `take_seat` names the side to PostgreSQL while the statement runs, so what is read after it in the same
statement stands behind the same wall as everything later.
"""

from collections.abc import Collection
from functools import cache
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.timezone import now

from partnerhub.accounts.acting import ActingToken
from partnerhub.accounts.covering import covered_by, covered_from, covered_sql
from partnerhub.accounts.models import Membership, User, forms_of
from partnerhub.accounts.selectors import RECENT_SHOWN, is_open_session
from partnerhub.partners.models import Partner
from partnerhub.partners.states import Status
from partnerhub.tenancy.scope import current_naming
from partnerhub.web.rows import columns, read

SEAT_EXTRAS = ("partner_name", "partner_timezone", "has_second_factor")
LIFE = """
    (SELECT json_build_array(status, suspension_reason) FROM partners_partner
    WHERE tenant_id = seat.tenant_id AND id = seat.partner_id)
"""
TOKEN = ("token_id", "token_name", "token_scopes", "maker_user_id", "maker_roles", "token_last_used_at")
RECENT = f"""
    (SELECT coalesce(json_agg(json_build_array(title, kind, path)), '[]') FROM (
        SELECT title, kind, path FROM accounts_recentitem
        WHERE tenant_id = seat.tenant_id AND membership_id = seat.id ORDER BY opened_at DESC LIMIT {RECENT_SHOWN}
    ) recent)
"""  # noqa: S608 - a number of ours
# The door does not tell when and how often the seat was changed, and no request asks for it of its own.
SEAT = columns(Membership, "seat").replace("seat.updated_at", "seat.joined_at").replace("seat.version", "0")
WHO = f"{columns(User, 'person')}, {SEAT}, {', '.join(f'seat.{name}' for name in SEAT_EXTRAS)}"
BY_SESSION = f"""
    SELECT {WHO}, {LIFE}, {RECENT}, {{covered}}
    FROM accounts_user person LEFT JOIN LATERAL take_seat(person.id) seat ON true WHERE person.id = %s
"""  # noqa: S608 - names of columns, all written in this file or by the models
BY_TOKEN = f"""
    SELECT {WHO}, {LIFE}, NULL, {{covered}}, coalesce(nullif(maker.name, ''), maker.email),
        {", ".join(f"seat.{name}" for name in TOKEN)}
    FROM take_token_seat(%s) seat
    JOIN accounts_user person ON person.id = seat.user_id JOIN accounts_user maker ON maker.id = seat.maker_user_id
"""  # noqa: S608 - the same


@cache
def _with_covered(query: str) -> str:
    """The statement on a seat, with whom it covers: a room above says that, known once the portal has started."""
    return query.format(covered=covered_sql("seat"))


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's way of signing in. Reading the person of a session reads their seat at this tenant with them."""

    def get_user(self, user_id: UUID) -> User | None:
        naming = current_naming()
        if naming is None or naming.side:
            known: User | None = super().get_user(user_id)
            return known
        person: User
        for person, seat, *beside in read(_with_covered(BY_SESSION), [str(user_id)], User, Membership):
            person.seat = _seat(person, seat, *beside) if seat else None
            return person if self.user_can_authenticate(person) else None
        return None

    def _mitigate_timing_attack(self, password: str) -> None:
        """For an unknown address hash as often as `User.check_password` does."""
        for _form in forms_of(password):
            super()._mitigate_timing_attack(password)

    def user_can_authenticate(self, user: User) -> bool:
        """No program signs in as a person does."""
        return bool(super().user_can_authenticate(user)) and not user.is_service


def seat_by_token(digest: str) -> Membership | None:
    """The seat that an API token acts for, with the `token`; None for one that is unknown, over or revoked.

    So is one whose maker has left, and one that was made for another person.
    """
    for person, seat, *beside, maker_name, token_id, name, scopes, maker_id, roles, used_at in read(
        _with_covered(BY_TOKEN), [digest], User, Membership
    ):
        seat.token = ActingToken(token_id, name, frozenset(scopes), maker_id, maker_name, tuple(roles), used_at)
        return _seat(person, seat, *beside)
    return None


def still_seated(asked: Collection[tuple[str, UUID]]) -> dict[tuple[str, UUID], Membership]:
    """Of these (key of a session, id of a seat) those by which a request would still be let in, with the seat as it is
    now. Asked as the system, for what stays open longer than a request. Three statements.
    """
    seats = Membership.objects.filter(
        Q(partner=None) | Q(partner__is_active=True), pk__in={seat for _, seat in asked}, is_active=True
    ).select_related("user", "partner")
    members = {seat.pk: seat for seat in seats.filter(user__is_active=True)}
    covered = covered_by(members)
    for key, member in members.items():
        member.covers = covered.get(key, ())
    stored = Session.objects.filter(expire_date__gt=now()).in_bulk([key for key, _ in asked])
    return {
        (key, seat): members[seat]
        for key, seat in asked
        if seat in members and key in stored and is_open_session(stored[key], members[seat].user)
    }


def _seat(
    person: User,
    seat: Membership,
    partner: str,
    zone: str,
    has_second_factor: bool,
    life: list[str] | None,
    recent: list[list[str]] | None,
    covered: list[list[str]],
) -> Membership:
    seat.user = person
    seat.has_second_factor, seat.recent, seat.covers = has_second_factor, recent, covered_from(covered)
    if seat.partner_id:
        seat.partner = Partner(id=seat.partner_id, tenant_id=seat.tenant_id, name=partner, timezone=zone)
        seat.partner.status, seat.partner.suspension_reason = life or (Status.ACTIVE, "")
    return seat
