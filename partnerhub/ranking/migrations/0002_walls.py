"""The ranking behind its walls: a partner reads what is its own, the portal alone writes it.

What waits to be counted everybody may add to, and nobody but the portal reads.
"""

from django.db import migrations

from partnerhub.tenancy.walls import INSIDE, SIDE, guard, link, own_partner, wall

SYSTEM = f"{SIDE} = 'system'"


class Migration(migrations.Migration):
    dependencies = [("ranking", "0001_initial"), ("partners", "0002_walls")]

    operations = [
        wall("ranking_uncountedevent", see=SYSTEM, write=INSIDE),
        link("ranking_rankingcase", "partner_id", "partners_partner"),
        wall("ranking_rankingcase", see=own_partner()),
        guard("ranking_rankingcase", write=SYSTEM),
        link("ranking_rankingtally", "partner_id", "partners_partner"),
        wall("ranking_rankingtally", see=own_partner()),
        guard("ranking_rankingtally", write=SYSTEM),
        link("ranking_scorecard", "partner_id", "partners_partner"),
        wall("ranking_scorecard", see=own_partner()),
        guard("ranking_scorecard", write=SYSTEM),
    ]
