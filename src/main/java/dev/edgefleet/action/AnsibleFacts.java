package dev.edgefleet.action;

import dev.edgefleet.remote.system.Facts;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A device's facts under the names that playbooks know, without {@code ansible_} in front. */
public final class AnsibleFacts {
  private static final Map<String, Set<String>> FAMILIES =
      Map.of(
          "Debian", Set.of("debian", "ubuntu", "raspbian", "linuxmint", "kali"),
          "RedHat", Set.of("rhel", "fedora", "centos", "rocky", "almalinux", "ol", "amzn"),
          "Suse", Set.of("suse", "sles", "opensuse", "opensuse-leap", "opensuse-tumbleweed"),
          "Alpine", Set.of("alpine"),
          "Archlinux", Set.of("arch", "archlinux", "manjaro"),
          "Windows", Set.of("windows"));
  private static final Map<String, String> DISTRIBUTIONS =
      Map.of(
          "debian", "Debian",
          "ubuntu", "Ubuntu",
          "raspbian", "Debian",
          "centos", "CentOS",
          "rhel", "RedHat",
          "fedora", "Fedora",
          "alpine", "Alpine",
          "rocky", "Rocky",
          "almalinux", "AlmaLinux",
          "sles", "SLES");

  private AnsibleFacts() {}

  public static Map<String, @Nullable Object> of(Facts facts) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    addSystem(facts, named);
    addUser(facts.user(), named);
    addNetwork(facts.network(), named);
    named.put("memtotal_mb", facts.hardware().memoryKb() / 1024);
    named.put("processor_vcpus", (long) facts.hardware().cpus());
    named.put("uptime_seconds", facts.hardware().uptime().toSeconds());
    named.put("mounts", facts.mounts().stream().map(AnsibleFacts::mount).toList());
    named.put("selinux", selinux(facts.security().selinux()));
    named.put("apparmor", Map.of("status", facts.security().apparmor()));
    named.put("date_time", dateTime(facts.clock()));
    named.put("clock_skew_seconds", seconds(facts.clock().skew()));
    named.put("clock_skew_accuracy_seconds", seconds(facts.clock().accuracy()));
    Map<String, @Nullable Object> iotedge = new LinkedHashMap<>();
    iotedge.put("version", facts.iotedgeVersion().orElse(null));
    iotedge.put("layout", facts.layout().name().toLowerCase(Locale.ROOT));
    iotedge.put("config", facts.config().orElse(null));
    named.put("iotedge", iotedge);
    Map<String, @Nullable Object> engine = new LinkedHashMap<>();
    engine.put("name", facts.containerEngine().map(Facts.ContainerEngine::name).orElse(null));
    engine.put("version", facts.containerEngine().map(Facts.ContainerEngine::version).orElse(null));
    engine.put(
        "socket", facts.containerEngine().flatMap(Facts.ContainerEngine::socket).orElse(null));
    named.put("container_engine", engine);
    return named;
  }

  private static void addSystem(Facts facts, Map<String, @Nullable Object> named) {
    String version = distributionVersion(facts);
    named.put("distribution", distribution(facts));
    named.put("distribution_version", version);
    named.put("distribution_major_version", version.split("\\.", -1)[0]);
    named.put(
        "distribution_release",
        facts.release().codename().isEmpty() ? "NA" : facts.release().codename());
    named.put("os_family", family(facts));
    named.put("system", facts.system().equals("windows") ? "Win32NT" : "Linux");
    named.put("architecture", facts.architecture());
    named.put("machine", facts.architecture());
    named.put("kernel", facts.kernel());
    named.put("nodename", facts.hostname());
    named.put("hostname", facts.hostname().split("\\.", -1)[0]);
    named.put("fqdn", facts.names().fqdn());
    named.put("machine_id", facts.names().machineId().orElse(null));
    named.put("service_mgr", facts.serviceManager());
    named.put("pkg_mgr", facts.packageManager().orElse("unknown"));
  }

  private static String distribution(Facts facts) {
    String name = facts.release().name();
    if (facts.system().equals("windows")) {
      return name;
    }
    String word = name.isEmpty() ? facts.system() : name.split(" ", -1)[0];
    return DISTRIBUTIONS.getOrDefault(facts.system(), word);
  }

  // Debian's os-release has the major version only.
  private static String distributionVersion(Facts facts) {
    boolean debian = facts.system().equals("debian") || facts.system().equals("raspbian");
    return facts
        .release()
        .debianVersion()
        .filter(version -> debian && version.matches("[0-9.]+"))
        .orElse(facts.version().isEmpty() ? "NA" : facts.version());
  }

  private static String family(Facts facts) {
    return Stream.concat(
            Stream.of(facts.system()), Stream.of(facts.release().like().split(" ", -1)))
        .flatMap(
            id ->
                FAMILIES.entrySet().stream()
                    .filter(family -> family.getValue().contains(id))
                    .map(Map.Entry::getKey))
        .findFirst()
        .orElseGet(() -> distribution(facts));
  }

  private static void addUser(Facts.User user, Map<String, @Nullable Object> named) {
    named.put("user_id", user.name());
    named.put("user_uid", user.uid());
    named.put("user_gid", user.gid());
    named.put("user_dir", user.home());
    named.put("env", Map.of("HOME", user.home(), "PATH", user.path()));
  }

  private static void addNetwork(Facts.Network network, Map<String, @Nullable Object> named) {
    named.put("all_ipv4_addresses", network.ipv4());
    named.put("all_ipv6_addresses", network.ipv6());
    Map<String, @Nullable Object> way = new LinkedHashMap<>();
    network.defaultInterface().ifPresent(name -> way.put("interface", name));
    network.defaultGateway().ifPresent(address -> way.put("gateway", address));
    network.defaultAddress().ifPresent(address -> way.put("address", address));
    named.put("default_ipv4", way);
  }

  private static Map<String, @Nullable Object> mount(Facts.Mount mount) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put("mount", mount.mount());
    named.put("device", mount.device());
    named.put("fstype", mount.type());
    named.put("options", mount.options());
    named.put("size_total", mount.size());
    named.put("size_available", mount.available());
    return named;
  }

  private static Map<String, @Nullable Object> selinux(String mode) {
    return mode.equals("disabled")
        ? Map.of("status", "disabled")
        : Map.of("status", "enabled", "mode", mode);
  }

  private static Map<String, @Nullable Object> dateTime(Facts.Clock clock) {
    OffsetDateTime local =
        clock.time().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.of(clock.offset()));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put("epoch", String.valueOf(local.toEpochSecond()));
    named.put("epoch_int", String.valueOf(local.toEpochSecond()));
    named.put("iso8601", DateTimeFormatter.ISO_INSTANT.format(local));
    for (Map.Entry<String, String> part :
        List.of(
            Map.entry("date", "yyyy-MM-dd"),
            Map.entry("time", "HH:mm:ss"),
            Map.entry("year", "yyyy"),
            Map.entry("month", "MM"),
            Map.entry("day", "dd"),
            Map.entry("hour", "HH"),
            Map.entry("minute", "mm"),
            Map.entry("second", "ss"),
            Map.entry("weekday", "EEEE"))) {
      named.put(
          part.getKey(),
          DateTimeFormatter.ofPattern(part.getValue(), Locale.ENGLISH).format(local));
    }
    named.put("weekday_number", String.valueOf(local.getDayOfWeek().getValue() % 7));
    named.put("tz", clock.zone());
    named.put("tz_offset", clock.offset());
    return named;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
