"""What the Polish catalogue keeps to, besides being complete: the words and patterns of the glossary."""

import re

import pytest

from partnerhub.embedded import messages


def polish() -> list[tuple[str, str]]:
    """Each sentence and its translation, every plural form by itself."""
    catalogue = messages._read(messages.LOCALE_FOLDER / "pl" / "LC_MESSAGES" / "django.po")
    pairs = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, list | tuple) else [message.string]
        pairs += [(str(message.id), str(form)) for form in forms if message.id]
    return pairs


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"szans", "a lead is a potencjalny klient, a deal a transakcja"),
        (r"[Ss]elekcj", "triage is kwalifikacja"),
        (r"Proszę|\bPan[ia]?\b", "the reader is addressed as ty"),
        (r"Kto to zrobił|\w(ał|ił)[(/]", "no sentence needs a gender"),
        (r'"|“', "quotes are „ ”"),
        (r"%\((company|partner|tenant|organisation|vendor|business)\)s\.", "a company's name may end in a full stop"),
        (r"(?<![\w%<>-])[wzouiaWZOUIA] ", "a one-letter word keeps to the next by a non-breaking space"),
        (r"\b[2-9] potencjalni klienci|%\(\w+\)s potencjalni", "a masculine personal noun is in the genitive"),
    ],
)
def test_the_catalogue_has_none_of(pattern: str, why: str) -> None:
    assert [text for _id, text in polish() if re.search(pattern, text)] == [], why


def test_a_mail_greets_without_a_name() -> None:
    assert dict(polish())["Hello %(name)s,"] == "Dzień dobry,"


def test_a_lead_is_called_by_one_word() -> None:
    """Where the sentence says lead, the translation says potencjalny klient or, of what happens to it, zgłoszenie."""
    words = re.compile(r"otencjaln\w+\skli|głosze")
    other = [text for sentence, text in polish() if re.fullmatch(r".*\b[Ll]eads? (submitted|withdrawn).*", sentence)]
    assert other
    assert [text for text in other if not words.search(text)] == []
