package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.MapMethods;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableMap;
import dev.edgefleet.jinja.value.Undefined;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters of URLs. */
final class UrlFilters {
  static final Pattern URL =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?<netloc>[^/?#]*))?(?<path>[^?#]*)"
              + "(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?",
          Pattern.DOTALL);
  private static final Pattern NETLOC =
      Pattern.compile(
          "(?:(?<user>[^:@]*)(?::(?<password>[^@]*))?@)?(?:\\[(?<v6>[^\\]]*)\\]|(?<host>[^:]*))"
              + "(?::(?<port>\\d*))?");

  private UrlFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("urlsplit", (v, a, r) -> split(TextFilters.text(v, a), a.bound("query", "alias")));
    all.put("urldecode", (v, a, r) -> decoded(PythonText.of(v)));
    all.put("urlencode", (v, a, r) -> encoded(v));
    all.put("xmlattr", (v, a, r) -> attributes(v, a.bound("autospace")));
  }

  private static @Nullable Object split(String url, Arguments arguments) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new TemplateError("'" + url + "' is no URL", "write it as in https://host/path");
    }
    String netloc = or(parts.group("netloc"));
    Matcher host = NETLOC.matcher(netloc);
    MutableMap all = new MutableMap();
    all.put("fragment", or(parts.group("fragment")));
    boolean known = host.matches();
    String name = known ? host.group("v6") != null ? host.group("v6") : host.group("host") : null;
    String port = known ? host.group("port") : null;
    all.put("hostname", name == null || name.isEmpty() ? null : name.toLowerCase(Locale.ROOT));
    all.put("netloc", netloc);
    all.put("password", known ? host.group("password") : null);
    all.put("path", or(parts.group("path")));
    all.put("port", port == null || port.isEmpty() ? null : Long.valueOf(port));
    all.put("query", or(parts.group("query")));
    all.put("scheme", or(parts.group("scheme")).toLowerCase(Locale.ROOT));
    all.put("username", known ? host.group("user") : null);
    String wanted = arguments.text("query");
    if (wanted.isEmpty()) {
      return all;
    }
    if (!all.containsKey(wanted)) {
      throw new TemplateError(
          "a URL has no part '" + wanted + "'",
          "parts are: " + String.join(", ", all.keySet().stream().map(PythonText::of).toList()));
    }
    return all.get(wanted);
  }

  private static String or(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text.replace('+', ' ');
    }
  }

  private static Object encoded(@Nullable Object value) {
    if (value instanceof String || !(value instanceof Map || value instanceof List)) {
      return percent(PythonText.of(value), "/");
    }
    List<String> pairs = new ArrayList<>();
    List<?> items = value instanceof Map<?, ?> map ? MapMethods.items(map) : (List<?>) value;
    for (Object item : items) {
      List<?> pair = JinjaValues.items(item);
      pairs.add(
          percent(PythonText.of(pair.getFirst()), "").replace("%20", "+")
              + "="
              + percent(PythonText.of(pair.getLast()), "").replace("%20", "+"));
    }
    return String.join("&", pairs);
  }

  private static String percent(String text, String alsoSafe) {
    StringBuilder result = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean safe =
          c < 0x80
              && (Character.isLetterOrDigit(c)
                  || "_.-~".indexOf(c) >= 0
                  || alsoSafe.indexOf(c) >= 0);
      result.append(safe ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return result.toString();
  }

  private static String attributes(@Nullable Object value, Arguments arguments) {
    List<String> pairs = new ArrayList<>();
    JinjaValues.map(value, "xmlattr")
        .forEach(
            (key, item) -> {
              if (item != null && !(item instanceof Undefined)) {
                pairs.add(
                    TextFilters.escaped(PythonText.of(key))
                        + "=\""
                        + TextFilters.escaped(PythonText.of(item))
                        + "\"");
              }
            });
    String all = String.join(" ", pairs);
    return arguments.truth("autospace", true) && !all.isEmpty() ? " " + all : all;
  }
}
