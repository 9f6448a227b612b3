"""What can go wrong while the sample world is made.

SampleError
├── SeedRefused     the sandbox refused one of the seeding requests
└── BadSample       a file of the sample contradicts itself
"""


class SampleError(Exception):
    """Root of the sample's errors."""


class SeedRefused(SampleError):
    """The workspace refused a request that seeds it."""

    def __init__(self, method: str, path: str, status: int, message: str) -> None:
        super().__init__(
            f"Seeding stopped: {method} {path} was answered {status}: {message} "
            "Start again with an empty --db file, or check --root-page."
        )
        self.status = status


class BadSample(SampleError):
    """A file of the sample world holds something that cannot be."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"The sample's {where} is wrong: {what}.")
