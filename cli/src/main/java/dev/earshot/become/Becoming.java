package dev.earshot.become;

import dev.earshot.become.Become.Method;
import dev.earshot.ssh.Conversation;
import dev.earshot.ssh.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The talk with sudo and its like: the password goes to nobody but a prompt, and the program to
/// nobody but the new user's shell, which has said its random word by then.
final class Becoming implements Conversation {

  /// How far it got.
  enum State {
    /// Nothing was heard yet.
    WAITING,
    /// It wants the password.
    ASKED,
    /// It was told the password.
    ANSWERED,
    /// It wants a password that there is none of.
    NO_PASSWORD,
    /// It does not believe the password.
    WRONG_PASSWORD,
    /// It said neither yes nor no for too long.
    SILENT,
    /// The new user's shell listens.
    BECAME
  }

  private static final Pattern OWN_PROMPT = Pattern.compile("(?i).*password[^:]{0,80}:\\s*");
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i).*(sorry, try again|authentication fail(ure|ed)|incorrect password"
              + "|incorrect authentication attempt).*");

  /// What sudo-rs puts before the prompt that it was given, and PAM's own, which comes after it. A
  /// prompt for some other secret gets no password.
  private static final String BEFORE_PROMPT = "\\[[\\w-]{1,20}: ";

  private static final String AFTER_PROMPT = "] [^:]{0,40}(?i:password)[^:]{0,80}:";

  private final Become become;
  private final BecomeCommand command;
  private final String program;
  private final OutputStream output;
  private final Duration patience;
  private final Lines said = new Lines();
  private final Lines complained = new Lines();
  private State state = State.WAITING;

  /// @param output for what the program prints, and nothing from before
  /// @param patience with each of its steps
  Becoming(
      Become become,
      BecomeCommand command,
      String program,
      OutputStream output,
      Duration patience) {
    this.become = become;
    this.command = command;
    this.program = program;
    this.output = output;
    this.patience = patience;
  }

  @Override
  public boolean hold(OutputStream standardInput) throws IOException, InterruptedException {
    if (await(State.WAITING) == State.ASKED && move(State.ASKED, State.ANSWERED)) {
      say(standardInput, become.password().map(Secret::text).orElseThrow() + "\n");
      await(State.ANSWERED);
    }
    if (state() != State.BECAME) {
      return false;
    }
    say(standardInput, command.atTerminal() ? program + "\nexit\n" : program);
    return true;
  }

  @Override
  public boolean tellsSecrets() {
    return become.password().isPresent();
  }

  @Override
  public boolean wantsTerminal() {
    return command.atTerminal();
  }

  @Override
  public synchronized void hearError(byte[] bytes, int offset, int length) {
    if (state == State.BECAME) {
      return;
    }
    complained.take(
        bytes,
        offset,
        length,
        line -> {
          noteRefusal(line);
          return false;
        });
    if (isPrompt(complained.unfinished())) {
      complained.finish();
      prompted();
    }
  }

  /// Takes what the command prints on standard output.
  OutputStream hearing() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = state() == State.BECAME ? offset : hear(bytes, offset, length);
        output.write(bytes, from, offset + length - from);
      }
    };
  }

  synchronized State state() {
    return state;
  }

  /// Whether it might still have gone well.
  synchronized boolean isOpen() {
    return switch (state) {
      case WAITING, ASKED, ANSWERED -> true;
      case NO_PASSWORD, WRONG_PASSWORD, SILENT, BECAME -> false;
    };
  }

  /// What it said at last, on both streams.
  synchronized List<String> lastWords() {
    List<String> words = new ArrayList<>(said.last());
    words.addAll(complained.last());
    return words;
  }

  /// Where the program's own output begins.
  private synchronized int hear(byte[] bytes, int offset, int length) {
    int after = said.take(bytes, offset, length, this::isSuccess);
    if (after >= 0) {
      for (State open : List.of(State.WAITING, State.ASKED, State.ANSWERED)) {
        move(open, State.BECAME);
      }
      return after;
    }
    if (asksOnOutput() && isPrompt(said.unfinished())) {
      said.finish();
      prompted();
    }
    return offset + length;
  }

  private boolean isPrompt(String text) {
    return command
        .prompt()
        .map(prompt ->
            text.strip().equals(prompt)
                || text.strip().matches(BEFORE_PROMPT + Pattern.quote(prompt) + AFTER_PROMPT))
        .orElseGet(() -> asksOnOutput() && OWN_PROMPT.matcher(text.strip()).matches());
  }

  private boolean asksOnOutput() {
    return become.method() == Method.SU || command.atTerminal();
  }

  private boolean isSuccess(String line) {
    noteRefusal(line);
    return line.equals(command.success());
  }

  private void prompted() {
    if (!move(State.ANSWERED, State.WRONG_PASSWORD)) {
      move(State.WAITING, become.password().isPresent() ? State.ASKED : State.NO_PASSWORD);
    }
  }

  private void noteRefusal(String line) {
    if (REFUSAL.matcher(line).matches()) {
      move(State.ANSWERED, State.WRONG_PASSWORD);
    }
  }

  private synchronized boolean move(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    notifyAll();
    return true;
  }

  /// Waits for the end of a state, which silence is, too.
  private synchronized State await(State passing) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (state == passing) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        move(passing, State.SILENT);
      } else {
        wait(left);
      }
    }
    return state;
  }

  private static void say(OutputStream to, String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
    to.flush();
  }
}
