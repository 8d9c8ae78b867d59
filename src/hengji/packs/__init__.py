"""Policies, profiles and indicators of the field: data with a source."""
