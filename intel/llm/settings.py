"""The settings of `[intel.llm]`. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """`[intel.llm]`: which model writes, and what it may spend.

    Prices are per million tokens, in any one currency; a limit of 0 is none. Where
    `inside` is off, nothing said inside the house is sent to the endpoint.
    """

    base_url: str = "https://api.openai.com/v1"
    model: str = ""
    timeout_s: float = 60.0
    tries: int = 4
    max_output_tokens: int = 2500
    max_tokens_per_company: int = 30_000
    max_tokens_per_run: int = 1_000_000
    price_per_million_input: float = 0.0
    price_per_million_output: float = 0.0
    cache: bool = True
    inside: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not self.base_url.startswith(("http://", "https://")):
            raise ValueError("base_url is an address that begins with http(s)://")
        if self.timeout_s <= 0 or self.tries < 1 or self.max_output_tokens < 1:
            raise ValueError("timeout_s, tries and max_output_tokens are above 0")
        limits = (
            self.max_tokens_per_company,
            self.max_tokens_per_run,
            self.price_per_million_input,
            self.price_per_million_output,
        )
        if min(limits) < 0:
            raise ValueError("limits and prices are 0 or more")

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """Say what so many tokens cost, in the currency of the prices."""
        given = tokens_in * self.price_per_million_input
        return (given + tokens_out * self.price_per_million_output) / 1_000_000
