"""A dossier as bytes, and a folder of them."""
