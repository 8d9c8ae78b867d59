"""A whole workbench, filled and told: python -m tests.web.whole HOME fill|tell prints every row of it as JSON."""

import json
import sys
from pathlib import Path

from hengji.web.serving import open_at


def main(home: Path, what: str) -> None:
    open_at(home)
    from django.apps import apps

    if what == "fill":
        _fill()
    rows = {
        model._meta.label: sorted(
            json.dumps(row, default=str, sort_keys=True) for row in model._base_manager.values_list()
        )
        for model in apps.get_models()
        if model._meta.app_label == "web"
    }
    sys.stdout.write(json.dumps(rows))


def _fill() -> None:
    from hengji.web import store
    from hengji.web.accounts import Standing, set_up
    from hengji.web.events import record
    from hengji.web.members import invite, join
    from hengji.web.models import Person
    from hengji.web.roles import Role

    dossier = store.create({"dossier.yaml": b"name: 1\n", "funds.csv": b"a\n"}, "主评人", "新建档案")
    store.commit(dossier, dossier.head, {"funds.csv": "金额\n".encode()}, "评价人员", "登记资金")
    set_up("甲", "芦苇灯塔七十二级石阶", Standing.STAFF)
    someone = Person.objects.get(username="甲")
    join(dossier, someone, Role.LEAD)
    invite(dossier, someone, Role.READER, 7)
    record(None, "登记资金", "某县", who="甲")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
