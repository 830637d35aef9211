"""Every option of the service: its name, default, limits and meaning. Read once, from the environment."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

PREFIX = "TRIBUNE_"
ORIGIN = re.compile(r"https?://[^/\s?#@]+")
PROXY_VALUE = r"^(site|[A-Za-z0-9._~+/=-]{16,256})$"


class SettingsError(Exception):
    """One or more settings cannot be used; the text names each and its remedy."""


class Settings(BaseModel):
    """The options, each set by the environment variable `TRIBUNE_` and its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    table: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{3,255}$")] = Field(
        "tribune-local", description="Name of the DynamoDB table."
    )
    language: Literal["fr", "en"] = Field(
        "fr", description="The site's language, spoken to readers who ask for neither French nor English."
    )
    origins: tuple[str, ...] = Field(
        ("*",),
        description="Origins whose pages may write, comma-separated; `*` means any. The service's own "
        "origin always may, and so may a request without `Origin` (a server's).",
    )
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/\s?#@]+(/[^\s?#]*)?$",
        description="The service's own address as readers see it, where a CDN stands in front of it.",
    )
    trusted_hops: int = Field(
        0, ge=0, le=10, description="Your own proxies in front of the door, counted from the door outwards."
    )
    proxy_secret: str | None = Field(
        None,
        pattern=PROXY_VALUE,
        description="What your proxies send in the header `X-Tribune-Proxy`; where it is set, "
        "`TRIBUNE_TRUSTED_HOPS` counts only on requests that carry it. `site` derives it from the site's secret.",
    )
    requests_per_minute: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Requests one exact address (IPv6: /64) may make of one environment in a minute; 0 = any.",
    )
    moderation: Literal["first", "all", "none"] = Field(
        "first",
        description="`first` holds a comment until one of that author (name and e-mail) was approved; "
        "`all` holds every comment; `none` publishes what no rule holds.",
    )
    comment_interval: int = Field(
        15,
        ge=0,
        le=86_400,
        description="Seconds between two comments of one exact address (IPv6: /64) or one e-mail; 0 turns "
        "the pace off. A /24 or /48 network may post 40 comments in that time.",
    )
    max_content: int = Field(5_000, ge=1, le=50_000, description="Characters a comment may have.")
    edit_minutes: int = Field(
        15, ge=0, le=10_080, description="Minutes for which a comment's own author holds a token to edit it."
    )
    staff_name: str = Field(
        "La rédaction",
        min_length=1,
        max_length=100,
        description="The name under which moderators answer readers; no reader may use it.",
    )
    report_limit: int = Field(
        3,
        ge=0,
        le=50,
        description="Readers, by their addresses, whose reports hold a comment until a moderator decides; "
        "0 = never.",
    )
    redress: str | None = Field(
        None,
        max_length=500,
        description="Where somebody may complain of a decision (an address or a page): statements of reasons "
        "tell it.",
    )
    thread_levels: int = Field(
        5,
        ge=1,
        le=10,
        description="Levels of a thread; a deeper reply goes under the deepest ancestor that may have one.",
    )
    close_after_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days after publication at which an article set to `auto` closes its comments; 0 = never.",
    )
    roll_up_seconds: int = Field(
        2, ge=1, le=86_400, description="Seconds between two roll-ups of the views in `make serve`."
    )
    view_partitions: int = Field(
        32, ge=1, le=256, description="Partitions over which an hour's view sets are spread."
    )
    publisher_token: str | None = Field(
        None, description="A token that may register articles; made by `make serve` when unset."
    )
    moderator_token: str | None = Field(
        None, description="A token that may moderate; made by `make serve` when unset."
    )
    admin_token: str | None = Field(
        None, description="A token that may do both and see how the service does; made by `make serve` when unset."
    )

    @field_validator("origins", mode="before")
    @classmethod
    def split_origins(cls, value: object) -> object:
        """Take `a, b` as two origins, in lower case and without a closing slash."""
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/").lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("origins")
    @classmethod
    def check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what no browser would ever send as an Origin."""
        for origin in value:
            if origin != "*" and not ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is not an origin; write for example https://www.example.org")
        return value


def variable(name: str) -> str:
    """The environment variable that sets the option `name`."""
    return PREFIX + name.upper()


def read(environ: Mapping[str, str]) -> Settings:
    """Read the settings; an empty variable counts as unset. Raises SettingsError naming every bad one."""
    given = {name: environ[variable(name)] for name in Settings.model_fields if environ.get(variable(name))}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic turns the strings into their types
    except ValidationError as error:
        raise SettingsError(
            "; ".join(f"{variable(str(item['loc'][0]))}: {item['msg']}" for item in error.errors())
        ) from error
