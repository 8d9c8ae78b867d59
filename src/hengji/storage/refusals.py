"""Why the system refuses a file or a port, in Chinese: what it says itself is in the language of the machine."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hengji.model.finding import Finding, Place, Severity

CODE_FILE = "L223"

_REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "磁盘是只读的",
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "超过了磁盘配额",
        errno.EFBIG: "文件大得系统不许写",
        errno.ENOENT: "不存在",
        errno.EEXIST: "已有同名的文件",
        errno.ENOTDIR: "路径当中有一段不是文件夹",
        errno.EISDIR: "是文件夹，不是文件",
        errno.ENAMETOOLONG: "名称太长",
        errno.EBUSY: "正被别的程序使用",
        errno.ENOTEMPTY: "文件夹不是空的",
        errno.EADDRINUSE: "已有程序在用这个端口",
        errno.EADDRNOTAVAIL: "本机没有这个地址",
    }
)


def reason(error: OSError) -> str:
    """The reason as a clause; what is not known here by its number."""
    return _REASONS.get(error.errno or 0) or (f"系统错误{error.errno}" if error.errno else "系统不许读写")


def unreadable(error: OSError) -> str:
    """Why a file that somebody named cannot be read."""
    return "没有这个文件" if isinstance(error, FileNotFoundError) else f"文件读不出来（{reason(error)}）"


def content_of(path: Path, expected: str) -> bytes | Finding:
    """What is in a file that somebody named, or why it cannot be had; ``expected`` says what it should be."""
    try:
        return path.read_bytes()
    except OSError as error:
        return Finding(CODE_FILE, Severity.ERROR, Place(str(path)), unreadable(error), expected, "改正路径")
