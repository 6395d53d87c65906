package dev.earshot.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Probes;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenWordsTest {

  private static final Path FILE = Path.of("src/main/java/dev/earshot/anonymity/ParserWords.java");

  private static final Pattern TEXT = Pattern.compile("\"\"\"\\n.*?\"\"\"", Pattern.DOTALL);

  private static final int WIDTH = 94;

  /// Where texts of hosts are taken apart.
  private static final String PARSERS = "evidence";

  private static final List<String> READERS =
      List.of(PARSERS, "topology", "budget", "check", "plan");

  /// A name, a state or a method, of up to three words.
  private static final Pattern VALUE =
      Pattern.compile("[\\w./:-]+|[a-z]+(?: [a-z]+){1,2}(?: \\([a-z]+\\))?");

  /// What holds marks of patterns and formats is no sentence.
  private static final Pattern PATTERN = Pattern.compile(".*[\\\\|^$\\[{@=].*", Pattern.DOTALL);

  private static final int LONGEST = 300;

  /// `mvn test -Dgolden.update=true` writes the file anew.
  @Test
  void theseAreTheConstantsOfParsersAndChecks() throws Exception {
    Set<String> words = new TreeSet<>();
    for (String reader : READERS) {
      for (String constant : constants(reader)) {
        if (VALUE.matcher(constant).matches()) {
          words.add(Words.key(constant));
          parts(constant, words);
        } else if (reader.equals(PARSERS)
            && constant.length() < LONGEST
            && PATTERN.matcher(constant).matches()) {
          parts(constant, words);
        }
      }
    }
    words.removeIf(word -> word.length() < 2 || word.contains(" ") || word.matches("[\\d.]+"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(
          FILE,
          TEXT.matcher(Files.readString(FILE))
              .replaceFirst("\"\"\"\n%s\"\"\"".formatted(text(words))));
      return;
    }
    assertThat(ParserWords.TEXT.split("\\s+"))
        .as("write them anew with -Dgolden.update=true")
        .containsAll(words);
  }

  private static String text(Set<String> words) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder("     ");
    for (String word : words) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line.replace(0, line.length(), "     ");
      }
      line.append(' ').append(word);
    }
    return text.append(line).append("\n      ").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsync",
        "trust",
        "synchronous_commit",
        "scram-sha-256",
        "samenet",
        "postgres",
        "LISTEN",
        "running"
      })
  void theyHoldWhatPostgresAndOthersSay(String word) {
    assertThat(Words.isWord(word)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "backend1", "db1", "alice", "acme.example.org"})
  void theyHoldNobodysName(String name) {
    assertThat(Words.isWord(name)).isFalse();
  }

  private static void parts(String constant, Set<String> words) {
    Words.PART
        .matcher(constant)
        .results()
        .map(MatchResult::group)
        .map(Words::key)
        .forEach(words::add);
  }

  private static List<String> constants(String folder) throws IOException, URISyntaxException {
    Path classes =
        Path.of(Probes.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/earshot")
            .resolve(folder);
    List<String> constants = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassFile.of()
            .parse(file)
            .constantPool()
            .forEach(entry -> {
              if (entry instanceof StringEntry text) {
                constants.add(text.stringValue());
              }
            });
      }
    }
    return constants;
  }
}
