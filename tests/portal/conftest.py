from tests.leads.conftest import open_at, people, portal, put  # noqa: F401 - home is measured by leads in every state
