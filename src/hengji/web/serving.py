"""Running the workbench for one person or a small team on one machine."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Timer

from hengji.model.finding import Finding
from hengji.model.record import record
from hengji.storage.refusals import reason

_THREADS = 16
"""Of which most wait for the disk: answers that stand together at the door share one commit, so more at the door are more a second."""
Say = Callable[[str], None]


@record
class Service:
    """服务: where the workbench listens, what it begins with, and whether the one person here needs a password."""

    host: str
    port: int
    home: Path
    load: tuple[Path, ...] = ()
    lone: bool = True
    browser: bool = True

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def prepare(service: Service) -> None:
    """The settings into the environment, and the database brought up to this version."""
    os.environ["HENGJI_LONE"] = "1" if service.lone else "0"
    open_at(service.home)


def open_at(home: Path) -> None:
    """The same for work on the database of a folder (or of HENGJI_DATABASE_URL) that serves nobody."""
    os.environ["HENGJI_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengji.web.settings")
    (home / "static").mkdir(parents=True, exist_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def take(folders: Sequence[Path], say: Say) -> tuple[Finding, ...]:
    """Take dossier folders or archives into the database for the person of this machine; what is there already is left.

    Where one of them is no dossier or cannot be read whole, none is taken: that is what is found.
    """
    from hengji.storage.folder import read_folder
    from hengji.storage.revisions import manifest_of
    from hengji.storage.text import HEAD, parse
    from hengji.web.lone import lone_person
    from hengji.web.members import join
    from hengji.web.models import StoredRevision
    from hengji.web.projections import refresh
    from hengji.web.roles import Role
    from hengji.web.store import create

    read = [(folder, *read_folder(folder)) for folder in folders]
    refused = tuple(
        _within(folder, finding)
        for folder, files, findings in read
        for finding in (findings or (() if HEAD in files else parse(files).findings))
    )
    if refused:
        return refused
    for folder, files, _ in read:
        manifest = manifest_of(files)
        if any(each == manifest for each in StoredRevision.objects.filter(number=1).values_list("manifest", flat=True)):
            continue
        dossier = create(files, "衡绩", f"导入文件夹 {folder.name}")
        join(dossier, lone_person(), Role.LEAD)
        refresh(dossier)
        say(f"已载入 {dossier.name}")
    return ()


def _within(folder: Path, finding: Finding) -> Finding:
    """With the folder or archive in its place, as several are told of together."""
    path = folder / finding.place.file if folder.is_dir() else folder
    return replace(finding, place=replace(finding.place, file=str(path)))


def serve(service: Service, say: Say) -> str:
    """Serve until interrupted; why nothing is served where it cannot listen there, in a sentence."""
    from waitress import create_server

    from hengji.web.jobs import start
    from hengji.web.works import KINDS
    from hengji.web.wsgi import application

    # What a proxy says of whom it speaks for is kept: by it the one person here is told from everybody else (lone.py).
    try:
        server = create_server(
            application,
            host=service.host,
            port=service.port,
            threads=_THREADS,
            ident="",
            clear_untrusted_proxy_headers=False,
        )
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "没有这个地址"  # ValueError: a name that nobody knows
        remedy = "工作台已经开着的，在浏览器里打开这个地址；不是的，用 --port 换一个端口，或用 --host 换一个地址"
        return f"不能在 {service.address} 打开工作台：{why}。{remedy}。"
    say(f"衡绩工作台：{service.address}　（按 Ctrl+C 停止；数据在 {service.home}）")
    if service.browser:
        Timer(0.5, webbrowser.open, (service.address,)).start()
    stop = start(KINDS)
    try:
        server.run()
    finally:
        stop.set()
        server.close()
    return ""


def verified() -> tuple[int, tuple[Finding, ...]]:
    """How many revisions the database has, and every break in their chains and in the audit log."""
    from hengji.web import events, store
    from hengji.web.models import Dossier, StoredRevision

    findings = [finding for dossier in Dossier.objects.order_by("pk") for finding in store.verified(dossier)]
    return StoredRevision.objects.count(), (*findings, *events.verified())
