"""The clock of upgrade invitations: those that expire, owners who are reminded, upgrades that are late."""

from partnerhub.tenancy.tasks import swept
from partnerhub.upgrades.services import sweep_invitations

sweep = swept("upgrades.sweep", sweep_invitations)
