"""The list as CSV: exactly what is filtered, in the list's order."""

from typing import Any

from django.http import HttpResponseBase

from leads.exports import leads_csv
from leads.filters import LeadFilter
from leads.tables import DEFAULT_ORDER, columns_for
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.lists import order_of
from partnerhub.web.views import PortalView


class LeadExportView(PortalView):
    permission = LEADS_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        member = request.membership
        order = order_of(request.GET.get("sort", ""), columns_for(member.side), DEFAULT_ORDER)
        return leads_csv(LeadFilter(request.GET, member), order, member)
