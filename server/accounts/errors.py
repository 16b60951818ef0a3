"""Why somebody was not let in."""


class AccountError(Exception):
    """A named refusal. slug : of the contract's problems. retry_after_s : when waiting helps, else None."""

    def __init__(self, slug: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.retry_after_s = retry_after_s
