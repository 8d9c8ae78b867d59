"""What is raised where a zip file is not whole: each way of packing has an error of its own."""

from __future__ import annotations

import lzma
import zipfile
import zlib

BROKEN_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
"""OSError is that of bzip2; RuntimeError says that a part is encrypted, IndexError and KeyError that the directory is cut."""
