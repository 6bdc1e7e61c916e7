"""The test domain of the engine serves the tests of forgetting too."""

from gongzhi.kernel.cases.tests.conftest import permits

__all__ = ["permits"]
