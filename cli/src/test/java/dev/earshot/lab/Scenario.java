package dev.earshot.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/// One thing that can make requests slow, made real in the lab: a file of
/// `inventory-samples/scenarios`. Adding a scenario is adding a file.
///
/// @param name of the file
/// @param lab commands of the lab that make the trouble
/// @param senders at work at once, each one request at a time
/// @param seconds they are at work: more where even the audit takes long
/// @param path on which it is felt, load balancer first
/// @param cause the suspect that has to come first
/// @param cleared suspects that have to be cleared
/// @param findings that have to fail
/// @param first the one of them that has to come first, if any
/// @param head what the report's headline has to say, where requests are slow
/// @param arriving requests a second that the admin says a sender has to get through, where only
///   that makes them slow
/// @param mending what takes the trouble away
record Scenario(
    String name,
    List<List<String>> lab,
    int senders,
    int seconds,
    List<String> path,
    String cause,
    List<String> cleared,
    List<String> findings,
    Optional<String> first,
    Optional<String> head,
    Optional<String> arriving,
    Optional<Mending> mending) {

  /// What takes the trouble away, and the what-if that says what this brings.
  record Mending(String whatIf, List<List<String>> lab) {}

  static Stream<Scenario> all() {
    try (Stream<Path> files = Files.list(Lab.ROOT.resolve("inventory-samples/scenarios"))) {
      return files.sorted().map(Scenario::read).toList().stream();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static Scenario read(Path file) {
    try {
      Object read = new Yaml().load(Files.readString(file));
      JsonNode said = new ObjectMapper().valueToTree(read);
      Optional<Mending> mending =
          Optional.of(said.path("mended"))
              .filter(JsonNode::isObject)
              .map(mended ->
                  new Mending(mended.get("whatIf").asText(), commands(mended.get("lab"))));
      return new Scenario(
          file.getFileName().toString().replace(".yml", ""),
          commands(said.get("lab")),
          said.get("senders").asInt(),
          said.path("seconds").asInt(14),
          Lab.texts(said.get("path")),
          said.get("cause").asText(),
          Lab.texts(said.get("cleared")),
          Lab.texts(said.path("findings")),
          Optional.of(said.path("first")).filter(JsonNode::isTextual).map(JsonNode::asText),
          Optional.of(said.path("head")).filter(JsonNode::isTextual).map(JsonNode::asText),
          Optional.of(said.path("arriving")).filter(JsonNode::isNumber).map(JsonNode::asText),
          mending);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static List<List<String>> commands(JsonNode lists) {
    return Lab.stream(lists).map(Lab::texts).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
