"""The people of the demo: invented, on the reserved domain example.org."""

from dataclasses import dataclass

from partnerhub.roles import Role


@dataclass(frozen=True)
class DemoMember:
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
class DemoPortal:
    """A tenant of the demo."""

    slug: str
    name: str
    hue: int
    chroma: str
    language: str
    zone: str
    support: str
    postal_address: str
    partners: dict[str, str]
    people: tuple[DemoMember, ...]
    words: str = ""


TALLVIK = DemoPortal(
    slug="tallvik",
    name="Tallvik Commerce",
    hue=210,
    chroma="0.085",
    language="en",
    zone="Europe/Oslo",
    support="partners@tallvik.example.org",
    postal_address="Tallvik Commerce AS, Bryggegata 4, 0250 Oslo, Norway",
    partners={"Nordwind Retail GmbH": "DE", "Baltkassa OÜ": "EE", "Revontuli Retail Oy": "FI"},
    people=(
        DemoMember("Agnes Holm", "agnes.holm@tallvik", (Role.PROGRAMME_ADMIN,), title="Head of partner programme"),
        DemoMember(
            "Ilse Brandvold", "ilse.brandvold@tallvik", (Role.CHANNEL_MANAGER,), title="Channel manager, Nordics"
        ),
        DemoMember("Mikael Rosenqvist", "mikael.rosenqvist@tallvik", (Role.CHANNEL_MANAGER,), title="Channel manager"),
        DemoMember(
            "Solveig Aastad",
            "solveig.aastad@tallvik",
            (Role.SALES_REPRESENTATIVE,),
            title="Sales, Germany and the Nordics",
            phone="+47 22 55 50 18",
            zone="Europe/Oslo",
        ),
        DemoMember(
            "Agnieszka Tarnas",
            "agnieszka.tarnas@tallvik",
            (Role.SALES_REPRESENTATIVE,),
            title="Sales, Poland and Czechia",
            phone="+48 22 555 01 24",
            zone="Europe/Warsaw",
        ),
        DemoMember("Petra Lindgren", "petra.lindgren@tallvik", (Role.FINANCE,), title="Finance"),
        DemoMember(
            "Tjark Hinrichs",
            "tjark.hinrichs@nordwind",
            (Role.ACCOUNT_ADMIN,),
            "Nordwind Retail GmbH",
            "Head of partnerships",
            zone="Europe/Berlin",
        ),
        DemoMember(
            "Maren Feddersen",
            "maren.feddersen@nordwind",
            (Role.REFERRALS_ADMIN,),
            "Nordwind Retail GmbH",
            "Partner manager",
            zone="Europe/Berlin",
        ),
        DemoMember(
            "Rasmus Lindtorp",
            "rasmus.lindtorp@nordwind",
            (Role.REFERRALS_USER,),
            "Nordwind Retail GmbH",
            "Field sales",
            zone="Europe/Berlin",
        ),
        DemoMember(
            "Katarzyna Wolnik",
            "katarzyna.wolnik@nordwind",
            (Role.BUSINESS_PROFILE_ADMIN,),
            "Nordwind Retail GmbH",
            "Office manager",
            zone="Europe/Warsaw",
        ),
        DemoMember("Liis Tamm", "liis.tamm@baltkassa", (Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN), "Baltkassa OÜ"),
        DemoMember(
            "Aino Korhonen",
            "aino.korhonen@revontuli",
            (Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN),
            "Revontuli Retail Oy",
        ),
    ),
)

KASZTAN = DemoPortal(
    slug="kasztan",
    name="Kasztan Pay",
    hue=25,
    chroma="0.110",
    language="pl",
    zone="Europe/Warsaw",
    support="partnerzy@kasztan.example.org",
    postal_address="Kasztan Pay S.A., ul. Kasztanowa 12, 00-001 Warszawa",
    words="Strefa partnera",
    partners={"Sieć Dębowa Sp. z o.o.": "PL", "Nordwind Polska": "PL"},
    people=(
        DemoMember("Halina Zawadzka", "halina.zawadzka@kasztan", (Role.PROGRAMME_ADMIN,)),
        DemoMember("Bartosz Kmita", "bartosz.kmita@kasztan", (Role.CHANNEL_MANAGER,)),
        DemoMember(
            "Ewa Sroka",
            "ewa.sroka@kasztan",
            (Role.SALES_REPRESENTATIVE,),
            title="Opiekunka partnerów",
            phone="+48 22 555 02 10",
        ),
        DemoMember("Jan Olszak", "jan.olszak@kasztan", (Role.FINANCE,)),
        DemoMember("Dorota Lis", "dorota.lis@debowa", (Role.ACCOUNT_ADMIN,), "Sieć Dębowa Sp. z o.o."),
        DemoMember("Paweł Gronek", "pawel.gronek@debowa", (Role.REFERRALS_ADMIN,), "Sieć Dębowa Sp. z o.o."),
        DemoMember("Zofia Malczyk", "zofia.malczyk@debowa", (Role.REFERRALS_USER,), "Sieć Dębowa Sp. z o.o."),
        DemoMember(
            "Hanna Sobolewska", "hanna.sobolewska@debowa", (Role.BUSINESS_PROFILE_ADMIN,), "Sieć Dębowa Sp. z o.o."
        ),
        # A person with a seat in both portals.
        DemoMember("Maren Feddersen", "maren.feddersen@nordwind", (Role.REFERRALS_ADMIN,), "Nordwind Polska"),
    ),
)

DEMO_PORTALS = (TALLVIK, KASZTAN)
