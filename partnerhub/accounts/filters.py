"""Which members a list shows; the same for the page, its files and the API."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import VENDOR_SIDE, named_like, of_organisation, partners_for, sees_all_people
from partnerhub.actors import Seat
from partnerhub.roles import Role, roles_of
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists.filters import Choices, KeyFilter, ListFilter, SearchFilter, WordFilter

SEARCH_LENGTH = 100
ACTIVE, FORMER = "active", "former"


class MemberFilter(ListFilter):
    q = SearchFilter(
        label=_("Search users"),
        placeholder=_("Name or email"),
        longest=SEARCH_LENGTH,
        method="by_words",
        help_text="Parts of words of name or email; case and accents do not matter.",
    )
    role = WordFilter(label=_("Role"), choices=Role.choices, method="with_role", help_text="Who holds this role.")
    organisation = KeyFilter(
        words=(VENDOR_SIDE,),
        label=_("Organisation"),
        method="in_organisation",
        help_text="A partner's id, or `vendor`. For who sees the people of all partners.",
    )

    def not_for(self, membership: Seat) -> Iterable[str]:
        return () if sees_all_people(membership) else ("organisation",)

    def by_words(self, rows: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        return named_like(rows, value)

    def with_role(self, rows: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        return rows.filter(roles__contains=[value])

    def in_organisation(self, rows: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        return of_organisation(rows, value)

    def choices_of(self, name: str) -> Choices:
        """The menus offer the roles of one's own side, to who sees no other; and the organisations by name."""
        member = self.request.membership
        if name == "organisation":
            return [(VENDOR_SIDE, current_tenant().name), *((str(one.pk), one.name) for one in partners_for(member))]
        roles = list(Role) if sees_all_people(member) else roles_of(member.side)
        return [(role.value, role.label) for role in roles]


class MemberApiFilter(MemberFilter):
    state = WordFilter(
        choices=[(ACTIVE, ""), (FORMER, "")],
        method="in_state",
        drawn=False,
        help_text="Former members: for who manages people.",
    )

    def in_state(self, rows: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        """The list has begun with the right rows."""
        return rows
