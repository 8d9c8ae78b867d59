"""data/mappings/<table>.yaml: their header → our column, for files whose headers nobody can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import yaml

from hengji.model.finding import Finding, Place, Severity, one_of

CODE = "T111"
FORM = "每行一条“来件的表头: 声明的列名”"
_HEAD = "# 左边是来件的表头，右边是声明的列名\n"


def mapping_path(table: str) -> str:
    """Where a dossier keeps the mapping of a table."""
    return f"data/mappings/{table}.yaml"


def read_mapping(path: str, content: bytes, columns: Iterable[str]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The mapping; what does not name a declared column is a finding and left out."""
    known = tuple(columns)
    place = Place(path)
    try:
        loaded = yaml.safe_load(content.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError):
        found = "列名对应文件读不懂"
        return {}, (Finding(CODE, Severity.ERROR, place, found, FORM, "按此格式改写"),)
    if loaded is None:
        return {}, ()
    if not isinstance(loaded, dict):
        return {}, (Finding(CODE, Severity.ERROR, place, "不是列名对应", FORM, "按此格式改写"),)
    pairs = {str(theirs): str(ours) for theirs, ours in loaded.items()}
    wrong = tuple(
        Finding(
            CODE,
            Severity.ERROR,
            Place(path, item=theirs),
            f"没有声明“{ours}”列",
            one_of(known),
            "改正列名",
        )
        for theirs, ours in pairs.items()
        if ours not in known
    )
    return {theirs: ours for theirs, ours in pairs.items() if ours in known}, wrong


def write_mapping(mapping: Mapping[str, str], unused: Iterable[str] = (), lacking: Iterable[str] = ()) -> bytes:
    """The file for a mapping, to be looked over by a person; headers that are not used and columns that are lacking as remarks."""
    body = yaml.safe_dump(dict(mapping), allow_unicode=True, sort_keys=False) if mapping else ""
    told = (("没有用到的表头", "、".join(unused)), ("还没有对上的列", "、".join(lacking)))
    return (_HEAD + body + "".join(f"# {what}：{names}\n" for what, names in told if names)).encode()
