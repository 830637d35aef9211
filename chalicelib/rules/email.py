"""Which e-mail addresses are taken, and in which form?"""

import unicodedata

from chalicelib.rules.fields import FieldError

LIMIT = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets (erratum 1690)


def normalise_email(value: str) -> str:
    """The address in NFC, its domain in lower case and Unicode; nothing is looked up in the DNS.

    Internationalised addresses (RFC 6531) are taken; quoted local parts, address literals, display
    names and special-use domains (RFC 6761) are not. Only spaces at the ends are trimmed: a line end
    or a NUL in an address is never an honest slip.

    Raises FieldError: `required`, `too_long` (254 characters) or `invalid_email`.
    """
    address = value.strip(" ")
    if not address:
        raise FieldError("required")
    # Before the library sees it: IDNA takes quadratic time on long labels (CVE-2024-3651).
    if len(address) > LIMIT:
        raise FieldError("too_long", limit=LIMIT)
    return _validated(address)


def email_key_form(value: str) -> str:
    """The one spelling under which an author is recognised: normalised, the local part casefolded.

    The domain stays as IDNA 2008 has it: casefolding would make faß.de and fass.de, which have
    different owners, one.
    """
    local, _, domain = normalise_email(value).rpartition("@")
    return f"{unicodedata.normalize('NFC', local.casefold())}@{domain}"


def _validated(address: str) -> str:
    from email_validator import validate_email  # 30 ms, which only those who post should wait for

    try:
        return validate_email(
            address,
            check_deliverability=False,
            allow_smtputf8=True,
            allow_empty_local=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            strict=True,
            test_environment=False,
            globally_deliverable=True,
        ).normalized
    # Its own errors and those of `idna` and the codecs beneath it are all of this kind.
    except ValueError as error:
        raise FieldError("invalid_email") from error
