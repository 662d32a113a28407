"""The benchmark's data: deterministic, loaded by COPY past row-level security as the database's administrator."""

import io
import random
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.contrib.auth.hashers import make_password

from leads.states import Status
from partnerhub.web.folding import fold

PASSWORD = "bench-password-1"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FIRST = "Ada Łucja Åse Chiara Ondřej Wiebke Sindre Tuulikki Kadri Zofia Jasper Elin".split()
LAST = "Nowak Kowalska Ødegård Bianchi Vaněček Lüttmann Haugland Harjula Saar Malczyk Claasen Hallbäck".split()
TRADE = "Bakery Bicycles Optics Garden Yarn Delicatessen Wine Yachts Coffee Sport Flowers Books Tools Toys".split()
TOWN = "Łódź Århus Bergen Turku Brno Bremen Tallinn Riga Gdańsk Malmö Tromsø Plzeň Lübeck Kraków Oulu".split()
STATUSES = [Status.SUBMITTED] * 4 + [Status.IN_PROGRESS] * 3 + [Status.MORE_INFO, Status.AWARDED, Status.NOT_ELIGIBLE]
PARTNERS_IN_LARGEST = 100
REPRESENTATIVES = 12
MANAGERS = 20  # in the largest: each is told of what is submitted
COLUMNS = (
    "id tenant_id partner_id partner_key program_id number origin status version submitted_by_id representative_id"
    " representative_key first_name last_name email phone job_title company website website_host email_domain country"
    " postcode relationship how_met sales_support notes consent_basis consent_date terms_version details draft"
    " company_key contact_key search_text question resume_to reason_code reason_text appeal_text award_question conflict"
    " identity_keys created_at submitted_at status_changed_at updated_at"
).split()

# What happened to each lead: it was submitted, and most were assigned.
EVENTS = """
INSERT INTO events_event
    (id, tenant_id, partner_id, audience, kind, subject_type, subject_id, subject_label, actor_id, actor_name, actor_side,
     before, after, data, occurred_at, request_id)
SELECT uuidv7(submitted_at - now()), tenant_id, partner_id, 'both', kind, 'lead', id, 'L-' || number, NULL, 'Somebody',
    side, '{}', '{}', data, submitted_at, ''
FROM leads_lead, LATERAL (VALUES
    ('lead.submitted', 'partner', '{"sales_support": true}'::jsonb),
    ('lead.assigned', 'vendor', jsonb_build_object('assigned_to', representative_key))
) happened (kind, side, data)
WHERE kind = 'lead.submitted' OR representative_id IS NOT NULL
"""

# Who is signed in at the floor.
SIGNED_IN = """
CREATE TABLE IF NOT EXISTS floor_person (id bigserial PRIMARY KEY, password varchar(200), last_login timestamptz,
    email varchar(200) UNIQUE);
CREATE TABLE IF NOT EXISTS floor_right (id bigserial PRIMARY KEY, person_id bigint REFERENCES floor_person,
    word varchar(40), UNIQUE (person_id, word));
TRUNCATE floor_person, floor_right RESTART IDENTITY;
INSERT INTO floor_person (password, email) VALUES ('!', 'somebody@example.org');
INSERT INTO floor_right (person_id, word) VALUES (1, 'view'), (1, 'add');
GRANT ALL ON floor_person, floor_right TO partnerhub;
"""


@dataclass(frozen=True)
class Size:
    """How much is loaded: `leads` in all, `largest` of them in the first tenant."""

    tenants: int
    leads: int
    largest: int


@dataclass(frozen=True)
class Cast:
    """Who signs in to be measured, and a lead to open."""

    slug: str
    manager: str
    seller: str
    lead_id: str
    rare_word: str


def key(random_: random.Random) -> str:
    return str(uuid.UUID(int=random_.getrandbits(128), version=4))


def load(admin_url: str, size: Size) -> Cast:
    """Empty the tables and fill them. Indexes stay: what is measured is what is kept."""
    random_ = random.Random(20261101)
    with closing(psycopg2.connect(admin_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "SET synchronous_commit = off; SET session_replication_role = replica; SET maintenance_work_mem = '512MB'"
        )
        cursor.execute("TRUNCATE tenancy_tenant, accounts_user, leads_lead, events_event, django_session CASCADE")
        cursor.execute(
            "SELECT indexdef, indexname FROM pg_indexes WHERE tablename = 'leads_lead' AND indexname LIKE 'lead_%%'"
        )
        indexes = [row for row in cursor.fetchall() if "UNIQUE" not in row[0]]
        for _definition, name in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cast = None
        password = make_password(PASSWORD)
        small = (size.leads - size.largest) // max(1, size.tenants - 1)
        for number in range(size.tenants):
            count = size.largest if number == 0 else small
            made = _tenant(cursor, random_, number, count, password)
            cast = cast or made
        for definition, _name in indexes:
            cursor.execute(definition)
        cursor.execute(EVENTS)
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS floor_row (id bigserial PRIMARY KEY, company varchar(200), contact varchar(200),"
            " email varchar(200), program varchar(20), status varchar(20), representative varchar(200),"
            " submitted_at timestamptz, updated_at timestamptz)"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS floor_row_submitted ON floor_row (submitted_at DESC)")
        cursor.execute("TRUNCATE floor_row RESTART IDENTITY")
        cursor.execute(
            "INSERT INTO floor_row (company, contact, email, program, status, representative, submitted_at, updated_at)"
            " SELECT company, first_name || ' ' || last_name, email, 'POS', status, representative_key, submitted_at,"
            " updated_at FROM leads_lead LIMIT 100000"
        )
        cursor.execute("GRANT ALL ON floor_row TO partnerhub; GRANT ALL ON SEQUENCE floor_row_id_seq TO partnerhub")
        cursor.execute(SIGNED_IN)
    analyse(admin_url, vacuum=True)
    assert cast is not None
    return cast


def analyse(admin_url: str, *, vacuum: bool = False) -> None:
    """What autovacuum does within some minutes of work: without it PostgreSQL plans for the tables as they were."""
    with closing(psycopg2.connect(admin_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if vacuum else "ANALYZE")
            cursor.execute("CHECKPOINT")


def _tenant(cursor: Any, random_: random.Random, number: int, count: int, password: str) -> Cast:
    tenant, slug = key(random_), f"bench{number}"
    cursor.execute(
        "INSERT INTO tenancy_tenant (id, slug, name, portal_word, brand_hue, brand_chroma, language, timezone,"
        " support_email, postal_address, second_factor_roles, is_active, created_at)"
        " VALUES (%s, %s, %s, '', 210, 0.085, 'en', 'Europe/Oslo', '', '', '{}', true, now())",
        [tenant, slug, f"Bench {number}"],
    )
    programs = [key(random_), key(random_)]
    for position, (program, kind) in enumerate(zip(programs, ("pos", "plus"), strict=True)):
        cursor.execute(
            "INSERT INTO leads_program (id, tenant_id, slug, kind, name, description, terms_version, terms_text,"
            " is_active, position) VALUES (%s, %s, %s, %s, %s, '', '2026-1', 'Terms.', true, %s)",
            [program, tenant, kind, kind, kind.upper(), position],
        )
    cursor.execute(
        "INSERT INTO leads_leadcounter (id, tenant_id, last) VALUES (%s, %s, %s)", [key(random_), tenant, count]
    )
    partners = []
    for index in range(PARTNERS_IN_LARGEST if number == 0 else 3):
        partner = key(random_)
        cursor.execute(
            "INSERT INTO partners_partner (id, tenant_id, name, country, website, language, timezone, is_active, created_at)"
            " VALUES (%s, %s, %s, 'DE', '', '', '', true, now())",
            [partner, tenant, f"Partner {index}"],
        )
        seller = _member(
            cursor, random_, tenant, f"seller{index}@{slug}.example.org", ["referrals-admin"], partner, password
        )
        partners.append((partner, seller))
    manager = f"manager@{slug}.example.org"
    _member(cursor, random_, tenant, manager, ["channel-manager"], None, password)
    for index in range(1, MANAGERS if number == 0 else 1):
        _member(cursor, random_, tenant, manager_of(slug, index), ["channel-manager"], None, password)
    representatives = [
        (
            _member(cursor, random_, tenant, f"rep{i}@{slug}.example.org", ["sales-representative"], None, password),
            f"rep{i}@{slug}.example.org",
        )
        for i in range(REPRESENTATIVES)
    ]
    ids: list[str] = []
    text = io.StringIO()
    for row in _leads(random_, tenant, count, partners, programs, representatives, ids):
        text.write("\t".join(row) + "\n")
    text.seek(0)
    cursor.copy_from(text, "leads_lead", columns=COLUMNS, null="\\N")
    return Cast(slug, manager, f"seller0@{slug}.example.org", ids[0], f"unikat{count // 2}")


def manager_of(slug: str, index: int) -> str:
    """The address of a further channel manager of the largest tenant."""
    return f"manager{index}@{slug}.example.org"


def _member(
    cursor: Any, random_: random.Random, tenant: str, email: str, roles: list[str], partner: Any, password: str
) -> str:
    user, member = key(random_), key(random_)
    cursor.execute(
        "INSERT INTO accounts_user (id, password, email, name, language, timezone, is_active, is_staff, is_superuser,"
        " must_change_password, date_joined) VALUES (%s, %s, %s, %s, '', '', true, false, false, false, now())",
        [user, password, email, email.partition("@")[0]],
    )
    cursor.execute(
        'INSERT INTO account_emailaddress (email, verified, "primary", user_id) VALUES (%s, true, true, %s)',
        [email, user],
    )
    cursor.execute(
        "INSERT INTO accounts_membership (id, tenant_id, user_id, partner_id, roles, title, phone, is_active, joined_at,"
        " last_seen_at, preferences) VALUES (%s, %s, %s, %s, %s, '', '', true, now(), now(), '{}')",
        [member, tenant, user, partner, roles],
    )
    return member


def _leads(
    random_: random.Random,
    tenant: str,
    count: int,
    partners: list[tuple[str, str]],
    programs: list[str],
    representatives: list[tuple[str, str]],
    ids: list[str],
) -> Iterator[list[str]]:
    for index in range(count):
        lead = key(random_)
        ids.append(lead)
        owner = partner_of(index, len(partners))
        partner, seller = partners[owner]
        first, last = FIRST[index % 12], LAST[index // 12 % 12]
        company = f"{TRADE[index % 14]} {TOWN[index // 14 % 15]} {index}"
        host = f"{fold(TRADE[index % 14])}-{index}.example.org"
        email = f"{fold(first)}.{fold(last)}.{index}@example.org"
        if index == count // 2:
            company += f" unikat{index}"
        status = STATUSES[random_.randrange(10)]
        member, name = ("\\N", "") if status == Status.SUBMITTED else representatives[index % len(representatives)]
        sent = NOW - timedelta(minutes=count - index)
        seen = (sent + timedelta(minutes=random_.randrange(600))).isoformat()
        values = {
            "id": lead,
            "tenant_id": tenant,
            "partner_id": partner,
            "partner_key": f"partner {owner}",
            "program_id": programs[index % 2],
            "number": str(index + 1),
            "origin": "partner",
            "status": status.value,
            "version": "2",
            "submitted_by_id": seller,
            "representative_id": member,
            "representative_key": name,
            "first_name": first,
            "last_name": last,
            "email": email,
            "company": company,
            "website": f"https://{host}",
            "website_host": host,
            "email_domain": "example.org",
            "country": "DE",
            "sales_support": "t" if index % 3 else "f",
            "consent_basis": "spoken",
            "consent_date": "2026-10-01",
            "terms_version": "2026-1",
            "details": '{"locations": 2}',
            "draft": "{}",
            "company_key": fold(company),
            "contact_key": fold(f"{first} {last}"),
            "search_text": fold(f"{first} {last} {email} {company} https://{host}"),
            "conflict": "free",
            "identity_keys": f"{{d:{host}}}",
            "created_at": sent.isoformat(),
            "submitted_at": sent.isoformat(),
            "status_changed_at": seen,
            "updated_at": seen,
        }
        yield [values.get(column, "") for column in COLUMNS]


def partner_of(index: int, many: int) -> int:
    """Whose lead this is: of many partners the second has nearly a third of the leads, and the last a handful."""
    if many < 10:
        return index % many
    if index % 5_000 == 0:
        return many - 1
    return 1 if index % 10 in {3, 5, 8} else index % (many - 1)


def database_url(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
