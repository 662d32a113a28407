"""When a seat was changed last: for whoever reads changes only (`updated_since`)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Now
from django.utils.timezone import now

from partnerhub.tenancy.walls import dated

FIELDS = ("partner_id", "roles", "name_key", "title", "phone", "is_active")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0007_stranger_mail")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="updated_at",
            field=models.DateTimeField(db_default=Now(), default=now, editable=False),
        ),
        dated("accounts_membership", *FIELDS),
        AddIndexConcurrently(
            model_name="membership",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="membership_updated"),
        ),
        AddIndexConcurrently(
            model_name="membership",
            index=models.Index(fields=["tenant", "partner", "updated_at", "id"], name="membership_own_updated"),
        ),
    ]
