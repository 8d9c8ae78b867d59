import pytest
from tests.unit.reports import samples

from hengji.model.document import Document


@pytest.fixture(scope="session")
def sample() -> Document:
    """The rich sample document, the same for every writer."""
    return samples.document()
