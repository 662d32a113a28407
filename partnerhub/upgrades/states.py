"""The words of upgrade invitations, and the table of their steps (spec: states.md, Upgrade invitation)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import LEADS_AWARD, UPGRADES_MANAGE, VENDOR
from partnerhub.states import EITHER_SIDE, Api, Asks, Dialog, Machine, Step, Text, Told, of_outside, of_portal


class Status(models.TextChoices):
    SENT = "sent", pgettext_lazy("invitation", "Sent")
    OPENED = "opened", pgettext_lazy("invitation", "Opened")
    AGREED = "agreed", pgettext_lazy("invitation", "Agreed")
    ACTIVE = "active", pgettext_lazy("invitation", "Active")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")


ANSWERABLE = (Status.SENT, Status.OPENED)
OPEN = (*ANSWERABLE, Status.AGREED)
TONES = {
    Status.SENT: ("info", "send"),
    Status.OPENED: ("info", "eye"),
    Status.AGREED: ("warn", "clock"),
    Status.ACTIVE: ("good", "check"),
    Status.DECLINED: ("bad", "xc"),
    Status.EXPIRED: ("mute", "clock"),
    Status.WITHDRAWN: ("mute", "undo"),
}
NEXT = {
    Status.SENT: _("The owner of the store has the invitation. It works until %(day)s."),
    Status.OPENED: _("The owner is reading the terms. The invitation works until %(day)s."),
    Status.AGREED: _("The owner has agreed. The store is upgraded by %(moment)s."),
    Status.ACTIVE: _("The store is upgraded, and the lead is awarded."),
    Status.DECLINED: _("The owner does not want to upgrade. The lead is in triage again."),
    Status.EXPIRED: _("The owner has not answered in time. The lead is in triage again."),
    Status.WITHDRAWN: _("The link no longer works. The lead is in triage again."),
}
UPGRADED_BESIDE = _("The store is upgraded. The lead goes on as a deal.")
DELAYED = _("The upgrade is delayed: it was to be there by %(moment)s. The programme’s administrators are told.")

STORE_UPGRADED = Told("upgrade.active", _("Store upgraded"), _("Store upgraded"), "good", "award")
OWNER_REMINDED = Told("upgrade.reminded", _("Owner reminded of an upgrade"), _("Owner reminded"), icon="bell")

INVITATION = Machine(
    "upgradeinvitation",
    (
        of_outside(
            "open",
            (Status.SENT,),
            Status.OPENED,
            Told("upgrade.opened", _("Upgrade invitation opened"), _("Owner opened the invitation"), "mute"),
        ),
        of_outside(
            "agree",
            ANSWERABLE,
            Status.AGREED,
            Told("upgrade.agreed", _("Upgrade agreed to"), _("Owner agreed to the upgrade"), "good", "check"),
        ),
        of_outside(
            "decline",
            ANSWERABLE,
            Status.DECLINED,
            Told("upgrade.declined", _("Upgrade declined"), _("Owner declined the upgrade")),
        ),
        Step(
            "activate",
            _("Mark as upgraded"),
            (Status.AGREED,),
            Status.ACTIVE,
            LEADS_AWARD,
            VENDOR,
            told=STORE_UPGRADED,
            dialog=Dialog(
                _("Is the store of %(company)s upgraded?"),
                _("The lead is awarded, unless it goes on as a deal. The partner and the owner of the store are told."),
                keep=_("Not yet"),
                done=_("The store of %(company)s is upgraded."),
            ),
            api=Api("Mark a store as upgraded", "The lead is awarded unless it is a deal; partner and owner are told."),
        ),
        Step(
            "withdraw",
            _("Withdraw invitation"),
            ANSWERABLE,
            Status.WITHDRAWN,
            UPGRADES_MANAGE,
            EITHER_SIDE,
            told=Told("upgrade.withdrawn", _("Upgrade invitation withdrawn"), _("Invitation withdrawn")),
            asks=Asks(
                "WithdrawUpgradeBody",
                about="Why; partner and vendor read it, the owner does not.",
                fields=(Text("text", _("Why do you withdraw it?"), missing=_("Write why: the other side reads it.")),),
            ),
            dialog=Dialog(
                _("Withdraw the invitation to %(company)s?"),
                _("The link in the owner’s mail stops working, and the lead is in triage again."),
                done=_("The invitation to %(company)s is withdrawn."),
                danger=True,
            ),
            api=Api("Withdraw an upgrade invitation", "Its link stops working; the lead is in triage again."),
        ),
        of_portal("confirm", (Status.AGREED,), Status.ACTIVE, STORE_UPGRADED),
        Step(
            "remind_owner",
            _("Remind the owner"),
            ANSWERABLE,
            None,
            UPGRADES_MANAGE,
            EITHER_SIDE,
            told=OWNER_REMINDED,
            dialog=Dialog(
                _("Remind the owner of %(company)s?"),
                _("The owner gets the link by mail once more."),
                done=_("The owner of %(company)s gets the link once more."),
            ),
            api=Api("Remind the owner of a store", "The owner gets the link by mail once more."),
        ),
        of_portal(
            "expire",
            ANSWERABLE,
            Status.EXPIRED,
            Told("upgrade.expired", _("Upgrade invitation expired"), _("Invitation expired")),
        ),
        of_portal(
            "end",
            ANSWERABLE,
            Status.WITHDRAWN,
            Told("upgrade.ended", _("Upgrade invitation ended with its lead"), _("Invitation ended")),
        ),
        of_portal(
            "remind",
            ANSWERABLE,
            None,
            OWNER_REMINDED,
        ),
        of_portal(
            "warn",
            (Status.AGREED,),
            None,
            Told("upgrade.late", _("Upgrade is late"), _("Upgrade is late"), "warn", "clock"),
        ),
    ),
    also=(Told("upgrade.sent", _("Upgrade invitation sent"), _("Upgrade invitation sent"), "info", "send"),),
    states=Status,
    tones=TONES,
    next=NEXT,
    keep=_("Keep invitation"),
)
