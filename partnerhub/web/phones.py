"""Telephone numbers: kept as E.164, shown in groups with the country code."""

import phonenumbers
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
)

ANYWHERE = "+49 30 123456"


def normal_phone(text: str, country: str) -> str:
    """The number as it is kept: `+49405550731`, an extension behind it as in RFC 3966: `+49405550731;ext=12`.

    `country` (ISO 3166) says where a number without a country code is; it may be empty. Raises ValueError for what
    nobody could dial. The length is checked and not the range: carriers open new ranges faster than tables follow.
    """
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException as error:
        raise ValueError(str(error)) from None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValueError("The number is too short, too long, or without its area.")
    kept = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{kept};ext={number.extension}" if number.extension else kept


def phone_text(kept: str) -> str:
    """`+49 40 5550731` of a kept number; anything else as it is."""
    try:
        return _written(phonenumbers.parse(kept))
    except NumberParseException:
        return kept


def phone_cell(kept: str) -> str:
    """`+47 22000000`, for a table: without the space a spreadsheet takes it for a number and drops the plus."""
    digits = kept.removeprefix("+")
    if not digits.isdecimal():
        return phone_text(kept)  # with an extension
    code = next((digits[:end] for end in (1, 2, 3) if int(digits[:end]) in COUNTRY_CODE_TO_REGION_CODE), "")
    return f"+{code} {digits[len(code) :]}" if code and kept != digits else kept


def example_phone(country: str) -> str:
    """How a number of this country looks; somebody's, where the country is none or unknown."""
    number = phonenumbers.example_number(country) if country else None
    return _written(number) if number else ANYWHERE


def _written(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
