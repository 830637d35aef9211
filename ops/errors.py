"""What operator commands say when they cannot go on."""


class OperatorError(Exception):
    """A command cannot do its work; the text is one sentence that names the remedy."""
