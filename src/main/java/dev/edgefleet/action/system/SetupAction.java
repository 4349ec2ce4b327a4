package dev.edgefleet.action.system;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.AnsibleFacts;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.system.GatherFacts;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code setup}: gathers facts. */
public final class SetupAction implements Action<SetupAction.Parameters> {
  /** Parameters of {@code setup}. */
  public record Parameters(
      @Param(
              "Only facts whose names, with ansible_ in front or without, match one of these"
                  + " patterns.")
          List<String> filter) {}

  @Override
  public String name() {
    return "setup";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Gathers facts: what the device is.")
        .note(
            "A play does so by itself when something in it names a fact, or with gather_facts: true.")
        .note(
            "One round trip, and nothing needed on the device but a shell. Facts under Ansible's"
                + " names have Ansible's values; there are fewer of them.")
        .note(
            "clock_skew_seconds is how far the device's clock is ahead of the controller's, right to"
                + " plus or minus clock_skew_accuracy_seconds; that is half of what the round trip"
                + " took beside the gathering, and half a second more where the device's date knows"
                + " only whole seconds.")
        .example(
            "Only where there is room",
            """
            - setup:
            - assert:
                that: (ansible_facts.mounts | selectattr('mount', 'equalto', '/') | first).size_available > 1000000
            """)
        .returning(
            "ansible_facts",
            "mapping",
            "ansible_distribution, ansible_distribution_version,"
                + " ansible_distribution_major_version, ansible_distribution_release,"
                + " ansible_os_family, ansible_architecture, ansible_machine, ansible_system,"
                + " ansible_kernel, ansible_hostname, ansible_fqdn, ansible_nodename,"
                + " ansible_machine_id, ansible_service_mgr, ansible_pkg_mgr, ansible_user_id,"
                + " ansible_user_uid, ansible_user_gid, ansible_user_dir, ansible_env (HOME and PATH),"
                + " ansible_all_ipv4_addresses, ansible_all_ipv6_addresses, ansible_default_ipv4,"
                + " ansible_mounts, ansible_memtotal_mb, ansible_processor_vcpus,"
                + " ansible_date_time, ansible_uptime_seconds, ansible_selinux, ansible_apparmor;"
                + " and ansible_iotedge (version, layout, config), ansible_container_engine (name,"
                + " version, socket), ansible_clock_skew_seconds,"
                + " ansible_clock_skew_accuracy_seconds");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    Map<String, @Nullable Object> facts =
        new LinkedHashMap<>(AnsibleFacts.of(context.perform(new GatherFacts())));
    if (!parameters.filter().isEmpty()) {
      List<PathMatcher> patterns =
          parameters.filter().stream()
              .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
              .toList();
      facts
          .keySet()
          .removeIf(name -> !matches(patterns, name) && !matches(patterns, "ansible_" + name));
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    facts.forEach((name, value) -> named.put("ansible_" + name, value));
    return Outcome.ok(
            facts.getOrDefault("distribution", "Linux")
                + " "
                + facts.getOrDefault("distribution_version", ""))
        .withFacts(facts)
        .withValues(Map.of("ansible_facts", named));
  }

  private static boolean matches(List<PathMatcher> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(Path.of(name)));
  }
}
