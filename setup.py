"""What pyproject.toml cannot say: how the tally (native/tally.c) becomes an extension that DuckDB loads.

Where there is no C compiler it is left out, and rows are counted by the database alone (docs/decisions/0020).
"""

import platform
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NAME = "hengji.engines.columnar.tally"
HERE = "src/hengji/engines/columnar/native"
FIELD = 32
"""Bytes of each field of what DuckDB reads behind an extension; their order is theirs."""
MACHINES = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def told() -> bytes:
    """What DuckDB wants to know before it loads an extension: for which machine it is, and which version of its C API it asks for."""
    machine = MACHINES.get(platform.machine(), platform.machine())
    system = {"linux": "linux", "darwin": "osx"}.get(sys.platform, sys.platform)
    libc = "_musl" if "musl" in str(sysconfig.get_config_var("SOABI")) else ""
    fields = ["", "", "", "C_STRUCT", "1", "v1.2.0", f"{system}_{machine}{libc}", "4"]
    section = b"\x00\x93\x04\x10duckdb_signature\x80\x04"  # a section of its own, named so, of 512 bytes
    return section + b"".join(field.encode("ascii").ljust(FIELD, b"\0") for field in fields) + bytes(8 * FIELD)


class BuildTally(build_ext):
    """A shared library under the name that DuckDB expects, and behind it what DuckDB reads first."""

    def get_ext_filename(self, fullname: str) -> str:
        return str(Path(*fullname.split("."))) + ".duckdb_extension"

    def build_extension(self, ext: Extension) -> None:
        super().build_extension(ext)
        path = Path(self.get_ext_fullpath(ext.name))
        library = path.read_bytes()
        if not library.endswith(told()):  # what was compiled before may be there still
            path.write_bytes(library + told())


setup(
    cmdclass={"build_ext": BuildTally},
    ext_modules=[
        Extension(
            NAME,
            [f"{HERE}/tally.c"],
            depends=[f"{HERE}/duckdb_api.h"],
            extra_compile_args=["-std=c11", "-O3", "-Wall", "-Wextra", "-fvisibility=hidden", "-pthread"],
            extra_link_args=["-pthread"],
            optional=True,
        )
    ],
)
