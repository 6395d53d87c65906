package dev.earshot.cli;

import dev.earshot.redaction.Redactor;
import dev.earshot.remote.RemotePoller;
import dev.earshot.remote.RemoteUrl;
import dev.earshot.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which other Lemmy instances are asked what they have still to send.
final class RemoteOptions {

  private static final int MOST = 16;

  @Option(
      names = "--remote",
      paramLabel = "URL",
      description =
          "Another Lemmy, to ask from here how far it is with sending to ours; may be repeated. Needs --domain.")
  List<String> remotes = new ArrayList<>();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Our own instance's domain, by which --remote knows it.")
  @Nullable String domain;

  /// @throws UsageException with all that is wrong with the options
  Optional<RemotePoller> poller() {
    List<String> problems = new ArrayList<>();
    List<RemoteUrl> urls = new ArrayList<>();
    for (String remote : remotes) {
      try {
        urls.add(RemoteUrl.of(remote));
      } catch (IllegalArgumentException wrong) {
        problems.add(
            "--remote %s is no URL like https://lemmy.example: %s"
                .formatted(
                    Printable.of(Redactor.redact(remote)),
                    Printable.of(String.valueOf(wrong.getMessage()))));
      }
    }
    if (remotes.size() > MOST) {
      problems.add("--remote is given more than %d times".formatted(MOST));
    }
    if (urls.stream().distinct().count() < urls.size()) {
      problems.add("--remote names an instance twice");
    }
    if (remotes.isEmpty() != (domain == null)) {
      problems.add("--remote and --domain go together: whose backlog for whom");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return domain == null
        ? Optional.empty()
        : Optional.of(new RemotePoller(urls, domain, RemotePoller.DEADLINE));
  }
}
