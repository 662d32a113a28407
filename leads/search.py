"""How leads are searched."""

from partnerhub.web.lists.finding import Searched

TEXT = 'text COLLATE "C"'
LEADS = Searched(
    "leads_lead",
    base="submitted_at IS NOT NULL",
    columns={
        "number": "integer",
        "company_key": TEXT,
        "contact_key": TEXT,
        "partner_key": TEXT,
        "representative_key": TEXT,
        "status_rank": "smallint",
        "sales_support": "boolean",
        "submitted_at": "timestamptz",
        "updated_at": "timestamptz",
        "due_at": "timestamptz",
        "status": "text",
        "partner_id": "uuid",
        "program_id": "uuid",
        "representative_id": "uuid",
        "submitted_by_id": "uuid",
        "owner_id": "uuid",
        "team": "uuid[]",
    },
    keyed=("partner_id", "program_id", "status", "representative_id", "sales_support"),
    people=("submitted_by_id", "owner_id", "team"),
    day="submitted_at",
    walks={
        "partner_id": ("submitted_at", "updated_at", "company_key", "contact_key", "status_rank"),
        "representative_id": ("submitted_at",),
        "status": ("submitted_at",),
    },
)
