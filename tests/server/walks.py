"""Enquiries as the server keeps them, for tests of what is counted from them."""

from collections.abc import Iterator
from typing import Any

from server.sync.door import Put

WAY = ("enquiry", "interview", "matched", "referred", "placed", "at_4_weeks", "at_12_weeks")


def enquiries(count: int, upto: str, centre: str = "c1", **fields: Any) -> Iterator[Put]:
    """Give so many enquiries that came to a step: of 1 June 2024, placed a day later, asked in July and September.

    fields : of the last step, such as its reason; an end stands after the placement.
    """
    for number in range(count):
        name = f"{centre}-{upto}-{number}"
        doc = {"volunteer_id": f"v-{name}", "centre_id": centre, "origin": "web", "enquired_on": "2024-06-01"}
        yield Put("enquiry", name, {**doc, "status": upto})
        yield from _steps(name, upto, centre, fields)


def _steps(name: str, upto: str, centre: str, fields: dict[str, Any]) -> Iterator[Put]:
    walked = WAY[: WAY.index(upto) + 1] if upto in WAY else (*WAY[:5], upto)
    days = {"enquiry": "2024-06-01", "at_4_weeks": "2024-07-01", "at_12_weeks": "2024-09-01"}
    for number, step in enumerate(walked, 1):
        doc = {"enquiry_id": name, "centre_id": centre, "number": number, "step": step, "origin": "web",
               "stepped_on": days.get(step, "2024-06-02")}  # fmt: skip
        yield Put("enquiry_step", f"{name}-{number}", {**doc, **(fields if number == len(walked) else {})})
