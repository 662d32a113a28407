from tests.architecture.house import house, whole_house  # noqa: F401 - the tests of this folder share it
