"""The lists of upgrade invitations, and of the versions of their terms."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.models import Lead
from partnerhub.records.many import step_on_many
from partnerhub.roles import LEADS_VIEW, PARTNER, PROGRAMS_MANAGE, VENDOR
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.services import INVITATIONS
from partnerhub.upgrades.states import TONES, Status
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell

WITHDRAW_MANY = step_on_many(
    INVITATIONS,
    "withdraw",
    _("The links in the owners’ mails stop working, and the leads are in triage again."),
    ngettext_lazy("%(count)s invitation is withdrawn.", "%(count)s invitations are withdrawn.", "count"),
    icon="undo",
)
REMIND_MANY = step_on_many(
    INVITATIONS,
    "remind_owner",
    _("Each owner gets the link by mail once more."),
    ngettext_lazy("%(count)s owner is reminded.", "%(count)s owners are reminded.", "count"),
    icon="bell",
)


class InvitationList(ListOf):
    """The upgrade invitations that a member may see, the latest first unless sorted otherwise."""

    name, title, section = "upgrade-invitations", _("Upgrade invitations"), _("Referrals")
    about = {
        PARTNER: _("Owners of stores whom your organisation has suggested an upgrade to."),
        VENDOR: _("Owners of stores whom partners have suggested an upgrade to."),
    }
    counted = ngettext_lazy("%(number)s invitation", "%(number)s invitations", "count")
    kept, page_name = INVITATIONS, "upgrades:invitations"
    permission = LEADS_VIEW
    narrowed_by = ("status", "sent")
    default_order = "-sent"
    live = "upgradeinvitation"
    columns = (
        Column(
            "company",
            _("Company"),
            "company_key",
            always=True,
            cell=cell.Link("company", to=UpgradeInvitation.urls),
        ),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("store", _("Store"), css="mid", cell=cell.Outside("store_host", where="store_url")),
        Column("lead", _("Lead"), css="late", cell=cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
        Column("sent", _("Sent"), "created_at", cell=cell.Day("created_at")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    bulk = (REMIND_MANY, WITHDRAW_MANY)
    nothing_found = Blank("search", _("No invitation matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("up", _("No invitations yet"), _("They are sent from Plus leads whose business has a store."))


class TermsList(ListOf):
    """The versions of the terms, the newest first."""

    name, title, section = "upgrade-terms", _("Upgrade terms"), _("Programme")
    about = _("What the owner of a store agrees to. New invitations go out with the newest version.")
    counted = ngettext_lazy("%(number)s version", "%(number)s versions", "count")
    page_name = "upgrades:terms"
    permission = PROGRAMS_MANAGE
    default_order, changed = "-version", ""
    columns = (
        Column("version", _("Version"), "number", always=True, cell=cell.Link(str, to=UpgradeTerms.urls)),
        Column("languages", _("Languages"), cell=cell.Tags(lambda terms: sorted(terms.texts))),
        Column("days", _("Days to answer"), css="late", cell=cell.Number("answer_days")),
        Column("by", _("Published by"), css="mid", cell=cell.Text("published_by.name")),
        Column("published", _("Published"), cell=cell.Day("published_at")),
    )
    nothing_found = Blank("search", _("No version matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("file", _("No terms yet"), _("Publish the first version: invitations can’t be sent before."))

    def rows(self) -> QuerySet[Any]:
        return UpgradeTerms.objects.select_related("published_by__user")
