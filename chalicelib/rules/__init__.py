"""The rules of the trade: pure functions, without input or output."""
