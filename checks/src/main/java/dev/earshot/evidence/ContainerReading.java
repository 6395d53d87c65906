package dev.earshot.evidence;

import dev.earshot.evidence.Container.Compose;
import dev.earshot.evidence.Container.Limits;
import dev.earshot.evidence.Container.PublishedPort;
import dev.earshot.evidence.Container.Run;
import dev.earshot.evidence.Container.SharedMemory;
import dev.earshot.evidence.Container.SharedMemory.Whose;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what the probe of containers prints: a line a value, the key first, the value as JSON. A
/// container whose `end` is missing was cut off and is left out.
final class ContainerReading {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private static final Instant NEVER = Instant.parse("1980-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("2200-01-01T00:00:00Z");

  private static final double NANO = 1e9;

  /// The lines of one container.
  private record Lines(
      String engine, Map<String, String> values, List<String> ports, List<String> networks) {
    static Lines of(String engine) {
      return new Lines(engine, new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    }

    String text(String key) {
      return JsonText.first(values.getOrDefault(key, ""));
    }

    long count(String key) {
      String value = values.getOrDefault(key, "");
      return value.isBlank() || value.equals("null") ? 0 : Text.count(value);
    }
  }

  private final Map<String, String> images = new HashMap<>();
  private final List<Lines> blocks = new ArrayList<>();
  private final Set<String> engines = new HashSet<>();
  private Optional<Instant> asked = Optional.empty();
  private Optional<String> leftOut = Optional.empty();

  ContainerReading(String output) {
    String engine = "";
    Lines block = Lines.of(engine);
    for (String line : output.lines().toList()) {
      int space = line.indexOf(' ');
      String key = space < 0 ? line : line.substring(0, space);
      String value = space < 0 ? "" : line.substring(space + 1);
      switch (key) {
        case "clock" -> asked = Optional.of(Instant.ofEpochSecond(Text.count(value)));
        case "engine" -> {
          engine = value;
          engines.add(engine);
          block = Lines.of(engine);
        }
        case "left-out" -> leftOut = Optional.of(Text.clip(value));
        case "about" -> about(value);
        case "port" -> block.ports().add(value);
        case "network" -> block.networks().add(JsonText.first(value));
        case "end" -> {
          blocks.add(block);
          block = Lines.of(engine);
        }
        default -> block.values().putIfAbsent(key, value);
      }
    }
    if (engines.isEmpty() || asked.isEmpty()) {
      throw new UnreadableOutput("the container engine printed " + Text.firstLine(output));
    }
  }

  Containers containers() {
    Map<String, Container> byName = new LinkedHashMap<>();
    for (Lines block : blocks) {
      Container container = container(block);
      byName.putIfAbsent(container.engine() + " " + container.name(), container);
    }
    return new Containers(asked.orElseThrow(), engines, List.copyOf(byName.values()), leftOut);
  }

  private void about(String value) {
    int space = value.indexOf(' ');
    if (space > 0) {
      images.putIfAbsent(value.substring(0, space), value.substring(space + 1));
    }
  }

  private Container container(Lines block) {
    String name = block.text("name").replaceFirst("^/", "");
    if (name.isBlank()) {
      throw new UnreadableOutput("a container without a name");
    }
    return new Container(
        block.engine(),
        name,
        image(block),
        Text.unlessBlank(block.text("version")),
        instant(block.text("created")),
        run(block),
        block.ports().stream().flatMap(line -> ports(line).stream()).toList(),
        block.networks(),
        Text.unlessBlank(block.text("project"))
            .map(project -> new Compose(project, block.text("service"), block.text("file"))),
        limits(block),
        sharedMemory(block));
  }

  private ContainerImage image(Lines block) {
    String about = images.getOrDefault(block.text("image-id"), "");
    var digest = DIGEST.matcher(about);
    return new ContainerImage(
        block.text("image"),
        digest.find() ? Optional.of(digest.group()) : Optional.empty(),
        instant(JsonText.first(about)));
  }

  private static Run run(Lines block) {
    return new Run(
        block.text("state"),
        Text.unlessBlank(block.text("health")).filter(health -> !health.equals("none")),
        instant(block.text("started")),
        Math.clamp(Text.whole(block.values().getOrDefault("exit-code", "0")).orElse(0), 0, 255),
        block.values().getOrDefault("oom-killed", "").equals("true"),
        Math.toIntExact(Math.min(block.count("restarts"), Integer.MAX_VALUE)),
        block.text("restart-policy"));
  }

  /// `"5432/tcp" [{"HostIp":"0.0.0.0","HostPort":"5432"}]`; without the list where it is exposed
  /// but not published.
  private static List<PublishedPort> ports(String line) {
    List<String> words = JsonText.strings(line);
    List<PublishedPort> ports = new ArrayList<>();
    if (words.isEmpty()) {
      return ports;
    }
    String[] inside = words.getFirst().split("/", -1);
    String address = "";
    for (int at = 1; at + 1 < words.size(); at += 2) {
      if (words.get(at).equals("HostIp")) {
        address = words.get(at + 1);
      } else if (words.get(at).equals("HostPort") && !words.get(at + 1).isBlank()) {
        ports.add(
            new PublishedPort(
                Text.smallCount(inside[0]),
                inside.length > 1 ? inside[1] : "tcp",
                Endpoint.of((address.isBlank() ? "0.0.0.0" : address) + ":" + words.get(at + 1))));
      }
    }
    return ports;
  }

  /// A limit is given in billionths of a processor, or as a quota of each period.
  private static Limits limits(Lines block) {
    long memory = block.count("memory");
    long nano = block.count("nano-cpus");
    long quota = Text.whole(block.values().getOrDefault("cpu-quota", "0")).orElse(0);
    long period = block.count("cpu-period");
    Optional<Double> cpus =
        nano > 0
            ? Optional.of(nano / NANO)
            : quota > 0 && period > 0 ? Optional.of((double) quota / period) : Optional.empty();
    return new Limits(memory > 0 ? Optional.of(new Bytes(memory)) : Optional.empty(), cpus);
  }

  private static Optional<SharedMemory> sharedMemory(Lines block) {
    long size = block.count("shm-size");
    String mode = block.text("ipc");
    Whose whose =
        block.values().containsKey("shm-mounted") || mode.startsWith("container:")
            ? Whose.OTHER
            : mode.equals("host") ? Whose.HOST : Whose.OWN;
    return size > 0 ? Optional.of(new SharedMemory(whose, new Bytes(size))) : Optional.empty();
  }

  /// A time that something may have happened at: engines write the year 1 for "never".
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant())
          .filter(time -> time.isAfter(NEVER) && time.isBefore(BEYOND));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
