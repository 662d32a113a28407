"""The programs, own fields and businesses of the demo: invented, on the reserved domain example.org."""

from dataclasses import dataclass
from typing import Any

from leads.states import FieldKind, Status


@dataclass(frozen=True)
class AskedLead:
    """An own field of a program, and the answers that leads have to it, over and over; None: none."""

    label: str
    kind: FieldKind
    answers: tuple[Any, ...]
    program: str = "pos"
    help_text: str = ""
    choices: tuple[str, ...] = ()
    vendor_only: bool = False


@dataclass(frozen=True)
class FilledLead:
    """What a portal of the demo has of leads: names of programs by kind, own fields, how many leads by partner."""

    programs: dict[str, str]
    leads: dict[str, int]
    own_fields: tuple[AskedLead, ...]


PORTALS = {
    "tallvik": FilledLead(
        programs={"pos": "POS", "plus": "Plus"},
        leads={"Nordwind Retail GmbH": 64, "Baltkassa OÜ": 14, "Revontuli Retail Oy": 8},
        own_fields=(
            AskedLead(
                "Till contract ends",
                FieldKind.DATE,
                ("2027-01-31", None, "2027-06-30"),
                help_text="The contract with their present supplier, if you know it.",
            ),
            AskedLead("Sells on a market stall too", FieldKind.CHECKBOX, (False, True, False)),
            AskedLead(
                "Credit check",
                FieldKind.CHOICE,
                ("Good", None, "Needs a deposit"),
                choices=("Good", "Needs a deposit", "Refused"),
                vendor_only=True,
            ),
            AskedLead(
                "Expected first-year revenue, EUR", FieldKind.NUMBER, ("18400", "7250.5"), "plus", vendor_only=True
            ),
        ),
    ),
    "kasztan": FilledLead(
        programs={"pos": "Kasa", "plus": "Sklep Plus"},
        leads={"Sieć Dębowa Sp. z o.o.": 22, "Nordwind Polska": 9},
        own_fields=(
            AskedLead(
                "NIP", FieldKind.TEXT, ("526-000-12-46", None), help_text="Dziesięć cyfr, jeśli firma jest z Polski."
            ),
            AskedLead(
                "Ocena ryzyka", FieldKind.CHOICE, ("Niskie", None), choices=("Niskie", "Wysokie"), vendor_only=True
            ),
        ),
    ),
}
DEMO_TERMS = (
    "You may refer a business that agreed to be referred. We decide within our sales process whether the referral"
    " qualifies, and tell you why if it does not."
)

BUSINESSES = (
    ("Kamenná Lhota pivovar s.r.o.", "kamennalhota", "CZ", "Ondřej", "Vaněček"),
    ("Lüttmann Zweirad GmbH", "luettmann-zweirad", "DE", "Wiebke", "Lüttmann"),
    ("Optika Hvězdář s.r.o.", "optikahvezdar", "CZ", "Lenka", "Brázdilová"),
    ("Villaskog Trädgård AB", "villaskog", "SE", "Elin", "Hallbäck"),
    ("Pracownia Trzy Kłębki", "trzyklebki", "PL", "Hanna", "Sobolewska"),
    ("Delikatesy Brzozowa 8 Sp. z o.o.", "brzozowa8", "PL", "Paweł", "Gronek"),
    ("Møllebakken Vinhandel ApS", "moellebakkenvin", "DK", "Kirstine", "Holmgaard"),
    ("Strandholm Yachtservice GmbH", "strandholm-yacht", "DE", "Jasper", "Claasen"),
    ("Piekarnia Żytnia Dwunastka", "zytnia12", "PL", "Zofia", "Malczyk"),
    ("Hafenkontor Feinkost GmbH", "hafenkontor", "DE", "Jette", "Ahlers"),
    ("Bryggeplass Kolonial AS", "bryggeplass", "NO", "Sindre", "Haugland"),
    ("Lumikello Lastenvaate Oy", "lumikello", "FI", "Tuulikki", "Harjula"),
    ("Kavárna U Sedmi lip s.r.o.", "sedmilip", "CZ", "Božena", "Stránská"),
    ("Heidelund Bürobedarf GmbH", "heidelund", "DE", "Friederike", "Osterkamp"),
    ("Pracownia Wiklina i Len", "wiklina-len", "PL", "Danuta", "Wrońska"),
    ("Sandøya Sport AS", "sandoya-sport", "NO", "Marte", "Eikeland"),
    ("Gärtnerei Moorblick", "moorblick", "DE", "Onno", "Behrens"),
    ("Cukiernia Pod Wiązem", "podwiazem", "PL", "Irena", "Kowal"),
    ("Ekholm & Döttrar Glas AB", "ekholmglas", "SE", "Karin", "Ekholm"),
    ("Vinárna Na Hrázi s.r.o.", "nahrazi", "CZ", "Tomáš", "Kubát"),
    ("Wollkontor Elbufer GmbH", "wollkontor-elbufer", "DE", "Anke", "Petersen"),
    ("Łódzka Manufaktura Kawy", "lodzkakawa", "PL", "Łukasz", "Żak"),
    ("Fjordbris Frisør AS", "fjordbris", "NO", "Ingunn", "Solli"),
    ("Papeterie Zur Alten Post", "altepost", "DE", "Ulrike", "Brandt"),
    ("Rīgas Maizes Nams SIA", "maizesnams", "LV", "Ilze", "Bērziņa"),
    ("Tere Hommikust OÜ", "terehommikust", "EE", "Kadri", "Saar"),
    (
        "Villa Lavanda di Bianchi & Figli, Tenuta Agricola e Bottega dei Sapori",
        "villa-lavanda",
        "IT",
        "Chiara",
        "Bianchi",
    ),
    ("Ø", "oe-butikk", "NO", "Åse", "Ås"),
)

# How far the leads of the demo have come, over and over.
PATHS: tuple[tuple[str, bool, str], ...] = (
    ("pos", True, Status.SUBMITTED),
    ("plus", True, Status.MORE_INFO),
    ("pos", True, Status.IN_PROGRESS),
    ("plus", False, Status.SUBMITTED),
    ("pos", False, Status.SUBMITTED),
    ("pos", True, Status.AWARDED),
    ("plus", True, Status.IN_PROGRESS),
    ("pos", True, Status.NOT_ELIGIBLE),
    ("plus", True, Status.AWARDED),
    ("pos", True, Status.WITHDRAWN),
)
QUESTIONS_ASKED = (
    "How many checkouts do they have, and when does the contract of their present system end?",
    "Are the scales at the counter theirs, or leased?",
)
LEAD_PROBLEMS = (
    "Their till contract ends on 31 January and the old system cannot weigh and price cheese at the counter.",
    "Two systems, and every evening somebody types the sums by hand.",
    "They open a second shop in February and want one stock list for both.",
)
