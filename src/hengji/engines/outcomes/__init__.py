"""What an engine computed, ready to be asked and written, whichever engine it was."""
