package dev.edgefleet.journal.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names what happened to the records of a journal. A record's hash tells which number it was
 * written with, and its link which record it was written behind; seals tell how far the journal
 * went. Where the records stand is laid beside that, and every difference is a finding.
 */
final class ChainAudit {
  // How far off its number a record is looked for, when its link leads nowhere.
  private static final int NEAR = 8;
  // Pairs are tried among altered records, which takes the square of their number.
  private static final int MOST_PAIRED = 200;

  /** Where the records are known to be right; the row's index is -1 where there is none. */
  private record Anchor(long number, int index, String previous, String hash) {}

  private final List<AuditRow> rows;
  private final List<Seal> signed;
  private final List<Seal> seals;
  private final List<AuditFinding> findings = new ArrayList<>();
  // The number each row was written with; 0 when its hash tells none.
  private final long[] written;
  // Rows that are told of already and fill no gap.
  private final boolean[] told;
  // Rows that stand in each other's places.
  private final boolean[] swapped;
  private final boolean[] named;

  ChainAudit(List<AuditRow> rows, List<Seal> signed, List<Seal> seals) {
    this.rows = rows;
    this.signed = signed;
    this.seals = seals;
    this.written = new long[rows.size()];
    this.told = new boolean[rows.size()];
    this.swapped = new boolean[rows.size()];
    this.named = new boolean[rows.size()];
  }

  List<AuditFinding> findings() {
    number();
    dropDoubles();
    swaps();
    List<Integer> order = inOrder();
    boolean[] kept = new boolean[rows.size()];
    order.forEach(i -> kept[i] = true);
    List<Long> moved = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (written[i] != 0 && !kept[i] && !told[i]) {
        moved.add(written[i]);
        told[i] = true;
        find(
            i, "stands there and was written as record " + written[i] + ": its number was altered");
      }
    }
    List<Integer> altered = walk(order, moved);
    pairTexts(altered);
    sealsAndRecords(kept);
    return findings;
  }

  private void number() {
    Map<String, Integer> byHash = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byHash.putIfAbsent(rows.get(i).hash(), i);
    }
    for (int i = 0; i < rows.size(); i++) {
      written[i] = rows.get(i).fits() ? rows.get(i).sequence() : 0;
    }
    // Forwards, then backwards: what a record was written behind may stand behind it now.
    for (int i = 0; i < rows.size(); i++) {
      renumber(i, byHash);
    }
    for (int i = rows.size() - 1; i >= 0; i--) {
      renumber(i, byHash);
    }
  }

  private void renumber(int i, Map<String, Integer> byHash) {
    if (written[i] != 0) {
      return;
    }
    AuditRow row = rows.get(i);
    if (row.previous().equals(RecordHash.NONE) && row.fitsWith(row.previous(), 1, row)) {
      written[i] = 1;
      return;
    }
    Integer before = byHash.get(row.previous());
    if (before != null
        && written[before] != 0
        && row.fitsWith(row.previous(), written[before] + 1, row)) {
      written[i] = written[before] + 1;
      return;
    }
    for (int away = -NEAR; away <= NEAR; away++) {
      long number = row.sequence() + away;
      if (number > 0 && row.fitsWith(row.previous(), number, row)) {
        written[i] = number;
        return;
      }
    }
  }

  /** Of several records of one number, the one that others follow is the one that was written. */
  private void dropDoubles() {
    Map<String, Long> followed = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (written[i] != 0) {
        followed.put(rows.get(i).previous(), written[i] - 1);
      }
    }
    signed.forEach(seal -> followed.put(seal.head(), seal.sequence()));
    Map<Long, Integer> best = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (written[i] != 0) {
        Integer other = best.get(written[i]);
        if (other == null || score(i, followed) > score(other, followed)) {
          best.put(written[i], i);
        }
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      Integer one = written[i] == 0 ? null : best.get(written[i]);
      if (one != null && one != i) {
        find(
            i,
            rows.get(one).hash().equals(rows.get(i).hash())
                ? "was inserted: it is a copy of " + rows.get(one).called()
                : "was inserted: it does not belong to the journal");
        written[i] = 0;
        told[i] = true;
      }
    }
  }

  private int score(int i, Map<String, Long> followed) {
    AuditRow row = rows.get(i);
    boolean isFollowed = followed.getOrDefault(row.hash(), -1L) == written[i];
    boolean follows = i > 0 && rows.get(i - 1).hash().equals(row.previous());
    return (isFollowed ? 4 : 0) + (row.fits() ? 2 : 0) + (follows ? 1 : 0);
  }

  private void swaps() {
    Map<Long, Integer> byPlace = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byPlace.put(rows.get(i).sequence(), i);
    }
    for (int i = 0; i < rows.size(); i++) {
      Integer j = byPlace.get(written[i]);
      if (written[i] != rows.get(i).sequence()
          && j != null
          && j > i
          && written[j] == rows.get(i).sequence()) {
        findBoth(i, j, "were swapped");
        written[i] = rows.get(i).sequence();
        written[j] = rows.get(j).sequence();
        swapped[i] = true;
        swapped[j] = true;
      }
    }
  }

  /** The most records that stand in the order in which they were written. */
  private List<Integer> inOrder() {
    int[] tails = new int[rows.size()];
    int[] before = new int[rows.size()];
    int length = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (written[i] == 0) {
        continue;
      }
      int low = 0;
      for (int high = length; low < high; ) {
        int middle = (low + high) >>> 1;
        if (written[tails[middle]] < written[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : tails[low - 1];
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    Integer[] order = new Integer[length];
    int at = length == 0 ? -1 : tails[length - 1];
    for (int n = length - 1; n >= 0; n--) {
      order[n] = at;
      at = before[at];
    }
    return Arrays.asList(order);
  }

  /** From one record that is in its place to the next; gives those that were altered between. */
  private List<Integer> walk(List<Integer> order, List<Long> moved) {
    List<Integer> altered = new ArrayList<>();
    Anchor from = new Anchor(0, -1, "", RecordHash.NONE);
    for (int i : order) {
      AuditRow row = rows.get(i);
      Anchor to = new Anchor(written[i], i, row.previous(), row.hash());
      altered.addAll(between(from, to, moved));
      from = to;
    }
    Anchor last = from;
    signed.stream()
        .filter(seal -> seal.sequence() >= last.number)
        .reduce((one, other) -> other)
        .ifPresentOrElse(
            seal ->
                altered.addAll(
                    between(last, new Anchor(seal.sequence() + 1, -1, seal.head(), ""), moved)),
            () -> {
              for (int i = last.index + 1; i < rows.size(); i++) {
                if (!told[i]) {
                  find(i, "was altered or does not belong to the journal");
                }
              }
            });
    return altered;
  }

  private List<Integer> between(Anchor from, Anchor to, List<Long> moved) {
    int end = to.index < 0 ? rows.size() : to.index;
    List<Integer> unknown = new ArrayList<>();
    boolean found = false;
    for (int i = from.index + 1; i < end; i++) {
      found |= told[i];
      if (!told[i]) {
        unknown.add(i);
      }
    }
    long away = moved.stream().filter(n -> n > from.number && n < to.number).count();
    long expected = to.number - from.number - 1 - away;
    if (unknown.size() > expected) {
      unknown.forEach(
          i ->
              find(
                  i,
                  expected == 0
                      ? "was inserted: it does not belong to the journal"
                      : "was altered or inserted"));
      return List.of();
    }
    if (unknown.size() < expected) {
      takenOut(from, to, expected - unknown.size());
      unknown.forEach(i -> find(i, "was altered"));
      return List.of();
    }
    if (!unknown.isEmpty()) {
      return away == 0 ? unknownInPlace(from, to, unknown) : alteredAnyhow(unknown);
    }
    if (away == 0) {
      link(from, to);
      boolean shifted = to.index >= 0 && !found && shift(from) != shift(to);
      if (shifted && !named[to.index]) {
        find(to.index, "was written as record " + to.number + ": its number was altered");
      }
    }
    return List.of();
  }

  private long shift(Anchor anchor) {
    return anchor.index < 0 ? 0 : rows.get(anchor.index).sequence() - anchor.number;
  }

  private List<Integer> alteredAnyhow(List<Integer> unknown) {
    unknown.forEach(i -> find(i, "was altered"));
    return List.of();
  }

  /** What of each was altered; gives those of which the text or the time was. */
  private List<Integer> unknownInPlace(Anchor from, Anchor to, List<Integer> unknown) {
    List<Integer> texts = new ArrayList<>();
    for (int k = 0; k < unknown.size(); k++) {
      int i = unknown.get(k);
      AuditRow row = rows.get(i);
      long number = from.number + 1 + k;
      String before = k == 0 ? from.hash : rows.get(unknown.get(k - 1)).hash();
      String next = k == unknown.size() - 1 ? to.previous : rows.get(unknown.get(k + 1)).previous();
      if (row.fitsWith(before, number, row)) {
        find(i, "had its link to the record before altered");
      } else if (RecordHash.ofBytes(row.previous(), number, row.at(), row.body()).equals(next)) {
        find(i, "had its hash altered");
      } else {
        texts.add(i);
      }
    }
    return texts;
  }

  private void link(Anchor from, Anchor to) {
    boolean loose =
        (from.index >= 0 && swapped[from.index]) || (to.index >= 0 && swapped[to.index]);
    if (loose || to.previous.equals(from.hash)) {
      return;
    }
    boolean fromIsSealed =
        from.index < 0
            || signed.stream()
                .anyMatch(seal -> seal.sequence() == from.number && seal.head().equals(from.hash));
    if (to.index < 0) {
      find(from.index, unsealed(from.number));
    } else if (fromIsSealed) {
      find(to.index, "was altered or replaced, and its hash made anew: it names another before it");
    } else {
      find(
          from.index,
          "was altered or replaced, and its hash made anew: the record behind it names another");
    }
  }

  private String unsealed(long number) {
    long good =
        signed.stream()
            .filter(seal -> seal.sequence() < number && carries(seal))
            .mapToLong(Seal::sequence)
            .max()
            .orElse(0);
    return "has not the hash that its seal names: it, or a record "
        + (good == 0 ? "before it" : "between it and record " + good)
        + ", was altered, taken out or inserted, and hashes were made anew";
  }

  private boolean carries(Seal seal) {
    for (int i = 0; i < rows.size(); i++) {
      if (written[i] == seal.sequence() && rows.get(i).hash().equals(seal.head())) {
        return true;
      }
    }
    return false;
  }

  private void takenOut(Anchor from, Anchor to, long count) {
    String what = (count == 1 ? "1 record was" : count + " records were") + " taken out";
    String numbers =
        count == to.number - from.number - 1
            ? " (" + (from.number + 1) + (count == 1 ? "" : " to " + (to.number - 1)) + ")"
            : "";
    long at = from.index < 0 ? 0 : rows.get(from.index).sequence();
    if (to.index < 0) {
      String end = from.index < 0 ? "" : " behind " + rows.get(from.index).called();
      findings.add(
          new AuditFinding(
              at,
              "%s%s%s: the seal of record %d says that they were there"
                  .formatted(what, numbers, end, to.number - 1)));
      return;
    }
    AuditRow next = rows.get(to.index);
    String renumbered =
        shift(from) == shift(to) ? "" : "; what stands behind was renumbered to hide it";
    findings.add(
        new AuditFinding(
            at,
            (from.index < 0
                    ? "before " + next.called()
                    : "between " + rows.get(from.index).called() + " and " + next.called())
                + " "
                + what
                + numbers
                + renumbered));
  }

  private void pairTexts(List<Integer> altered) {
    for (int a = 0; a < altered.size() && altered.size() <= MOST_PAIRED; a++) {
      int i = altered.get(a);
      for (int b = a + 1; b < altered.size() && !named[i]; b++) {
        int j = altered.get(b);
        if (!named[j] && areSwapped(rows.get(i), rows.get(j))) {
          findBoth(i, j, "had their texts swapped");
        }
      }
    }
    for (int i : altered) {
      if (!named[i]) {
        find(i, "had its text or its time altered");
      }
    }
  }

  private static boolean areSwapped(AuditRow one, AuditRow other) {
    return RecordHash.ofBytes(one.previous(), one.sequence(), one.at(), other.body())
            .equals(one.hash())
        || one.fitsWith(one.previous(), one.sequence(), other);
  }

  private void sealsAndRecords(boolean[] kept) {
    for (int i = 0; i < rows.size(); i++) {
      long number = written[i];
      if (!kept[i] || named[i]) {
        continue;
      }
      String hash = rows.get(i).hash();
      boolean contradicted =
          signed.stream().anyMatch(s -> s.sequence() == number && !s.head().equals(hash));
      if (contradicted) {
        find(i, unsealed(number));
      } else if (rows.get(i).closes() && seals.stream().noneMatch(s -> s.sequence() == number)) {
        find(i, "ends a process's work and has no seal: its seal was taken out");
      }
    }
    behindTheEnd();
  }

  private void behindTheEnd() {
    if (signed.isEmpty()) {
      return;
    }
    long end = signed.getLast().sequence();
    boolean over =
        rows.stream().anyMatch(row -> row.sequence() == end && row.name().equals("run_ended"));
    for (int i = 0; over && i < rows.size(); i++) {
      if (rows.get(i).sequence() > end && !named[i]) {
        find(i, "was inserted: the run was over with record " + end);
      }
    }
  }

  private void find(int i, String what) {
    named[i] = true;
    findings.add(new AuditFinding(rows.get(i).sequence(), rows.get(i).called() + " " + what));
  }

  private void findBoth(int i, int j, String what) {
    named[i] = true;
    named[j] = true;
    String both =
        List.of(rows.get(i), rows.get(j)).stream()
            .map(row -> row.sequence() + " (" + row.name() + ")")
            .collect(Collectors.joining(" and "));
    findings.add(new AuditFinding(rows.get(i).sequence(), "records " + both + " " + what));
  }
}
