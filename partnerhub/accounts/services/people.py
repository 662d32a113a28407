"""What a person says about themselves, and what they opened last."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import now

from partnerhub.accounts.models import Membership, RecentItem, User, name_key
from partnerhub.accounts.selectors import RECENT_SHOWN, profile_of, seats_of
from partnerhub.events.services import record
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.rows import send

RECENT_KEPT = 20
TITLE_LENGTH = 200

REMEMBER_RECENT = """
WITH opened AS (
    INSERT INTO accounts_recentitem (id, tenant_id, partner_id, membership_id, kind, object_id, title, path, opened_at)
    VALUES (%(id)s, %(tenant)s, %(partner)s, %(member)s, %(kind)s, %(object)s, %(title)s, %(path)s, %(now)s)
    ON CONFLICT (tenant_id, membership_id, object_id)
    DO UPDATE SET title = EXCLUDED.title, path = EXCLUDED.path, opened_at = EXCLUDED.opened_at
)
DELETE FROM accounts_recentitem WHERE id IN (
    SELECT id FROM accounts_recentitem
    WHERE tenant_id = %(tenant)s AND membership_id = %(member)s AND object_id <> %(object)s
    ORDER BY opened_at DESC OFFSET %(others)s
)
"""


def remember_opened(membership: Membership, *, kind: str, object_id: UUID, title: str, path: str) -> None:
    """Put a record on top of the member's recent items (C6). One statement; the twenty newest are kept.

    `path` is the record's address below the tenant. What a program opens with a token is not remembered, and what is
    on top already stays there without a statement.
    """
    title = title[:TITLE_LENGTH]
    opened, recent = [title, kind, path], membership.recent or []
    if membership.token is not None or recent[:1] == [opened]:
        return
    if membership.recent is not None:
        membership.recent = [opened, *[item for item in recent if item[2] != path]][:RECENT_SHOWN]
    values = {
        "id": new_id(),
        "tenant": membership.tenant_id,
        "partner": membership.partner_id,
        "member": membership.pk,
        "kind": kind,
        "object": object_id,
        "title": title,
        "path": path,
        "now": now(),
        "others": RECENT_KEPT - 1,
    }
    with connection.cursor() as cursor:
        send(cursor, REMEMBER_RECENT, values)


def forget_opened(object_id: UUID, *, partner_id: UUID) -> None:
    """Take a record that this partner sees no more out of its members' recent items; as the system."""
    RecentItem.objects.filter(object_id=object_id, partner=partner_id).delete()


@transaction.atomic
def save_profile(
    membership: Membership, *, user: dict[str, Any], seat: dict[str, Any], seen: int | None = None
) -> None:
    """Save what a person says of themselves: `user` holds name, language, timezone; `seat` title and phone.

    `seen` is the version of the profile that the person saw. Raises Stale where another window has saved since.
    """
    member = Membership.objects.select_related("user").select_for_update(no_key=True).get(pk=membership.pk)
    profile_of(member).check(seen, user | seat)
    person = member.user
    name = user.get("name", person.name).strip()
    for field in ("language", "timezone"):
        setattr(person, field, user.get(field, getattr(person, field)))
    person.save(update_fields=["language", "timezone"])
    Membership.objects.filter(pk=member.pk).update(**seat)
    if name != person.name:
        rename_person(person, name)


@transaction.atomic
def rename_person(person: User, name: str) -> None:
    """Change a person's name, and tell every portal in which they have a seat (`member.renamed`)."""
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    index_person(person)
    for tenant in _tenants_of(person):
        with tenant_scope(tenant):
            member = Membership.objects.select_related("user").get(user=person, is_active=True)
            record(
                "member.renamed",
                member,
                actor=member,
                before={"name": before},
                after={"name": name},
                data={"membership_id": str(member.pk), "url": f"/settings/users/{member.pk}/"},
            )


def index_person(person: User) -> None:
    """Bring the folded name of a person's seats up to date, in every portal, after a change of name or address."""
    for tenant in _tenants_of(person):
        with tenant_scope(tenant):
            Membership.objects.filter(user=person).update(name_key=name_key(person))


def _tenants_of(person: User) -> list[Tenant]:
    return list(Tenant.objects.filter(pk__in=[seat.tenant_id for seat in seats_of(person)]))
