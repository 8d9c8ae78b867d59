"""What can be computed without anything being kept."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hengji.engines.columnar.grains import Grain
from hengji.storage.policy_packs import policy_names
from hengji.web import store
from hengji.web.api.declaring import Answer, Call, Fault, RefusedError
from hengji.work.as_data import calculation_data, finding_data
from hengji.work.calculating import Engine, Request, calculate
from hengji.work.evaluate import Outcome, evaluate_opened, summary
from hengji.work.load import open_files
from hengji.work.review import profile_named, review_bytes, review_data


def evaluate(call: Call) -> Answer:
    """The dossier with some files otherwise, as if they had been written."""
    held = call.dossier.dossier
    files = store.files_of(held.head)
    for path, text in call.data.get("files", {}).items():
        if text is None:
            files.pop(path, None)
        else:
            files[path] = text.encode()
    opened, found = open_files(files)
    evaluation = None if opened is None else evaluate_opened(opened, found)
    faults = found if evaluation is None else evaluation.findings
    told = summary(Outcome(held.name, evaluation, faults))
    return Answer({"summary": told, "findings": [finding_data(each) for each in faults]})


def review(call: Call) -> Answer:
    """What does not hold in a report."""
    name = call.query.get("profile", "国家项目")
    profile, _ = profile_named(name)
    if profile is None:
        raise RefusedError(422, Fault("no_such_profile", f"没有评价规范“{name}”。", "query.profile"))
    return Answer(review_data(review_bytes(call.query["name"], call.content, profile)))


def calculate_policy(call: Call) -> Answer:
    """What a policy of the library gives over tables."""
    name = call.path["policy"]
    if name not in policy_names():
        told = f"政策库里没有“{name}”。有：{'、'.join(policy_names())}。"
        raise RefusedError(404, Fault("no_such_policy", told, "path.policy"))
    grain = Grain[call.data.get("grain", "institution").upper()]
    with TemporaryDirectory() as folder:
        paths = {}
        for number, (table, text) in enumerate(call.data["tables"].items()):
            paths[table] = Path(folder) / f"{number}.csv"
            paths[table].write_bytes(text.encode())
        done = calculate(Request(name, paths, Engine.REFERENCE, grain))
        data = calculation_data(done)
    return Answer(_named(data, {str(path): f"{table}.csv" for table, path in paths.items()}))


def _named(data: Any, names: dict[str, str]) -> Any:
    """The same with the caller's names of tables in the place of ours of files."""
    if isinstance(data, dict):
        return {key: _named(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [_named(value, names) for value in data]
    if isinstance(data, str):
        for path, name in names.items():
            data = data.replace(path, name)
    return data
