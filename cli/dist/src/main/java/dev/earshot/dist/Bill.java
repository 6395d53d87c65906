package dev.earshot.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The bill of materials of a release: Maven's, with the Java that is bundled. From it comes the
/// list of licences, beside which each library's own texts are put.
final class Bill {

  private static final String OURS = "dev.earshot";

  private static final String HEAD =
      """
      # What Earshot brings along

      Earshot itself is under the Apache License 2.0 (`LICENSE`). These come with it, unchanged but for the signature of Bouncy
      Castle's jar, which is left out, and picocli, which is compiled anew from its sources. The texts of their licences, as far as
      they carry them, are in `licences`; those of Java's parts in `legal` of the runtime. `earshot.cdx.json` tells the same to programs.

      | part | version | licence |
      | --- | --- | --- |
      """;

  private final ObjectNode bill;

  private Bill(ObjectNode bill) {
    this.bill = bill;
  }

  /// Writes what a release tells of its parts.
  ///
  /// @param arguments Maven's bill, `release` of the JDK and the runtime, the folder of jars, and
  ///   where to
  public static void main(String[] arguments) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Bill bill = new Bill((ObjectNode) json.readTree(Path.of(arguments[0]).toFile()));
    bill.add(Path.of(arguments[1]));
    Path folder = Path.of(arguments[3]);
    json.writeValue(folder.resolve("earshot.cdx.json").toFile(), bill.bill);
    Files.writeString(folder.resolve("THIRD-PARTY.md"), bill.licences());
    LicenceTexts.copy(Path.of(arguments[2]), folder.resolve("licences"));
  }

  /// Adds the Java that a release runs on, as its own file tells it.
  private void add(Path release) throws IOException {
    Properties told = new Properties();
    try (InputStream in = Files.newInputStream(release)) {
      told.load(in);
    }
    String version = of(told, "JAVA_RUNTIME_VERSION");
    ObjectNode java = bill.withArray("components").addObject();
    java.put("type", "platform")
        .put("bom-ref", "java@" + version)
        .put("name", "OpenJDK, " + of(told, "IMPLEMENTOR"))
        .put("version", version)
        .put("description", "The modules " + of(told, "MODULES"))
        .put("scope", "required");
    java.putArray("licenses")
        .addObject()
        .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    ((ObjectNode) bill.at("/metadata/component")).put("name", "earshot");
  }

  private static String of(Properties told, String name) {
    return Objects.requireNonNull(told.getProperty(name), name).replace("\"", "");
  }

  private String licences() {
    return parts()
        .map(part ->
            "| %s | %s | %s |\n"
                .formatted(
                    part.path("name").asText(),
                    part.path("version").asText(),
                    String.join(", ", licences(part))))
        .sorted()
        .reduce(HEAD, String::concat);
  }

  private Stream<JsonNode> parts() {
    return StreamSupport.stream(bill.path("components").spliterator(), false)
        .filter(part -> !part.path("group").asText().equals(OURS));
  }

  private static List<String> licences(JsonNode part) {
    List<String> licences =
        StreamSupport.stream(part.path("licenses").spliterator(), false)
            .map(Bill::licence)
            .toList();
    if (licences.isEmpty()) {
      throw new IllegalArgumentException("no licence is known of " + part.path("name").asText());
    }
    return licences;
  }

  private static String licence(JsonNode told) {
    return Stream.of("/license/id", "/license/name", "/expression")
        .map(told::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst()
        .orElseThrow();
  }
}
