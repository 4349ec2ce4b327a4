package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.Evaluation;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A variable's list, each item of which is evaluated when it is first looked at. */
public final class LazyList extends AbstractList<@Nullable Object> {
  private final Evaluation evaluation;
  private final List<?> raw;
  private final boolean literal;
  private final @Nullable TaintedValue[] known;

  public LazyList(Evaluation evaluation, List<?> raw, boolean literal) {
    this.evaluation = evaluation;
    this.raw = raw;
    this.literal = literal;
    known = new TaintedValue[raw.size()];
  }

  @Override
  public @Nullable Object get(int index) {
    TaintedValue cell = known[index];
    if (cell == null) {
      cell = evaluation.cell(raw.get(index), literal);
      known[index] = cell;
    }
    return evaluation.use(cell);
  }

  @Override
  public int size() {
    return known.length;
  }
}
