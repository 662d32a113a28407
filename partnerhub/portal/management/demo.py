"""The people and businesses of the demo: invented, on the reserved domain example.org."""

from dataclasses import dataclass, field
from typing import Any

from leads.states import FieldKind, Status
from partnerhub.roles import Role


@dataclass(frozen=True)
class Person:
    name: str
    address: str
    roles: tuple[Role, ...]
    partner: str = ""
    title: str = ""
    phone: str = ""
    zone: str = ""
    language: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}.example.org"


@dataclass(frozen=True)
class Asked:
    """An own field of a program, and the answers that leads have to it, over and over; None: none."""

    label: str
    kind: FieldKind
    answers: tuple[Any, ...]
    program: str = "pos"
    help_text: str = ""
    choices: tuple[str, ...] = ()
    vendor_only: bool = False


@dataclass(frozen=True)
class Portal:
    """A tenant of the demo: `programs` maps a kind to the tenant's own name for it."""

    slug: str
    name: str
    hue: int
    chroma: str
    language: str
    zone: str
    support: str
    postal_address: str
    programs: dict[str, str]
    partners: dict[str, str]
    people: tuple[Person, ...]
    words: str = ""
    leads: dict[str, int] = field(default_factory=dict)
    own_fields: tuple[Asked, ...] = ()


TALLVIK = Portal(
    slug="tallvik",
    name="Tallvik Commerce",
    hue=210,
    chroma="0.085",
    language="en",
    zone="Europe/Oslo",
    support="partners@tallvik.example.org",
    postal_address="Tallvik Commerce AS, Bryggegata 4, 0250 Oslo, Norway",
    programs={"pos": "POS", "plus": "Plus"},
    partners={"Nordwind Retail GmbH": "DE", "Baltkassa OÜ": "EE", "Revontuli Retail Oy": "FI"},
    leads={"Nordwind Retail GmbH": 64, "Baltkassa OÜ": 14, "Revontuli Retail Oy": 8},
    own_fields=(
        Asked(
            "Till contract ends",
            FieldKind.DATE,
            ("2027-01-31", None, "2027-06-30"),
            help_text="The contract with their present supplier, if you know it.",
        ),
        Asked("Sells on a market stall too", FieldKind.CHECKBOX, (False, True, False)),
        Asked(
            "Credit check",
            FieldKind.CHOICE,
            ("Good", None, "Needs a deposit"),
            choices=("Good", "Needs a deposit", "Refused"),
            vendor_only=True,
        ),
        Asked("Expected first-year revenue, EUR", FieldKind.NUMBER, ("18400", "7250.5"), "plus", vendor_only=True),
    ),
    people=(
        Person("Agnes Holm", "agnes.holm@tallvik", (Role.PROGRAMME_ADMIN,), title="Head of partner programme"),
        Person("Ilse Brandvold", "ilse.brandvold@tallvik", (Role.CHANNEL_MANAGER,), title="Channel manager, Nordics"),
        Person("Mikael Rosenqvist", "mikael.rosenqvist@tallvik", (Role.CHANNEL_MANAGER,), title="Channel manager"),
        Person(
            "Solveig Aastad",
            "solveig.aastad@tallvik",
            (Role.SALES_REPRESENTATIVE,),
            title="Sales, Germany and the Nordics",
            phone="+47 22 55 50 18",
            zone="Europe/Oslo",
        ),
        Person(
            "Agnieszka Tarnas",
            "agnieszka.tarnas@tallvik",
            (Role.SALES_REPRESENTATIVE,),
            title="Sales, Poland and Czechia",
            phone="+48 22 555 01 24",
            zone="Europe/Warsaw",
        ),
        Person("Petra Lindgren", "petra.lindgren@tallvik", (Role.FINANCE,), title="Finance"),
        Person(
            "Tjark Hinrichs",
            "tjark.hinrichs@nordwind",
            (Role.ACCOUNT_ADMIN,),
            "Nordwind Retail GmbH",
            "Head of partnerships",
            zone="Europe/Berlin",
        ),
        Person(
            "Maren Feddersen",
            "maren.feddersen@nordwind",
            (Role.REFERRALS_ADMIN,),
            "Nordwind Retail GmbH",
            "Partner manager",
            zone="Europe/Berlin",
        ),
        Person(
            "Rasmus Lindtorp",
            "rasmus.lindtorp@nordwind",
            (Role.REFERRALS_USER,),
            "Nordwind Retail GmbH",
            "Field sales",
            zone="Europe/Berlin",
        ),
        Person(
            "Katarzyna Wolnik",
            "katarzyna.wolnik@nordwind",
            (Role.BUSINESS_PROFILE_ADMIN,),
            "Nordwind Retail GmbH",
            "Office manager",
            zone="Europe/Warsaw",
        ),
        Person("Liis Tamm", "liis.tamm@baltkassa", (Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN), "Baltkassa OÜ"),
        Person(
            "Aino Korhonen",
            "aino.korhonen@revontuli",
            (Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN),
            "Revontuli Retail Oy",
        ),
    ),
)

KASZTAN = Portal(
    slug="kasztan",
    name="Kasztan Pay",
    hue=25,
    chroma="0.110",
    language="pl",
    zone="Europe/Warsaw",
    support="partnerzy@kasztan.example.org",
    postal_address="Kasztan Pay S.A., ul. Kasztanowa 12, 00-001 Warszawa",
    programs={"pos": "Kasa", "plus": "Sklep Plus"},
    words="Strefa partnera",
    partners={"Sieć Dębowa Sp. z o.o.": "PL", "Nordwind Polska": "PL"},
    leads={"Sieć Dębowa Sp. z o.o.": 22, "Nordwind Polska": 9},
    own_fields=(
        Asked("NIP", FieldKind.TEXT, ("526-000-12-46", None), help_text="Dziesięć cyfr, jeśli firma jest z Polski."),
        Asked("Ocena ryzyka", FieldKind.CHOICE, ("Niskie", None), choices=("Niskie", "Wysokie"), vendor_only=True),
    ),
    people=(
        Person("Halina Zawadzka", "halina.zawadzka@kasztan", (Role.PROGRAMME_ADMIN,)),
        Person("Bartosz Kmita", "bartosz.kmita@kasztan", (Role.CHANNEL_MANAGER,)),
        Person(
            "Ewa Sroka",
            "ewa.sroka@kasztan",
            (Role.SALES_REPRESENTATIVE,),
            title="Opiekunka partnerów",
            phone="+48 22 555 02 10",
        ),
        Person("Jan Olszak", "jan.olszak@kasztan", (Role.FINANCE,)),
        Person("Dorota Lis", "dorota.lis@debowa", (Role.ACCOUNT_ADMIN,), "Sieć Dębowa Sp. z o.o."),
        Person("Paweł Gronek", "pawel.gronek@debowa", (Role.REFERRALS_ADMIN,), "Sieć Dębowa Sp. z o.o."),
        Person("Zofia Malczyk", "zofia.malczyk@debowa", (Role.REFERRALS_USER,), "Sieć Dębowa Sp. z o.o."),
        Person("Hanna Sobolewska", "hanna.sobolewska@debowa", (Role.BUSINESS_PROFILE_ADMIN,), "Sieć Dębowa Sp. z o.o."),
        # A person with a seat in both portals.
        Person("Maren Feddersen", "maren.feddersen@nordwind", (Role.REFERRALS_ADMIN,), "Nordwind Polska"),
    ),
)

PORTALS = (TALLVIK, KASZTAN)

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
PROBLEMS = (
    "Their till contract ends on 31 January and the old system cannot weigh and price cheese at the counter.",
    "Two systems, and every evening somebody types the sums by hand.",
    "They open a second shop in February and want one stock list for both.",
)
