package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import dev.edgefleet.simulator.windows.Trait;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** facts, boot-identity and reboot. */
public final class SystemOperations {
  private final DeviceFiles files;
  private final DeviceModel model;
  private final Consumer<Duration> restart;

  /**
   * @param restart has the device start anew after that time
   */
  public SystemOperations(DeviceFiles files, DeviceModel model, Consumer<Duration> restart) {
    this.files = files;
    this.model = model;
    this.restart = restart;
  }

  void facts(WireRequest request, WireAnswer answer) throws IOException {
    answer
        .add("began", unixTime())
        .add("system", "windows")
        .add("system_like", "windows")
        .add("distribution", "Microsoft Windows 10 IoT Enterprise LTSC")
        .add("version", "10.0." + model.build())
        .add("codename", "1809")
        .add("pretty_name", "Microsoft Windows 10 IoT Enterprise LTSC")
        .add("kernel", "10.0." + model.build() + ".1")
        .add("architecture", "x86_64")
        .add("hostname", model.name())
        .add("fqdn", model.name())
        .add("machine_id", ScriptNotation.sha256(model.name()).substring(0, 32))
        .add("user", model.user())
        .add("uid", 1001)
        .add("gid", 0)
        .add("home", "C:\\Users\\edge")
        .add("search_path", "C:\\Windows\\system32;C:\\Windows;C:\\Program Files\\iotedge");
    boolean config = files.look(ServiceOperations.CONFIG).kind() == Kind.FILE;
    if (config || !model.installed().isEmpty()) {
      answer.add("layout", "yaml");
    } else {
      answer.add("layout", "none");
    }
    if (config) {
      answer.add("config", ServiceOperations.CONFIG);
    }
    if (!model.installed().isEmpty()) {
      answer.add("iotedge_version", model.installed());
      answer.add("engine", "moby").add("engine_version", "3.0.13");
    }
    answer
        .add("init_system", "wininit")
        .add("service_manager", "windows")
        .add("selinux", "disabled")
        .add("apparmor", "disabled")
        .add("memory_kb", 4_194_304)
        .add("cpus", 4)
        .add("uptime", 3600)
        .add("default_interface", "Ethernet")
        .add("default_gateway", "192.0.2.1")
        .add("default_address", "192.0.2.10")
        .add("ipv4", "192.0.2.10")
        .add("ipv6", "fe80::1")
        .add("mount1", "C: NTFS rw 1 64000000000 32000000000 C:\\")
        .add("sudo", false)
        .add("zone", "UTC")
        .add("offset", "+0000")
        .add("answered", unixTime());
  }

  private static String unixTime() {
    Instant now = Instant.now();
    BigDecimal time =
        BigDecimal.valueOf(now.getEpochSecond()).add(BigDecimal.valueOf(now.getNano(), 9));
    return String.format(Locale.ROOT, "%.7f", time);
  }

  void bootIdentity(WireRequest request, WireAnswer answer) {
    answer.add("boot_id", model.bootId());
  }

  void reboot(WireRequest request, WireAnswer answer) throws IOException {
    long delay = request.number("delay");
    Optional<Path> note = StepNotes.file(files, request, "reboot");
    Optional<StepNotes.Note> noted = StepNotes.read(note);
    if (noted.isPresent() && !noted.get().start().equals(model.bootId())) {
      answer.add("changed", true).add("already", true);
      return;
    }
    if (!model.is(Trait.ADMINISTRATOR)) {
      throw new OperationFailed("not-permitted", "Access is denied.(5)");
    }
    StepNotes.write(note, model.bootId(), 0);
    restart.accept(Duration.ofSeconds(delay + 1));
    answer.add("changed", true).add("already", false);
  }
}
