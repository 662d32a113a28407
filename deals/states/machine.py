"""The table of the steps of deals (spec: states.md, Deal; rulings 15, 16, 20)."""

from functools import partial
from typing import Protocol

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.states.deals import (
    DEAL_CLONED,
    DEAL_NEXT,
    DEAL_OPENED,
    DEAL_TONES,
    EDIT_DEAL,
    FINAL,
    IS_ACTIVE,
    LOSING,
    OFFER_TAKEN,
    SHARE_DEAL,
    STAGES,
    WIN_DEAL,
    WRONG,
    DealStatus,
    asked_why,
)
from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import DEALS_CLOSE_WRONG, DEALS_EDIT, DEALS_MANAGE, PARTNER
from partnerhub.states import EITHER_SIDE, Api, Asks, Choice, Dialog, Machine, Step, Told, of_portal

while_active = partial(Step, sources=IS_ACTIVE, api=Api())


class MayBePrivate(Protocol):
    """A deal, as far as its machine asks."""

    @property
    def is_private(self) -> bool: ...


def is_not_shared(deal: MayBePrivate, actor: Actor) -> Reason:
    """Only a private deal has anybody left to share it with; nobody takes it back from whom it is shared with."""
    return Reason.of(
        "private",
        deal.is_private,
        met=_now("The deal is your organisation's alone so far."),
        missing=_now("The deal is shared already."),
        final=True,
    )


SHARE_STEP = while_active(
    *("share", _("Convert to shared deal")),
    target=None,
    permission=DEALS_MANAGE,
    side=PARTNER,
    conditions=(is_not_shared,),
    told=Told("deal.shared", _("Deal shared"), _("Shared with %(contact_name)s"), "info", "people", said="intro_note"),
    asks=SHARE_DEAL,
    dialog=Dialog(
        _("Share %(name)s"),
        *(
            _("The vendor sees it from then on, with its customer and its value. Nobody takes that back."),
            _("Add partner"),
            _("Cancel"),
            _("%(name)s is shared."),
        ),
        quotes="deals/share.html",
    ),
    api=Api(
        about="A private deal becomes a co-sell deal, for good: the vendor sees it from then on; the contact is told.",
    ),
)
DEAL = Machine(
    "deal",
    (
        while_active(
            *("edit", _("Change")),
            target=None,
            permission=DEALS_EDIT,
            side=PARTNER,
            told=Told("deal.changed", _("Deal changed"), _("Changed"), "info", "edit"),
            asks=EDIT_DEAL,
            dialog=Dialog(
                _("Change %(name)s"),
                _("Its customer stays. Its type only moves up: whoever sees the deal once keeps it."),
                *(_("Save"), _("Cancel"), _("%(name)s is saved.")),
            ),
        ),
        while_active(
            *("move", _("Change stage")),
            target=None,
            permission=DEALS_EDIT,
            side=PARTNER,
            told=Told("deal.moved", _("Stage of a deal changed"), _("Stage changed"), "info", "progress"),
            asks=Asks(
                "MoveDealBody",
                about="How far the sale has come, in percent.",
                fields=(Choice("stage", _("Stage"), STAGES, _("Choose a stage"), _("Choose a stage.")),),
                edits=True,
            ),
            dialog=Dialog(
                _("How far is %(name)s?"),
                _("The forecast counts it by its stage."),
                _("Save"),
                _("Cancel"),
                _("The stage of %(name)s is saved."),
            ),
        ),
        SHARE_STEP,
        while_active(
            *("win", _("Close as won")),
            target=DealStatus.WON,
            permission=DEALS_MANAGE,
            side=PARTNER,
            told=Told("deal.won", _("Deal won"), _("Won")),
            asks=WIN_DEAL,
            dialog=Dialog(_("Is %(name)s won?"), FINAL, _("Close as won"), done=_("%(name)s is won. Congratulations!")),
        ),
        while_active(
            *("lose", _("Close as lost")),
            target=DealStatus.LOST,
            permission=DEALS_MANAGE,
            side=PARTNER,
            told=Told("deal.lost", _("Deal lost"), _("Lost")),
            asks=asked_why("LoseDealBody", about="Why it was lost.", codes=LOSING),
            dialog=Dialog(
                _("Close %(name)s as lost?"), FINAL, _("Close as lost"), done=_("%(name)s is closed."), danger=True
            ),
        ),
        while_active(
            *("strike", _("Close as error")),
            target=DealStatus.ERROR,
            permission=DEALS_CLOSE_WRONG,
            side=EITHER_SIDE,
            told=Told("deal.struck", _("Deal closed as an error"), _("Closed as an error")),
            asks=asked_why("StrikeDealBody", about="What is wrong with the record.", codes=WRONG),
            dialog=Dialog(
                _("Close %(name)s as entered in error?"),
                *(FINAL, _("Close as error")),
                done=_("%(name)s is closed."),
                danger=True,
            ),
        ),
        of_portal(
            "engage",
            (DealStatus.ACCEPTED,),
            DealStatus.ENGAGED,
            Told("deal.engaged", _("Both sides at work on the deal"), _("Both at work"), "info", "people"),
        ),
    ),
    also=(DEAL_OPENED, OFFER_TAKEN, DEAL_CLONED),
    states=DealStatus,
    tones=DEAL_TONES,
    next=DEAL_NEXT,
    keep=_("Keep deal"),
)
