"""Scalars of YAML files to typed values: as cells are read, and amounts may carry their unit ("6000元", "1.2万元")."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from hengji.model.cells import NUMBER_ALONE, CellFault, read_cell
from hengji.model.table import Column, ColumnType, Value
from hengji.policies.faults import Code
from hengji.policies.kinds import BOOL, COUNT, MONEY, RATE
from hengji.policies.yaml_nodes import Reader, spot_of

_UNITS = ("万元", "元")
_BLANK = ("", "~", "null")
_WRITTEN: Mapping[ColumnType, str] = {
    MONEY: "写作 6000、6000元 或 1.2万元",
    RATE: "写作 0.85 或 85%",
    COUNT: "写作 60，不带单位",
}
"""What to do about a number where there is no table around it."""
_YES_OR_NO = {"真": "是", "true": "是", "假": "否", "false": "否"}


def read_value(node: yaml.Node, column: Column, reader: Reader) -> Value:
    """The value of a scalar by its column; None when it is blank or has a fault, which is then noted."""
    cell = read_scalar(reader.text(node, column.name), column)
    if isinstance(cell, CellFault):
        reader.faults.add(Code.KIND, spot_of(node), f"{column.name}：{cell.found}", cell.expected, cell.remedy)
        return None
    return cell


def read_scalar(written: str, column: Column) -> Value | CellFault:
    """The same from text that stands in no file."""
    text = written.strip()
    if text in _BLANK:
        return None
    unit = column.unit
    if column.type is MONEY:
        own = next((each for each in _UNITS if text.endswith(each)), "")
        unit = own or next((each for each in _UNITS if unit.startswith(each)), "元")
        text = text.removesuffix(own)
    if column.type is BOOL:
        text = _YES_OR_NO.get(text, text)
    cell = read_cell(text, column, unit)
    if isinstance(cell, CellFault):
        remedy = _WRITTEN[column.type.basic] if cell.remedy is NUMBER_ALONE else cell.remedy
        return CellFault(cell.found, cell.expected, remedy)
    return cell.value
