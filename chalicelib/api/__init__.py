"""The wire: what comes in over HTTP, how it is bound to an action, and what goes out."""
