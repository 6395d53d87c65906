package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlgorithmListTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "b          | b",
        "c,b        | c b",
        "z,b,y      | b",
        "z          | ''",
        "''         | ''",
        "+c         | a1 a2 b c",
        "+b,d*      | a1 a2 b d1 d2",
        "-a*        | b",
        "-?2,z      | a1 b",
        "-*         | ''",
        "^c,b       | c b a1 a2",
        "^D?        | d1 d2 a1 a2 b",
        "*          | a1 a2 b c d1 d2",
        "' b , c '  | b c",
      })
  void is_what_openssh_makes_of_it(String wish, String meant) {
    assertThat(
            AlgorithmList.resolve(
                wish, List.of("a1", "a2", "b"), List.of("a1", "a2", "b", "c", "d1", "d2")))
        .isEqualTo(Arrays.stream(meant.split(" ")).filter(name -> !name.isEmpty()).toList());
  }

  @Test
  void proposes_the_usual_algorithms_where_nobody_wishes_any() throws Exception {
    Proposal proposal = Proposal.of(SshTarget.of("db1", 22, "auditor"));
    assertThat(proposal.keyExchanges().stream().map(NamedResource::getName))
        .startsWith("mlkem768x25519-sha256", "curve25519-sha256")
        .endsWith("sntrup761x25519-sha512@openssh.com")
        .noneMatch(name -> name.endsWith("sha1"));
    assertThat(proposal.hostKeysInOrder()).isFalse();
  }

  @Test
  void names_the_option_that_leaves_nothing() {
    var wishes =
        new AlgorithmWishes(
            Optional.empty(),
            Optional.of("rot13,\u001b[2Jnone"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> Proposal.of(SshTarget.of("db1", 22, "auditor").withAlgorithms(wishes)))
        .isInstanceOf(UnreachableException.class)
        .hasMessage(
            "none of the algorithms that Ciphers names for db1:22 is spoken by Earshot: rot13, [2Jnone");
  }
}
