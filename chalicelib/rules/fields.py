"""What does a rule say when it refuses the value of a field?"""


class FieldError(ValueError):
    """The value of one field breaks a rule; the caller knows which field it was.

    `code` is a stable snake_case word (`required`, `too_long`, `invalid_email`, ...); `params` are
    the figures a sentence about it needs, as in `FieldError("too_long", limit=100)`.
    """

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
