package dev.earshot.jinja.filter;

import dev.earshot.jinja.ip.IpText;
import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Strings;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Takes URLs apart, as Python's `urlsplit` does. What stands in brackets must be an IPv6 address.
final class UrlFilters {

  static final Map<String, Filter> ANSIBLE = Map.of("urlsplit", UrlFilters::split);

  private static final Pattern LEADING = Pattern.compile("^[\\x00-\\x20]+");
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");
  private static final Pattern PORT = Pattern.compile("0*[0-9]{1,5}");
  private static final int MAX_PORT = 65_535;

  /// A text cut at the first or the last place of a separator.
  private record Cut(String before, boolean found, String after) {
    static Cut first(String text, char separator) {
      return at(text, text.indexOf(separator));
    }

    static Cut last(String text, char separator) {
      return at(text, text.lastIndexOf(separator));
    }

    private static Cut at(String text, int index) {
      return index < 0
          ? new Cut(text, false, "")
          : new Cut(text.substring(0, index), true, text.substring(index + 1));
    }
  }

  private UrlFilters() {}

  private static Obj split(Obj value, Arguments arguments, Environment env) {
    var parts = parts(Environment.text(value));
    var query = arguments.takeText("query", "");
    if (query.isEmpty()) {
      return Dict.of(parts);
    }
    var part = parts.get(query);
    if (part == null) {
      throw new Failure("a URL has no part " + query);
    }
    return part;
  }

  private static Map<String, Obj> parts(String text) {
    var url = LEADING.matcher(text).replaceFirst("").replaceAll("[\\t\\r\\n]", "");
    var scheme = Cut.first(url, ':');
    boolean named = scheme.found() && SCHEME.matcher(scheme.before()).matches();
    var rest = named ? scheme.after() : url;
    var netloc = "";
    if (rest.startsWith("//")) {
      int end = 2;
      while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
        end++;
      }
      netloc = rest.substring(2, end);
      rest = rest.substring(end);
    }
    requireNoHiddenDelimiters(netloc);
    var fragment = Cut.first(rest, '#');
    var query = Cut.first(fragment.before(), '?');
    var login = Cut.last(netloc, '@');
    var user = Cut.first(login.found() ? login.before() : "", ':');
    var place = place(login.found() ? login.after() : netloc);
    var parts = new LinkedHashMap<String, Obj>();
    parts.put("fragment", new Obj.Str(fragment.after()));
    parts.put("hostname", hostname(place.before()));
    parts.put("netloc", new Obj.Str(netloc));
    parts.put("password", user.found() ? new Obj.Str(user.after()) : Obj.None.NONE);
    parts.put("path", new Obj.Str(query.before()));
    parts.put("port", port(place.after()));
    parts.put("query", new Obj.Str(query.after()));
    parts.put("scheme", new Obj.Str(named ? Strings.lower(scheme.before()) : ""));
    parts.put("username", login.found() ? new Obj.Str(user.before()) : Obj.None.NONE);
    return parts;
  }

  /// Host and port.
  private static Cut place(String text) {
    if (!text.startsWith("[")) {
      if (text.indexOf('[') >= 0 || text.indexOf(']') >= 0) {
        throw new Failure("its brackets enclose no IPv6 address");
      }
      return Cut.first(text, ':');
    }
    var host = Cut.first(text.substring(1), ']');
    var port = Cut.first(host.after(), ':');
    boolean whole = host.found() && port.before().isEmpty() && port.after().indexOf(']') < 0;
    if (!whole || !IpText.isIpv6(Cut.first(host.before(), '%').before())) {
      throw new Failure("its brackets enclose no IPv6 address");
    }
    return new Cut(host.before(), port.found(), port.after());
  }

  /// The zone of an IPv6 address keeps its case.
  private static Obj hostname(String text) {
    if (text.isEmpty()) {
      return Obj.None.NONE;
    }
    var zone = Cut.first(text, '%');
    return new Obj.Str(Strings.lower(zone.before()) + (zone.found() ? "%" : "") + zone.after());
  }

  private static Obj port(String text) {
    if (text.isEmpty()) {
      return Obj.None.NONE;
    }
    if (!PORT.matcher(text).matches() || Integer.parseInt(text) > MAX_PORT) {
      throw new Failure("its port is no number up to " + MAX_PORT);
    }
    return new Obj.Int(Integer.parseInt(text));
  }

  /// Some characters turn into delimiters when a host name is normalized.
  private static void requireNoHiddenDelimiters(String netloc) {
    var bare = netloc.replaceAll("[@:#?]", "");
    var normal = Normalizer.normalize(bare, Normalizer.Form.NFKC);
    if (!bare.equals(normal) && normal.chars().anyMatch(c -> "/?#@:".indexOf(c) >= 0)) {
      throw new Failure("its host holds a character that stands for a delimiter");
    }
  }
}
