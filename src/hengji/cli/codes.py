"""Exit codes."""

FINE = 0
FAULTY = 1
"""There are findings of severity error."""
UNUSABLE = 2
"""Wrong usage, or input that cannot be read at all."""
DEFECT = 3
"""A fault of ours."""
INTERRUPTED = 130
UNREAD = 141
"""Nobody reads our output any more."""


class Over(SystemExit):
    """The end of a command that has said and written everything: nothing that its process holds is needed any more."""
