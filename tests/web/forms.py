"""What is asked of every form of the workbench that answers with faults."""

import re

FAULTY = re.compile(r' aria-invalid="true" aria-describedby="([^"]+)-fault"')
TOLD = re.compile(r'<p class="error" id="([^"]+)-fault">([^<]+)</p>')
LISTED = re.compile(r'<li><a href="#([^"]+)">')


def told_in_place(page: str) -> dict[str, str]:
    """What is told, by field: each at the field that it is about, and from the top of the page a link to each."""
    told = dict(TOLD.findall(page))
    listed = LISTED.findall(page)
    assert told, re.findall(r'role="alert">(.*)', page)
    assert set(told) == set(FAULTY.findall(page)) == set(listed)
    assert listed == list(told), "not in the order of the page"
    for name in told:
        assert page.count(f'id="{name}"') == 1, name
    return told
