package dev.earshot.yaml;

import dev.earshot.python.PythonNumbers;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// Gives plain scalars the types that PyYAML gives them: unlike for SnakeYAML itself, `1e3` is a
/// string, and an exponent needs a dot before it and a sign.
public final class YamlResolver extends Resolver {

  /// What `=` resolves to.
  public static final Tag VALUE = new Tag(Tag.PREFIX + "value");

  private static final Pattern FLOAT_PATTERN =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])++\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)"
              + "|\\.(?:nan|NaN|NAN)");
  private static final Pattern INT_PATTERN =
      Pattern.compile(
          "[-+]?0b[0-1_]+"
              + "|[-+]?0[0-7_]+"
              + "|[-+]?(?:0|[1-9][0-9_]*)"
              + "|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])++");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, whole(BOOL), "yYnNtTfFoO");
    addImplicitResolver(Tag.FLOAT, whole(FLOAT_PATTERN), "-+0123456789.", PythonNumbers.MAX_DIGITS);
    addImplicitResolver(Tag.INT, whole(INT_PATTERN), "-+0123456789", PythonNumbers.MAX_DIGITS);
    addImplicitResolver(Tag.MERGE, whole(MERGE), "<");
    addImplicitResolver(Tag.NULL, whole(NULL), "~nN\0");
    addImplicitResolver(Tag.NULL, EMPTY, null);
    addImplicitResolver(Tag.TIMESTAMP, whole(YamlTimestamp.PATTERN), "0123456789");
    addImplicitResolver(VALUE, whole(Pattern.compile("=")), "=");
  }

  /// Nothing this long is anything but text or a whole number that nothing can hold; most patterns
  /// would take stack for each part of it.
  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    if (kind == NodeId.scalar && implicit && value.length() > PythonNumbers.MAX_DIGITS) {
      return INT_PATTERN.matcher(value).matches() ? Tag.INT : Tag.STR;
    }
    return super.resolve(kind, value, implicit);
  }

  private static Pattern whole(Pattern pattern) {
    return Pattern.compile("^(?:" + pattern.pattern() + ")$");
  }
}
