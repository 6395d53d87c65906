package dev.earshot.policy;

import dev.earshot.check.Origin;
import dev.earshot.check.Severity;
import dev.earshot.custom.Asked;
import dev.earshot.custom.CustomDefinition;
import dev.earshot.custom.CustomDefinition.Mending;
import dev.earshot.custom.OneQuery;
import dev.earshot.evidence.CustomCommand;
import dev.earshot.evidence.CustomQuery;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import dev.earshot.jinja.Condition;
import dev.earshot.jinja.TemplateException;
import dev.earshot.policy.Declarations.Custom;
import dev.earshot.policy.Declarations.Pattern;
import dev.earshot.text.NearNames;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads `checks:`, one entry after the other.
final class CustomReader {

  private static final List<String> QUESTIONS = List.of("command", "sql", "evidence");

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  "id",
                  "title",
                  "hosts",
                  "severity",
                  "why",
                  "that",
                  "database",
                  "by_hand",
                  "remedy"),
              QUESTIONS.stream())
          .toList();

  /// Each is a question to every host that it is for.
  private static final int MOST = 100;

  private final Set<String> ids = new HashSet<>();

  /// Those of all entries that have one, also of those with which something else is wrong.
  Set<String> ids() {
    return ids;
  }

  /// Nothing where it is not to be used.
  Optional<Custom> read(Item item) {
    Map<String, Item> entries = item.entries(KEYS);
    Optional<String> id = item.required(entries, "id").flatMap(this::id);
    Optional<String> title = item.required(entries, "title").flatMap(Item::text);
    item.required(entries, "hosts");
    Optional<Pattern> hosts = PolicyReader.pattern(entries, "hosts");
    Optional<Severity> severity =
        item.required(entries, "severity")
            .flatMap(one -> PolicyReader.oneOf(one, Severity.values(), Severity::label));
    Optional<String> why = item.required(entries, "why").flatMap(Item::text);
    Optional<Asked> asked = asked(item, entries, id.orElse(""), title.orElse(""));
    List<Condition> that =
        item.required(entries, "that").map(CustomReader::conditions).orElse(List.of());
    Optional<String> byHand = Optional.ofNullable(entries.get("by_hand")).flatMap(Item::text);
    Origin origin = origin(item);
    Mending mending =
        Optional.ofNullable(entries.get("remedy"))
            .flatMap(CustomReader::mending)
            .orElseGet(() ->
                new Mending(
                    "See to it that the check's title holds; %s names no remedy.".formatted(origin),
                    ""));
    return id.isEmpty()
            || title.isEmpty()
            || hosts.isEmpty()
            || severity.isEmpty()
            || why.isEmpty()
            || asked.isEmpty()
            || that.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Custom(
                hosts.get(),
                new CustomDefinition(
                    id.get(),
                    title.get(),
                    severity.get(),
                    why.get(),
                    asked.get(),
                    that,
                    byHand,
                    mending,
                    origin)));
  }

  private Optional<String> id(Item item) {
    Optional<String> text = item.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String id = CustomQuestion.PREFIX + text.get();
    if (!CustomQuestion.isId(id)) {
      item.wrong(
          "is no id: " + text.get(),
          "write small letters, digits and hyphens, as in no-swap; reports show it as custom.no-swap");
      return Optional.empty();
    }
    if (!ids.add(id)) {
      item.wrong("is there twice: " + text.get(), "give one of the two another id");
      return Optional.empty();
    }
    if (ids.size() > MOST) {
      item.wrong("is one more than %d checks".formatted(MOST), "ask less of the hosts");
    }
    return Optional.of(id);
  }

  private static Optional<Asked> asked(
      Item item, Map<String, Item> entries, String id, String title) {
    Map<String, Item> given = new LinkedHashMap<>(entries);
    given.keySet().retainAll(QUESTIONS);
    if (given.size() != 1) {
      if (!entries.isEmpty()) {
        item.wrong(
            given.isEmpty()
                ? "asks nothing"
                : "asks more than one thing: " + String.join(", ", given.keySet()),
            "write exactly one of command, sql and evidence");
      }
      return Optional.empty();
    }
    Optional<Item> database = Optional.ofNullable(entries.get("database"));
    if (!given.containsKey("sql")) {
      database.ifPresent(
          one -> one.wrong("goes with sql alone", "remove it, or ask by sql: instead"));
    }
    Item question = given.values().iterator().next();
    return switch (given.keySet().iterator().next()) {
      case "command" ->
          question.text().map(command -> new Asked.OfHost(CustomCommand.of(id, title, command)));
      case "sql" -> sql(question, database.flatMap(Item::text), id, title);
      default -> known(question);
    };
  }

  private static Optional<Asked> sql(
      Item item, Optional<String> database, String id, String title) {
    return item.text()
        .map(OneQuery::of)
        .flatMap(read ->
            switch (read) {
              case OneQuery.Result.Query(String sql) ->
                  Optional.of(new Asked.OfPostgres(CustomQuery.of(id, title, database, sql)));
              case OneQuery.Result.Wrong(String how, String advice) -> {
                item.wrong(how, advice);
                yield Optional.empty();
              }
            });
  }

  private static Optional<Asked> known(Item item) {
    Optional<String> text = item.text();
    List<Probe<?>> asked =
        Probes.ALL.stream().filter(probe -> !Probes.AFTERWARDS.contains(probe)).toList();
    Optional<Probe<?>> probe =
        text.flatMap(id -> asked.stream().filter(one -> one.id().equals(id)).findFirst());
    if (text.isPresent() && probe.isEmpty()) {
      item.wrong(
          "names no probe: %s%s"
              .formatted(
                  text.get(),
                  NearNames.didYouMean(text.get(), asked.stream().map(Probe::id).toList())),
          "'earshot probes' lists them");
    }
    return probe.map(Asked.OfProbe::new);
  }

  /// All of them, or none where one is wrong.
  private static List<Condition> conditions(Item item) {
    List<Item> given = item.oneOrMore();
    List<Condition> conditions = given.stream().flatMap(one -> condition(one).stream()).toList();
    if (given.isEmpty() && item.node() instanceof SequenceNode) {
      item.wrong("is empty: nothing would ever fail", "write what has to hold");
    }
    return conditions.size() == given.size() ? conditions : List.of();
  }

  private static Optional<Condition> condition(Item item) {
    return item.text()
        .flatMap(text -> {
          if (text.startsWith("{{")) {
            item.wrong("stands in braces", "write the expression alone, as in Ansible's assert");
            return Optional.empty();
          }
          try {
            return Optional.of(Condition.parse(text));
          } catch (TemplateException malformed) {
            item.wrong(
                "is no expression: %s, in %s".formatted(malformed.getMessage(), text),
                "write it as in Ansible's assert");
            return Optional.empty();
          }
        });
  }

  /// A sentence, or tasks.
  private static Optional<Mending> mending(Item item) {
    if (item.node() instanceof ScalarNode) {
      return item.text().map(sentence -> new Mending(sentence, ""));
    }
    if (!(item.node() instanceof SequenceNode tasks) || tasks.getValue().isEmpty()) {
      item.wrong(
          "has to be a sentence, or a list of Ansible's tasks", "begin each task with a dash");
      return Optional.empty();
    }
    return TaskText.of(item, tasks)
        .map(text ->
            new Mending("Run the playbook's tasks, which %s wrote.".formatted(origin(item)), text));
  }

  private static Origin origin(Item item) {
    return new Origin(
        Optional.ofNullable(item.file().getFileName()).map(Path::toString).orElse(PolicyFile.NAME),
        item.line());
  }
}
