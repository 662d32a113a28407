"""What a test wants of the machine and may not find there.

Without it a person's run leaves the test out and says so. A run of CI (`CI` is set, as `.ci/run` does) leaves nothing
out: the test fails, for a check that is never made proves nothing.
"""

import os

import pytest


def may_leave_out() -> bool:
    """Whether tests may be left out for want of a program."""
    return not os.environ.get("CI")


def wants(is_there: bool, reason: str) -> pytest.MarkDecorator:
    """The mark of tests that want a program. `reason` says which one is missing."""
    return pytest.mark.skipif(not is_there and may_leave_out(), reason=reason)
