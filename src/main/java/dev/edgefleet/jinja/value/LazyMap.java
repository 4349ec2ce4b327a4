package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.Evaluation;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A variable's mapping, each value of which is evaluated when it is first looked at. */
public final class LazyMap extends AbstractMap<Object, @Nullable Object> {
  private final Evaluation evaluation;
  private final Map<?, ?> raw;
  private final boolean literal;
  private final Map<Object, TaintedValue> known = new HashMap<>();

  public LazyMap(Evaluation evaluation, Map<?, ?> raw, boolean literal) {
    this.evaluation = evaluation;
    this.raw = raw;
    this.literal = literal;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (key == null || !raw.containsKey(key)) {
      return null;
    }
    TaintedValue cell = known.get(key);
    if (cell == null) {
      cell = evaluation.cell(raw.get(key), literal);
      known.put(key, cell);
    }
    return evaluation.use(cell);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return raw.containsKey(key);
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public Set<Entry<Object, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Object, @Nullable Object>> iterator() {
        Iterator<?> keys = raw.keySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return keys.hasNext();
          }

          @Override
          public Entry<Object, @Nullable Object> next() {
            return new LazyEntry(keys.next());
          }
        };
      }

      @Override
      public int size() {
        return raw.size();
      }
    };
  }

  private final class LazyEntry implements Entry<Object, @Nullable Object> {
    private final Object key;

    LazyEntry(Object key) {
      this.key = key;
    }

    @Override
    public Object getKey() {
      return key;
    }

    @Override
    public @Nullable Object getValue() {
      return get(key);
    }

    @Override
    public @Nullable Object setValue(@Nullable Object value) {
      throw new UnsupportedOperationException();
    }
  }
}
