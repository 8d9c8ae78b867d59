"""The screens, one file each: what a request asks, what the answer shows."""
