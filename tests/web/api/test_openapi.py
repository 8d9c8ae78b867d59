"""The description and the interface agree: schemathesis tries what the description allows and what it does not."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode
from tests.web.api.conftest import Programs

from hengji.web.api.declaring import Scope
from hengji.web.api.openapi import document
from hengji.web.api.operations import OPERATIONS, Operation
from hengji.web.models import Dossier
from hengji.web.roles import Role
from hengji.web.wsgi import application

ROOT = "http://127.0.0.1/api/v1"
DOCUMENT = document(f"{ROOT}/")
EXAMPLES = 5
HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_description_is_served_and_names_every_operation(db: None) -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    named = {each["operationId"] for methods in told["paths"].values() for each in methods.values()}
    assert named == {operation.name for operation in OPERATIONS}
    assert told["paths"].keys() == DOCUMENT["paths"].keys()


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A server closes its connections between requests; the test's own must stay open, as Django's client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_the_interface_does_as_it_is_described(
    operation: Operation, mode: GenerationMode, dossier: Dossier, program: Programs
) -> None:
    """As a member who may do everything, in the dossier and against the revision that there are."""
    load_all_checks()
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = application
    label = f"{operation.method} /{operation.path}"
    cases = schema.find_operation_by_label(label).as_strategy(generation_mode=mode)
    headers = {"Authorization": f"Bearer {program(Role.LEAD, Scope.WRITE).token}"}
    first = dossier.head

    @seed(1)
    @BOUNDED
    @given(case=cases)
    def tried(case: Case) -> None:
        if mode is GenerationMode.POSITIVE:
            if "{key}" in operation.path:
                case.path_parameters["key"] = dossier.key
            if "base" in operation.query:
                case.query["base"] = first
        case.call_and_validate(base_url=ROOT, headers=headers, checks=CHECKS.get_by_names(HELD))

    tried()
