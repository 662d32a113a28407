"""Which members a list shows; the same for the page, its files and the API."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import (
    AccessRequest,
    ApiToken,
    Invitation,
    InvitationState,
    Membership,
    RequestStatus,
    TokenState,
)
from partnerhub.accounts.selectors import (
    VENDOR_SIDE,
    named_like,
    of_organisation,
    partners_for,
    sees_all_people,
    tokens_in,
    waiting_for,
)
from partnerhub.actors import Seat
from partnerhub.roles import MEMBERS_MANAGE, Role, roles_of
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists.filters import Choices, KeyFilter, ListFilter, SearchFilter, SwitchFilter, WordFilter

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
    service = SwitchFilter(
        "user__is_service", label=_("Service members"), help_text="Seats for programs, or those of people."
    )
    state = WordFilter(
        label=_("State"),
        choices=[(ACTIVE, _("Members")), (FORMER, _("Former members"))],
        method="in_state",
        help_text="Former members: for who manages people.",
    )

    def not_for(self, membership: Seat) -> Iterable[str]:
        return () if sees_all_people(membership) else ("organisation",)

    def in_state(self, rows: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        """The list has begun with the right rows."""
        return rows

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
        if name == "state" and not member.can(MEMBERS_MANAGE):
            return []
        if name != "role":
            return super().choices_of(name)
        roles = list(Role) if sees_all_people(member) else roles_of(member.side)
        return [(role.value, role.label) for role in roles]


class InvitationFilter(ListFilter):
    q = SearchFilter(
        "email",
        lookup_expr="istartswith",
        label=_("Search invitations"),
        placeholder=_("Email"),
        longest=SEARCH_LENGTH,
        help_text="The beginning of the address.",
    )
    state = WordFilter(
        label=_("State"), choices=InvitationState.choices, method="in_state", help_text="Whether the link works."
    )
    organisation = KeyFilter(
        words=(VENDOR_SIDE,),
        label=_("Organisation"),
        method="in_organisation",
        drawn=False,
        help_text="A partner's id, or `vendor`. For who sees the people of all partners.",
    )

    def not_for(self, membership: Seat) -> Iterable[str]:
        return () if sees_all_people(membership) else ("organisation",)

    def in_state(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        is_open = value == InvitationState.OPEN
        return rows.filter(expires_at__gt=now()) if is_open else rows.filter(expires_at__lte=now())

    def in_organisation(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        return of_organisation(rows, value)


class AccessRequestFilter(ListFilter):
    status = WordFilter(label=_("Status"), choices=RequestStatus.choices, help_text="How it was answered.")
    waiting = SwitchFilter(label=_("Waits for me"), method="waits", help_text="Those that you can decide on now.")

    def waits(self, rows: QuerySet[AccessRequest], name: str, value: bool) -> QuerySet[AccessRequest]:
        mine = waiting_for(self.request.membership)
        return rows.filter(mine) if value else rows.exclude(mine)


class TokenFilter(ListFilter):
    state = WordFilter(
        label=_("State"), choices=TokenState.choices, method="in_state", help_text="What it is good for now."
    )

    def in_state(self, rows: QuerySet[ApiToken], name: str, value: str) -> QuerySet[ApiToken]:
        return rows.filter(tokens_in(TokenState(value)))
