package dev.earshot.collect;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The hosts that others ping, a line each: address, blank, name.
///
/// Loopback addresses mean another host to everyone, and one that begins with a dash would be an
/// option: these are left out.
final class PeerList {

  private static final Predicate<String> ADDRESS =
      Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]*").asMatchPredicate();

  private static final Predicate<String> LOOPBACK =
      Pattern.compile("127\\..*|::1|localhost").asMatchPredicate();

  private final Map<HostName, String> lines = new LinkedHashMap<>();

  PeerList(List<InventoryHost> hosts) {
    for (InventoryHost host : hosts) {
      if (ADDRESS.test(host.address())
          && !LOOPBACK.test(host.address())
          && host.name().value().lines().count() == 1) {
        lines.put(host.name(), host.address() + " " + host.name());
      }
    }
  }

  String text() {
    return String.join("\n", lines.values());
  }

  /// All but one.
  String without(HostName host) {
    StringBuilder text = new StringBuilder();
    lines.forEach((name, line) -> {
      if (!name.equals(host)) {
        text.append(text.isEmpty() ? "" : "\n").append(line);
      }
    });
    return text.toString();
  }
}
