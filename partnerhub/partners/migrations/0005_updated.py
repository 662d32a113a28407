"""When a partner was changed last: for whoever reads changes only (`updated_since`)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Now
from django.utils.timezone import now

from partnerhub.tenancy.walls import dated

FIELDS = ("name", "country", "language", "timezone", "website", "status", "suspension_reason", "is_active")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0004_by_name")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="updated_at",
            field=models.DateTimeField(db_default=Now(), default=now, editable=False),
        ),
        dated("partners_partner", *FIELDS),
        AddIndexConcurrently(
            model_name="partner",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="partner_by_updated"),
        ),
    ]
