package dev.earshot.inventory.listing;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.Value;
import dev.earshot.yaml.YamlText;
import java.io.IOException;
import java.util.Locale;

/// Writes single values as YAML.
final class YamlScalars {

  /// A scalar ready to be written.
  ///
  /// @param tag written before it; empty if none is
  /// @param mayBePlain nothing but this value would be read from it without quotes
  record Scalar(String text, String tag, boolean mayBePlain, YamlScalarForm form) {}

  private YamlScalars() {}

  static Scalar of(Value value) {
    return switch (value) {
      case Value.Text(var text, _) -> scalar(text, "", YamlText.isPlainText(text));
      case Value.Vaulted(var ciphertext) -> scalar(ciphertext, "!vault", false);
      case Value.Real(var number) -> scalar(real(number), "", true);
      case Value.Bool(var truth) -> scalar(truth ? "true" : "false", "", true);
      case Value.Timestamp(var iso) -> scalar(iso.replace('T', ' '), "", true);
      case Value.Null _ -> scalar("null", "", true);
      case Value.Whole(var number) -> scalar(number.toString(), "", true);
      case Value.Sequence _, Value.Mapping _ ->
          throw new IllegalArgumentException("not a scalar: " + value.kind());
    };
  }

  private static Scalar scalar(String text, String tag, boolean mayBePlain) {
    var codePoints = text.codePoints().toArray();
    return new Scalar(text, tag, mayBePlain, YamlScalarForm.of(codePoints));
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    var text = PythonNumbers.repr(number).toLowerCase(Locale.ROOT);
    return text.contains(".") ? text : text.replace("e", ".0e");
  }

  /// @param isKey it stands before a colon on the same line
  static void write(Scalar scalar, YamlLines lines, boolean isKey) throws IOException {
    if (!scalar.tag().isEmpty()) {
      lines.indicator(scalar.tag(), true, false);
    }
    var form = scalar.form();
    var text = scalar.text().codePoints().toArray();
    if (!scalar.tag().isEmpty()) {
      if (form.literal() && !isKey) {
        lines.literal(text);
      } else {
        lines.doubleQuoted(text, !isKey);
      }
    } else if (scalar.mayBePlain()
        && form.plain()
        && !(isKey && (form.empty() || form.multiline()))) {
      lines.plain(text, !isKey);
    } else if (form.singleQuoted() && !(isKey && form.multiline())) {
      lines.singleQuoted(text, !isKey);
    } else {
      lines.doubleQuoted(text, !isKey);
    }
  }
}
