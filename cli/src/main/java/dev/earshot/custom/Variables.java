package dev.earshot.custom;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.CustomCommand;
import dev.earshot.python.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What conditions can speak of, under the names that Ansible's modules give it.
final class Variables {

  private Variables() {}

  static Value result(CustomCommand.Output output) {
    return result(output.status(), output.stdout(), output.stderr());
  }

  /// Of the rows of a query; they stand in `result`, too, as Ansible's module has them.
  static Map<String, Value> rows(List<Value> rows) {
    Value all = new Value.Sequence(rows);
    return Map.of(
        "rows",
        all,
        "result",
        mapping(Map.of("query_result", all, "rowcount", new Value.Whole(rows.size()))));
  }

  /// Of what a probe read, and of what it read that from.
  static Map<String, Value> evidence(Object evidence, CommandResult answer) {
    return Map.of(
        "evidence",
        RecordValues.of(evidence),
        "result",
        result(answer.exitStatus(), answer.output().stripTrailing(), ""));
  }

  private static Value result(int status, String stdout, String stderr) {
    SequencedMap<String, Value> result = new LinkedHashMap<>();
    result.put("rc", new Value.Whole(status));
    result.put("stdout", text(stdout));
    result.put("stdout_lines", new Value.Sequence(stdout.lines().map(Variables::text).toList()));
    result.put("stderr", text(stderr));
    return mapping(result);
  }

  static Value mapping(Map<String, Value> entries) {
    SequencedMap<Value, Value> mapping = new LinkedHashMap<>();
    entries.forEach((key, value) -> mapping.put(text(key), value));
    return new Value.Mapping(mapping);
  }

  /// Whatever stands in it, it is no template.
  static Value text(String text) {
    return new Value.Text(text, true);
  }
}
