package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.HostKeyPolicy.Strictness;
import dev.earshot.ssh.ShellOutcome.Finished;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.PromptEntry;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractive;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.PasswordChangeRequiredException;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that want to hear something.
class PasswordLoginTest {
  private static final String RIGHT = "correct horse";
  @TempDir Path directory;

  /// What servers were told, in their order.
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  private Path nokey;

  @BeforeEach
  void key() throws IOException {
    nokey = Keys.write(Keys.generate("ssh-ed25519"), directory.resolve("unknown"));
  }

  private SshServerFixture byPassword() {
    var fixture = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    fixture.server().setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
    fixture
        .server()
        .setPasswordAuthenticator((user, password, session) -> {
          heard.add(password);
          if (password.equals("expired")) {
            throw new PasswordChangeRequiredException("change it", "\u001b[2J New one: ", "");
          }
          return password.equals(RIGHT);
        });
    return fixture.started();
  }

  private SshServerFixture asking(Map<String, Boolean> prompts) {
    var fixture = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    fixture.server().setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
    fixture.server().setKeyboardInteractiveAuthenticator(new Questions(prompts));
    return fixture.started();
  }

  private final class Questions implements KeyboardInteractiveAuthenticator {
    private final Map<String, Boolean> prompts;

    Questions(Map<String, Boolean> prompts) {
      this.prompts = prompts;
    }

    @Override
    public InteractiveChallenge generateChallenge(
        ServerSession session, String user, String language, String methods) {
      var challenge = new InteractiveChallenge();
      challenge.setInteractionName("login");
      challenge.setInteractionInstruction("");
      challenge.setLanguageTag("");
      prompts.forEach((prompt, echo) -> challenge.addPrompt(new PromptEntry(prompt, echo)));
      return challenge;
    }

    @Override
    public boolean authenticate(ServerSession session, String user, List<String> responses) {
      heard.addAll(responses);
      return responses.equals(List.of(RIGHT));
    }
  }

  private Asking ask(SshServerFixture server, Optional<String> password, List<String> methods)
      throws IOException {
    return Asking.of(
        target(server, password, methods),
        directory,
        List.of(Keys.line(server.knownName(), Keys.HOST)),
        "exit 0",
        Asking.LIMITS);
  }

  private SshTarget target(
      SshServerFixture server, Optional<String> password, List<String> methods) {
    return server
        .target(nokey)
        .withCredentials(
            new Credentials(
                List.of(nokey),
                List.of(),
                true,
                Optional.empty(),
                password.map(Secret::new),
                methods));
  }

  private Asking ask(SshServerFixture server, String password) throws IOException {
    return ask(server, Optional.of(password), Credentials.METHODS);
  }

  @Test
  void lets_a_password_in() throws IOException {
    try (var server = byPassword()) {
      assertThat(ask(server, RIGHT).outcome()).isEqualTo(new Finished(0, ""));
      assertThat(heard).containsExactly(RIGHT);
    }
  }

  @Test
  void does_not_listen_for_ever() throws IOException {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    var rounds = new AtomicInteger();
    server
        .server()
        .setUserAuthFactories(
            List.of(
                new UserAuthKeyboardInteractiveFactory() {
                  @Override
                  public UserAuthKeyboardInteractive createUserAuth(ServerSession session) {
                    return new UserAuthKeyboardInteractive() {
                      @Override
                      protected @Nullable Boolean doAuth(Buffer buffer, boolean init)
                          throws Exception {
                        rounds.incrementAndGet();
                        Buffer nothing =
                            session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST);
                        nothing.putString("");
                        nothing.putString("still here");
                        nothing.putString("");
                        nothing.putInt(0);
                        session.writePacket(nothing);
                        return null;
                      }
                    };
                  }
                }));
    try (server) {
      assertThat(ask(server.started(), RIGHT).reason()).contains("the server asks on and on");
      assertThat(rounds.get()).isBetween(3, 20);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password: ",
        "(auditor@db1) Password: ",
        "password for auditor:",
        "Passwort: ",
        "Password on hotplug-tokenring, currently: "
      })
  void answers_a_server_that_asks_for_the_password(String prompt) throws IOException {
    try (var server = asking(Map.of(prompt, false))) {
      assertThat(ask(server, RIGHT).outcome()).isEqualTo(new Finished(0, ""));
      assertThat(heard).containsExactly(RIGHT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Verification code: , false",
    "One-time password (OATH) for auditor: , false",
    "New password: , false",
    "Password: , true",
    "\u001b[2JFavourite colour? , false",
  })
  void tells_what_only_a_person_can_answer_and_says_no_password(String prompt, boolean echo)
      throws IOException {
    try (var server = asking(Map.of(prompt, echo))) {
      assertThat(ask(server, RIGHT).reason())
          .contains("does not let user auditor in")
          .contains("the server asks '" + Text.oneLine(prompt))
          .contains("only a person can answer")
          .doesNotContain(RIGHT)
          .doesNotContain("\u001b");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void answers_no_more_than_one_question() throws IOException {
    try (var server = asking(Map.of("Password: ", false, "Password again: ", false))) {
      assertThat(ask(server, RIGHT).reason()).contains("only a person can answer");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void says_a_wrong_password_once() throws IOException {
    for (SshServerFixture each : List.of(byPassword(), asking(Map.of("Password: ", false)))) {
      try (each) {
        heard.clear();
        assertThat(ask(each, "battery staple").reason())
            .endsWith("in with the password; check ansible_user and ansible_password")
            .doesNotContain("battery");
        assertThat(heard).containsExactly("battery staple");
      }
    }
  }

  @Test
  void tells_of_an_expired_password() throws IOException {
    try (var server = byPassword()) {
      assertThat(ask(server, "expired").reason())
          .contains("the password has expired, so log in by hand and change it")
          .doesNotContain("\u001b");
      assertThat(heard).containsExactly("expired");
    }
  }

  @Test
  void says_that_a_password_is_wanted_where_none_is_known() throws IOException {
    try (var server = byPassword()) {
      assertThat(ask(server, Optional.empty(), Credentials.METHODS).reason())
          .contains("it wants password, and no password is known");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void uses_no_method_that_is_switched_off() throws IOException {
    try (var server = byPassword()) {
      assertThat(
              ask(server, Optional.of(RIGHT), List.of("publickey", "keyboard-interactive"))
                  .reason())
          .contains("does not let user auditor in");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void says_no_password_to_a_host_that_changed_its_key() throws IOException {
    Path known = Files.writeString(directory.resolve("other"), "placeholder, replaced below");
    try (var server = byPassword()) {
      Files.writeString(known, Keys.line(server.knownName(), Keys.OTHER_HOST) + "\n");
      var policy =
          new HostKeyPolicy(
              List.of(known), List.of(), Strictness.NO, Optional.empty(), false, false);
      var told = new ArrayList<String>();
      try (var transport = new SshTransport(SecretPrompt.NOBODY, told::add)) {
        SshTarget target =
            target(server, Optional.of(RIGHT), Credentials.METHODS).withHostKeys(policy);
        assertThat(Asking.of(transport.shellOn(target), "exit 0").reason())
            .contains("gets no password because its host key has changed");
      }
      assertThat(heard).isEmpty();
      assertThat(told)
          .singleElement()
          .asString()
          .contains("shows another host key than the one known");
    }
  }

  @Test
  void shows_no_secret() {
    var credentials =
        new Credentials(
            List.of(),
            List.of(),
            false,
            Optional.empty(),
            Optional.of(new Secret(RIGHT)),
            List.of());
    assertThat(SshTarget.of("db1", 22, "auditor").withCredentials(credentials).toString())
        .doesNotContain(RIGHT);
  }

  /// What becomes somebody there would be told the password.
  @Test
  void holds_no_talk_about_passwords_with_a_host_that_changed_its_key() throws IOException {
    Path known = directory.resolve("other");
    var talk =
        new Conversation() {
          @Override
          public boolean hold(OutputStream standardInput) throws IOException {
            heard.add("a password");
            return true;
          }

          @Override
          public void hearError(byte[] bytes, int offset, int length) {}

          @Override
          public boolean tellsSecrets() {
            return true;
          }
        };
    try (var server = SshServerFixture.usual()) {
      Files.writeString(known, Keys.line(server.knownName(), Keys.OTHER_HOST) + "\n");
      var policy =
          new HostKeyPolicy(
              List.of(known), List.of(), Strictness.NO, Optional.empty(), false, false);
      SshTarget target =
          server.target(Keys.write(Keys.USER, directory.resolve("id"))).withHostKeys(policy);
      try (var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {})) {
        ShellOutcome outcome =
            transport
                .shellOn(target)
                .run("cat", talk, OutputStream.nullOutputStream(), Asking.LIMITS);
        assertThat(outcome)
            .isInstanceOfSatisfying(
                ShellOutcome.Broken.class,
                broken -> assertThat(broken.reason()).contains("because its host key has changed"));
      }
      assertThat(heard).isEmpty();
    }
  }
}
