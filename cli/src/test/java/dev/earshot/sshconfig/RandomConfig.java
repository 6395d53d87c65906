package dev.earshot.sshconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes configurations that no person would think of, of lines that mean something together.
record RandomConfig(RandomGenerator random) {

  static final List<String> HOSTS = List.of("web1", "WEB2", "bob@db.example.org", "127.1");

  private static final List<String> PATTERNS =
      List.of(
          "*", "web?", "web*", "!web1", "db*", "WEB2", "web2", "*.example.org", "!*", "two", "");

  private static final List<String> CRITERIA =
      List.of(
          "host web*",
          "host=db*,!db2",
          "originalhost WEB2",
          "originalhost \"web1,db*\"",
          "user bob",
          "user root,a*",
          "localuser *",
          "localuser nobody",
          "exec true",
          "exec \"test %n = web1\"",
          "exec \"test %r = bob\"",
          "exec 'false'",
          "final",
          "canonical",
          "all",
          "# c");

  private static final List<String> SETTINGS =
      List.of(
          "Port 2201",
          "Port=2202",
          "Port  = \"2203\"",
          "User alice",
          "User \"bob\" # who",
          "HostName %h.example.org",
          "HostName two",
          "HostName ::0001",
          "HostKeyAlias Alias",
          "IdentityFile /k/%n-%h-%k",
          "IdentityFile none",
          "IdentityFile \"/k/a b\"",
          "IdentityFile /k/c\\ d",
          "CertificateFile /k/%r-cert.pub",
          "IdentitiesOnly yes",
          "ProxyJump jump,bob@last:2200",
          "ProxyJump none",
          "ProxyJump jump # c",
          "ProxyCommand none",
          "ProxyCommand false %h %p # %r",
          "ConnectTimeout none",
          "ConnectTimeout 1m5",
          "ServerAliveInterval 15",
          "StrictHostKeyChecking accept-new",
          "StrictHostKeyChecking off",
          "UserKnownHostsFile none",
          "UserKnownHostsFile /a/%h '/b c'",
          "GlobalKnownHostsFile /g",
          "CanonicalizeHostname yes",
          "CanonicalizeMaxDots 0",
          "AddressFamily inet6",
          "IdentityAgent ~/agent-%u",
          "IgnoreUnknown Use*",
          "PubkeyAuthentication no",
          "# a comment",
          "\t");

  /// Few of them, so that most configurations are right.
  private static final List<String> DOUBTFUL =
      List.of(
          "UseNothing yes",
          "Port abc",
          "User",
          "User a b",
          "User \"a",
          "User ''",
          "Match host",
          "HostName %n",
          "ProxyJump a:b",
          "Port\t\"22\"23",
          "Port\"22\"",
          "User = = x",
          "==",
          "\"User\" bob",
          "User=\"a\"b\\\"");

  String text() {
    var lines = new ArrayList<String>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      lines.add(line());
    }
    return String.join("\n", lines) + "\n";
  }

  private String line() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> "Host" + some(PATTERNS);
      case 4, 5, 6, 7 -> "Match" + some(CRITERIA);
      case 8 -> "Include @DIR@/more.conf";
      case 9 -> random.nextInt(4) == 0 ? one(DOUBTFUL) : "";
      default -> " ".repeat(random.nextInt(3)) + one(SETTINGS);
    };
  }

  private String some(List<String> words) {
    var text = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      text.append(' ');
      if (words.equals(CRITERIA) && random.nextInt(5) == 0) {
        text.append('!');
      }
      text.append(one(words));
    }
    return text.toString();
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
