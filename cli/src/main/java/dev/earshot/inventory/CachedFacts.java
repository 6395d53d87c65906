package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Reads the facts that Ansible's `jsonfile` keeps, a file a host, each when its host is asked for.
/// They are never written, not even where Ansible deletes a file that it can't read.
final class CachedFacts {

  private static final String PREFIX = "ansible_";
  private static final String LOCAL = "ansible_local";
  private static final Variable NO_LOCAL =
      new Variable(
          new Value.Mapping(new LinkedHashMap<>()), Location.of(Path.of("(no cached facts)")));

  /// Facts of a host take a hundred times the memory of its other variables.
  private static final int KEPT = 100;

  private final FactCaching caching;
  private final Optional<Path> directory;
  private final Problems problems = new Problems();
  private final Map<String, Map<String, Variable>> read =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Variable>> eldest) {
          return size() > KEPT;
        }
      };

  CachedFacts(FactCaching caching) {
    this.caching = caching;
    this.directory = usableDirectory();
  }

  /// What is wrong with the configuration of the cache, and with the files that were needed so far.
  List<Problem> problems() {
    return problems.all();
  }

  /// True if there may be facts.
  boolean isKept() {
    return directory.isPresent();
  }

  /// What the facts of a host make of its variables: those that may be variables, and all of them
  /// in `ansible_facts`. Texts in them are never templates.
  Map<String, Variable> variables(String host) {
    if (directory.isPresent()) {
      return read.computeIfAbsent(host, this::made);
    }
    return caching.injected() ? Map.of() : Map.of(LOCAL, NO_LOCAL);
  }

  /// The facts of a host as they stand in its file, which is what `constructed` works with.
  SequencedMap<String, Variable> raw(String host) {
    var facts = new LinkedHashMap<String, Variable>();
    open(host)
        .ifPresent(opened -> {
          for (var entry : opened.values().entries(opened.root())) {
            opened
                .values()
                .value(entry.node())
                .ifPresent(value ->
                    facts.put(VarsFiles.keyOf(entry.key()), new Variable(value, entry.where())));
          }
        });
    return facts;
  }

  private Map<String, Variable> made(String host) {
    var made = new LinkedHashMap<String, Variable>();
    if (!caching.injected()) {
      made.put(LOCAL, NO_LOCAL);
    }
    open(host).ifPresent(opened -> make(opened, made));
    return made;
  }

  private void make(Opened opened, Map<String, Variable> made) {
    var facts = new LinkedHashMap<Value, Value>();
    var refused = new TreeSet<String>();
    for (var entry : opened.values().entries(opened.root())) {
      var name = VarsFiles.keyOf(entry.key());
      var value = opened.values().unsafeValue(entry.node());
      value.ifPresent(each -> facts.put(new Value.Text(shortened(name)), each));
      if (FactCleaning.isRestricted(name) && caching.injected()) {
        refused.add(name);
      } else if (caching.injected() ? !FactCleaning.isInternal(name) : name.equals(LOCAL)) {
        value
            .map(FactCleaning::stripped)
            .ifPresent(each -> made.put(name, new Variable(each, entry.where())));
      }
    }
    var file = Location.of(opened.file());
    made.put("ansible_facts", new Variable(new Value.Mapping(facts), file));
    if (!refused.isEmpty()) {
      problems.warning(
          file,
          "cached facts may not say how to connect: left out are " + String.join(", ", refused),
          "nothing needs to be done, unless nobody knows how they came there");
    }
  }

  private static String shortened(String name) {
    return name.startsWith(PREFIX) && !name.equals(LOCAL) ? name.substring(PREFIX.length()) : name;
  }

  private record Opened(Path file, MappingNode root, YamlValues values) {}

  private Optional<Opened> open(String host) {
    var file = directory.flatMap(place -> fileOf(place, host)).filter(Files::exists);
    if (file.isEmpty() || isExpired(file.get())) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file.get()) || !Files.isReadable(file.get())) {
      problems.warning(
          Location.of(file.get()),
          "the cached facts of %s are no file that this user may read".formatted(host),
          "allow this user to read it, or remove it");
      return Optional.empty();
    }
    return SourceText.read(file.get(), problems).flatMap(source -> parsed(source, host));
  }

  private Optional<Opened> parsed(SourceText source, String host) {
    if (source.utf8()
        && JsonNodes.parse(source.text()).orElse(null) instanceof MappingNode mapping) {
      return Optional.of(
          new Opened(
              source.file(),
              mapping,
              new YamlValues(source, ReadSettings.DuplicateKeys.IGNORE, problems)));
    }
    problems.error(
        Location.of(source.file()),
        "the cached facts of %s are no JSON object".formatted(host),
        "remove the file; Ansible makes a new one when it gathers facts");
    return Optional.empty();
  }

  /// Absent if the name leads out of the directory, or is none that a file can have.
  private Optional<Path> fileOf(Path place, String host) {
    try {
      var file = Path.of(place + "/" + caching.prefix() + host);
      return file.normalize().startsWith(place.normalize()) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private boolean isExpired(Path file) {
    if (caching.timeout() == 0) {
      return false;
    }
    try {
      var oldest = Instant.now().minus(Duration.ofSeconds(caching.timeout()));
      return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
    } catch (IOException _) {
      return false;
    }
  }

  private Optional<Path> usableDirectory() {
    if (caching.forgets()) {
      return Optional.empty();
    }
    if (!caching.isPlugin("jsonfile")) {
      unread(
          "facts are cached by the plugin %s, which only Ansible can read"
              .formatted(caching.plugin()),
          "set fact_caching to jsonfile or memory, or do without cached facts");
      return Optional.empty();
    }
    if (caching.connection().isEmpty()) {
      unread(
          "fact_caching is jsonfile, but nothing says where its files are",
          "set fact_caching_connection to their directory");
      return Optional.empty();
    }
    var place = caching.connection().get();
    if (Files.exists(place)
        && !(Files.isReadable(place) && Files.isWritable(place) && Files.isExecutable(place))) {
      unread(
          "Ansible does without the cached facts in %s, as this user may not read and write there"
              .formatted(place),
          "allow it to, or set another fact_caching_connection");
      return Optional.empty();
    }
    return caching.connection();
  }

  private void unread(String message, String advice) {
    problems.add(new Problem(Severity.WARNING, Optional.empty(), message, advice));
  }
}
