package dev.earshot.dist;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The texts that libraries carry about their licences and authors.
final class LicenceTexts {

  private static final Pattern TEXT =
      Pattern.compile("(.*-)?(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)(\\.(txt|md|[a-z]+))?");

  private LicenceTexts() {}

  /// Copies those of each jar to a folder of the jar's name.
  static void copy(Path jars, Path to) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        copyOf(jar, to.resolve(String.valueOf(jar.getFileName()).replace(".jar", "")));
      }
    }
  }

  private static void copyOf(Path jar, Path to) throws IOException {
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      for (Path text : texts(inside.getPath("META-INF"))) {
        Path copy = to.resolve(text.toString().replaceFirst("^/?META-INF/", ""));
        Files.createDirectories(copy.resolve("..").normalize());
        Files.copy(text, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> TEXT.matcher(String.valueOf(file.getFileName())).matches())
          .toList();
    }
  }
}
