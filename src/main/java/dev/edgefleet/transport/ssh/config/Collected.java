package dev.edgefleet.transport.ssh.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The settings that hold for one host so far: of each word the first, of identities all. */
final class Collected {
  private final String name;
  private final Map<Keyword, ConfigLine.Setting> first = new EnumMap<>(Keyword.class);
  private final Map<Keyword, Set<String>> all = new EnumMap<>(Keyword.class);

  Collected(String name) {
    this.name = name;
  }

  void add(ConfigLine.Setting setting) {
    Keyword keyword = setting.keyword();
    if (keyword.accumulates()) {
      all.computeIfAbsent(keyword, k -> new LinkedHashSet<>()).addAll(setting.values());
    } else if (!isAboutTheWay(keyword)
        || (!first.containsKey(Keyword.PROXY_COMMAND) && !first.containsKey(Keyword.PROXY_JUMP))) {
      first.putIfAbsent(keyword, setting);
    }
  }

  // ProxyJump and ProxyCommand are one setting in two forms.
  private static boolean isAboutTheWay(Keyword keyword) {
    return keyword == Keyword.PROXY_COMMAND || keyword == Keyword.PROXY_JUMP;
  }

  String hostName() {
    ConfigLine.Setting setting = first.get(Keyword.HOST_NAME);
    if (setting == null) {
      return name;
    }
    StringBuilder result = new StringBuilder();
    String text = setting.values().getFirst();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        result.append(text.charAt(i));
      } else if (text.startsWith("%h", i)) {
        result.append(name);
        i++;
      } else if (text.startsWith("%%", i)) {
        result.append('%');
        i++;
      } else {
        throw setting
            .source()
            .error("HostName is '" + text + "'", "of % words it may hold %h and %% only");
      }
    }
    return result.toString();
  }

  Optional<String> user() {
    return text(Keyword.USER);
  }

  HostOptions options() {
    return new HostOptions(
        name,
        hostName(),
        value(Keyword.PORT, Values::port),
        user(),
        list(Keyword.IDENTITY_FILE),
        value(Keyword.IDENTITIES_ONLY, (t, s) -> Values.flag(Keyword.IDENTITIES_ONLY, t, s))
            .orElse(false),
        text(Keyword.IDENTITY_AGENT),
        list(Keyword.CERTIFICATE_FILE),
        proxy(),
        files(Keyword.USER_KNOWN_HOSTS_FILE),
        files(Keyword.GLOBAL_KNOWN_HOSTS_FILE),
        value(Keyword.STRICT_HOST_KEY_CHECKING, Values::hostKeyChecking),
        text(Keyword.HOST_KEY_ALIAS),
        time(Keyword.CONNECT_TIMEOUT),
        time(Keyword.SERVER_ALIVE_INTERVAL));
  }

  private Optional<Proxy> proxy() {
    Optional<Proxy> jump =
        value(Keyword.PROXY_JUMP, (t, s) -> t)
            .filter(text -> !text.equalsIgnoreCase("none"))
            .flatMap(
                text -> value(Keyword.PROXY_JUMP, (t, s) -> new Proxy.Jump(JumpHost.list(t, s))));
    return jump.or(
        () ->
            text(Keyword.PROXY_COMMAND)
                .filter(text -> !text.equalsIgnoreCase("none"))
                .map(Proxy.Command::new));
  }

  private Optional<Duration> time(Keyword keyword) {
    return value(keyword, (t, s) -> t)
        .filter(text -> !text.equalsIgnoreCase("none"))
        .flatMap(text -> value(keyword, (t, s) -> Values.time(keyword, t, s)));
  }

  private Optional<String> text(Keyword keyword) {
    return value(keyword, (text, source) -> text);
  }

  private <T> Optional<T> value(Keyword keyword, BiFunction<String, Source, T> read) {
    ConfigLine.Setting setting = first.get(keyword);
    return setting == null
        ? Optional.empty()
        : Optional.of(read.apply(setting.values().getFirst(), setting.source()));
  }

  private Optional<List<String>> files(Keyword keyword) {
    ConfigLine.Setting setting = first.get(keyword);
    if (setting == null) {
      return Optional.empty();
    }
    boolean none =
        setting.values().size() == 1 && setting.values().getFirst().equalsIgnoreCase("none");
    return Optional.of(none ? List.of() : setting.values());
  }

  private List<String> list(Keyword keyword) {
    return new ArrayList<>(all.getOrDefault(keyword, Set.of()));
  }
}
