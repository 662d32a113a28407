"""Phone numbers as they are compared."""

import phonenumbers


def phone_digits(phone: str, country: str = "") -> str:
    """The number in E.164, read as one of this country where it says none; empty for what is no number."""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
