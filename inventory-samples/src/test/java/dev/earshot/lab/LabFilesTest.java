package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The lab's own table of hosts and the inventory that it brings to life say the same.
class LabFilesTest {
  private static final Pattern IN_INVENTORY =
      Pattern.compile("(?m)^ *([a-z0-9]+):\\n *ansible_host: (\\S+)$");
  private static final Pattern IN_LAB = Pattern.compile("(?m)^([a-z0-9]+) +(\\S+) +\\S+$");

  @Test
  void the_inventory_names_the_hosts_that_the_lab_makes() throws IOException {
    Map<String, String> inventory = addresses(IN_INVENTORY, Path.of("postmortem", "hosts.yml"));
    assertThat(inventory).hasSize(6).isEqualTo(addresses(IN_LAB, Path.of("lab", "hosts.conf")));
  }

  private static Map<String, String> addresses(Pattern pattern, Path file) throws IOException {
    Map<String, String> addresses = new TreeMap<>();
    Matcher matcher = pattern.matcher(Files.readString(file));
    while (matcher.find()) {
      addresses.put(matcher.group(1), matcher.group(2));
    }
    return addresses;
  }
}
