"""What a field of any form says of a wrong answer: what is wrong, then how to mend it."""

from django.utils.translation import gettext_lazy as _

EXAMPLE_HOST = "shop.example"

NOT_TEXT = _("This is not text. Write the answer in words.")
UNPRINTABLE_WORDS = _("There is a character in here that cannot be stored. Delete it and type the answer anew.")
TOO_LONG = _("Shorten this to %(limit_value)s characters or fewer; it has %(show_value)s now.")
NOT_IN_LIST = _("This is not one of the choices. Choose one from the list.")
NOT_TICK = _("This is neither yes nor no. Tick it, or leave it empty.")
NOT_NUMBER = _("Enter a whole number, 1 or more.")
TOO_MANY = _("Enter a number up to %(limit_value)s.")
NOT_DAY = _("This is not a day of the calendar. Enter it like 2026-11-30.")

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

DAY_TO_COME = _("This day is still to come. Enter today or a day before.")
DAY_LONG_AGO = _("This day is too long ago. Check the year.")
DAY_FAR_OFF = _("This day is more than ten years away. Check the year.")
