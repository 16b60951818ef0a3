"""The version of the contract, and the hash of what it covers."""

from typing import Final

#: Raised whenever a phone of the version before would misread the server.
CURRENT: Final = 5
#: The oldest contract that the server still serves.
OLDEST: Final = 1
