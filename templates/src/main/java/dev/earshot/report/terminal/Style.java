package dev.earshot.report.terminal;

import dev.earshot.report.layout.Band;

/// What text means, and the colours that say so (SGR parameters of ECMA-48, with the 256 colours of
/// xterm for the heatmap).
enum Style {
  PLAIN(""),
  HEADING("1"),
  FAINT("2"),
  CRITICAL("1;97;41"),
  HIGH("1;31"),
  MEDIUM("1;33"),
  LOW("36"),
  INFO("34"),
  GOOD("32"),
  OPEN("35"),
  NEXT_DOOR("97;48;5;22"),
  SAME_DATACENTER("97;48;5;28"),
  SAME_SITE("30;48;5;149"),
  SAME_REGION("30;48;5;214"),
  FAR("1;97;48;5;160");

  private final String parameters;

  Style(String parameters) {
    this.parameters = parameters;
  }

  String parameters() {
    return parameters;
  }

  static Style of(Band band) {
    return switch (band) {
      case NEXT_DOOR -> NEXT_DOOR;
      case SAME_DATACENTER -> SAME_DATACENTER;
      case SAME_SITE -> SAME_SITE;
      case SAME_REGION -> SAME_REGION;
      case FAR -> FAR;
      case UNKNOWN -> OPEN;
    };
  }

  static Style ofSeverity(String severity) {
    return switch (severity) {
      case "critical" -> CRITICAL;
      case "high" -> HIGH;
      case "medium" -> MEDIUM;
      case "low" -> LOW;
      default -> INFO;
    };
  }
}
