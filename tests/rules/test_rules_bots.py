import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import bots
from ops import build_bot_pattern

LIST = json.loads(files("crawleruseragents").joinpath("crawler-user-agents.json").read_text(encoding="utf-8"))
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID_VIEW = "Mozilla/5.0 (Linux; Android 16; Pixel 10; wv) AppleWebKit/537.36 Version/4.0 Chrome/146.0"


def test_the_committed_list_is_what_the_package_gives() -> None:
    assert build_bot_pattern.TARGET.read_text(encoding="utf-8") == build_bot_pattern.generated()


def test_every_example_of_the_package_is_a_bot_but_those_of_readers() -> None:
    wrong = [
        agent
        for entry in LIST
        for agent in entry["instances"]
        if bots.is_bot(agent) == (entry["pattern"] in build_bot_pattern.READERS)
    ]
    assert wrong == []


def test_readers_are_still_on_the_package_s_list() -> None:
    assert {entry["pattern"] for entry in LIST} >= build_bot_pattern.READERS


@given(st.sampled_from([agent for entry in LIST for agent in entry["instances"]]), st.data())
def test_a_part_of_an_agent_gets_the_verdict_of_the_package(agent: str, data: st.DataObject) -> None:
    from crawleruseragents import is_crawler  # type: ignore[import-untyped]

    start = data.draw(st.integers(0, len(agent) - 1))
    part = agent[start : data.draw(st.integers(start + 1, len(agent)))]
    reader = any(view in part for view in ("MetaIAB Facebook", "AP3A.240617.008"))
    assert reader or not part.strip("- ") or bots.is_bot(part) == is_crawler(part)


@pytest.mark.parametrize(
    "agent",
    [
        pytest.param(CHROME, id="Chrome"),
        pytest.param(f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", id="Safari"),
        pytest.param("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", id="Firefox"),
        pytest.param(
            f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/450.0.0.38.108;FBDV/iPhone14,5]", id="Facebook on iOS"
        ),
        pytest.param(f"{ANDROID_VIEW} MetaIAB Facebook", id="Facebook on Android"),
        pytest.param(f"{ANDROID_VIEW} Instagram 300.0.0.0 Android", id="Instagram"),
        pytest.param(f"{IPHONE} Mobile/15E148 LinkedInApp/9.29", id="LinkedIn"),
        pytest.param(f"{IPHONE} GSA/320.0.6 Mobile/15E148 Safari/604.1", id="the Google app"),
        pytest.param(f"{ANDROID_VIEW} SmartNews/8.0", id="a news app"),
        pytest.param(
            "Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008; wv) Chrome/142.0", id="a telephone"
        ),
    ],
)
def test_readers_are_no_bots(agent: str) -> None:
    assert not bots.is_bot(agent)


@pytest.mark.parametrize("agent", ["", "   ", "-", " - ", "\t"])
def test_who_does_not_say_what_it_is_is_a_bot(agent: str) -> None:
    assert bots.is_bot(agent)


def test_an_agent_is_read_up_to_512_characters() -> None:
    assert bots.is_bot("x" * 502 + "Googlebot/")
    assert not bots.is_bot("x" * 503 + "Googlebot/")


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        pytest.param({}, None, id="a reader"),
        pytest.param({"user-agent": "Googlebot/2.1"}, "bot", id="a bot"),
        pytest.param({"sec-purpose": "prefetch"}, "prefetch", id="prefetch"),
        pytest.param({"sec-purpose": "prefetch;prerender"}, "prefetch", id="prerender"),
        pytest.param({"sec-purpose": '"prefetch";anonymous-client-ip'}, "prefetch", id="through a proxy, quoted"),
        pytest.param({"purpose": "Prefetch"}, "prefetch", id="old Chrome"),
        pytest.param({"purpose": "preview"}, "prefetch", id="old Safari"),
        pytest.param({"x-moz": "prefetch"}, "prefetch", id="old Firefox"),
        pytest.param({"purpose": "prefetching"}, None, id="another word"),
        pytest.param({"purpose": ""}, None, id="an empty header"),
        pytest.param({"sec-gpc": "1"}, "opted_out", id="Global Privacy Control"),
        pytest.param({"sec-gpc": "0"}, None, id="no objection"),
        pytest.param({"sec-gpc": "1", "purpose": "prefetch"}, "prefetch", id="prefetch before opting out"),
        pytest.param({"sec-gpc": "1", "user-agent": "curl/8.0"}, "bot", id="bot before all"),
    ],
)
def test_why_a_request_is_no_view(headers: dict[str, str], reason: str | None) -> None:
    assert bots.refusal_of_view({"user-agent": CHROME} | headers) == reason


def test_a_request_without_an_agent_is_a_bot_s() -> None:
    assert bots.refusal_of_view({"accept": "*/*"}) == "bot"
