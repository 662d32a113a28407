"""Whom a message or a note mentions, beside its words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0010_edited_message_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="mentions",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="sharedmessage",
            name="mentions",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
