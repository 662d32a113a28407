"""Companies and contacts of many leads are found by their indexes, also before the planner knows how large the tables
are: it would read all of them, once for each row of a file."""

from django.db import migrations

ARGUMENTS = "(jsonb, uuid, uuid, timestamptz, boolean)"
SAID = "ALTER FUNCTION {name}{arguments} {said}"


class Migration(migrations.Migration):
    dependencies = [("deals", "0016_remember_many")]

    operations = [
        migrations.RunSQL(
            SAID.format(name=name, arguments=ARGUMENTS, said="SET enable_seqscan = off"),
            SAID.format(name=name, arguments=ARGUMENTS, said="RESET enable_seqscan"),
        )
        for name in ("remember_companies", "remember_contacts")
    ]
