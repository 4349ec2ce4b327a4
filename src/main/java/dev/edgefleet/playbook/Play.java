package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import dev.edgefleet.playbook.read.Items;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for a set of devices.
 *
 * @param number from 1, counted over imported playbooks
 * @param file the playbook file it stands in
 * @param name its name, or its host pattern when it has none
 * @param hosts host pattern
 * @param variables its {@code vars}; may hold Jinja
 * @param variableFiles what its {@code vars_files} hold, merged; they win over {@code vars}
 * @param prompts variables that are asked for
 * @param answers what was answered, as it is; they win over {@code vars}
 * @param keywords what its tasks inherit, and already have
 * @param gatherFacts what it says of gathering facts; empty when it says nothing
 * @param serial batches, the last one repeated; empty for all devices at once
 * @param maxFailPercentage no device starts another step once more than this share of a batch's
 *     devices failed
 * @param rollout in which waves it goes through its devices; beside it are neither serial nor
 *     maxFailPercentage
 */
public record Play(
    Place place,
    int number,
    Path file,
    String name,
    String hosts,
    Place hostsPlace,
    Map<String, @Nullable Object> variables,
    Map<String, @Nullable Object> variableFiles,
    List<Prompt> prompts,
    Map<String, @Nullable Object> answers,
    Keywords keywords,
    Optional<Boolean> gatherFacts,
    List<Batch> serial,
    Optional<Double> maxFailPercentage,
    Set<String> tags,
    List<Item> preTasks,
    List<Item> tasks,
    List<Item> postTasks,
    List<Handler> handlers,
    Optional<RolloutKeywords> rollout) {
  /** The same play for a host pattern without Jinja. */
  public Play forHosts(String pattern) {
    return with(name.equals(hosts) ? pattern : name, pattern, answers);
  }

  /** The same play with what was answered to its prompts. */
  public Play answered(Map<String, @Nullable Object> values) {
    return with(name, hosts, values);
  }

  private Play with(String otherName, String pattern, Map<String, @Nullable Object> values) {
    return new Play(
        place,
        number,
        file,
        otherName,
        pattern,
        hostsPlace,
        variables,
        variableFiles,
        prompts,
        values,
        keywords,
        gatherFacts,
        serial,
        maxFailPercentage,
        tags,
        preTasks,
        tasks,
        postTasks,
        handlers,
        rollout);
  }

  /** Every task and meta task of all its lists, blocks opened, those of handlers last. */
  public Stream<Item> everyItem() {
    return Stream.concat(
        Stream.of(preTasks, tasks, postTasks).flatMap(Items::opened),
        handlers.stream().map(Handler::task));
  }

  /** Every task of all its lists, blocks opened, handlers last. */
  public Stream<Task> everyTask() {
    return everyItem().filter(Task.class::isInstance).map(Task.class::cast);
  }
}
