"""The order of the lists of invitations, requests for access and tokens."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEXES = {
    "access_request_created": ("accessrequest", ["tenant", "created_at", "id"]),
    "access_request_own": ("accessrequest", ["tenant", "partner", "created_at", "id"]),
    "api_token_created": ("apitoken", ["tenant", "partner", "created_at", "id"]),
    "invitation_created": ("invitation", ["tenant", "created_at", "id"]),
    "invitation_own": ("invitation", ["tenant", "partner", "created_at", "id"]),
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0009_saved_views")]

    operations = [
        AddIndexConcurrently(model_name=model, index=models.Index(fields=fields, name=name))
        for name, (model, fields) in INDEXES.items()
    ]
