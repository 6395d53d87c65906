package dev.earshot.inventory.listing;

/// What a text allows as YAML: LibYAML's analysis, which decides whether a scalar stands plain or
/// in single or double quotes.
///
/// @param plain it may stand without quotes, as far as its characters go
/// @param singleQuoted it may stand in single quotes
/// @param literal it may stand as a block behind `|`
record YamlScalarForm(
    boolean empty, boolean multiline, boolean plain, boolean singleQuoted, boolean literal) {

  private static final String INDICATORS_AT_START = "#,[]{}&*!|>'\"%@`";

  static boolean isBreak(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static boolean isBlank(int c) {
    return c == 0 || c == ' ' || c == '\t' || isBreak(c);
  }

  /// Characters that need no escape in any quotes; those beyond the basic plane always do.
  static boolean isPrintable(int c) {
    return c == '\n'
        || (c >= ' ' && c <= '~')
        || (c >= 0xA0 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF);
  }

  static YamlScalarForm of(int[] text) {
    if (text.length == 0) {
      return new YamlScalarForm(true, false, true, true, false);
    }
    boolean indicators = startsDocument(text);
    boolean breaks = false;
    boolean special = false;
    boolean breakThenSpace = false;
    boolean spaceThenBreak = false;
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      int before = i == 0 ? ' ' : text[i - 1];
      boolean blankFollows = i + 1 == text.length || isBlank(text[i + 1]);
      indicators |=
          i == 0
              ? INDICATORS_AT_START.indexOf(c) >= 0 || ("?:-".indexOf(c) >= 0 && blankFollows)
              : (c == ':' && blankFollows) || (c == '#' && isBlank(before));
      breaks |= isBreak(c);
      special |= !isPrintable(c);
      breakThenSpace |= i > 0 && c == ' ' && isBreak(before);
      spaceThenBreak |= i > 0 && isBreak(c) && before == ' ';
    }
    int last = text[text.length - 1];
    boolean edge = text[0] == ' ' || isBreak(text[0]) || last == ' ' || isBreak(last);
    boolean harmless = !spaceThenBreak && !special;
    return new YamlScalarForm(
        false,
        breaks,
        harmless && !edge && !breaks && !indicators,
        harmless && !breakThenSpace,
        harmless && last != ' ');
  }

  private static boolean startsDocument(int[] text) {
    return text.length >= 3
        && (text[0] == '-' || text[0] == '.')
        && text[1] == text[0]
        && text[2] == text[0];
  }
}
