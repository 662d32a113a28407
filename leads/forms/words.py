"""What the form says of a wrong answer: what is wrong, then how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MISSING: dict[str, Any] = {
    "company": _("Enter the name of the business."),
    "website": _("Enter the website, for example shop.example."),
    "country": _("Choose the country of the business."),
    "locations": _("Enter a whole number, 1 or more."),
    "first_name": _("Enter the first name of the contact."),
    "last_name": _("Enter the last name of the contact."),
    "email": _("Enter the email address of the contact."),
    "store_url": _("Enter the address of their store: you said that they are a merchant already."),
    "consent": _("Tick this when the contact has agreed. Without their agreement a lead cannot be submitted."),
    "consent_basis": _("Choose how the contact agreed."),
    "consent_date": _("Enter the day on which the contact agreed."),
    "terms": _("Read the program terms and tick this to accept them."),
}
MISSING_ANSWER = _("This answer is missing. Fill it in.")

HELP: dict[str, Any] = {
    "email": _("Their own address at the business."),
    "consent": _("Required. Your name and the day are kept with it."),
}
TERMS_SHOWN = _("Required. Version %(version)s, shown above.")

NOT_DECIMAL = _("This is not a number. Write it like %(example)s.")
TOO_PRECISE = _("Shorten this number: at most %(digits)s digits, and %(decimals)s after the decimal sign.")
DAY_OUT_OF_REACH = _("Check the year: it is between %(first)s and %(last)s.")
TICK_MISSING = _("Tick this: it is required.")
TICK_REQUIRED = _("Required.")

CHOICES_MISSING = _("Write at least two choices, one on each line.")
CHOICE_TOO_LONG = _("Shorten the choices: each has at most %(length)s characters.")
TOO_MANY_CHOICES = _("Leave out some choices: there are at most %(most)s.")

PHONE_WRONG = _("This is no complete phone number. Write it like %(example)s.")

READY_WITHOUT_STORE = _("Only a merchant can upgrade. Tick “Already a merchant” as well, or clear this.")
TERMS_CHANGED = _("The program terms have changed since you opened this page. Read version %(version)s and tick again.")
FILES_AGAIN = _("Choose your files again before you submit: a browser does not keep them on a page that comes back.")
