"""What is there before the first test stays to the end: the collector does not look through it again and again.

Django, its models and some thousand tests are about a million objects; of the time that the tests took, a tenth went
into finding that none of them is garbage.
"""

import gc

OFTEN_ENOUGH = (20_000, 20, 20)
gc.set_threshold(*OFTEN_ENOUGH)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
