package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import dev.edgefleet.yaml.Yaml11Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/**
 * YAML 1.1.
 *
 * @param indent spaces a level
 * @param block whether lists and mappings that hold only scalars stand on lines of their own too
 */
public record PythonYaml(int indent, int width, boolean sortsKeys, boolean block) {
  private static final java.util.regex.Pattern DATE =
      java.util.regex.Pattern.compile("\\d{4}-\\d\\d?-\\d\\d?([Tt \\t].*)?");

  public String of(@Nullable Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setIndent(Math.clamp(indent, 2, 9))
            .setWidth(width)
            .setMultiLineFlow(false)
            .setUseUnicodeEncoding(true)
            .build();
    StringBuilder out = new StringBuilder();
    Emitter emitter = new Emitter(settings, new Text(out));
    emitter.emit(new StreamStartEvent());
    emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    write(value, emitter);
    emitter.emit(new DocumentEndEvent(false));
    emitter.emit(new StreamEndEvent());
    return out.toString();
  }

  private record Text(StringBuilder out) implements StreamDataWriter {
    @Override
    public void write(String text) {
      Limits.text((long) out.length() + text.length());
      out.append(text);
    }

    @Override
    public void write(String text, int offset, int length) {
      out.append(text, offset, offset + length);
    }
  }

  private void write(@Nullable Object value, Emitter emitter) {
    switch (value) {
      case null -> plain("null", emitter);
      case Boolean truth -> plain(truth.toString(), emitter);
      case Double real -> plain(real(real), emitter);
      case Number number -> plain(PythonText.of(number), emitter);
      case String text -> text(text, emitter);
      case List<?> items -> {
        emitter.emit(
            new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style(items)));
        items.forEach(item -> write(item, emitter));
        emitter.emit(new SequenceEndEvent());
      }
      case Map<?, ?> map -> {
        emitter.emit(
            new MappingStartEvent(Optional.empty(), Optional.empty(), true, style(map.values())));
        List<Object> keys = new ArrayList<>(map.keySet());
        if (sortsKeys) {
          keys.sort(Relations::compare);
        }
        for (Object key : keys) {
          write(key, emitter);
          write(map.get(key), emitter);
        }
        emitter.emit(new MappingEndEvent());
      }
      case Timestamp moment -> plain(moment.toString(), emitter);
      case Undefined undefined -> throw new UndefinedUse(undefined);
      default ->
          throw new TemplateError(
              JinjaValues.kind(value) + " has no YAML form", "convert it first");
    }
  }

  private FlowStyle style(java.util.Collection<?> items) {
    boolean nested = items.stream().anyMatch(item -> item instanceof List || item instanceof Map);
    return block || nested ? FlowStyle.BLOCK : FlowStyle.FLOW;
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    String text = PythonText.of(value);
    return text.contains(".") || !text.contains("e") ? text : text.replace("e", ".0e");
  }

  private static void plain(String text, Emitter emitter) {
    emit(text, true, emitter);
  }

  private static void text(String text, Emitter emitter) {
    boolean readsAsText =
        Yaml11Scalar.resolve(text) instanceof String
            && !DATE.matcher(text).matches()
            && !text.equals("=")
            && !text.equals("<<");
    emit(text, readsAsText, emitter);
  }

  private static void emit(String text, boolean plain, Emitter emitter) {
    emitter.emit(
        new ScalarEvent(
            Optional.empty(),
            Optional.empty(),
            new ImplicitTuple(plain, true),
            text,
            ScalarStyle.PLAIN));
  }
}
