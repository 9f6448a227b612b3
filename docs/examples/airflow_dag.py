"""The bot under Airflow: each hour, four slices side by side, then the portfolio."""

from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

SLICES = 4
LATER = 75  # somebody else is at this slice: skipped, and done next time

with DAG(
    dag_id="customer_intelligence",
    schedule="@hourly",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
) as dag:
    listen = BashOperator(
        task_id="listen",
        bash_command="cip once pauses poll verdicts decisions",
        skip_on_exit_code=LATER,
    )
    gather = BashOperator(
        task_id="gather",
        bash_command="cip once companies usage support calls mail",
        skip_on_exit_code=LATER,
        trigger_rule="all_done",
    )
    tell = BashOperator(
        task_id="tell",
        bash_command="cip once portfolio publish",
        skip_on_exit_code=LATER,
        trigger_rule="all_done",
    )
    listen >> gather
    for number in range(1, SLICES + 1):
        think = BashOperator(
            task_id=f"slice_{number}",
            bash_command=(
                "cip once intel domains health dossiers "
                f"--slice {number}/{SLICES} --max-minutes 33 --resume"
            ),
            skip_on_exit_code=LATER,
            trigger_rule="all_done",
        )
        gather >> think >> tell
