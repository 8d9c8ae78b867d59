"""Working days, terms and how they were kept."""
