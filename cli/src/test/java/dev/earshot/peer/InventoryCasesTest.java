package dev.earshot.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.earshot.inventory.AnsiblePeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Holds Earshot against the real Ansible, case by case: what both print and how both end is equal,
/// or differs as the case says.
class InventoryCasesTest {

  private static final int FEWEST_CASES = 150;

  @TempDir private static Path scratch;

  private record Asked(Question question, Answer answer) {}

  private static final Map<CaseFolder, List<Asked>> ANSWERS = new LinkedHashMap<>();
  private static Set<String> pending = Set.of();

  @BeforeAll
  static void askAnsibleEverythingAtOnce() throws IOException, InterruptedException {
    AnsiblePeer.assumeInstalled("ansible-inventory");
    pending = CaseFolder.pending();
    var questions = new ArrayList<Question>();
    for (var each : CaseFolder.all()) {
      var own = each.questions(scratch);
      ANSWERS.put(each, new ArrayList<>());
      questions.addAll(own);
      own.forEach(question -> ANSWERS.get(each).add(new Asked(question, new Answer(0, "", ""))));
    }
    var answers = RealAnsible.ask(questions, scratch).iterator();
    ANSWERS
        .values()
        .forEach(asked -> asked.replaceAll(each -> new Asked(each.question(), answers.next())));
  }

  @AfterAll
  static void forget() {
    ANSWERS.clear();
  }

  @Test
  void thereAreEnoughCases() {
    assertThat(ANSWERS).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
    assertThat(ANSWERS.keySet()).extracting(CaseFolder::name).containsAll(pending);
  }

  @TestFactory
  Stream<DynamicTest> readsAsAnsibleDoes() {
    return ANSWERS.entrySet().stream()
        .map(entry ->
            dynamicTest(entry.getKey().name(), () -> compare(entry.getKey(), entry.getValue())));
  }

  private static void compare(CaseFolder each, List<Asked> asked) {
    var differences = new ArrayList<String>();
    for (var one : asked) {
      difference(each.content(), one.answer(), Earshot.ask(one.question()))
          .ifPresent(text -> differences.add(one.question().argv() + "\n" + text));
    }
    if (pending.contains(each.name())) {
      assertThat(differences).as("%s is equal now: delete its line", each.name()).isNotEmpty();
    } else {
      assertThat(differences).as("%s: %s", each.name(), each.content().shows()).isEmpty();
    }
  }

  private static Optional<String> difference(InventoryCase content, Answer real, Answer ours) {
    try {
      var expected = content.ours();
      if (expected == null) {
        assertThat(lines(content, ours.out())).as(ours.err()).isEqualTo(lines(content, real.out()));
        assertThat(ours.exit()).as(ours.err()).isEqualTo(real.exit());
      } else {
        assertThat(ours.out() + ours.err()).contains(expected.prints());
        assertThat(ours.exit()).as(ours.err()).isEqualTo(expected.exit());
      }
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> lines(InventoryCase content, String text) {
    var lines = Stream.of(text.split("\n", -1));
    return (content.inAnyOrder() ? lines.sorted() : lines).toList();
  }
}
