package dev.earshot.report.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.earshot.report.layout.Harmless;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Escapes, beyond what JSON asks for, every character that is not what it looks like: somebody
/// will `cat` the file.
final class HarmlessEscapes extends CharacterEscapes {

  private static final int DELETE = 0x7f;

  private final int[] ascii;

  HarmlessEscapes() {
    ascii = standardAsciiEscapesForJSON();
    ascii[DELETE] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    return c > DELETE && Harmless.isTreacherous(c) && !Character.isSurrogate((char) c)
        ? new SerializedString(String.format(Locale.ROOT, "\\u%04X", c))
        : null;
  }
}
