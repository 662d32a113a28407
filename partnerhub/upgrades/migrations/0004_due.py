"""The sweep looks over all tenants at once."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door, reader_sees

REMINDED = (
    "r.reminders < 1 AND r.created_at <= at - interval '72 hours'"
    " OR r.reminders < 2 AND r.created_at <= at - interval '240 hours'"
)


class Migration(migrations.Migration):
    dependencies = [("upgrades", "0003_activation")]

    operations = [
        reader_sees("upgrades_upgradeinvitation"),
        due_door(
            "due_invitations",
            "upgrades_upgradeinvitation",
            ("expires_at", "r.status IN ('sent', 'opened') AND r.expires_at <= at"),
            ("created_at", f"r.status IN ('sent', 'opened') AND ({REMINDED})"),
            ("agreed_at", "r.status = 'agreed' AND NOT r.is_late AND r.agreed_at <= at - interval '20 hours'"),
        ),
    ]
