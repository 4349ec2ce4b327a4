package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.config.HostKeyChecking;
import dev.edgefleet.transport.ssh.config.HostOptions;
import dev.edgefleet.transport.ssh.config.JumpHost;
import dev.edgefleet.transport.ssh.config.Proxy;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Finds out where targets are and how to get there, from what the configuration says of them. */
public final class Routes {
  private static final int DEFAULT_PORT = 22;
  private static final Duration DEFAULT_CONNECT_LIMIT = Duration.ofSeconds(15);
  private static final List<Path> NOWHERE = List.of(Path.of("/dev/null"));
  // What a shell would act on; a host's name gets into command lines by way of %h
  // and %n.
  private static final Pattern UNSAFE = Pattern.compile("^-|[\\s'\"`$\\\\;&<>|(){}]");

  private final SshSettings settings;
  private final Path home;
  private final String localUser = System.getProperty("user.name");
  private final Map<String, SshConfig> configs = new ConcurrentHashMap<>();

  public Routes(SshSettings settings, Path home) {
    this.settings = settings;
    this.home = home;
  }

  /**
   * The way to a target.
   *
   * @throws BadInput when what is configured for it or for a host on the way makes no sense
   */
  public Route to(SshTarget target) {
    SshConfig config = target.arguments().configFile().map(this::config).orElse(settings.config());
    return route(
        config.of(target.host(), target.arguments()),
        config,
        target.identityFiles(),
        target.password(),
        List.of());
  }

  private SshConfig config(String file) {
    return file.equals("none")
        ? SshConfig.NONE
        : configs.computeIfAbsent(
            file, name -> SshConfig.ofFile(path(name, Map.of()), home, localUser));
  }

  private Route route(
      HostOptions options,
      SshConfig config,
      List<Path> required,
      Optional<Secret> password,
      List<String> beyond) {
    String host = options.hostName().toLowerCase(Locale.ROOT);
    int port = options.port().orElse(DEFAULT_PORT);
    String user = options.user().orElse(localUser);
    String here = user + "@" + host + ":" + port;
    if (beyond.contains(here)) {
      throw new BadInput(
          "the way to " + beyond.getFirst() + " leads through " + options.name() + " twice",
          "give " + options.name() + " a ProxyJump none of its own in the ssh configuration");
    }
    check("the host", options.name());
    check("the host", host);
    check("the user", user);
    Route.Way way =
        switch (options.proxy().orElse(null)) {
          case null -> new Route.Direct();
          case Proxy.Command command ->
              new Route.Command(
                  PercentTokens.replace(
                      command.commandLine(), "ProxyCommand", tokens(options, host, port, user)),
                  command.commandLine());
          case Proxy.Jump jump ->
              new Route.Through(through(jump.hops(), config, append(beyond, here)));
        };
    return new Route(
        endpoint(options, host, port, user, way, required, password, !beyond.isEmpty()), way);
  }

  // The last hop is reached through those before it, and only the first by what is configured.
  private Route through(List<JumpHost> hops, SshConfig config, List<String> beyond) {
    JumpHost last = hops.getLast();
    SshArguments arguments = SshArguments.NONE;
    if (last.user().isPresent()) {
      arguments = arguments.then(SshArguments.of("ProxyJump", "User", last.user().get()));
    }
    if (last.port().isPresent()) {
      arguments =
          arguments.then(SshArguments.of("ProxyJump", "Port", last.port().get().toString()));
    }
    if (hops.size() > 1) {
      arguments = arguments.then(SshArguments.jump(hops.subList(0, hops.size() - 1)));
    }
    return route(config.of(last.name(), arguments), config, List.of(), Optional.empty(), beyond);
  }

  private Endpoint endpoint(
      HostOptions options,
      String host,
      int port,
      String user,
      Route.Way way,
      List<Path> required,
      Optional<Secret> password,
      boolean bastion) {
    Map<Character, String> tokens = tokens(options, host, port, user);
    return new Endpoint(
        host,
        port,
        user,
        options.hostKeyAlias().map(alias -> alias.toLowerCase(Locale.ROOT)),
        bastion,
        way instanceof Route.Direct,
        identity(options, required, tokens),
        password,
        trust(options, tokens),
        settings.connectLimit().or(options::connectTimeout).orElse(DEFAULT_CONNECT_LIMIT),
        options.serverAliveInterval().filter(Duration::isPositive).orElse(settings.keepAlive()));
  }

  private Endpoint.Identity identity(
      HostOptions options, List<Path> required, Map<Character, String> tokens) {
    boolean none = options.identityFiles().equals(List.of("none"));
    List<Path> configured =
        none
            ? List.of()
            : options.identityFiles().stream()
                .filter(file -> !file.equals("none"))
                .map(file -> path(file, tokens))
                .toList();
    return new Endpoint.Identity(
        required,
        configured,
        options.certificateFiles().stream().map(file -> path(file, tokens)).toList(),
        !none && configured.isEmpty() && required.isEmpty(),
        options.identitiesOnly(),
        agent(options, tokens));
  }

  private Optional<Path> agent(HostOptions options, Map<Character, String> tokens) {
    String word = options.identityAgent().orElse("SSH_AUTH_SOCK");
    if (word.equals("SSH_AUTH_SOCK")) {
      return settings.agentSocket();
    }
    if (word.equals("none")) {
      return Optional.empty();
    }
    if (word.startsWith("$")) {
      String name = word.substring(1).replaceAll("[{}]", "");
      return Optional.ofNullable(System.getenv(name)).filter(s -> !s.isEmpty()).map(Path::of);
    }
    return Optional.of(path(word, tokens));
  }

  private Endpoint.Trust trust(HostOptions options, Map<Character, String> tokens) {
    boolean acceptNew =
        settings.acceptNewHostKeys()
            || options.hostKeyChecking().equals(Optional.of(HostKeyChecking.ACCEPT_NEW));
    if (settings.knownHosts().isPresent()) {
      return new Endpoint.Trust(List.of(settings.knownHosts().get()), List.of(), acceptNew);
    }
    List<Path> userFiles =
        paths(
            options
                .userKnownHostsFiles()
                .orElse(List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2")),
            tokens);
    return new Endpoint.Trust(
        userFiles.isEmpty() ? NOWHERE : userFiles,
        paths(
            options
                .globalKnownHostsFiles()
                .orElse(List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2")),
            tokens),
        acceptNew);
  }

  private Map<Character, String> tokens(HostOptions options, String host, int port, String user) {
    return Map.of(
        'd', home.toString(),
        'h', host,
        'k', options.hostKeyAlias().orElse(host),
        'n', options.name(),
        'p', Integer.toString(port),
        'r', user,
        'u', localUser);
  }

  private List<Path> paths(List<String> files, Map<Character, String> tokens) {
    return files.stream().map(file -> path(file, tokens)).toList();
  }

  private Path path(String file, Map<Character, String> tokens) {
    String expanded = file.startsWith("~/") ? home + file.substring(1) : file;
    return Path.of(PercentTokens.replace(expanded, "the file", tokens));
  }

  private static void check(String what, String name) {
    if (UNSAFE.matcher(name).find()) {
      throw new BadInput(
          what + "'s name is '" + name + "'", "a name holds no blanks and nothing a shell acts on");
    }
  }

  private static List<String> append(List<String> list, String last) {
    List<String> result = new ArrayList<>(list);
    result.add(last);
    return List.copyOf(result);
  }
}
