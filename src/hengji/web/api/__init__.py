"""The interface for programs: the same verbs as JSON. What is declared in operations.py routes, validates and documents itself."""
