"""Subsidy rules as data: a policy is parsed, typed and explained here, and run by an engine."""
