package dev.earshot.evidence;

import dev.earshot.evidence.HaProxy.Backend;
import dev.earshot.evidence.HaProxy.Errors;
import dev.earshot.evidence.HaProxy.Frontend;
import dev.earshot.evidence.HaProxy.Health;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HaProxy.Sessions;
import dev.earshot.evidence.HaProxy.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// HAProxy's `show stat`, read by column names: their order and number differ by version.
///
/// @param rows frontends, servers and backends, told apart by the column `type`
record HaProxyTable(List<Csv.Row> rows) {

  private static final String FRONTEND = "0";
  private static final String BACKEND = "1";
  private static final String SERVER = "2";

  /// Columns that stay empty in TCP mode.
  private static final List<String> COUNTED_IN_HTTP =
      List.of("hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx", "hrsp_other", "req_tot");

  static HaProxyTable of(String text) {
    return new HaProxyTable(Csv.rows(Csv.records(text)));
  }

  /// A frontend's `stot` counts connections, of which each may carry many requests.
  List<Frontend> frontends() {
    return of(
        FRONTEND,
        row ->
            new Frontend(
                row.get("pxname"),
                sessions(row),
                row.count(row.get("req_tot").isBlank() ? "stot" : "req_tot"),
                row.count("ereq")));
  }

  List<Backend> backends() {
    return of(
        BACKEND,
        row ->
            new Backend(
                row.get("pxname"),
                row.get("status"),
                row.smallCount("act"),
                row.smallCount("bck"),
                sessions(row),
                row.count("stot"),
                errors(row)));
  }

  List<Server> servers() {
    return of(SERVER, HaProxyTable::server);
  }

  private <T> List<T> of(String type, Function<Csv.Row, T> reader) {
    return rows.stream().filter(row -> row.get("type").equals(type)).map(reader).toList();
  }

  private static Server server(Csv.Row row) {
    String address = row.get("addr");
    return new Server(
        row.get("pxname"),
        row.get("svname"),
        address.matches("\\[?[0-9a-f.:]{2,45}]?:\\d{1,5}")
            ? Optional.of(Endpoint.of(address))
            : Optional.empty(),
        health(row),
        isHttp(row),
        row.count("stot"),
        sessions(row),
        new Times(
            row.milliseconds("qtime"),
            row.milliseconds("ctime"),
            row.milliseconds("rtime"),
            row.milliseconds("ctime_max")),
        row.count("connect"),
        row.count("reuse"),
        errors(row));
  }

  /// `stot` counts streams: requests in HTTP mode, connections in TCP mode. Versions before 1.7 do
  /// not tell the mode, but count answers by status in HTTP mode alone.
  private static boolean isHttp(Csv.Row row) {
    String mode = row.get("mode");
    return mode.isBlank()
        ? COUNTED_IN_HTTP.stream().anyMatch(column -> !row.get(column).isBlank())
        : mode.equals("http");
  }

  private static Sessions sessions(Csv.Row row) {
    return new Sessions(
        row.smallCount("scur"),
        row.smallCount("smax"),
        Optional.of(row.smallCount("slim")).filter(limit -> limit > 0),
        row.smallCount("qcur"),
        row.smallCount("qmax"));
  }

  /// Of a server, `hrsp_5xx` are answers of its own; what HAProxy answers in its place is in
  /// `eresp`, as is `srv_abrt`.
  private static Errors errors(Csv.Row row) {
    return new Errors(
        row.count("econ"),
        row.count("eresp"),
        row.count("hrsp_5xx"),
        row.count("cli_abrt"),
        row.count("wretr"),
        row.count("wredis"));
  }

  private static Health health(Csv.Row row) {
    return new Health(
        row.get("status"),
        row.count("bck") > 0,
        row.smallCount("weight"),
        Optional.of(row.get("lastchg"))
            .filter(text -> !text.isBlank())
            .map(text -> Duration.ofSeconds(Text.smallCount(text))),
        lastCheck(row));
  }

  /// `L4CON: Connection refused`; a star marks a check that is being made.
  private static String lastCheck(Csv.Row row) {
    return Text.clip(
        String.join(
            ": ",
            Stream.of(row.get("check_status").replace("*", "").strip(), row.get("last_chk").strip())
                .filter(text -> !text.isEmpty())
                .toList()));
  }
}
