"""The indicator tree of the example, as its tests ask for it."""

from hengji.model.indicator import Framework, Indicator
from hengji.scoring.framework import walk
from hengji.storage.text import parse
from hengji.web import store
from hengji.web.models import Dossier

LEAF = "资金到位率"


def framework(dossier: Dossier) -> Framework:
    dossier.refresh_from_db()
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    return parsed.framework


def named(dossier: Dossier, name: str) -> Indicator:
    return next(node for node in walk(framework(dossier).indicators) if node.id == name)


def place(dossier: Dossier, name: str) -> int:
    return [node.id for node in walk(framework(dossier).indicators)].index(name)


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/indicators/{rest}"


def typed(dossier: Dossier, **fields: str) -> dict[str, str]:
    return {"base": dossier.head, **fields}
