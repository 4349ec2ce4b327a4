package dev.edgefleet.engine.step;

import dev.edgefleet.playbook.LoopKeywords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a loop.
 *
 * @param index from 0
 */
public record LoopItem(LoopKeywords loop, int index, List<@Nullable Object> items) {
  @Nullable Object value() {
    return items.get(index);
  }

  /** What the task sees of it, and what its result keeps. */
  public Map<String, @Nullable Object> variables() {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put(loop.variable(), value());
    result.put("ansible_loop_var", loop.variable());
    loop.indexVariable()
        .ifPresent(
            name -> {
              result.put(name, (long) index);
              result.put("ansible_index_var", name);
            });
    if (loop.extended()) {
      result.put("ansible_loop", extended());
    }
    return result;
  }

  private Map<String, @Nullable Object> extended() {
    int length = items.size();
    Map<String, @Nullable Object> loop = new LinkedHashMap<>();
    loop.put("index", index + 1L);
    loop.put("index0", (long) index);
    loop.put("first", index == 0);
    loop.put("last", index + 1 == length);
    loop.put("length", (long) length);
    loop.put("revindex", (long) length - index);
    loop.put("revindex0", length - index - 1L);
    loop.put("allitems", items);
    if (index + 1 < length) {
      loop.put("nextitem", items.get(index + 1));
    }
    if (index > 0) {
      loop.put("previtem", items.get(index - 1));
    }
    return loop;
  }
}
