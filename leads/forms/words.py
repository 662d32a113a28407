"""What the form says of a wrong answer: what is wrong, then how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

EXAMPLE_HOST = "shop.example"

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

NOT_TEXT = _("This is not text. Write the answer in words.")
UNPRINTABLE = _("There is a character in here that cannot be stored. Delete it and type the answer anew.")
TOO_LONG = _("Shorten this to %(limit_value)s characters or fewer; it has %(show_value)s now.")
NOT_IN_LIST = _("This is not one of the choices. Choose one from the list.")
NOT_TICK = _("This is neither yes nor no. Tick it, or leave it empty.")
NOT_NUMBER = _("Enter a whole number, 1 or more.")
TOO_MANY = _("Enter a number up to %(limit_value)s.")
NOT_DAY = _("This is not a day of the calendar. Enter it like 2026-11-30.")
NOT_DECIMAL = _("This is not a number. Write it like %(example)s.")
TOO_PRECISE = _("Shorten this number: at most %(digits)s digits, and %(decimals)s after the decimal sign.")
DAY_OUT_OF_REACH = _("Check the year: it is between %(first)s and %(last)s.")
TICK_MISSING = _("Tick this: it is required.")
TICK_REQUIRED = _("Required.")

CHOICES_MISSING = _("Write at least two choices, one on each line.")
CHOICE_TOO_LONG = _("Shorten the choices: each has at most %(length)s characters.")
TOO_MANY_CHOICES = _("Leave out some choices: there are at most %(most)s.")

WEBSITE_IS_MAIL = _("This is an email address. Enter the website, for example shop.example.")
WEBSITE_WITHOUT_ENDING = _("Add the ending of the address, for example %(text)s.example.")
WEBSITE_WITH_SPACES = _("An address has no spaces. Enter one website, for example shop.example.")
WEBSITE_WRONG = _("This is not the address of a public website. Enter it like shop.example.")

MAIL_WITHOUT_AT = _("Add the @ and the part after it, for example %(text)s@%(example)s.")
MAIL_WITHOUT_DOMAIN = _("Add the part after the @, for example %(example)s.")
MAIL_WITHOUT_NAME = _("Add the part before the @, for example name@%(example)s.")
MAIL_WITH_SPACES = _("An email address has no spaces. Enter one address, for example name@%(example)s.")
MAIL_DOMAIN_WRONG = _("Check the part after the @. It should look like %(example)s.")
MAIL_NAME_WRONG = _("Check the part before the @. It has a character that email addresses do not have.")

PHONE_WRONG = _("This is no complete phone number. Write it like %(example)s.")

DAY_TO_COME = _("This day is still to come. Enter the day on which they agreed, today at the latest.")
DAY_LONG_AGO = _("This day is too long ago. Check the year.")
DAY_FAR_OFF = _("This day is more than ten years away. Check the year.")

READY_WITHOUT_STORE = _("Only a merchant can upgrade. Tick “Already a merchant” as well, or clear this.")
TERMS_CHANGED = _("The program terms have changed since you opened this page. Read version %(version)s and tick again.")
FILES_AGAIN = _("Choose your files again before you submit: a browser does not keep them on a page that comes back.")
