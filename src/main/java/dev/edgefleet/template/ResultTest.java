package dev.edgefleet.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tests on a registered result: {@code result is changed}, {@code is failed}, {@code is skipped}.
 */
record ResultTest(String name, String key, boolean expected) implements ExpTest {
  static List<ResultTest> all() {
    return List.of(
        new ResultTest("changed", "changed", true),
        new ResultTest("failed", "failed", true),
        new ResultTest("skipped", "skipped", true),
        new ResultTest("success", "failed", false),
        new ResultTest("succeeded", "failed", false));
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean evaluate(
      @Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
    return value instanceof Map<?, ?> result
        && (result.containsKey(key) && Boolean.TRUE.equals(result.get(key))) == expected;
  }
}
