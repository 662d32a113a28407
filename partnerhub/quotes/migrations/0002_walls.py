"""Products and quotes behind their walls: the catalogue is read by both sides and written by the vendor's; a quote is
seen by its partner, and by the vendor where it sees the deal. What was sent never changes, whoever asks (D5)."""

from django.db import migrations

from partnerhub.tenancy.walls import (
    ALL_PARTNERS,
    INSIDE,
    OWN_PARTNER,
    anchor,
    by_side,
    due_door,
    guard,
    link,
    reader_sees,
    wall,
)

# The vendor's side of the deal's own wall holds in here, too.
DEAL_SEEN = (
    "EXISTS (SELECT FROM deals_deal deal WHERE deal.tenant_id = quotes_quote.tenant_id"
    " AND deal.id = quotes_quote.deal_id)"
)
QUOTE_SEEN = by_side(vendor=DEAL_SEEN, partner=f"({OWN_PARTNER})")

OFFERED = ("deal_id", "partner_id", "number", "side", "currency", "lines", "total_minor", "valid_until", "note")
STAYS = f"""
CREATE FUNCTION quotes_sent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a quote that was sent stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER sent_stays BEFORE UPDATE ON quotes_quote FOR EACH ROW
    WHEN (OLD.status <> 'draft' AND ({", ".join(f"OLD.{name}" for name in OFFERED)})
        IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in OFFERED)}))
    EXECUTE FUNCTION quotes_sent_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0001_initial"),
        ("accounts", "0002_walls"),
        ("partners", "0002_walls"),
        ("deals", "0021_deal_walls"),
    ]

    operations = [
        wall("quotes_product", see=INSIDE),
        guard("quotes_product", write=ALL_PARTNERS),
        anchor("quotes_quote"),
        link("quotes_quote", "partner_id", "partners_partner"),
        link("quotes_quote", "deal_id", "deals_deal"),
        link("quotes_quote", "previous_id", "quotes_quote"),
        link("quotes_quote", "created_by_id", "accounts_membership"),
        wall("quotes_quote", see=QUOTE_SEEN),
        migrations.RunSQL(STAYS, "DROP TRIGGER sent_stays ON quotes_quote; DROP FUNCTION quotes_sent_stays();"),
        reader_sees("quotes_quote"),
        due_door("due_quotes", "quotes_quote", ("expires_at", "r.status = 'sent' AND r.expires_at <= at")),
    ]
