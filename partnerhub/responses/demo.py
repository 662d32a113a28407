"""The demo's responses: of each partner the oldest request is accepted, the next one waits."""

from partnerhub.accounts.demo import PortalDemo, acting, with_role
from partnerhub.responses.services import RESPONSES, accept_response
from partnerhub.responses.states import ResponseStatus
from partnerhub.roles import Role


def fill_responses(demo: PortalDemo) -> None:
    """The channel manager accepts one of each partner's; whoever looks at the demo answers another one."""
    manager = with_role(demo.seats, Role.CHANNEL_MANAGER)
    with acting(demo.tenant, manager):
        rows = RESPONSES.rows(manager).filter(status=ResponseStatus.PENDING).order_by("-id")
        for first in {row.partner_id: row for row in rows}.values():
            accept_response(first.pk, seller=None, by=manager)
