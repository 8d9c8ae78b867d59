"""What the ledger says: flows, balances, rates, lateness."""
