DOCUMENTATION = """
name: fleet
short_description: Hosts of a fleet
description: Hosts of a fleet.
options:
  plugin: {description: This plugin., required: true}
  regions: {description: Where hosts are., type: list, elements: str, required: true}
"""

from ansible.plugins.inventory import BaseInventoryPlugin
from ansible.utils.unsafe_proxy import AnsibleUnsafeText


class InventoryModule(BaseInventoryPlugin):

    NAME = "fleet"

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        inventory.add_group("web")
        inventory.add_group("nobody")
        inventory.set_variable("web", "ansible_group_priority", 5)
        inventory.set_variable("all", "fleet", {"regions": self.get_option("regions"), "size": 3})
        for number, region in enumerate(self.get_option("regions"), 1):
            inventory.add_group(region)
            inventory.set_variable(region, "region", region)
            host = "web%d" % number
            inventory.add_host(host, group="web", port=2200 + number)
            inventory.add_child(region, host)
            inventory.set_variable(host, "ratio", number / 4)
            inventory.set_variable(host, "tag", AnsibleUnsafeText("{{ not a template }}"))
        inventory.add_group("sites")
        inventory.add_child("sites", "eu")
        inventory.add_host("db1")
        inventory.set_variable("db1", "ansible_host", "192.0.2.7")
        inventory.set_variable("db1", "big", 2 ** 70)
        inventory.set_variable("db1", "nothing", None)
        inventory.set_variable("db1", "größe", "ü")
