package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiFunction;

/// Filters that encode, decode and hash.
final class EncodingFilters {

  private static final Map<String, String> HASHES =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512");

  static final Map<String, Filter> ANSIBLE =
      Map.ofEntries(
          Map.entry("b64encode", EncodingFilters::encode),
          Map.entry("b64decode", EncodingFilters::decode),
          Map.entry(
              "hash",
              (value, arguments, env) -> hash(value, arguments.takeText("hashtype", "sha1"), env)),
          Map.entry("md5", (value, _, env) -> hash(value, "md5", env)),
          Map.entry("sha1", (value, _, env) -> hash(value, "sha1", env)),
          Map.entry("checksum", (value, _, env) -> hash(value, "sha1", env)),
          Map.entry(
              "to_json",
              (value, arguments, env) -> json(value, options(arguments, -1, false), env)),
          Map.entry(
              "to_nice_json",
              (value, arguments, env) -> json(value, options(arguments, 4, true), env)),
          Map.entry(
              "from_json",
              (value, _, env) -> JsonReader.read(Environment.text(value), env.budget())),
          Map.entry("from_yaml", (value, _, env) -> yaml(value, YamlReader::read, env)),
          Map.entry("from_yaml_all", (value, _, env) -> yaml(value, YamlReader::readAll, env)));

  private EncodingFilters() {}

  private static Obj encode(Obj value, Arguments arguments, Environment env) {
    utf8(arguments);
    return new Obj.Str(Base64.getEncoder().encodeToString(bytes(env.str(value))));
  }

  private static Obj decode(Obj value, Arguments arguments, Environment env) {
    utf8(arguments);
    var text = env.str(value).replaceAll("[^A-Za-z0-9+/=]", "");
    try {
      var bytes = Base64.getDecoder().decode(text);
      if (text.replace("=", "").length() % 4 != 0 && !text.endsWith("=")) {
        throw new Failure("it is not base64");
      }
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return new Obj.Str(decoder.decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException _) {
      throw new Failure("it is not base64 of text");
    }
  }

  private static void utf8(Arguments arguments) {
    if (!arguments.takeText("encoding", "utf-8").equalsIgnoreCase("utf-8")) {
      throw new Failure("only utf-8 is supported");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Obj hash(Obj value, String type, Environment env) {
    var algorithm = HASHES.get(type);
    if (algorithm == null) {
      throw new Failure("the hash " + type + " is not supported");
    }
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return new Obj.Str(HexFormat.of().formatHex(digest.digest(bytes(env.str(value)))));
    } catch (NoSuchAlgorithmException _) {
      throw new Failure("the hash " + type + " is not supported");
    }
  }

  private static JsonWriter.Options options(Arguments arguments, int indent, boolean sorted) {
    var width = arguments.take("indent", indent < 0 ? Obj.None.NONE : new Obj.Int(indent));
    boolean sort = arguments.takeNamed("sort_keys").map(Numbers::isTrue).orElse(sorted);
    boolean ascii = arguments.takeNamed("ensure_ascii").map(Numbers::isTrue).orElse(true);
    return new JsonWriter.Options(
        width instanceof Obj.None ? -1 : Math.clamp(Numbers.index(width), 0, 100), sort, ascii);
  }

  /// What is no text stays as it is.
  private static Obj yaml(Obj value, BiFunction<String, Budget, Obj> reader, Environment env) {
    return switch (value) {
      case Obj.Str(var text, _, _) -> reader.apply(text, env.budget());
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> value;
    };
  }

  private static Obj json(Obj value, JsonWriter.Options options, Environment env) {
    return new Obj.Str(JsonWriter.write(value, options, env.budget()), false, true);
  }
}
