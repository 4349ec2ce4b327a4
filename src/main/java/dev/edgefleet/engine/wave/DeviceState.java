package dev.edgefleet.engine.wave;

import dev.edgefleet.connect.KnownVariables;
import dev.edgefleet.engine.resume.ResumeDevice;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Secret;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run has learnt of one device so far; kept from play to play. Written by the device's own
 * thread, read by others: each map is replaced whole and never changed.
 */
public final class DeviceState {
  private final Device device;
  private final Redactor redactor;
  private final KeptMemory memory;
  private final Map<String, Long> held = new HashMap<>();
  private long heldInAll;
  private final Set<Secret> secrets = ConcurrentHashMap.newKeySet();
  private final Set<Secret> told = new HashSet<>();
  private volatile Map<String, @Nullable Object> facts = Map.of();
  private volatile Map<String, @Nullable Object> included = Map.of();
  private volatile Map<String, @Nullable Object> results = Map.of();

  /**
   * @param redactor the device's own: ten thousand devices' secrets in every text would cost more
   *     than all else
   * @param memory for what all devices answer
   */
  DeviceState(Device device, Redactor redactor, KeptMemory memory) {
    this.device = device;
    this.memory = memory;
    this.redactor = redactor;
  }

  public Device device() {
    return device;
  }

  Redactor redactor() {
    return redactor;
  }

  /** Has a value masked in this device's texts, and in those of devices that look at this one. */
  public void learn(Secret secret) {
    if (secrets.add(secret)) {
      redactor.learn(secret);
    }
  }

  /** What is secret to this device, as far as it has come up. */
  public Set<Secret> secrets() {
    return secrets;
  }

  /** Those of them that this was not asked for yet. */
  public synchronized Set<Secret> newSecrets() {
    Set<Secret> fresh = new LinkedHashSet<>(secrets);
    fresh.removeAll(told);
    told.addAll(fresh);
    return fresh;
  }

  /** What was kept of it when a play ended. */
  public void restore(ResumeDevice kept) {
    kept.secrets().forEach(secret -> learn(Secret.of(secret)));
    learn(kept.facts());
    include(kept.included());
    set(kept.results());
  }

  /** All that is known of it. */
  ResumeDevice keep(int play) {
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    if (facts.get("ansible_facts") instanceof Map<?, ?> known) {
      known.forEach((name, value) -> byName.put(String.valueOf(name), value));
    }
    return new ResumeDevice(
        play, byName, included, results, secrets.stream().map(Secret::reveal).toList());
  }

  public boolean hasFacts() {
    return !facts.isEmpty();
  }

  /** Facts as variables: {@code ansible_facts}, and each one as {@code ansible_NAME}. */
  public Map<String, @Nullable Object> facts() {
    return facts;
  }

  /** Registered results and what {@code set_fact} set. */
  public Map<String, @Nullable Object> results() {
    return results;
  }

  public void learn(Map<String, ? extends @Nullable Object> found) {
    if (found.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    if (facts.get("ansible_facts") instanceof Map<?, ?> known) {
      known.forEach((name, value) -> byName.put(String.valueOf(name), value));
    }
    byName.putAll(found);
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    byName.forEach(
        (name, value) -> {
          // What a device says of itself must not tell where and how to log in.
          if (!KnownVariables.has("ansible_" + name)) {
            variables.put("ansible_" + name, value);
          }
        });
    variables.put("ansible_facts", Collections.unmodifiableMap(byName));
    facts = Collections.unmodifiableMap(variables);
  }

  /** What {@code include_vars} read; values may hold Jinja. */
  public Map<String, @Nullable Object> included() {
    return included;
  }

  public void include(Map<String, ? extends @Nullable Object> variables) {
    if (variables.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(included);
    all.putAll(variables);
    included = Collections.unmodifiableMap(all);
  }

  public void set(Map<String, ? extends @Nullable Object> variables) {
    if (variables.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(results);
    all.putAll(variables);
    results = Collections.unmodifiableMap(all);
  }

  /**
   * Takes the memory for what a step answered.
   *
   * @param step the same for what takes the place of it: another attempt
   * @param bytes of its text
   * @throws dev.edgefleet.failure.StepFailed when there is none
   */
  public synchronized void hold(String step, long bytes) {
    long now = heldInAll - held.getOrDefault(step, 0L) + bytes;
    memory.hold(heldInAll, now);
    heldInAll = now;
    held.put(step, bytes);
  }

  public void register(String name, @Nullable Object result) {
    set(Collections.singletonMap(name, result));
  }
}
