"""Where a comment stands in its thread: fixed-width paths whose plain text order is the reading order.

A path is the segments of all ancestors and the comment's own, root first. A segment is 16 characters: the
time in base-32 milliseconds (10) and the start of the comment's id (6). In the thread index the root's
segment is mirrored, so that an ascending Query gives the newest thread first and, under each root, replies
oldest first. Fixed widths need no separators.
"""

ALPHABET = "0123456789abcdefghijklmnopqrstuv"
MIRROR = str.maketrans(ALPHABET, ALPHABET[::-1])
ID_LENGTH = 20
TIME_WIDTH = 10
ID_WIDTH = 6
WIDTH = TIME_WIDTH + ID_WIDTH
BEYOND = "~"
"""Behind a thread's root this comes after every sort key of the thread."""


def comment_id(entropy: bytes) -> str:
    """A comment's public id: 100 of the given bits (13 bytes at least) as 20 characters of the alphabet."""
    return base32(int.from_bytes(entropy[:13], "big") >> 4, ID_LENGTH)


def is_comment_id(text: str) -> bool:
    """Whether this can be the id of a comment at all."""
    return len(text) == ID_LENGTH and set(text) <= set(ALPHABET)


def base32(number: int, width: int) -> str:
    """A number as exactly `width` characters whose text order is the number's order."""
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(width - 1, -1, -1))


def segment(created_at: int, id: str) -> str:
    """One comment's segment; `created_at` in milliseconds, times before 1970 count as 1970."""
    return base32(max(created_at, 0), TIME_WIDTH) + id[:ID_WIDTH]


def depth(path: str) -> int:
    """How deep a comment stands: 0 for the root of a thread."""
    return len(path) // WIDTH - 1


def thread_at(path: str) -> str:
    """A path's sort key in the thread index."""
    return path[:WIDTH].translate(MIRROR) + path[WIDTH:]


def path_of(sort_key: str) -> str:
    """The path whose sort key this is: mirroring twice gives the text back."""
    return thread_at(sort_key)


def root_of(sort_key: str) -> str:
    """The part of a sort key that all comments of one thread share."""
    return sort_key[:WIDTH]


def may_have_replies(path: str, levels: int) -> bool:
    """Whether a comment at this place may have replies of its own, in threads of that many levels."""
    return depth(path) < levels - 1
