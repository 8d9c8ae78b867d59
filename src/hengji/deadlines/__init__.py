"""Working days, terms and how many days late."""
