"""A dossier in the database, and people with every role in it."""

from pathlib import Path

import pytest
from django.test import Client

from hengji.model.programme import Kind
from hengji.storage.folder import read_folder
from hengji.storage.text import render
from hengji.web.members import join
from hengji.web.models import Dossier, Person
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.store import create
from hengji.work.new import new_dossier

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def dossier(db: None) -> Dossier:
    """The Weiyang example."""
    files, findings = read_folder(EXAMPLES / "weiyang-2020")
    assert not findings
    made = create(files, "主评人", "导入档案")
    refresh(made)
    return made


@pytest.fixture
def people(dossier: Dossier) -> dict[Role, Client]:
    """A browser of a member with each role."""
    return {role: browser(dossier, role) for role in Role}


@pytest.fixture
def fresh(people: dict[Role, Client]) -> Dossier:
    """A dossier that was just made from the library, which has something of everything, by the evaluator of the example."""
    made = create(render(new_dossier(Kind.PROJECT, 2025)), "评价人员", "新建")
    join(made, Person.objects.get(username=Role.EVALUATOR.value), Role.EVALUATOR)
    refresh(made)
    return made


@pytest.fixture
def stranger(db: None) -> Client:
    """Somebody with an account who is a member of nothing."""
    client = Client()
    client.force_login(Person.objects.create_user("外人", password="x" * 12))
    return client


def browser(dossier: Dossier, role: Role) -> Client:
    """A new member with a role, logged in."""
    someone = Person.objects.create_user(role.value, password="x" * 12)
    join(dossier, someone, role)
    client = Client()
    client.force_login(someone)
    return client
