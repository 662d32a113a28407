"""How companies, contacts and deals are searched."""

from partnerhub.web.lists.finding import Searched

TEXT = 'text COLLATE "C"'
COMPANIES = Searched(
    "deals_company",
    columns={"name_key": TEXT, "host": TEXT, "updated_at": "timestamptz", "partner_id": "uuid", "known_as_id": "uuid"},
    walks={"partner_id": ("name_key", "updated_at")},
)
CONTACTS = Searched(
    "deals_contact",
    columns={
        "name_key": TEXT,
        "company_key": TEXT,
        "address": TEXT,
        "updated_at": "timestamptz",
        "partner_id": "uuid",
        "known_as_id": "uuid",
    },
    walks={"partner_id": ("name_key", "updated_at")},
)
ACCOUNT_SEARCH = Searched(
    "deals_vendoraccount",
    columns={"name_key": TEXT, "updated_at": "timestamptz"},
    keyed=(),
)
"""Of the vendor's side alone: for a partner's the function asks for a column that is not there, and fails."""
DEAL_SEARCH = Searched(
    "deals_deal",
    columns={
        "id": "uuid",
        "updated_at": "timestamptz",
        "close_date": "date",
        "status": "text",
        "stage": "smallint",
        "active_registrations": "smallint",
        "type": "text",
        "partner_id": "uuid",
        "created_by_id": "uuid",
        "team": "uuid[]",
    },
    keyed=("partner_id", "status"),
    people=("created_by_id", "team"),
    walks={"partner_id": ("updated_at",)},
    links={"deals_dealside": {"partner_id": "uuid"}},
)
