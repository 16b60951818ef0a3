"""What goes wrong with a source as a whole: then nothing is written."""


class SourceError(Exception):
    """The source cannot be read, or not to its end. The message says what is wrong; `mend` what to do about it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.mend = mend
