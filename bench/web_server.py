"""The servers that bench.web drives, and what stands in their databases. Each runs in a process of its own.

python -m bench.web_server HOME link KEY: Boshan with a link to its questionnaire. HOME insert: inserts a second in a loop.
HOME dossiers N USERS: N dossiers of Boshan's size with what their screens show, and as many members with sessions; prints both as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.contest import ROOT

THREADS, INSERTS = 16, 2000
BOSHAN = ROOT / "examples" / "boshan-2021"
urlpatterns: list[Any] = []
"""Of the bare server: set before it starts."""


def run(kind: str, home: str, port: str) -> None:
    """Serve the workbench, or the bare view."""
    from hengji.web.serving import Service, serve

    ready(home)
    if kind == "bare":
        _bare(int(port))
    else:
        serve(Service("127.0.0.1", int(port), Path(home), lone=False, browser=False), print)


def ready(home: str) -> None:
    """Django, on the database of that home."""
    from hengji.web.serving import Service, prepare

    Path(home).mkdir(exist_ok=True)
    prepare(Service("127.0.0.1", 0, Path(home), lone=False))


def _bare(port: int) -> None:
    """A view that inserts, and the least that Django needs around it."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.urls import path
    from waitress import create_server

    from hengji.web.models import SurveyAnswer, new_key

    link = _link()

    def insert(request: HttpRequest) -> HttpResponse:
        SurveyAnswer.objects.create(link_id=link, sheet=new_key(), answers=request.POST.dict())
        return HttpResponse(status=302, headers={"Location": "/", "Content-Length": "0"})

    urlpatterns.append(path("", insert))
    settings.MIDDLEWARE, settings.ROOT_URLCONF = [], "bench.web_server"
    create_server(WSGIHandler(), host="127.0.0.1", port=port, threads=THREADS, ident="").run()


def _link() -> int:
    from hengji.web.models import SurveyLink

    return int(SurveyLink.objects.values_list("pk", flat=True).get())


def link(key: str) -> None:
    """Boshan, and a link to one of its questionnaires."""
    from hengji.storage.folder import read_folder
    from hengji.web.models import SurveyLink
    from hengji.web.store import create

    files, _ = read_folder(BOSHAN)
    SurveyLink.objects.create(dossier=create(files, "主评人", "导入"), survey="机构满意度", key=key)


def insert() -> None:
    """Print how many rows a second one thread inserts, each in a transaction of its own."""
    from hengji.web.models import SurveyAnswer

    pk, answers = _link(), {"题1": "非常了解", "题3": "及时", "题4": "满意", "题5": "非常满意", "题6": "再早一点发"}
    begin = perf_counter()
    for _ in range(INSERTS):
        SurveyAnswer.objects.create(link_id=pk, answers=answers)
    print(INSERTS / (perf_counter() - begin))


def dossiers(count: int, users: int) -> None:
    """Dossiers that differ in their names; what is shown of one is computed once and holds for all but the name."""
    from django.conf import settings
    from django.test import Client

    from hengji.storage.folder import read_folder
    from hengji.web.members import join
    from hengji.web.models import Dossier, Person, Projection
    from hengji.web.projections import projected, refresh
    from hengji.web.roles import Role
    from hengji.web.scores import project as scoring
    from hengji.web.screens.home import project as home
    from hengji.web.screens.report import project as checks
    from hengji.web.store import create

    files, _ = read_folder(BOSHAN)
    head = files["dossier.yaml"].decode()
    made = [
        create(files | {"dossier.yaml": head.replace("name: ", f"name: {n}号", 1).encode()}, "主评人", "导入")
        for n in range(count)
    ]
    refresh(made[0])
    for name, project in (("home", home), ("checks", checks), ("scoring", scoring)):
        projected(made[0], name, project)
    first = Dossier.objects.values("kind", "year", "stage", "score", "grade", "errors", "warnings", "deadline").get(
        pk=made[0].pk
    )
    shown = list(Projection.objects.filter(revision_id=made[0].head))
    for each in made[1:]:
        Dossier.objects.filter(pk=each.pk).update(**first, name=each.key)
        for one in shown:
            Projection.objects.create(revision_id=each.head, name=one.name, version=one.version, data=one.data)
    people = [Person.objects.create(username=f"评价人员{n}") for n in range(users)]
    sessions = []
    for someone in people:
        for each in made:
            join(each, someone, Role.LEAD)
        browser = Client()
        browser.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
        sessions.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    print(json.dumps({"dossiers": [each.key for each in made], "sessions": sessions}))


if __name__ == "__main__":
    _, where, what, *rest = sys.argv
    os.environ["HENGJI_HOME"] = where
    ready(where)
    if what == "link":
        link(*rest)
    elif what == "insert":
        insert()
    else:
        dossiers(*map(int, rest))
