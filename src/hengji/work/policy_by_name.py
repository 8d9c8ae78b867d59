"""The policy that somebody names: one of the packs, or a folder with law.md."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hengji.model.finding import Finding, Place, Severity
from hengji.model.policy_source import PolicySource
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy
from hengji.storage.policy_packs import policy_names, policy_source

Findings = tuple[Finding, ...]
CODE_POLICY = "L221"
_TEXTS = ("law.md", "parameters.yaml", "cases.yaml")
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)


def open_policy(name: str) -> tuple[Policy | None, Findings]:
    """A policy of the packs by name, or the policy folder at that path."""
    root = Path(name)
    if policy_source(name) is None and root.is_dir():
        return _read_policy_folder(root)
    return _library_policy(name, "政策文件夹的路径，或政策库中的：", "改正名称或路径")


def library_policy(name: str) -> tuple[Policy | None, Findings]:
    """A policy of the packs by name."""
    return _library_policy(name, "政策库中的：", "改正名称")


def _library_policy(name: str, kinds: str, remedy: str) -> tuple[Policy | None, Findings]:
    source = policy_source(name)
    if source is not None:
        # The cases of a pack are proved where it is made; reading them takes longer than a county's roster.
        return read_policy(replace(source, cases=""), f"（政策库）{name}")
    expected = kinds + "、".join(_titled(each) for each in policy_names())
    return None, (Finding(CODE_POLICY, Severity.ERROR, Place(item=name), f"没有政策“{name}”", expected, remedy),)


def _titled(name: str) -> str:
    source = policy_source(name)
    title = _TITLE.search(source.law) if source is not None else None
    return f"{name}（{title[1].strip()}）" if title is not None else name


def _read_policy_folder(root: Path) -> tuple[Policy | None, Findings]:
    from hengji.storage.folder import read_folder  # most policies are asked for by name

    files, findings = read_folder(root)
    found: list[Finding] = list(findings)
    texts = {}
    for name in _TEXTS:
        try:
            texts[name] = files.get(name, b"").decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            place = Place(str(root / name))
            remedy = "用文本编辑器另存为 UTF-8 编码"
            found.append(Finding(CODE_POLICY, Severity.ERROR, place, "文件不是 UTF-8 编码", "UTF-8 文本", remedy))
    if "law.md" not in files:
        place = Place(str(root))
        remedy = "给出含 law.md 的文件夹"
        found.append(Finding(CODE_POLICY, Severity.ERROR, place, "文件夹里没有 law.md", "政策文件夹", remedy))
    if any(finding.severity is Severity.ERROR for finding in found):
        return None, tuple(found)
    policy, faults = read_policy(PolicySource(root.resolve().name, *texts.values()), str(root))
    return policy, (*found, *faults)
