"""The wall of the leads as a CASE: the same rows, and plans that know how many they are."""

from django.db import migrations

from partnerhub.tenancy.walls import OWN_PARTNER, SIDE, by_side, wall_again

# A draft is seen by its own partner only.
SEE_LEAD = by_side(vendor="submitted_at IS NOT NULL", partner=OWN_PARTNER)
SEEN_BEFORE = (
    f"({SIDE} = 'vendor' AND submitted_at IS NOT NULL) OR {SIDE} = 'system' OR ({SIDE} = 'partner' AND {OWN_PARTNER})"
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0004_own_fields")]

    operations = [wall_again("leads_lead", see=SEE_LEAD, before=SEEN_BEFORE)]
