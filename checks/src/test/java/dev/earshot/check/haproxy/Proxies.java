package dev.earshot.check.haproxy;

import dev.earshot.evidence.HaProxy;
import dev.earshot.fixture.HostFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// HAProxy's answers: made up from a few columns, or recorded.
final class Proxies {

  private static final List<String> COLUMNS =
      List.of(
          "pxname",
          "type",
          "svname",
          "status",
          "act",
          "bck",
          "qcur",
          "qmax",
          "scur",
          "smax",
          "slim",
          "stot",
          "econ",
          "eresp",
          "wretr",
          "wredis",
          "ereq",
          "hrsp_5xx",
          "cli_abrt",
          "lastchg",
          "check_status",
          "last_chk",
          "qtime",
          "ctime",
          "ctime_max",
          "connect",
          "reuse",
          "addr",
          "mode");

  private Proxies() {}

  /// @param rows `server app/app1 qcur=3 status=DOWN`, `backend app`, `frontend web`; what begins
  ///   with `info` is a line of `show info` instead
  static String sample(int uptime, String... rows) {
    String info =
        Stream.of(rows)
            .filter(row -> row.startsWith("info "))
            .map(row -> row.substring(5) + "\n")
            .collect(Collectors.joining());
    String table =
        Stream.of(rows)
            .filter(row -> !row.startsWith("info "))
            .map(row -> line(row) + "\n")
            .collect(Collectors.joining());
    return uptime
        + ".00 1\n"
        + info
        + "Version: 2.6.12\nUptime_sec: %d\nMaxconn: 100\nCurrConns: 3\nIdle_pct: 97\n%s\n# "
            .formatted(uptime, info.contains("Tainted") ? "" : "DroppedLogs: 0\nTainted: 0\n")
        + String.join(",", COLUMNS)
        + "\n"
        + table;
  }

  private static String line(String row) {
    String[] words = row.split(" ", 3);
    Map<String, String> values = new HashMap<>(Map.of("mode", "http"));
    int slash = words[1].indexOf('/');
    values.put("pxname", slash < 0 ? words[1] : words[1].substring(0, slash));
    values.put("svname", slash < 0 ? "-" : words[1].substring(slash + 1));
    values.put("type", String.valueOf(List.of("frontend", "backend", "server").indexOf(words[0])));
    values.put("status", "UP");
    if (words.length > 2) {
      Stream.of(words[2].split(" "))
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> values.put(pair[0], pair[1].replace('_', ' ')));
    }
    return COLUMNS.stream()
        .map(column -> values.getOrDefault(column, ""))
        .collect(Collectors.joining(","));
  }

  /// The same at both ends of the window.
  static void tells(HostFixture host, String... rows) {
    changes(host, rows, rows);
  }

  static void changes(HostFixture host, String[] before, String[] after) {
    host.answers(HaProxy.PROBE, sample(1000, before))
        .answersAtEnd(HaProxy.PROBE, sample(1010, after));
  }

  /// What HAProxy 2.6 said while servers were down, away, full and refusing.
  static void inTrouble(HostFixture host) {
    host.answers(HaProxy.PROBE, recorded("haproxy-2.6-trouble.start.txt"))
        .answersAtEnd(HaProxy.PROBE, recorded("haproxy-2.6-trouble.end.txt"));
  }

  /// What it said when it was well, at both ends of the window.
  static void well(HostFixture host) {
    host.answers(HaProxy.PROBE, recorded("haproxy-2.6.txt"));
  }

  private static String recorded(String file) {
    try (InputStream stream =
        Objects.requireNonNull(HaProxy.class.getResourceAsStream(file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
