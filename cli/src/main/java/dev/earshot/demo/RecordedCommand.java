package dev.earshot.demo;

import dev.earshot.evidence.ClockOffset;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.TimeSync;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/// Answers a probe program with what a host once answered, between the marks that this program asks
/// for.
///
/// It doesn't wait for the window: the recorded samples lie a window apart by the recorded host's
/// own clock. What the wall clock showed is moved to now, as far ahead or behind as it was.
final class RecordedCommand implements Command {

  private static final Pattern MARK = Pattern.compile("(?m)^MARK=([0-9a-f]{32})$");

  private static final Pattern CLOCK = Pattern.compile("(?m)^clock .*$");

  private final HostRecording recording;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private ExitCallback exit = (_, _, _) -> {};

  RecordedCommand(HostRecording recording) {
    this.recording = recording;
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {}

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    Thread.startVirtualThread(this::answer);
  }

  @Override
  public void destroy(ChannelSession channel) {}

  private void answer() {
    try {
      Matcher mark = MARK.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (!mark.find()) {
        exit.onExit(1);
        return;
      }
      out.write(frames(mark.group(1)).getBytes(StandardCharsets.UTF_8));
      out.flush();
      exit.onExit(0);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private String frames(String mark) {
    StringBuilder text = new StringBuilder("\n@%s begun\n".formatted(mark));
    recording
        .answers()
        .forEach((question, answer) ->
            text.append(
                "\n@%s begin %s %s %d\n%s\n@%s end %s %s %d\n"
                    .formatted(
                        mark,
                        question.probe(),
                        question.moment(),
                        answer.epochSecond(),
                        moved(question, answer.result().output()),
                        mark,
                        question.probe(),
                        question.moment(),
                        answer.result().exitStatus())));
    return text.toString();
  }

  private String moved(Question question, String output) {
    Optional<Duration> ahead =
        question.probe().equals(TimeSync.PROBE.id())
            ? HostEvidence.of(recording).clock().collected().map(ClockOffset::ahead)
            : Optional.empty();
    return ahead
        .map(offset -> Instant.now().plus(offset))
        .map(now ->
            CLOCK
                .matcher(output)
                .replaceFirst("clock %d.%09d".formatted(now.getEpochSecond(), now.getNano())))
        .orElse(output);
  }
}
