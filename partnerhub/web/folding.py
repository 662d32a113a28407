"""Names, websites and addresses in the one form in which they are compared, sorted and searched.

A folded name is what a person types without thinking of accents or case: `Łódź` and `lodz` are the same.
It is stored beside the name (COLLATE "C"), so that every database server sorts and searches alike.
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import idna

# What Unicode does not take apart into a letter and a mark.
FOLDED_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",
        "ĸ": "k",
        "ŋ": "n",
        "ə": "e",
        "ƒ": "f",
        "ƀ": "b",
        "ɨ": "i",
        "ʉ": "u",
        "ƶ": "z",
        "ǥ": "g",
    }
)
PUNCTUATION = str.maketrans(dict.fromkeys("‘’‚‛ʼ´`′", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒–—−", "-"))
# Marks that make another letter of it, not the same with an accent: nukta, kana voicing, virama.
KEPT_MARKS = frozenset({7, 8, 9})
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SCHEME = re.compile(r"^([a-z]+:)?//", re.IGNORECASE)
HOST_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
HOST_LENGTH = 253
PLAIN_HOST = re.compile(r"(?:(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!..--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
# What cannot be seen and belongs to no spelling: zero-width spaces, soft hyphens, fillers, marks and overrides of the
# writing direction (they make a name look like another), byte order marks, tags. The joiners U+200C and U+200D stay:
# Persian, the languages of India and emoji are spelled with them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
JOINERS = re.compile("[\u200c\u200d]")
WEBSITE = re.compile(r"([a-z]+:)?//|www\.|[^/]+\.[^/]+/|.*xn--", re.IGNORECASE)


def visible(text: str, *, address: bool = False) -> str:
    """The text without what cannot be seen; in an address (mail, website) nobody spells with joiners either."""
    text = INVISIBLE.sub("", text)
    return JOINERS.sub("", text) if address else text


def fold(text: str) -> str:
    """The text without case, accents, invisible characters and superfluous spaces. Folding twice changes nothing."""
    if text.isascii():
        return " ".join(CONTROL.sub(" ", text).lower().translate(PUNCTUATION).split())
    text = _apart(text.translate(PUNCTUATION)).casefold()
    letters = "".join(_letter(character) for character in _apart(text).casefold()).translate(FOLDED_LETTERS)
    return " ".join(unicodedata.normalize("NFC", letters).split())


def _apart(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


@lru_cache(maxsize=1024)
def _letter(character: str) -> str:
    """The character; a space for a control character; nothing for an accent or what cannot be seen."""
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    mark = unicodedata.combining(character)
    return "" if category in {"Cf", "Cs"} or (mark and mark not in KEPT_MARKS) else character


@lru_cache(maxsize=1024)  # of each lead it is asked four times
def host_of(website: str) -> str:
    """The host that a website's address names: lower case, IDN in its ASCII form, without `www.`, port and path.

    Raises ValueError for what no public website can have: no dot, an IP address, a mail address, another scheme.
    """
    address = website.strip()
    if CONTROL.search(address) or " " in address:
        raise ValueError("A website's address has no spaces.")
    parts = urlsplit(address if SCHEME.match(address) else f"//{address}")
    if parts.scheme not in {"", "http", "https"} or "@" in parts.netloc:
        raise ValueError("This is not the address of a website.")
    parts.port  # noqa: B018 - raises ValueError where the port is not a number
    host = _ascii_host(parts.hostname or "")
    while host.startswith("www.") and host.count(".") > 1:
        host = host.removeprefix("www.")
    return host


def search_words(text: str) -> list[str]:
    """What somebody looks for, word by word, as `fold` keeps names.

    Of a website's address, as it is pasted, the host alone is looked for, in the letters that people know.
    """
    return fold(" ".join(_sought(word) for word in visible(text).split())).split()


def _sought(word: str) -> str:
    name, at, domain = word.rpartition("@")
    if at:
        return f"{name}@{readable_host(domain.lower())}"
    if not WEBSITE.match(word):
        return word
    try:
        host = urlsplit(word if SCHEME.match(word) else f"//{word}").hostname or ""
    except ValueError:
        return word
    return readable_host(host.removeprefix("www."))


def website_words(website: str, host: str) -> str:
    """What a website is found by: as it was typed, and its host in the letters that people know."""
    readable = readable_host(host)
    return website if fold(readable) in fold(website) else f"{website} {readable}"


def email_domain(email: str) -> str:
    """The domain of a mail address: lower case, IDN in its ASCII form. Raises ValueError where there is none."""
    name, at, domain = email.strip().rpartition("@")
    if not name or not at:
        raise ValueError("A mail address has a name, an @ and a domain.")
    return _ascii_host(domain)


def host_name(host: str) -> str:
    """A host by itself as browsers send it: lower case, IDN in its ASCII form. Raises ValueError for anything else."""
    return _ascii_host(host.strip())


def readable_host(host: str) -> str:
    """The host in the letters that people know it by."""
    if "xn--" not in host:
        return host
    try:
        return idna.decode(host)
    except idna.IDNAError:
        return host


def _ascii_host(host: str) -> str:
    """The host as the DNS knows it. idna.IDNAError is a ValueError."""
    if len(host) <= HOST_LENGTH and PLAIN_HOST.fullmatch(host):
        return host  # nothing is to be brought into another form
    host = idna.encode(host, uts46=True, std3_rules=True).decode().lower().removesuffix(".")
    labels = host.split(".")
    if len(labels) < 2 or len(host) > HOST_LENGTH or labels[-1].isdigit():
        raise ValueError("A host has at least two parts, and the last one is a name.")
    if not all(HOST_LABEL.match(label) for label in labels):
        raise ValueError("A part of a host has letters, digits and hyphens.")
    return host
