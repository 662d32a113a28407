"""Queues and claims behind their walls. Partners read queues, whose limits hold for them, and write none of these."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, OWN_PARTNER, SIDE, anchor, guard, link, own_partner, wall

# What waits, or did, is known to every partner but those who declined or returned it; what is offered, to its partner.
OWN = "nullif(current_setting('app.partner_id', true), '')::uuid"
SEE_QUEUED = (
    f"{ALL_PARTNERS} OR ({SIDE} = 'partner' AND NOT ({OWN} = ANY (refused))"
    f" AND (place IN ('queue', 'claimed') OR {OWN_PARTNER}))"
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("leads", "0002_walls"), ("accounts", "0002_walls")]

    operations = [
        anchor("claims_queue"),
        wall("claims_queue", see=INSIDE),
        guard("claims_queue", write=ALL_PARTNERS),
        link("claims_queuedlead", "lead_id", "leads_lead"),
        link("claims_queuedlead", "queue_id", "claims_queue"),
        link("claims_queuedlead", "partner_id", "partners_partner"),
        link("claims_queuedlead", "program_id", "leads_program"),
        wall("claims_queuedlead", see=SEE_QUEUED),
        guard("claims_queuedlead", write=ALL_PARTNERS),
        link("claims_claim", "lead_id", "leads_lead"),
        link("claims_claim", "partner_id", "partners_partner"),
        link("claims_claim", "queue_id", "claims_queue"),
        link("claims_claim", "holder_id", "accounts_membership"),
        wall("claims_claim", see=own_partner()),
        guard("claims_claim", write=ALL_PARTNERS),
        link("claims_claimcounter", "partner_id", "partners_partner"),
        wall("claims_claimcounter", see=own_partner()),
        guard("claims_claimcounter", write=ALL_PARTNERS),
    ]
