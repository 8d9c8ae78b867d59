"""The texts of a policy folder to a policy: everything is read, and every fault is reported, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from hengji.model.finding import Finding, Severity
from hengji.model.policy_source import PolicySource
from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.cases import read_cases
from hengji.policies.faults import Code, FaultError, Faults, Spot
from hengji.policies.front import read_front
from hengji.policies.functions import NAMES
from hengji.policies.kinds import BOOL, MONEY, NUMBERS, words
from hengji.policies.markdown import Law, read_law
from hengji.policies.nodes import Literal, Lookup, Node, Parameter, walk
from hengji.policies.ordering import order
from hengji.policies.parameter_files import read_parameters
from hengji.policies.policy import Amount, Clause, Condition, Let, Policy, Split, Statement, TierShare, tiers_of
from hengji.policies.resolve import resolve
from hengji.policies.scope import Scope
from hengji.policies.statements import AMOUNT, CONDITION, SPLIT, Written, read_statement, statements

_NUMBER = re.compile(r"[^\s；;，,、（）()]*[〔\[]\d{4}[〕\]]\d+号")


def read_policy(source: PolicySource, folder: str = "") -> tuple[Policy | None, tuple[Finding, ...]]:
    """Read a policy. None when there is an error; the findings say which, with places under ``folder`` (policies/<name>)."""
    base = f"{folder or f'policies/{source.name}'}/"
    faults = Faults(f"{base}law.md")
    law = read_law(source.law, faults)
    front = read_front(law.front, faults)
    if front.name and front.name != source.name:
        found = f"name 是“{front.name}”，文件夹是“{source.name}”"
        faults.add(Code.STRUCTURE, Spot(2, 1), found, "两者相同", "改正其中一个")
    aside = Faults(f"{base}parameters.yaml")
    columns = {column.name: column for table in front.tables.values() for column in table.columns}
    parameters, lookups = read_parameters(source.parameters, aside, columns)
    scope = Scope(front.rows if front.rows in front.tables else "", front.tables, {}, parameters, lookups)
    written = list(_read_blocks(law, faults))
    readable = not any(finding.code == Code.YAML.value for finding in (*faults.findings, *aside.findings))
    built, ordered = _build(written, scope, faults) if readable else ((), ())
    policy = Policy(
        front.name,
        front.title,
        front.jurisdiction,
        front.start,
        front.rows,
        front.recipient,
        front.end,
        front.as_of,
        front.documents,
        front.tables,
        parameters,
        lookups,
        law.clauses,
        built,
        ordered,
        file=faults.file,
    )
    _judge(policy, law, faults)
    last = Faults(f"{base}cases.yaml")
    if not any(finding.severity is Severity.ERROR for finding in (*faults.findings, *aside.findings)):
        policy = replace(policy, cases=read_cases(source.cases, policy, last))
    findings = (*faults.ordered(), *aside.ordered(), *last.ordered())
    broken = any(finding.severity is Severity.ERROR for finding in findings)
    return None if broken else policy, findings


@record
class _Placed:
    """A statement that was read, and the clause under which it stands."""

    clause: Clause
    written: Written


def _read_blocks(law: Law, faults: Faults) -> Iterator[_Placed]:
    for block in law.blocks:
        faults.item = block.clause.title
        for text, spot in statements(block.text, block.line):
            try:
                yield _Placed(block.clause, read_statement(text, spot))
            except FaultError as fault:
                faults.note(fault)
    faults.item = ""


def _build(placed: list[_Placed], scope: Scope, faults: Faults) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Type all statements, those that others use first; give them in the order of the law, and the order of the names."""
    named: dict[str, _Placed] = {}
    for each in placed:
        if each.written.name:
            _once(each, named, scope, faults)
            named.setdefault(each.written.name, each)
    ordered, cyclic = order({name: each.written.value for name, each in named.items()})
    for circle in cyclic:
        first = named[circle[0]]
        faults.item = first.clause.title
        found = "互相引用：" + " → ".join(f"「{name}」" for name in (*circle, circle[0]))
        faults.add(Code.CYCLE, first.written.spot, found, "每个名称只用到别的名称", "去掉其中一处引用")
    kinds: dict[str, ColumnType] = {}
    broken = {name for circle in cyclic for name in circle}
    built: dict[int, Statement] = {}
    rest = [each for each in placed if each.written.name not in named or named[each.written.name] is not each]
    for each in [*(named[name] for name in ordered), *rest]:
        faults.item = each.clause.title
        known = replace(scope, named=dict(kinds), broken=frozenset(broken))
        statement = _statement(each, known, faults)
        if isinstance(statement, Let | Condition):
            kinds[statement.name] = statement.value.kind
        elif each.written.name:
            broken.add(each.written.name)
        if statement is not None:
            built[id(each)] = statement
    faults.item = ""
    return tuple(built[id(each)] for each in placed if id(each) in built), ordered


def _once(each: _Placed, named: Mapping[str, _Placed], scope: Scope, faults: Faults) -> None:
    name, faults.item = each.written.name, each.clause.title
    main = scope.tables[scope.rows] if scope.rows else None
    other = ""
    if name in named:
        other = f"第{named[name].written.spot.line}行的规则"
    elif main is not None and main.field(name):
        other = f"「{main.name}」的列"
    elif name in scope.parameters or name in scope.lookups:
        other = "参数"
    elif name in NAMES:
        other = "函数"
    if other:
        faults.add(Code.TWICE, each.written.spot, f"名称「{name}」与{other}同名", "各不相同的名称", "改名")


def _statement(each: _Placed, scope: Scope, faults: Faults) -> Statement | None:
    written, clause = each.written, each.clause
    line = written.spot.line
    wanted = {CONDITION: {BOOL}, AMOUNT: {MONEY}, SPLIT: {MONEY}}.get(written.keyword, frozenset(ColumnType))
    value = _typed(resolve(written.value, scope, faults), wanted, f"「{written.keyword}」的右边", written.spot, faults)
    shares = [
        (tier, _typed(resolve(tree, scope, faults), NUMBERS, f"「{tier.value}」的份额", tree.spot, faults))
        for tier, tree in written.shares
    ]
    if value is None or any(rate is None for _, rate in shares):
        return None
    match written.keyword:
        case "令":
            return Let(clause, line, written.name, value)
        case "条件":
            return Condition(clause, line, written.name, value)
    assert written.tier is not None
    if written.keyword == AMOUNT:
        return Amount(clause, line, written.tier, value)
    parts = tuple(TierShare(tier, rate) for tier, rate in shares if rate is not None)
    literal = [part.rate.value for part in parts if isinstance(part.rate, Literal)]
    if sum(Fraction(value) for value in literal if isinstance(value, int | Fraction)) > 1:
        faults.add(Code.KIND, written.spot, "各级份额合计超过 100%", "不超过 100%，其余归「余额」一级", "改正份额")
    return Split(clause, line, value, parts, written.tier)


def _typed(node: Node | None, wanted: object, role: str, spot: Spot, faults: Faults) -> Node | None:
    assert isinstance(wanted, set | frozenset)
    if node is None or node.kind in wanted:
        return node
    remedy = "金额要写单位，如 6000元" if wanted == {MONEY} else "改正种类"
    faults.add(Code.KIND, spot, f"{role}是{node.kind.value}", words(wanted), remedy)
    return None


def _judge(policy: Policy, law: Law, faults: Faults) -> None:
    """Faults of the whole: tiers paid twice, parameters without a value at the start, sources that are not declared."""
    paid: dict[object, Statement] = {}
    for statement in policy.statements:
        for tier in tiers_of(statement):
            if tier in paid:
                faults.item = statement.clause.title
                found = f"{tier.value}的金额在第{paid[tier].line}行已经规定"
                faults.add(Code.TIER, Spot(statement.line, 1), found, "每一级只规定一次", "合成一个，用「若」分情形")
            paid.setdefault(tier, statement)
    faults.item = ""
    if policy.statements and not paid and not faults.findings:
        found = "没有一条规则规定金额"
        faults.add(Code.STRUCTURE, None, found, "金额 层级 = … 或 分担 … = …", "补上", Severity.WARNING)
    _dated(policy, faults)
    declared = {document.number for document in policy.documents}
    for clause in law.clauses:
        for number in _NUMBER.findall(clause.source):
            if number not in declared:
                found = f"出处“{number}”不在文件头的 documents 之中"
                remedy = "在 documents 中补上，或改正文号"
                faults.add(Code.SOURCE, Spot(clause.line, 1), found, "已列明的文号", remedy, Severity.WARNING)


def _dated(policy: Policy, faults: Faults) -> None:
    if policy.as_of:
        return
    for statement in policy.statements:
        for node in (each for root in policy_nodes(statement) for each in walk(root)):
            if not isinstance(node, Parameter | Lookup):
                continue
            name = node.name if isinstance(node, Parameter) else node.table
            series = policy.parameters[name] if isinstance(node, Parameter) else policy.lookups[name]
            if series.at(policy.start) is None:
                faults.item = statement.clause.title
                found = f"参数「{name}」在 {policy.start} 没有值"
                remedy = "把第一版的 from 提前，或改正 effective.start"
                faults.add(Code.DATE, Spot(statement.line, 1), found, f"{policy.start} 以前起用的一版", remedy)
    faults.item = ""


def policy_nodes(statement: Statement) -> tuple[Node, ...]:
    match statement:
        case Let() | Condition() | Amount():
            return (statement.value,)
        case Split():
            return (statement.value, *(share.rate for share in statement.shares))
        case _:
            return ()
