package dev.edgefleet.playbook;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words that a task has itself, or else from the block, the import or the play around it.
 *
 * @param environment variables of what it runs on the device; all levels merged, values may hold
 *     Jinja
 * @param ignoreErrors whether the device goes on after this task failed
 * @param ignoreUnreachable whether the device goes on after it could not be reached
 * @param noLog whether nothing of its parameters and results may be shown or recorded
 * @param anyErrorsFatal whether a failure ends the play for every device
 * @param checkMode true: never change anything; false: run for real even in a check run
 * @param runOnce whether one device does it for all
 * @param onController {@code delegate_to: localhost}: the controller does it, with the device's
 *     variables
 * @param throttle most devices that do it at one time, a number or Jinja
 * @param timeout seconds for the whole task, a number or Jinja
 */
public record Keywords(
    BecomeKeywords become,
    Map<String, @Nullable Object> environment,
    Optional<Condition> ignoreErrors,
    Optional<Condition> ignoreUnreachable,
    Optional<Condition> noLog,
    boolean anyErrorsFatal,
    Optional<Boolean> checkMode,
    boolean runOnce,
    boolean onController,
    Optional<Object> throttle,
    Optional<Object> timeout) {
  /** Where nothing is said. */
  public static final Keywords NONE =
      new Keywords(
          BecomeKeywords.NONE,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Optional.empty());

  /** The same words, for a task that every device does itself. */
  public Keywords onEveryDevice() {
    return new Keywords(
        become,
        environment,
        ignoreErrors,
        ignoreUnreachable,
        noLog,
        anyErrorsFatal,
        checkMode,
        false,
        onController,
        throttle,
        timeout);
  }
}
