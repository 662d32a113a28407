"""What is told about deals and their registrations."""

from deals.letters.deals import ABOUT_DEALS, CLOSED_DEALS, DEAL_LETTERS, DEAL_MAIL, ON_THE_DEAL, SHARED_WITH, deal_words
from deals.letters.registrations import REGISTRATION_LETTERS

LETTERS = (*DEAL_LETTERS, *REGISTRATION_LETTERS)

__all__ = ["ABOUT_DEALS", "CLOSED_DEALS", "DEAL_MAIL", "LETTERS", "ON_THE_DEAL", "SHARED_WITH", "deal_words"]
