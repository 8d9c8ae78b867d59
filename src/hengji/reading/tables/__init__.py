"""What tables assert in numbers: totals, products, balances, rates, and the tallies of questionnaires."""
