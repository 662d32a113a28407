"""The page of two customers that may be one: side by side, merged from here, or said to be two."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.models import Duplicate
from deals.services import DUPLICATES, MERGEABLES
from deals.states import Status
from deals.tables import DuplicateList
from partnerhub.records.actions import actions_of
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import CUSTOMERS_MANAGE, VENDOR
from partnerhub.web.actions import Action, Arranged, Way
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part


def _side_by_side(page: RecordView, pair: Duplicate) -> Mapping[str, Any]:
    both = (pair.one, pair.twin)
    headings = (_now("Known for longer"), _now("Came later"))
    values = MERGEABLES[pair.kind].choices.values()
    return {
        "sides": [{"record": one, "heading": heading} for one, heading in zip(both, headings, strict=True)],
        "rows": [(choice.label, [choice.text(one) for one in both]) for choice in values],
        "links": [],
    }


class DuplicateView(RecordView):
    kept, record_list, id_name, first = DUPLICATES, DuplicateList, "duplicate_id", ("merge", "ask_again")
    line = (
        Fact("", cell.Text("get_likeness_display")),
        Fact(_("customers of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
        Fact(_("found on %(day)s"), cell.Date("created_at")),
    )
    main = (NEXT, Part("deals/duplicate.html", _side_by_side))
    aside = (TIMELINE,)

    def actions(self, record: Duplicate) -> Arranged:
        me = self.request.membership
        also = []
        if record.status == Status.OPEN and me.can(CUSTOMERS_MANAGE):
            url = f"{reverse(f'deals:{record.kind}-merge', args=[record.one.pk])}?other={record.twin.pk}"
            also.append(Action("merge", _("Merge"), url, way=Way.PAGE))
        return actions_of(self.kept, record, me, first=self.first, also=also)
