package dev.earshot.lab;

import java.util.regex.Pattern;

/// Where a host is plugged in: its name and the site that it stands at, written `NAME@SITE`.
record Port(String host, String site) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  Port {
    if (!NAME.matcher(host).matches() || !NAME.matcher(site).matches()) {
      throw new IllegalArgumentException(
          host + "@" + site + " is no port: write NAME@SITE in small letters, digits and dashes");
    }
  }

  static Port parse(String text) {
    int at = text.indexOf('@');
    return new Port(text.substring(0, Math.max(at, 0)), text.substring(at + 1));
  }
}
