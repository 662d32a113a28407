"""What is told about deal registrations: that they wait, end soon, are over, and what became of an extension."""

from django.utils.translation import gettext_lazy as _

from deals.letters.deals import DEAL_MAIL, ON_THE_DEAL
from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, Holders, the_vendor
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.roles import DEALS_PROTECT, DEALS_VIEW

REGISTRATION_MAIL = Purpose(
    "deal-registration",
    _("Registration of deals"),
    _("A registration waits for a decision, ends soon or is over; an extension is asked for or answered."),
    BOTH_SIDES,
    DEAL_MAIL,
    permission=DEALS_VIEW,
    stop=_("Stop mail about the registration of deals"),
)
WHO_DECIDE = Circle(
    "deal-registrars",
    _("Decides on deal registrations"),
    Holders(DEALS_PROTECT, the_vendor),
    _("You get this because you decide on deal registrations at %(tenant)s."),
)
TO_REGISTERED = (Rule(REGISTRATION_MAIL, ((ON_THE_DEAL,),)),)
TO_REGISTRARS = (Rule(REGISTRATION_MAIL, ((WHO_DECIDE,),)),)
ABOUT_REGISTRATIONS = LettersAbout(((_("Customer"), "customer"), (_("Partner"), "partner")), see=_("See registration"))
ASKER_SAYS = (_("%(actor)s writes"), "reason_text")
REGISTRATION_LETTERS = (
    Telling(
        "dealregistration.held",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s: its registration waits for your decision"),
            _("%(partner)s shares %(name)s"),
            _("The business is protected for another partner until %(until_moment)s. Register the deal, or do not."),
        ),
        TO_REGISTRARS,
    ),
    Telling(
        "dealregistration.started",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s is registered"),
            _("%(name)s is registered"),
            _("The customer is protected for you until %(until_moment)s."),
        ),
        TO_REGISTERED,
    ),
    Telling(
        "dealregistration.refused",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s is not registered"),
            _("%(name)s is not registered"),
            _("The deal goes on, and nothing is protected by it."),
            quote=ASKER_SAYS,
        ),
        TO_REGISTERED,
    ),
    Telling(
        "dealregistration.ends_soon",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s: its registration ends soon"),
            _("The registration of %(name)s ends on %(until_moment)s"),
            _("Until then the customer is protected for you. You can ask for an extension once."),
        ),
        TO_REGISTERED,
    ),
    Telling(
        "dealregistration.expired",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s: its registration has expired"),
            _("The registration of %(name)s has expired"),
            _("Other partners may register this business now. The deal goes on."),
        ),
        TO_REGISTERED,
    ),
    Telling(
        "dealregistration.extension_asked",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s: %(partner)s asks for an extension"),
            _("%(partner)s asks to protect the customer of %(name)s longer"),
            _("It is protected until %(until_moment)s. Grant more days, or refuse."),
            quote=ASKER_SAYS,
        ),
        TO_REGISTRARS,
    ),
    Telling(
        "dealregistration.extension_granted",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s: the extension is granted"),
            _("The extension for %(name)s is granted"),
            _("The customer is protected for you until %(until_moment)s."),
        ),
        TO_REGISTERED,
    ),
    Telling(
        "dealregistration.extension_refused",
        ABOUT_REGISTRATIONS.letter(
            _("%(name)s: the extension is refused"),
            _("The extension for %(name)s is refused"),
            _("The customer stays protected for you until %(until_moment)s."),
            quote=ASKER_SAYS,
        ),
        TO_REGISTERED,
    ),
)
