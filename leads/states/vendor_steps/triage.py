"""The steps of a lead in triage: who works on it, and that work begins."""

from django.utils.translation import gettext_lazy as _

from leads.states import conditions as needs
from leads.states.partner_steps import CANCEL, KEEP
from leads.states.told import GIVEN, again_words, undone_words
from leads.states.words import OPEN, Status
from partnerhub.roles import LEADS_TRIAGE, LEADS_WORK, VENDOR
from partnerhub.states import Api, Dialog, Step, Told, Undo

TRIAGE_STEPS = (
    Step(
        "assign",
        _("Assign"),
        OPEN,
        None,
        LEADS_TRIAGE,
        VENDOR,
        told=GIVEN,
        dialog=Dialog(
            _("Assign %(company)s"),
            _("The representative and the partner are told by email."),
            _("Assign"),
            CANCEL,
            _("%(company)s is assigned to %(representative)s."),
        ),
        api=Api("Assign a lead", "Give the lead to a representative, or to another one. The status stays."),
        undo=Undo(
            "undo_assign",
            Told(
                "lead.assignment_undone",
                _("Assignment undone"),
                _("Assignment undone"),
                icon="undo",
                said=undone_words,
            ),
            Api(
                "Undo an assignment",
                "Give the lead back to whoever had it, or to nobody, if nothing has happened to it since it was"
                " assigned.",
            ),
            done=again_words,
            kept=_("%(company)s has changed since it was assigned, so it stays as it is."),
        ),
        key="a",
    ),
    Step(
        "mark_seen",
        _("Mark as seen"),
        (Status.SUBMITTED,),
        None,
        LEADS_TRIAGE,
        VENDOR,
        (needs.needs_nobody, needs.not_seen),
        told=Told("lead.seen", _("Lead marked as seen"), _("Marked as seen"), icon="check", audience=VENDOR),
        dialog=Dialog(
            _("Mark %(company)s as seen?"),
            _("It needs no representative, and leaves Unassigned. The partner is not told."),
            _("Mark as seen"),
            KEEP,
            _("%(company)s is marked as seen."),
        ),
        api=Api(
            "Mark a lead as seen",
            "It needs no representative (POS, without sales support) and waits in triage no more.",
        ),
        at_once=True,
    ),
    Step(
        "unmark_seen",
        _("Put back into triage"),
        (Status.SUBMITTED,),
        None,
        LEADS_TRIAGE,
        VENDOR,
        (needs.seen,),
        told=Told(
            "lead.unseen", _("Lead put back into triage"), _("Lead put back into triage"), icon="undo", audience=VENDOR
        ),
        dialog=Dialog(
            _("Put %(company)s back into triage?"),
            _("It waits in Unassigned again. The partner is not told."),
            _("Put back into triage"),
            KEEP,
            _("%(company)s is in triage again."),
        ),
        api=Api("Put a lead back into triage", "The way back of *mark-seen*."),
        at_once=True,
    ),
    Step(
        "start",
        _("Put in progress"),
        (Status.SUBMITTED,),
        Status.IN_PROGRESS,
        LEADS_WORK,
        VENDOR,
        (needs.partner, needs.representative, needs.second_look, needs.review_decided),
        told=Told("lead.started", _("Lead put in progress"), _("In progress"), "info", "progress"),
        dialog=Dialog(
            _("Put %(company)s in progress?"),
            _("The partner is told that you are in contact with the business."),
            _("Put in progress"),
            KEEP,
            _("%(company)s is in progress."),
        ),
        api=Api("Put a lead in progress", "Its representative is in contact with the business."),
        at_once=True,
    ),
)
