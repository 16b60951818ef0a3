"""Golden conversations between phone and server, and how to hold a server to them.

A transcript is a JSON file: what is `given` (accounts, records), then `steps`. A step says in words what happens, what
is sent (`as` names the phone whose access token is used) and what must come back. In an expected answer ``<text>``,
``<number>``, ``<instant>`` and ``<any>`` stand for any such value, and ``<keep:name>`` also remembers it; a request
uses it as ``{name}``. ``wait_s`` lets that much time pass first; ``meanwhile`` says what happens on the server before:
records that are `put`, accounts of which the `teams` change, and with `dispatch` volunteers are asked about open tasks.

A folder such as ``v1`` holds the conversations of an older contract, frozen when the next one came: phones of that
version are still out there, and the server answers them as ever. What it says more than then, they pass over.
"""

from mobile_contract.transcripts.match import differences, filled, recorded
from mobile_contract.transcripts.replay import Received, Replay, Send, frozen, load, names

__all__ = ["Received", "Replay", "Send", "differences", "filled", "frozen", "load", "names", "recorded"]
