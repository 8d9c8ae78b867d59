"""One function per kind of chapter: materials to blocks."""
