pytest_plugins = ["tests.database", "tests.browser"]
