package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path folder;

  @Test
  void whatGoesWrongHalfwayLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("old.prom"), "old\n");

    assertThatThrownBy(() ->
            WholeFile.write(
                file,
                half -> {
                  half.append("half");
                  throw new IOException("disk full");
                }))
        .hasMessage("disk full");

    assertThat(file).hasContent("old\n");
    assertThat(names()).containsExactly("old.prom");
  }

  @Test
  void aNewFileIsThereWholeAndAlone() throws IOException {
    WholeFile.write(folder.resolve("new.csv"), file -> file.append("a,b\n"));

    assertThat(folder.resolve("new.csv")).hasContent("a,b\n");
    assertThat(names()).containsExactly("new.csv");
  }

  @Test
  void whatIsPublishedIsReadByAllUnlessItWasNot() throws IOException {
    Path file = folder.resolve("earshot.prom");
    WholeFile.publish(file, asUnderUmask077());
    assertThat(permissions(file)).isEqualTo("rw-r--r--");
    WholeFile.write(folder.resolve("own.csv"), asUnderUmask077());
    assertThat(permissions(folder.resolve("own.csv"))).isEqualTo("rw-------");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    WholeFile.publish(file, content -> content.append("newer"));
    assertThat(permissions(file)).isEqualTo("rw-r-----");
  }

  /// What is being written is its owner's alone.
  private WholeFile.Content asUnderUmask077() {
    return content -> {
      content.append("new");
      try (Stream<Path> files = Files.list(folder)) {
        for (Path hidden :
            files.filter(one -> String.valueOf(one.getFileName()).startsWith(".")).toList()) {
          Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
        }
      }
    };
  }

  @Test
  void permissionsAndLinksStay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    WholeFile.write(link, content -> content.append("new"));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void whatIsForFewIsNeverSeenByMore() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    WholeFile.write(
        file,
        content -> {
          content.append("new");
          try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(WholeFileTest::permissions)).containsOnly("rw-------").hasSize(2);
          }
        });
  }

  @Test
  void inASharedFolderAStrangersLinkIsReplacedNotFollowed() throws IOException {
    assumeTrue(Files.getOwner(folder).getName().equals("root"), "making another's link needs root");
    UserPrincipal stranger =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path link = Files.createSymbolicLink(folder.resolve("report"), victim);
    Files.getFileAttributeView(link, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setOwner(stranger);

    WholeFile.write(link, content -> content.append("new"));

    assertThat(victim).hasContent("precious");
    assertThat(link).hasContent("new");
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  @Test
  void aDeviceIsWrittenAsItStands() throws IOException {
    WholeFile.write(Path.of("/dev/null"), file -> file.append("gone"));

    assertThat(Path.of("/dev/null")).exists();
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    }
  }
}
