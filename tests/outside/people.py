"""Who looks at the portal from outside, beside those of tests/stack.py: people of the demo, and nobody."""

from tests.stack import MANAGER, SELLER

ADMIN = "tjark.hinrichs@nordwind.example.org"
PROGRAMME_ADMIN = "agnes.holm@tallvik.example.org"
ASKER = "katarzyna.wolnik@nordwind.example.org"
WITH_SECOND_FACTOR = "petra.lindgren@tallvik.example.org"
HALF_IN = "half in"  # the password was right, the second factor is asked for
ANYBODY = "anybody"
SEATS = (SELLER, MANAGER, ADMIN, PROGRAMME_ADMIN)
MEMBERS = (ADMIN, PROGRAMME_ADMIN)
