"""Every resource that the commands of a stage may have made, in the order in which they can be removed.

What calls goes before what is called, the table last. Chalice's own command would leave what a failed deploy made
and did not record.
"""

from ops.cloud import cdn, table
from ops.cloud.account import Account
from ops.cloud.alerts import Alerts
from ops.cloud.configuration import Configuration
from ops.cloud.deployed import Deployed
from ops.cloud.function_url import FunctionUrl
from ops.cloud.logs import LogGroups
from ops.cloud.resource import Resource
from ops.cloud.stage import Stage


def resources(account: Account, stage: Stage) -> list[Resource]:
    """All resources of a stage, there or not."""
    return [
        *cdn.resources(account, stage),
        *FunctionUrl(account, stage).resources(),
        *Alerts(account, stage).resources(),
        *Deployed(account, stage).resources(),
        *LogGroups(account, stage).resources(),
        *table.resources(account, stage, Configuration(stage).settings().table),
    ]
