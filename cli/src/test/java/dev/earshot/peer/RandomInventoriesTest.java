package dev.earshot.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.inventory.AnsiblePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds Earshot against the real Ansible over inventories that nobody thought of. Those on which
/// they disagree are shrunk, and written to `target/regressions` as cases.
///
/// `-Dinventory.seed=N` makes the inventories of a run again, `-Dinventory.cases=N` says how many.
class RandomInventoriesTest {

  private static final Path FOUND = Path.of("target", "regressions").toAbsolutePath();
  private static final int CASES = Integer.getInteger("inventory.cases", 500);
  private static final int SHRUNK = 3;
  private static final int ROUNDS = 25;
  private static final int CUTS = 60;

  @TempDir private Path scratch;

  /// An inventory on which the two disagree, and how.
  private record Disagreement(Project project, String difference) {}

  @Test
  void readsRandomInventoriesAsAnsibleDoes() throws IOException, InterruptedException {
    AnsiblePeer.assumeInstalled("ansible-inventory");
    forgetFound();
    long seed = Long.getLong("inventory.seed", System.nanoTime() % 1_000_000_000);
    System.out.printf("inventory.seed=%d inventory.cases=%d%n", seed, CASES);
    var projects = LongStream.range(seed, seed + CASES).mapToObj(RandomInventory::of).toList();
    var disagreements = disagreements(projects);
    var told = new ArrayList<String>();
    for (var each : disagreements.stream().limit(SHRUNK).toList()) {
      told.add(keep(shrink(each), told.size()));
    }
    assertThat(told)
        .as(
            "%d of %d inventories differ (-Dinventory.seed=%d); copy what is right for Ansible from"
                + " target/regressions to src/test/resources/inventory/cases/regressions",
            disagreements.size(), CASES, seed)
        .isEmpty();
  }

  private static void forgetFound() throws IOException {
    if (Files.isDirectory(FOUND)) {
      try (var files = Files.walk(FOUND)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private List<Disagreement> disagreements(List<Project> projects)
      throws IOException, InterruptedException {
    var round = Files.createTempDirectory(scratch, "round");
    var questions = new ArrayList<Question>();
    for (var project : projects) {
      questions.add(project.question(round.resolve(String.valueOf(questions.size())), round));
    }
    var answers = RealAnsible.ask(questions, round);
    var found = new ArrayList<Disagreement>();
    for (int i = 0; i < projects.size(); i++) {
      var project = projects.get(i);
      difference(answers.get(i), Earshot.ask(questions.get(i)))
          .ifPresent(text -> found.add(new Disagreement(project, text)));
    }
    return found;
  }

  /// Where Ansible gives up on a source, Earshot must say an error, and nowhere else.
  private static Optional<String> difference(Answer real, Answer ours) {
    boolean refused = ours.exit() != 0;
    if (real.couldNotRead() || refused) {
      return real.couldNotRead() == refused
          ? Optional.empty()
          : Optional.of(
              refused
                  ? "only Earshot refuses: " + ours.err()
                  : "only Ansible refuses: " + real.err());
    }
    return real.out().equals(ours.out())
        ? Optional.empty()
        : Optional.of("Ansible: " + real.out() + "\nEarshot: " + ours.out());
  }

  private Disagreement shrink(Disagreement found) throws IOException, InterruptedException {
    var smallest = found;
    for (int round = 0; round < ROUNDS; round++) {
      var smaller = disagreements(smallest.project().smaller().stream().limit(CUTS).toList());
      var kind = kind(smallest);
      var next = smaller.stream().filter(each -> kind(each).equals(kind)).findFirst();
      if (next.isEmpty()) {
        return smallest;
      }
      smallest = next.get();
    }
    return smallest;
  }

  /// A wrong value must not shrink to an inventory that only one of the two refuses.
  private static String kind(Disagreement each) {
    return each.difference().substring(0, each.difference().indexOf(':'));
  }

  private static String keep(Disagreement found, int number) throws IOException {
    var folder = FOUND.resolve("found-" + number);
    found.project().writeTo(folder);
    var command = String.join(" ", found.project().command());
    Files.writeString(
        folder.resolve(InventoryCase.FILE),
        "shows: What a random inventory once showed.\nrun:\n  - " + command + "\n");
    return folder + "\n" + found.project() + "\n" + found.difference();
  }
}
