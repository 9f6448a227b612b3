"""The bot under Prefect: each hour, four slices side by side, then the portfolio."""

import subprocess

from prefect import flow, task

SLICES = 4
LATER = 75  # somebody else is at this slice: it is done next time


@task(retries=2, retry_delay_seconds=300)
def cip(command: str) -> None:
    """Run one command of the bot; a slice that somebody else has is no error."""
    code = subprocess.run(["cip", *command.split()], check=False).returncode
    if code not in (0, LATER):
        raise RuntimeError(f"cip {command} ended with {code}")


@flow
def customer_intelligence() -> None:
    """One round."""
    cip("once pauses poll verdicts decisions")
    cip("once companies usage support calls mail")
    thinking = [
        cip.submit(
            "once intel domains health dossiers "
            f"--slice {number}/{SLICES} --max-minutes 33 --resume"
        )
        for number in range(1, SLICES + 1)
    ]
    for each in thinking:
        each.wait()
    cip("once portfolio publish")


if __name__ == "__main__":
    customer_intelligence.serve(name="hourly", cron="0 * * * *")
