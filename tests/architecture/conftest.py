from tests.architecture.house import house  # noqa: F401 - the tests of this folder share it
