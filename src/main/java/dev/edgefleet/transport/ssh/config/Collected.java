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
  private final Map<SshConfigKeyword, ConfigLine.Setting> first =
      new EnumMap<>(SshConfigKeyword.class);
  private final Map<SshConfigKeyword, Set<String>> all = new EnumMap<>(SshConfigKeyword.class);

  Collected(String name) {
    this.name = name;
  }

  void add(ConfigLine.Setting setting) {
    SshConfigKeyword keyword = setting.keyword();
    if (keyword.accumulates()) {
      all.computeIfAbsent(keyword, k -> new LinkedHashSet<>()).addAll(setting.values());
    } else if (!isAboutTheWay(keyword)
        || (!first.containsKey(SshConfigKeyword.PROXY_COMMAND)
            && !first.containsKey(SshConfigKeyword.PROXY_JUMP))) {
      first.putIfAbsent(keyword, setting);
    }
  }

  // ProxyJump and ProxyCommand are one setting in two forms.
  private static boolean isAboutTheWay(SshConfigKeyword keyword) {
    return keyword == SshConfigKeyword.PROXY_COMMAND || keyword == SshConfigKeyword.PROXY_JUMP;
  }

  String hostName() {
    ConfigLine.Setting setting = first.get(SshConfigKeyword.HOST_NAME);
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
    return text(SshConfigKeyword.USER);
  }

  HostOptions options() {
    return new HostOptions(
        name,
        hostName(),
        value(SshConfigKeyword.PORT, Values::port),
        user(),
        list(SshConfigKeyword.IDENTITY_FILE),
        value(
                SshConfigKeyword.IDENTITIES_ONLY,
                (t, s) -> Values.flag(SshConfigKeyword.IDENTITIES_ONLY, t, s))
            .orElse(false),
        text(SshConfigKeyword.IDENTITY_AGENT),
        list(SshConfigKeyword.CERTIFICATE_FILE),
        proxy(),
        files(SshConfigKeyword.USER_KNOWN_HOSTS_FILE),
        files(SshConfigKeyword.GLOBAL_KNOWN_HOSTS_FILE),
        value(SshConfigKeyword.STRICT_HOST_KEY_CHECKING, Values::hostKeyChecking),
        text(SshConfigKeyword.HOST_KEY_ALIAS),
        time(SshConfigKeyword.CONNECT_TIMEOUT),
        time(SshConfigKeyword.SERVER_ALIVE_INTERVAL),
        notDone());
  }

  // What a distribution wrote for everybody is nothing that this operator asks for.
  private List<String> notDone() {
    return first.values().stream()
        .filter(setting -> setting.keyword().isOnlyToldOf())
        .filter(setting -> !setting.source().name().startsWith("/etc/"))
        .map(setting -> setting.keyword().written + " (" + setting.source() + ")")
        .toList();
  }

  private Optional<Proxy> proxy() {
    Optional<Proxy> jump =
        value(SshConfigKeyword.PROXY_JUMP, (t, s) -> t)
            .filter(text -> !text.equalsIgnoreCase("none"))
            .flatMap(
                text ->
                    value(
                        SshConfigKeyword.PROXY_JUMP,
                        (t, s) -> new Proxy.Jump(JumpHost.list(t, s))));
    return jump.or(
        () ->
            text(SshConfigKeyword.PROXY_COMMAND)
                .filter(text -> !text.equalsIgnoreCase("none"))
                .map(Proxy.Command::new));
  }

  private Optional<Duration> time(SshConfigKeyword keyword) {
    return value(keyword, (t, s) -> t)
        .filter(text -> !text.equalsIgnoreCase("none"))
        .flatMap(text -> value(keyword, (t, s) -> Values.time(keyword, t, s)));
  }

  private Optional<String> text(SshConfigKeyword keyword) {
    return value(keyword, (text, source) -> text);
  }

  private <T> Optional<T> value(SshConfigKeyword keyword, BiFunction<String, Source, T> read) {
    ConfigLine.Setting setting = first.get(keyword);
    return setting == null
        ? Optional.empty()
        : Optional.of(read.apply(setting.values().getFirst(), setting.source()));
  }

  private Optional<List<String>> files(SshConfigKeyword keyword) {
    ConfigLine.Setting setting = first.get(keyword);
    if (setting == null) {
      return Optional.empty();
    }
    boolean none =
        setting.values().size() == 1 && setting.values().getFirst().equalsIgnoreCase("none");
    return Optional.of(none ? List.of() : setting.values());
  }

  private List<String> list(SshConfigKeyword keyword) {
    return new ArrayList<>(all.getOrDefault(keyword, Set.of()));
  }
}
