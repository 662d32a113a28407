"""The steps that decide on a lead, and those that take a decision back."""

from django.utils.translation import gettext_lazy as _

from leads.states import asks
from leads.states import conditions as needs
from leads.states.partner_steps import CANCEL
from leads.states.told import AWARDED, REFUSED
from leads.states.words import OPEN, Status
from partnerhub.roles import LEADS_AWARD, LEADS_SECOND, VENDOR
from partnerhub.states import Api, Dialog, Step, Told

DECISION_STEPS = (
    Step(
        "let_stand",
        _("Let it stand"),
        OPEN,
        None,
        LEADS_AWARD,
        VENDOR,
        (needs.in_review,),
        told=Told("lead.let_stand", _("Lead stands after its review"), _("Stands after the review"), icon="check"),
        dialog=Dialog(
            _("Let %(company)s stand?"),
            _("The review is over. The lead goes on as any other, and the partner is told."),
            _("Let it stand"),
            _("Keep it in review"),
            _("%(company)s stands. The partner is told."),
        ),
        api=Api(
            "Let a lead stand that was sent for review",
            "It goes on as any other lead: it can be put in progress, and is protected then.",
        ),
    ),
    Step(
        "award",
        _("Award"),
        (Status.SUBMITTED, Status.IN_PROGRESS),
        Status.AWARDED,
        LEADS_AWARD,
        VENDOR,
        (needs.decided_on_the_lead, needs.partner, needs.terms, needs.second_look, needs.not_the_submitter),
        told=AWARDED,
        dialog=Dialog(
            _("Award %(company)s?"),
            _("The partner earns a referral by the terms it accepted, and is told. Taking it back needs two people."),
            _("Award"),
            _("Do not award yet"),
            _("%(company)s is awarded."),
        ),
        api=Api("Award a lead", "The partner earns a referral. Taking it back needs two people."),
        key="e",
    ),
    Step(
        "refuse",
        _("Not eligible"),
        OPEN,
        Status.NOT_ELIGIBLE,
        LEADS_AWARD,
        VENDOR,
        (needs.decided_on_the_lead, needs.second_look),
        told=REFUSED,
        asks=asks.REFUSE,
        dialog=Dialog(
            _("Find %(company)s not eligible?"),
            _("The partner reads the reason, and may appeal once."),
            _("Not eligible"),
            _("Keep lead open"),
            _("%(company)s is not eligible. The partner is told why."),
            danger=True,
        ),
        api=Api("Find a lead not eligible", "With a reason and an explanation, which the partner reads."),
        key="r",
    ),
    Step(
        "reopen",
        _("Reopen"),
        (Status.NOT_ELIGIBLE,),
        Status.SUBMITTED,
        LEADS_AWARD,
        VENDOR,
        (needs.not_objected,),
        told=Told("lead.reopened", _("Lead reopened"), _("Reopened"), "info", "reload"),
        asks=asks.REASON,
        dialog=Dialog(
            _("Reopen %(company)s"),
            _("It becomes Submitted again. The earlier decision stays in the timeline."),
            _("Reopen"),
            CANCEL,
            _("%(company)s is open again."),
        ),
        api=Api("Reopen a refused lead", "It is *submitted* again; the refusal stays in the timeline."),
    ),
)

# Taking an award back needs two people (E4).
AWARD_STEPS = (
    Step(
        "question_award",
        _("Ask to take the award back"),
        (Status.AWARDED,),
        None,
        LEADS_AWARD,
        VENDOR,
        (needs.not_questioned,),
        told=Told(
            "lead.award_questioned",
            _("Asked to take an award back"),
            _("Asked to take the award back"),
            "warn",
            "help",
            audience=VENDOR,
        ),
        asks=asks.REASON,
        dialog=Dialog(
            _("Ask to take back the award of %(company)s"),
            _("A second person decides. Until then the lead stays awarded."),
            _("Ask to take the award back"),
            _("Keep the award"),
            _("A second person is asked to decide on %(company)s."),
            danger=True,
        ),
        api=Api("Ask to take an award back", "A second person decides; until then the lead stays awarded."),
    ),
    Step(
        "take_back_award",
        _("Take the award back"),
        (Status.AWARDED,),
        Status.IN_PROGRESS,
        LEADS_SECOND,
        VENDOR,
        (needs.questioned, needs.second_person),
        told=Told("lead.award_taken_back", _("Award taken back"), _("Award taken back"), "warn", "undo"),
        dialog=Dialog(
            _("Take back the award of %(company)s?"),
            _("The lead is in progress again and its referral ends. The partner is told."),
            _("Take the award back"),
            _("Keep the award"),
            _("The award of %(company)s is taken back."),
            danger=True,
            quotes="leads/quote_award.html",
        ),
        api=Api("Take an award back", "As the second person: the lead is in progress again."),
    ),
    Step(
        "keep_award",
        _("Keep the award"),
        (Status.AWARDED,),
        None,
        LEADS_SECOND,
        VENDOR,
        (needs.questioned, needs.second_person),
        told=Told("lead.award_kept", _("Award kept"), _("Award kept"), icon="check", audience=VENDOR),
        dialog=Dialog(
            _("Keep the award of %(company)s?"),
            _("The request to take it back is closed."),
            _("Keep the award"),
            CANCEL,
            _("%(company)s stays awarded."),
            quotes="leads/quote_award.html",
        ),
        api=Api("Keep an award", "As the second person: the request to take it back is closed."),
        at_once=True,
    ),
)
