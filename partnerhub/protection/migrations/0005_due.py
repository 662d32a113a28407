"""The sweep looks over all tenants at once."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door, reader_sees

# Over, or so many days before it with a reminder to send: each condition bounds `until`, for its index.
DUE = " OR ".join(
    [
        "r.until <= at",
        *(
            f"r.until <= at + interval '{days * 24} hours' AND coalesce(r.reminded, 100) > {days}"
            for days in (14, 7, 1)
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("protection", "0004_rules_walls"), ("leads", "0002_walls")]

    operations = [
        reader_sees("protection_protection"),
        due_door("due_protections", "protection_protection", ("until", f"r.status = 'running' AND ({DUE})")),
        due_door(
            "unprotected_leads",
            "leads_lead",
            ("submitted_at", "r.status = 'in_progress' AND r.protected_until IS NULL"),
        ),
    ]
