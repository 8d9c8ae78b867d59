"""Laws of the ledger, held on generated ones."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hengji.funds.balances import MOVEMENTS, WHOLE, Scope, positions, scopes
from hengji.funds.figures import fund_figures
from hengji.funds.holdings import flows, holdings
from hengji.model.ledger import ControlTotal, Entry, FundStage, Ledger
from hengji.model.money import Money
from hengji.model.profile import ExecutionBase
from hengji.model.programme import Tier

FIRST = date(2021, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: FIRST + timedelta(n))
PROGRAMMES = ("甲", "乙", "丙")


def entries(amounts: st.SearchStrategy[int]) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        date=DAYS,
        stage=st.sampled_from(FundStage),
        programme=st.sampled_from(PROGRAMMES),
        tier=st.sampled_from((Tier.PROVINCE, Tier.CITY, Tier.DISTRICT)),
        amount=amounts.map(Money),
        payer=st.sampled_from(("", "财政局")),
        payee=st.sampled_from(("街道", "机构")),
    )


def ledgers(amounts: st.SearchStrategy[int]) -> st.SearchStrategy[Ledger]:
    return st.lists(entries(amounts), max_size=40).map(lambda made: Ledger(tuple(made)))


PAYMENTS = st.integers(0, 10**12)
ANY_AMOUNTS = st.integers(-(10**12), 10**12)


@given(ledgers(ANY_AMOUNTS), DAYS)
def test_balances_add_up_over_tiers_and_over_sub_projects(ledger: Ledger, cutoff: date) -> None:
    for by_scope in positions(ledger, cutoff).values():
        whole = by_scope[WHOLE].amount
        if whole is None:
            continue
        parts = [scope for scope in scopes(ledger) if scope.programme and not scope.tier]
        tiers = [scope for scope in scopes(ledger) if scope.tier and not scope.programme]
        pairs = [scope for scope in scopes(ledger) if scope.tier and scope.programme]
        for split in (parts, tiers, pairs):
            assert sum(by_scope[scope].amount or 0 for scope in split) == whole


@given(ledgers(PAYMENTS), DAYS, st.integers(0, 200))
def test_a_later_cut_off_never_has_less(ledger: Ledger, cutoff: date, later: int) -> None:
    early, late = positions(ledger, cutoff), positions(ledger, cutoff + timedelta(later))
    for stage, by_scope in early.items():
        for scope, position in by_scope.items():
            after = late[stage][scope].amount
            assert (position.amount is None) == (after is None)
            assert position.amount is None or after is None or position.amount <= after


@given(ledgers(ANY_AMOUNTS), DAYS)
def test_first_in_first_out_never_invents_money(ledger: Ledger, cutoff: date) -> None:
    held = holdings(ledger, cutoff)
    assert all(part.amount > 0 for part in held)
    received = [entry for entry in ledger.entries if entry.amount > 0 and entry.date <= cutoff]
    for stage in MOVEMENTS:
        for entry in received:
            if entry.stage is stage:
                same = sum(other.amount for other in received if other == entry)
                assert sum(part.amount for part in held if part.came == entry) <= same
                assert sum(part.amount for part in held if part.went == entry) <= same


@given(ledgers(PAYMENTS), DAYS)
def test_what_came_either_went_on_or_waits(ledger: Ledger, cutoff: date) -> None:
    for source, target in {(part.came.stage, part.to) for part in holdings(ledger, cutoff)}:
        parts = [part for part in holdings(ledger, cutoff) if part.came.stage is source and part.to is target]
        for owner in {(part.came.programme, part.came.tier) for part in parts}:
            scope = Scope(*owner)
            came = positions(ledger, cutoff)[source][scope].amount
            mine = [part for part in parts if (part.came.programme, part.came.tier) == owner]
            assert sum(part.amount for part in mine) == came
            went = sum(part.amount for part in mine if part.went)
            paid = positions(ledger, cutoff)[target][scope].amount
            assert came is not None
            assert paid is None or went == min(came, paid)


@given(ledgers(ANY_AMOUNTS), DAYS)
def test_flows_move_what_the_entries_move(ledger: Ledger, cutoff: date) -> None:
    total = sum(entry.amount for entry in ledger.entries if entry.date <= cutoff)
    assert sum(flow.amount for flow in flows(ledger, cutoff)) == total


@given(ledgers(PAYMENTS), st.sets(st.sampled_from(PROGRAMMES)), PAYMENTS, DAYS, DAYS)
def test_a_control_total_is_a_floor_of_the_whole(
    ledger: Ledger, group: set[str], amount: int, day: date, cutoff: date
) -> None:
    total = ControlTotal(day, FundStage.DISBURSED, frozenset(group), Money(amount))
    with_total = Ledger(ledger.entries, (total,))
    after = positions(with_total, cutoff)[FundStage.DISBURSED][WHOLE].amount
    paid = sum(entry.amount for entry in ledger.entries if entry.stage is FundStage.DISBURSED and entry.date <= cutoff)
    if after is None:
        return
    assert after >= paid
    if day <= cutoff:
        assert after >= amount


@given(ledgers(ANY_AMOUNTS))
def test_every_input_of_a_figure_is_a_figure(ledger: Ledger) -> None:
    figures, _ = fund_figures(ledger, (), (), ExecutionBase(FundStage.DISBURSED, FundStage.ARRIVED, "测试口径"))
    for name, figure in figures.items():
        assert figure.id == name
        assert set(figure.inputs) <= figures.keys()
        assert figure.inputs or figure.sources or figure.value in (None, 0)
