"""The award as formulas of OpenFisca-core, or of policyengine-core, which has the same way of writing them.

A person has one home for a whole simulation there, so the person of the simulation is a stay: a resident in a home with one
ability. Stays have two groups, the home and the resident; rows of one stay in one month are added up. Values are given and
computed by month; a home's year is the sum over its stays and months.

Amounts are whole fen. Both keep whole numbers in 32 bits, so that a home may get 21 million yuan a year and no more; groups are
summed in 64-bit floating point, exact far beyond that; what all homes get together is added up outside, in 64 bits.
Speed: enumerations are given as numbers, groups as positions (the builder would make lists of Python objects of them), and
Arrow finds the stays and groups, faster than NumPy, without the time that importing pandas takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

YEAR, MONTHS = 2021, 12
ABILITIES = ("能力完好", "轻度", "中度", "重度")
STARS = ("未评定", "一星", "二星", "三星", "四星", "五星")
OPERATIONS = ("民办", "公办委托运营", "合资合作", "公办公营")
FORMS = ("普通", "居家式", "产权式", "会员制")
PARAMETERS = {
    "moderate": 20_000,
    "severe": 30_000,
    "least_satisfaction": 900_000,
    "year": MONTHS,
    "tenths": (0, 8, 9, 10, 11, 12),
}


@dataclass(frozen=True, slots=True)
class Stays:
    """The roster as dense arrays: months in rows, stays in columns of ``heads`` and ``months``."""

    homes: pa.Table
    home: np.ndarray
    resident: np.ndarray
    ability: np.ndarray
    heads: np.ndarray
    months: np.ndarray


def award(core: str, roster: Path, homes: Path, out: Path) -> int:
    """Read, compute, write; the total in fen."""
    stays = _read(roster, homes)
    simulation = _simulation(core, stays)
    fen = simulation.calculate("home_award", str(YEAR)).astype(np.int64)
    paid = simulation.calculate("home_paid", str(YEAR)).astype(np.int64)
    due = pa.table({"机构": stays.homes["机构"], "fen": fen, "n": paid})
    pq.write_table(due.filter(pa.array(paid > 0)), out)
    return int(fen.sum())


def _read(roster: Path, homes: Path) -> Stays:
    names = ["机构", "人员编号", "月份", "失能等级", "人数", "人月"]
    rows = pq.read_table(roster, columns=names, read_dictionary=["失能等级"]).unify_dictionaries()
    words, known = _numbered(rows["失能等级"])
    ability = np.array([ABILITIES.index(word) for word in known.to_pylist()])[words]
    month = rows["月份"].to_numpy().astype("datetime64[M]").astype(int) % MONTHS
    home, known_homes = _numbered(rows["机构"])
    resident, residents = _numbered(rows["人员编号"])
    stay, keys = _numbered(pa.array((resident.astype(np.int64) * len(known_homes) + home) * len(ABILITIES) + ability))
    heads, months = (_by_month(rows[name].to_numpy(), stay, month, len(keys)) for name in ("人数", "人月"))
    table = pq.read_table(homes)
    at = table.take(pc.index_in(known_homes, table["机构"].combine_chunks()))
    rest, ability = np.divmod(keys.to_numpy(), len(ABILITIES))
    resident, home = np.divmod(rest, len(known_homes))
    assert resident.max() + 1 == len(residents)
    return Stays(at, home, resident, ability, heads, months)


def _numbered(column: Any) -> tuple[np.ndarray, Any]:
    """Each value as a number from 0, and the values."""
    encoded = pc.dictionary_encode(column)
    whole = encoded.unify_dictionaries().combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return whole.indices.to_numpy(), whole.dictionary


def _by_month(values: np.ndarray, stay: np.ndarray, month: np.ndarray, stays: int) -> np.ndarray:
    dense = np.zeros((MONTHS, stays), np.int32)
    np.add.at(dense, (month, stay), values)
    return dense


def _simulation(core: str, stays: Stays) -> Any:
    system = _system(core)
    builder = import_module(f"{core}.simulations").SimulationBuilder()
    builder.create_entities(system)
    year, homes = str(YEAR), stays.homes
    for name, size in (("stay", len(stays.home)), ("home", len(homes)), ("resident", stays.resident.max() + 1)):
        population = builder.populations[name]
        population.ids, population.count = np.arange(size), int(size)
    builder.populations["home"].members_entity_id = stays.home
    builder.populations["resident"].members_entity_id = stays.resident
    simulation = builder.build(system)
    for at in range(MONTHS):
        period = f"{YEAR}-{at + 1:02}"
        simulation.set_input("heads", period, stays.heads[at])
        simulation.set_input("months", period, stays.months[at])
    simulation.set_input("ability", year, stays.ability)
    for name, column, words in (
        ("star", "星级", STARS),
        ("operation", "运营方式", OPERATIONS),
        ("form", "经营形态", FORMS),
    ):
        simulation.set_input(name, year, pc.index_in(homes[column], pa.array(words)).to_numpy())
    for name, column in (("opened", "投运日期"), ("applied", "申请日期"), ("awarded", "上次省级奖补日期")):
        simulation.set_input(name, year, homes[column].fill_null(date(1970, 1, 1)).to_numpy().astype("datetime64[D]"))
    for name, column in _YES_OR_NO.items():
        simulation.set_input(name, year, homes[column].to_numpy())
    simulation.set_input("was_awarded", year, homes["上次省级奖补日期"].is_valid().to_numpy())
    simulation.set_input("was_asked", year, homes["满意率"].is_valid().to_numpy())
    simulation.set_input("satisfaction", year, homes["满意率"].fill_null(0).to_numpy())
    return simulation


_YES_OR_NO = {
    "listed": "列入名单",
    "reviewed": "省级复核",
    "registered": "法人登记",
    "filed": "备案或许可",
    "reporting": "平台信息及时更新",
}


def _year_after(day: np.ndarray) -> np.ndarray:
    """The same day a year later; the last of a shorter month."""
    month = day.astype("datetime64[M]")
    last = (month + MONTHS + 1).astype("datetime64[D]") - 1
    return np.minimum((month + MONTHS).astype("datetime64[D]") + (day - month), last)


def _system(core: str) -> Any:
    api = import_module(f"{core}.model_api")
    build_entity = import_module(f"{core}.entities").build_entity
    role = [{"key": "member", "plural": "members", "label": ""}]
    stay = build_entity("stay", "stays", "", is_person=True)
    home = build_entity("home", "homes", "", roles=role)
    resident = build_entity("resident", "residents", "", roles=role)
    system = import_module(f"{core}.taxbenefitsystems").TaxBenefitSystem([stay, home, resident])
    values = {name: {"values": {"2021-01-01": value}} for name, value in PARAMETERS.items() if isinstance(value, int)}
    system.parameters = api.ParameterNode("", data=values)
    variables = [*_inputs(api, stay, home), *_home_formulas(api, home), *_stay_formulas(api, stay, resident)]
    for variable in (*variables, *_year_formulas(api, home)):
        system.add_variable(variable)
    return system


def _inputs(api: Any, stay: Any, home: Any) -> list[type]:
    def given(name: str, entity: Any, kind: type, **more: Any) -> type:
        about = {"value_type": kind, "entity": entity, "label": name, "definition_period": api.YEAR, **more}
        return type(name, (api.Variable,), about)

    def chosen(name: str, entity: Any, words: tuple[str, ...]) -> type:
        choices = api.Enum(name.title(), {f"w{at}": word for at, word in enumerate(words)})
        return given(name, entity, api.Enum, possible_values=choices, default_value=choices["w0"])

    return [
        given("heads", stay, int, definition_period=api.MONTH),
        given("months", stay, int, definition_period=api.MONTH),
        chosen("ability", stay, ABILITIES),
        chosen("star", home, STARS),
        chosen("operation", home, OPERATIONS),
        chosen("form", home, FORMS),
        *(given(name, home, date) for name in ("opened", "applied", "awarded")),
        *(given(name, home, bool) for name in (*_YES_OR_NO, "was_awarded", "was_asked")),
        given("satisfaction", home, int),
    ]


def _home_formulas(api: Any, home: Any) -> list[type]:
    class eligible(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801 the name is the variable's
        value_type, entity, definition_period, label = bool, home, api.YEAR, "eligible"

        def formula(home, period, parameters):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805 called by the core
            star, known = np.asarray(home("star", period)), home("was_asked", period)
            applied = home("applied", period)
            pleased = home("satisfaction", period) >= parameters(period).least_satisfaction
            return (
                (np.asarray(home("operation", period)) != OPERATIONS.index("公办公营"))
                & (np.asarray(home("form", period)) == FORMS.index("普通"))
                & (applied >= _year_after(home("opened", period)))
                & (star != STARS.index("未评定"))
                & home("registered", period)
                & home("filed", period)
                & home("reporting", period)
                & np.where(known, pleased, home("listed", period))
                & (~home("was_awarded", period) | (applied >= _year_after(home("awarded", period))))
                & ((star < STARS.index("四星")) | home("reviewed", period))
            )

    class tenths(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801
        value_type, entity, definition_period, label = int, home, api.YEAR, "tenths"

        def formula(home, period):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805
            return np.array(PARAMETERS["tenths"])[np.asarray(home("star", period))]

    return [eligible, tenths]


def _stay_formulas(api: Any, stay: Any, resident: Any) -> list[type]:
    class too_long(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801
        value_type, entity, definition_period, label = bool, resident, api.YEAR, "too_long"

        def formula(resident, period, parameters):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805
            months = resident.members("months", period, options=[api.ADD])
            return resident.sum(months) > parameters(period).year

    class due(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801
        value_type, entity, definition_period, label = bool, stay, api.MONTH, "due"

        def formula(stay, period, parameters):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805
            months, heads = stay("months", period), stay("heads", period)
            year = period.this_year
            ability = np.asarray(stay("ability", year))
            return (
                (ability >= ABILITIES.index("中度"))
                & (heads > 0)
                & (months <= heads * parameters(period).year)
                & stay.home("eligible", year)
                & ~stay.resident("too_long", year)
            )

    class award(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801
        value_type, entity, definition_period, label = int, stay, api.MONTH, "award"

        def formula(stay, period, parameters):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805
            year, rates = period.this_year, parameters(period)
            moderate = np.asarray(stay("ability", year)) == ABILITIES.index("中度")
            rate = np.where(moderate, rates.moderate, rates.severe)
            return stay("due", period) * rate * stay("months", period) * stay.home("tenths", year) // 10

    return [too_long, due, award]


def _year_formulas(api: Any, home: Any) -> list[type]:
    class home_award(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801
        value_type, entity, definition_period, label = int, home, api.YEAR, "home_award"

        def formula(home, period):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805
            return sum(home.sum(home.members("award", month)) for month in period.get_subperiods(api.MONTH))

    class home_paid(api.Variable):  # type: ignore[misc,name-defined]  # noqa: N801
        value_type, entity, definition_period, label = int, home, api.YEAR, "home_paid"

        def formula(home, period):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202,N805
            months = period.get_subperiods(api.MONTH)
            return sum(home.sum(home.members("due", month) * home.members("heads", month)) for month in months)

    return [home_award, home_paid]
