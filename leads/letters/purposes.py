"""What mail about leads is for, as the Communication page shows it."""

from django.utils.translation import gettext_lazy as _

from notifications.states import BOTH_SIDES, Purpose, PurposeGroup
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_VIEW, PARTNER, VENDOR

ACTIVITY = PurposeGroup("leads", _("Get notified about lead activity"))
CONFIRMATION = Purpose(
    "lead-confirmation",
    _("Confirmation of leads"),
    _("A copy of each lead you submit, with its number and all details."),
    frozenset({PARTNER}),
    ACTIVITY,
    permission=LEADS_SUBMIT,
    stop=_("Stop lead confirmations"),
)
NEW = Purpose(
    "lead-new",
    _("New leads"),
    _("A partner has submitted a lead."),
    frozenset({VENDOR}),
    ACTIVITY,
    permission=LEADS_TRIAGE,
    stop=_("Stop mail about new leads"),
)
CHANGES = Purpose(
    "lead-status",
    _("Changes of leads"),
    _("A lead gets a representative, a question, an answer or another status."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about changes of leads"),
)
SHARED_MESSAGE = Purpose(
    "shared-message",
    _("Shared messages"),
    _("The other side has written a message about a lead."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about shared messages"),
)
