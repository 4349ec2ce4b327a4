package dev.edgefleet.simulator.windows;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a device is, beside its files. Every value may be changed while it runs. */
public final class DeviceModel {
  private final String name;
  private final Set<Trait> traits =
      EnumSet.of(Trait.ADMINISTRATOR, Trait.VC_RUNTIME, Trait.CONTAINERS_FEATURE);
  private final Set<InjectedFault> faults = EnumSet.noneOf(InjectedFault.class);
  private final Map<String, WindowsService> services =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private String build = "17763";
  private String powershell = "5.1.17763.1";
  private String architecture = "AMD64";
  private String available = "1.1.19";
  private String installed = "";
  private String eflowVersion = "1.1.15";
  private Duration pace = Duration.ZERO;
  private int boots = 1;

  DeviceModel(String name) {
    this.name = name;
    services.put("Schedule", new WindowsService());
    service("Schedule").orElseThrow().start();
  }

  /** Its host name. */
  public String name() {
    return name;
  }

  /** Whom it is logged in to as. */
  public String user() {
    return name + "\\edge";
  }

  public synchronized boolean is(Trait trait) {
    return traits.contains(trait);
  }

  public synchronized void set(Trait trait, boolean on) {
    if (on) {
      traits.add(trait);
    } else {
      traits.remove(trait);
    }
  }

  /** From now on this goes wrong. */
  public synchronized void order(InjectedFault fault) {
    faults.add(fault);
  }

  /** From now on it does not any more. */
  public synchronized void clear(InjectedFault fault) {
    faults.remove(fault);
  }

  public synchronized boolean has(InjectedFault fault) {
    return faults.contains(fault);
  }

  /** The service of that name, case ignored. */
  public Optional<WindowsService> service(String service) {
    return Optional.ofNullable(services.get(service));
  }

  /** Adds one that is stopped and starts with the system. */
  public WindowsService addService(String service) {
    return services.computeIfAbsent(service, added -> new WindowsService());
  }

  public void removeService(String service) {
    services.remove(service);
  }

  Map<String, WindowsService> services() {
    return services;
  }

  /** Windows' build number; IoT Edge for Windows containers wants 17763. */
  public synchronized String build() {
    return build;
  }

  public synchronized void build(String number) {
    build = number;
  }

  public synchronized String powershell() {
    return powershell;
  }

  public synchronized void powershell(String version) {
    powershell = version;
  }

  /** Of the PowerShell process: {@code AMD64}, or {@code x86} for one of 32 bits. */
  public synchronized String architecture() {
    return architecture;
  }

  public synchronized void architecture(String value) {
    architecture = value;
  }

  /** Version of IoT Edge that a download or a cab brings. */
  public synchronized String available() {
    return available;
  }

  public synchronized void available(String version) {
    available = version;
  }

  /** Version of IoT Edge that is installed; empty when none is. */
  public synchronized String installed() {
    return installed;
  }

  public synchronized void installed(String version) {
    installed = version;
  }

  /** Version of IoT Edge in EFLOW's virtual machine; from 1.2 on it has a config.toml. */
  public synchronized String eflowVersion() {
    return eflowVersion;
  }

  public synchronized void eflowVersion(String version) {
    eflowVersion = version;
  }

  /** How long each cmdlet of IoT Edge and EFLOW takes, in which it says nothing. */
  public synchronized Duration pace() {
    return pace;
  }

  public synchronized void pace(Duration time) {
    pace = time;
  }

  /** Which start of the system this is. */
  public synchronized String bootId() {
    return "boot-" + name.toLowerCase(Locale.ROOT) + "-" + boots;
  }

  synchronized void booted() {
    boots++;
    traits.remove(Trait.REBOOT_PENDING);
  }
}
