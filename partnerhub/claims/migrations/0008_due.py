"""The sweep looks over all tenants at once."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door, reader_sees


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_by_offer")]

    operations = [
        reader_sees("claims_claim"),
        due_door(
            "due_claims",
            "claims_claim",
            ("lease_until", "r.status = 'offered' AND r.lease_until <= at"),
            ("lease_until", "r.status IN ('held', 'kept') AND r.lease_until <= at"),
            ("warn_at", "r.status IN ('held', 'kept') AND NOT r.is_warned AND r.warn_at <= at"),
        ),
    ]
