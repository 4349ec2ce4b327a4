package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works on the lines of one file. Each line has a slot, so that lines can be put before or after
 * others without disturbing the count.
 */
final class ProvisioningEdit {
  private static final List<ProvisioningKey> AUTHENTICATION =
      List.of(
          ProvisioningKey.METHOD,
          ProvisioningKey.IOTHUB_HOSTNAME,
          ProvisioningKey.DEVICE_ID,
          ProvisioningKey.IDENTITY_CERT,
          ProvisioningKey.IDENTITY_PK);

  // What the daemon takes where a section says nothing.
  static final Map<ProvisioningKey, String> DEFAULTS =
      Map.of(
          ProvisioningKey.DYNAMIC_REPROVISIONING, "false",
          ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP, "true");

  private final List<Line> lines;
  private final DocumentMarks marks;
  private final List<ProvisioningBlock> blocks;
  private final Map<ProvisioningKey, String> wanted;
  private final Map<ProvisioningKey, String> kept;
  private final List<Line> top = new ArrayList<>();
  private final List<List<Line>> slots = new ArrayList<>();

  /**
   * An edited file.
   *
   * @param origins for each of its lines the number of the old line that it is, or that it follows
   */
  record Edited(String text, List<Integer> origins) {
    /** What was found in it, at the place in the old file. */
    ConfigFinding inOldFile(ConfigFinding found) {
      int line = found.line() == 0 ? 0 : origins.get(Math.min(found.line(), origins.size()) - 1);
      return new ConfigFinding(line, found.column(), found.found(), found.remedy());
    }
  }

  /**
   * @param kept settings beside the identity, as they are in force now
   */
  ProvisioningEdit(
      List<Line> lines,
      List<ProvisioningBlock> blocks,
      ManualX509 wanted,
      Map<ProvisioningKey, String> kept) {
    this.lines = lines;
    this.marks = DocumentMarks.of(lines);
    this.blocks = blocks;
    this.kept = kept;
    this.wanted =
        new EnumMap<>(
            Map.of(
                ProvisioningKey.SOURCE, "manual",
                ProvisioningKey.METHOD, "x509",
                ProvisioningKey.IOTHUB_HOSTNAME, wanted.iothubHostname(),
                ProvisioningKey.DEVICE_ID, wanted.deviceId(),
                ProvisioningKey.IDENTITY_CERT, wanted.identityCert(),
                ProvisioningKey.IDENTITY_PK, wanted.identityPk()));
    lines.forEach(line -> slots.add(List.of(line)));
  }

  /** Puts this section in force, with the wanted values, and comments out the others. */
  Edited enabling(ProvisioningBlock target) {
    blocks.stream().filter(block -> !block.equals(target)).forEach(this::comment);
    Map<ProvisioningKey, Integer> chosen = chooseLines(target);
    for (int i = target.first(); i < target.end(); i++) {
      slots.set(i, List.of(enabled(i, target, chosen)));
    }
    addMissing(target, chosen);
    return edited();
  }

  /** Comments out every section and writes a whole one where the last one in force stood. */
  Edited writing() {
    int after =
        blocks.reversed().stream()
            .filter(ProvisioningBlock::anyActive)
            .findFirst()
            .or(() -> blocks.reversed().stream().findFirst())
            .map(ProvisioningBlock::end)
            .orElse(lines.size());
    return writingAt(Math.clamp(after, marks.begin(), marks.end()));
  }

  /** The same behind everything else. */
  Edited writingAtTheEnd() {
    return writingAt(marks.end());
  }

  private Edited writingAt(int after) {
    blocks.forEach(this::comment);
    List<String> texts = new ArrayList<>();
    if (after > 0) {
      texts.add("");
    }
    texts.add("# Manual provisioning with X.509 identity certificate authentication");
    texts.add("provisioning:");
    texts.add(fresh(ProvisioningKey.SOURCE));
    texts.add("  authentication:");
    AUTHENTICATION.forEach(key -> texts.add(fresh(key)));
    texts.add(
        "  dynamic_reprovisioning: "
            + kept.getOrDefault(ProvisioningKey.DYNAMIC_REPROVISIONING, "false"));
    if (mustSay(ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP)) {
      texts.add(plain(ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP));
    }
    insertAfter(after - 1, texts);
    return edited();
  }

  /** Whether it is in force otherwise than the daemon would take it. */
  private boolean mustSay(ProvisioningKey key) {
    return kept.containsKey(key) && !kept.get(key).equals(DEFAULTS.get(key));
  }

  private String plain(ProvisioningKey key) {
    return " ".repeat(key.spaces()) + key.word() + ": " + kept.get(key);
  }

  private void comment(ProvisioningBlock block) {
    for (int i = block.first(); i < block.end(); i++) {
      Line line = lines.get(i);
      boolean settingAlreadyCommented =
          KeyLine.parse(line.text())
              .filter(KeyLine::commented)
              .filter(key -> settingOrHeader(key.name()))
              .isPresent();
      if (block.anyActive() && !line.blank() && !settingAlreadyCommented) {
        slots.set(i, List.of(line.withText("# " + line.text())));
      }
    }
  }

  private static boolean settingOrHeader(String name) {
    return name.equals("provisioning") || ProvisioningKey.of(name).isPresent();
  }

  /** For each setting its first line in force, or else its first commented one. */
  private Map<ProvisioningKey, Integer> chooseLines(ProvisioningBlock target) {
    Map<ProvisioningKey, Integer> chosen = new EnumMap<>(ProvisioningKey.class);
    for (boolean commented : new boolean[] {false, true}) {
      for (int i = target.first() + 1; i < target.end(); i++) {
        int index = i;
        KeyLine.parse(lines.get(i).text())
            .filter(line -> line.commented() == commented)
            .flatMap(line -> ProvisioningKey.of(line.name()))
            .filter(ProvisioningKey::manualX509)
            // A setting that somebody commented out in a section in force is meant to be off.
            .filter(key -> !commented || !target.headerActive() || !optional(key))
            .ifPresent(key -> chosen.putIfAbsent(key, index));
      }
    }
    return chosen;
  }

  private static boolean optional(ProvisioningKey key) {
    return key == ProvisioningKey.DYNAMIC_REPROVISIONING
        || key == ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP;
  }

  private Line enabled(int index, ProvisioningBlock target, Map<ProvisioningKey, Integer> chosen) {
    Line line = lines.get(index);
    Optional<KeyLine> setting = KeyLine.parse(line.text());
    if (index == target.first()) {
      return line.withText(setting.orElseThrow().activeAt(0).text());
    }
    Optional<ProvisioningKey> key = setting.flatMap(s -> ProvisioningKey.of(s.name()));
    if (key.isPresent() && Integer.valueOf(index).equals(chosen.get(key.get()))) {
      KeyLine active = setting.orElseThrow().activeAt(key.get().spaces());
      return line.withText(valued(active, key.get()).text());
    }
    if (line.active()) {
      return line.withText("# " + line.text());
    }
    boolean commentInside =
        !target.headerActive() && key.isEmpty() && line.text().matches("# \\s*#.*");
    return commentInside ? line.withText(line.text().substring(2)) : line;
  }

  private KeyLine valued(KeyLine line, ProvisioningKey key) {
    if (optional(key)) {
      String flag = kept.getOrDefault(key, line.value());
      return line.value().equals(flag) && DEFAULTS.containsValue(flag)
          ? line
          : line.withPlainValue(
              DEFAULTS.containsValue(flag) ? flag : DEFAULTS.getOrDefault(key, flag));
    }
    String value = wanted.get(key);
    boolean constant = key == ProvisioningKey.SOURCE || key == ProvisioningKey.METHOD;
    if (value == null || (constant && line.plainValue().equals(value))) {
      return line;
    }
    boolean quoted = line.value().startsWith("\"") || line.value().startsWith("'");
    return quoted && line.plainValue().equals(value) ? line : line.withValue(value);
  }

  private void addMissing(ProvisioningBlock target, Map<ProvisioningKey, Integer> chosen) {
    Integer authentication = chosen.get(ProvisioningKey.AUTHENTICATION);
    if (authentication == null) {
      return;
    }
    int last = authentication;
    for (ProvisioningKey key : AUTHENTICATION) {
      last = Math.max(last, chosen.getOrDefault(key, last));
    }
    List<String> missing = new ArrayList<>();
    AUTHENTICATION.stream()
        .filter(key -> !chosen.containsKey(key))
        .map(this::fresh)
        .forEach(missing::add);
    DEFAULTS.keySet().stream()
        .sorted()
        .filter(key -> !chosen.containsKey(key) && mustSay(key))
        .map(this::plain)
        .forEach(missing::add);
    insertAfter(last, missing);
    if (!chosen.containsKey(ProvisioningKey.SOURCE)) {
      insertAfter(target.first(), List.of(fresh(ProvisioningKey.SOURCE)));
    }
  }

  private String fresh(ProvisioningKey key) {
    return " ".repeat(key.spaces()) + key.word() + ": \"" + wanted.get(key) + '"';
  }

  /** New lines end as the line before them does; a last line without end stays one. */
  private void insertAfter(int index, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    List<Line> slot = new ArrayList<>(index < 0 ? List.of() : slots.get(index));
    boolean unended = !slot.isEmpty() && slot.getLast().ending().isEmpty();
    String ending = ending(index);
    if (unended) {
      slot.set(slot.size() - 1, new Line(slot.getLast().text(), ending));
    }
    texts.forEach(text -> slot.add(new Line(text, ending)));
    if (unended) {
      slot.set(slot.size() - 1, new Line(slot.getLast().text(), ""));
    }
    if (index < 0) {
      top.addAll(slot);
    } else {
      slots.set(index, slot);
    }
  }

  private String ending(int index) {
    for (int i = index; i >= 0; i--) {
      if (!lines.get(i).ending().isEmpty()) {
        return lines.get(i).ending();
      }
    }
    return "\n";
  }

  private Edited edited() {
    List<Line> edited = new ArrayList<>(top);
    List<Integer> origins = new ArrayList<>(Collections.nCopies(top.size(), 1));
    for (int i = 0; i < slots.size(); i++) {
      edited.addAll(slots.get(i));
      origins.addAll(Collections.nCopies(slots.get(i).size(), i + 1));
    }
    return new Edited(Line.join(edited), origins);
  }
}
