"""Files that people send: bounded in size, and what their content says they are."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 64 * 2**20
_SIGNATURES = {
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".xlsx": (b"PK\x03\x04",),
    ".docx": (b"PK\x03\x04",),
    ".pdf": (b"%PDF-",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
"""How files of a kind begin; kinds that are text have no signature and must hold no NUL."""


def taken(file: UploadedFile[bytes], suffixes: Sequence[str], most: int = MOST_BYTES) -> tuple[bytes | None, str]:
    """The content of an upload, or why it is not taken, in a sentence for the person who sent it."""
    name = file.name or "文件"
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in suffixes:
        return None, f"“{name}”不是所要的文件，应为 {'、'.join(suffixes)}。"
    if (file.size or 0) > most:
        return None, f"“{name}”有 {(file.size or 0) // 2**20} MB，超过 {most // 2**20} MB 的上限。请拆分后再传。"
    content = file.read()
    if not content:
        return None, f"“{name}”是空的。请核对后重新选择。"
    signatures = _SIGNATURES.get(suffix)
    fits = content.startswith(signatures) if signatures else b"\0" not in content[:4096]
    if not fits:
        return None, f"“{name}”的内容与扩展名不符，可能改过扩展名。请用原来的程序另存后再传。"
    return content, ""
