"""Since when a message has been due, whatever became of its tries: what the alarm counts from."""

from django.db import migrations, models

from partnerhub.tenancy.filling import kept_by_trigger


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_message_id")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="first_due_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        kept_by_trigger(
            "notifications_message",
            "first_due_at",
            "NEW.due_at",
            insert="NEW.first_due_at IS NULL",
            # Sent again by a person: a mail of its own.
            update="NEW.status = 'queued' AND OLD.status NOT IN ('queued', 'sending')",
        ),
    ]
