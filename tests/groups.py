"""Keeps `xdist_group` in force: pytest 9.2 no longer reads the name by which xdist 3.8 passes a test's group on.

Without it the running portal would be started once in each process. Once xdist names the groups itself, this does
nothing and can go.
"""

import re

import pytest
from _pytest.nodeid import coerce_node_id


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("loadgroup", default=False):
        return
    for item in items:
        groups = sorted(str(mark.args[0]) for mark in item.iter_markers("xdist_group"))
        ending = f"@{'_'.join(groups)}"
        if groups and not item.nodeid.endswith(ending):
            item._id = coerce_node_id(item.nodeid + ending)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Note what failed by its name alone, without its group: by that `--last-failed` finds it again."""
    cache = getattr(session.config, "cache", None)
    if cache is None or hasattr(session.config, "workerinput"):
        return
    failed = cache.get("cache/lastfailed", {})
    cache.set("cache/lastfailed", {re.sub(r"(?<=\])@\w+\]$|@\w+$", "", name): True for name in failed})
