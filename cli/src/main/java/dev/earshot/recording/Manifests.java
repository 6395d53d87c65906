package dev.earshot.recording;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.check.Profile;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.InventoryHost.Line;
import dev.earshot.evidence.InventoryHost.Topic;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Shard;
import dev.earshot.redaction.Redactor;
import dev.earshot.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Between recordings and their `audit.json`.
final class Manifests {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final Pattern SCHEMA =
      Pattern.compile(Pattern.quote(Manifest.FORMAT) + "([1-9]\\d{0,3})");

  /// A name, or a path downwards.
  private static final Pattern FILE_NAME =
      Pattern.compile("(?:(?!\\.\\.?/)[^/\\p{Cntrl}]{1,255}/){0,100}[^/\\p{Cntrl}]{1,255}");

  /// As a manifest begins, which is named as a report of the user's may be.
  private static final Pattern BEGINNING =
      Pattern.compile("\"schema\"\\s*:\\s*\"" + Pattern.quote(Manifest.FORMAT));

  /// The number of the machine that asked, where there was no other.
  private static final int FIRST = 1;

  private static final int MOST_HOSTS = 5_000;
  private static final int LONGEST_WINDOW_SECONDS = 24 * 3600;

  private Manifests() {}

  static String write(FleetRecording recording, Judging judging) {
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT + Manifest.NEWEST,
            recording.takenAt().toString(),
            recording.window().toMillis() / 1000.0,
            recording.version(),
            new Manifest.Judged(
                judging.arrivals().map(Arrivals::rate).map(Rate::perSecond).orElse(null),
                judging.arrivals().map(Arrivals::atOnce).filter(sends -> sends > 1).orElse(null),
                judging.profile().map(Profile.Intent::label).orElse(null),
                judging
                    .policy()
                    .map(policy -> new Manifest.Declared(policy.file(), policy.checked()))
                    .orElse(null)),
            recording.depth() == Depth.DEEP ? Boolean.TRUE : null,
            recording.hosts().stream().map(Manifests::entry).toList(),
            RemoteEntries.write(recording.remotes()),
            recording.shard().map(Manifests::part).orElse(null));
    try {
      return JSON.writeValueAsString(manifest) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A host's folder: its name, with everything that a path could misread as `%` and two digits.
  static String folder(HostName host) {
    StringBuilder folder = new StringBuilder();
    for (byte one : host.value().getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (one >= 'a' && one <= 'z')
              || (one >= 'A' && one <= 'Z')
              || (one >= '0' && one <= '9')
              || one == '-'
              || one == '_'
              || (one == '.' && !folder.isEmpty());
      if (plain) {
        folder.append((char) one);
      } else {
        folder.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
      }
    }
    return folder.toString();
  }

  /// Whether a file that begins like this is one.
  static boolean isOne(String beginning) {
    return BEGINNING.matcher(beginning).find();
  }

  /// @param answers reads the answers in a host's folder, by several threads at once
  /// @param text reads another entry
  static SavedAudit read(
      String json,
      Function<String, Map<HostRecording.Question, HostRecording.Answer>> answers,
      UnaryOperator<String> text) {
    try {
      JsonNode tree = JSON.readTree(json);
      int format = format(tree.path("schema").asText(), tree.path("version").asText());
      Manifest manifest = JSON.treeToValue(tree, Manifest.class);
      refuseImpossible(manifest);
      return new SavedAudit(
          new FleetRecording(
              Instant.parse(manifest.takenAt()),
              Duration.ofMillis(Math.round(manifest.windowSeconds() * 1000)),
              String.valueOf(manifest.version()),
              Boolean.TRUE.equals(manifest.deep()) ? Depth.DEEP : Depth.USUAL,
              manifest.hosts().parallelStream().map(entry -> read(entry, answers)).toList(),
              RemoteEntries.read(manifest.remotes()),
              Optional.ofNullable(manifest.part()).map(Manifests::shard)),
          Optional.ofNullable(manifest.judging())
              .map(said -> judging(said, () -> text.apply(policyEntry(format))))
              .orElse(Judging.USUAL),
          format,
          Optional.empty());
    } catch (JsonProcessingException unreadable) {
      throw new RecordingException(
          "its audit.json is not what Earshot writes, from line %d on: it was changed, or damaged on the way; get another copy"
              .formatted(
                  Optional.ofNullable(unreadable.getLocation())
                      .map(JsonLocation::getLineNr)
                      .orElse(1)),
          unreadable);
    } catch (DateTimeException | NullPointerException | IllegalArgumentException wrong) {
      throw lacking(wrong);
    }
  }

  private static RecordingException lacking(RuntimeException wrong) {
    return new RecordingException(
        "its audit.json lacks a value or has a wrong one: " + wrong.getMessage(), wrong);
  }

  /// What is wrong is told here, as exceptions of one thread are other ones in another.
  private static HostRecording read(
      Manifest.Entry entry,
      Function<String, Map<HostRecording.Question, HostRecording.Answer>> answers) {
    try {
      return host(entry, answers);
    } catch (DateTimeException | NullPointerException | IllegalArgumentException wrong) {
      throw lacking(wrong);
    }
  }

  private static int format(String schema, String version) {
    Matcher known = SCHEMA.matcher(schema);
    if (!known.matches()) {
      throw new RecordingException(
          "its audit.json says schema '%s'; this Earshot reads %s1 to %d"
              .formatted(clip(schema), Manifest.FORMAT, Manifest.NEWEST));
    }
    int format = Integer.parseInt(known.group(1));
    if (format > Manifest.NEWEST) {
      throw new RecordingException(
          "its format %s is newer than this Earshot, which reads up to %s%d: use Earshot %s, which saved it, or a later one"
              .formatted(schema, Manifest.FORMAT, Manifest.NEWEST, clip(version)));
    }
    return format;
  }

  private static String policyEntry(int format) {
    return format > Manifest.POLICY_AS_IN_INVENTORIES
        ? RecordingStore.POLICY
        : RecordingStore.OLD_POLICY;
  }

  private static String clip(String text) {
    return text.substring(0, Math.min(40, text.length()));
  }

  private static Judging judging(Manifest.Judged said, Supplier<String> policy) {
    if (said.arrivalsPerSecond() != null && !(said.arrivalsPerSecond() > 0)) {
      throw new RecordingException("its rate of arrivals is no rate");
    }
    int atOnce = said.sendsAtOnce() == null ? 1 : said.sendsAtOnce();
    if (atOnce < 1) {
      throw new RecordingException("its sender has fewer than one request under way");
    }
    if (said.policy() != null
        && said.policy().file() != null
        && !FILE_NAME.matcher(said.policy().file()).matches()) {
      throw new RecordingException(
          "the file of its policy is called '%s', which is no file's name"
              .formatted(Printable.of(clip(said.policy().file()))));
    }
    return new Judging(
        Optional.ofNullable(said.arrivalsPerSecond())
            .map(rate -> new Arrivals(new Rate(rate), atOnce)),
        Optional.ofNullable(said.profile()).map(Manifests::intent),
        Optional.ofNullable(said.policy())
            .filter(declared -> declared.file() != null)
            .map(declared -> new PolicyText(declared.file(), policy.get(), declared.checked())));
  }

  private static Profile.Intent intent(String name) {
    return Stream.of(Profile.Intent.values())
        .filter(intent -> intent.label().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new RecordingException("its profile '%s' is not known".formatted(clip(name))));
  }

  private static void refuseImpossible(Manifest manifest) {
    if (!(manifest.windowSeconds() >= 0 && manifest.windowSeconds() <= LONGEST_WINDOW_SECONDS)) {
      throw new RecordingException("its window is no time between two samples");
    }
    Instant takenAt = Instant.parse(manifest.takenAt());
    if (takenAt.isBefore(Instant.EPOCH) || takenAt.isAfter(LATEST)) {
      throw new RecordingException("it was taken at no time that a report could tell");
    }
    List<Manifest.Entry> hosts = manifest.hosts();
    if (hosts == null || hosts.size() > MOST_HOSTS) {
      throw new RecordingException("it names no hosts, or more than " + MOST_HOSTS);
    }
    Set<String> names = new HashSet<>();
    for (Manifest.Entry entry : hosts) {
      if (entry == null
          || entry.name() == null
          || entry.name().isEmpty()
          || entry.address() == null) {
        throw new RecordingException("one of its hosts has no name or no address");
      }
      if (!names.add(entry.name())) {
        throw new RecordingException("it names a host twice");
      }
    }
  }

  private static Manifest.Entry entry(HostRecording recording) {
    InventoryHost host = recording.host();
    return new Manifest.Entry(
        host.name().value(),
        folder(host.name()),
        host.address(),
        host.groups(),
        host.declared()
            .map(place ->
                new Manifest.Location(
                    place.provider().orElse(null),
                    place.region().orElse(null),
                    place.zone().orElse(null)))
            .orElse(null),
        host.lemmyVersion().orElse(null),
        host.serviceName().orElse(null),
        host.ownPython() ? true : null,
        host.file(),
        host.line(),
        recording.unreachable().orElse(null),
        recording.leftTo().map(Manifests::part).orElse(null),
        recording.interrupted().orElse(null),
        recording
            .begun()
            .map(begun ->
                new Manifest.Begun(
                    begun.sent().toString(),
                    begun.heard().toString(),
                    begun.machine() == FIRST ? null : begun.machine()))
            .orElse(null),
        host.said().isEmpty() ? null : written(host.said()));
  }

  private static Manifest.Part part(Shard shard) {
    return new Manifest.Part(shard.number(), shard.count());
  }

  private static Shard shard(Manifest.Part part) {
    return new Shard(part.number(), part.count());
  }

  private static Map<String, Manifest.Written> written(Map<Topic, Line> said) {
    Map<String, Manifest.Written> written = new TreeMap<>();
    said.forEach(
        (topic, at) -> written.put(topic.label(), new Manifest.Written(at.file(), at.line())));
    return written;
  }

  /// Topics that this Earshot does not know are left out.
  private static Map<Topic, Line> said(@Nullable Map<String, Manifest.Written> written) {
    Map<Topic, Line> said = new EnumMap<>(Topic.class);
    if (written != null) {
      for (Topic topic : Topic.values()) {
        Manifest.Written at = written.get(topic.label());
        if (at != null && at.file() != null) {
          said.put(topic, new Line(at.file(), at.line()));
        }
      }
    }
    return said;
  }

  private static HostRecording host(
      Manifest.Entry entry,
      Function<String, Map<HostRecording.Question, HostRecording.Answer>> answers) {
    HostName name = new HostName(entry.name());
    InventoryHost host =
        new InventoryHost(
            name,
            entry.address(),
            entry.groups() == null ? List.of() : entry.groups(),
            Optional.ofNullable(entry.place())
                .map(place ->
                    new Place(
                        Place.Source.DECLARED,
                        Optional.ofNullable(place.provider()),
                        Optional.ofNullable(place.region()),
                        Optional.ofNullable(place.zone()))),
            Optional.ofNullable(entry.lemmyVersion()),
            Optional.ofNullable(entry.serviceName()),
            Boolean.TRUE.equals(entry.ownPython()),
            entry.file() == null ? "" : entry.file(),
            entry.line(),
            said(entry.said()));
    return new HostRecording(
        host,
        Optional.ofNullable(entry.unreachable()).map(Redactor::redact),
        Optional.ofNullable(entry.leftTo()).map(Manifests::shard),
        Optional.ofNullable(entry.interrupted()).map(Redactor::redact),
        Optional.ofNullable(entry.begun())
            .map(begun ->
                new HostRecording.Begun(
                    Instant.parse(begun.sent()),
                    Instant.parse(begun.heard()),
                    Optional.ofNullable(begun.machine()).orElse(FIRST))),
        answers.apply(folder(name)));
  }
}
