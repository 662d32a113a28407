from django.db import migrations

from partnerhub.tenancy.walls import OWN_PARTNER, anchor, append_only, wall

SEE = (
    "current_setting('app.side', true) = 'system'"
    " OR (current_setting('app.side', true) = 'vendor' AND audience <> 'partner')"
    f" OR (current_setting('app.side', true) = 'partner' AND audience <> 'vendor' AND {OWN_PARTNER})"
)
# Writing is wider than reading: what a partner does may be for the vendor's eyes only, and the other way round.
WRITE = (
    "current_setting('app.side', true) IN ('system', 'vendor')"
    f" OR (current_setting('app.side', true) = 'partner' AND {OWN_PARTNER})"
)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        anchor("events_event"),
        wall("events_event", see=SEE, write=WRITE),
        append_only("events_event"),
    ]
