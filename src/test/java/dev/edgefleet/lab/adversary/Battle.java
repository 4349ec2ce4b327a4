package dev.edgefleet.lab.adversary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rounds of operations against the adversary, on one device. */
final class Battle {
  /** From links that lie there and nobody who touches them, to all that the adversary can do. */
  static final List<String> PLANS =
      List.of(
          "react",
          "react foresee",
          "react flip",
          "react eager",
          "flip plant",
          "react flip plant foresee");

  private final Adversary adversary;
  private final Ground ground;
  private final Victims victims;

  Battle(Adversary adversary, Ground ground, Victims victims) {
    this.adversary = adversary;
    this.ground = ground;
    this.victims = victims;
  }

  /** One round for each deed, in other places and by other plans with each number. */
  static List<Round> sweep(int number) {
    List<Round> rounds = new ArrayList<>();
    Ground.Place[] places = Ground.Place.values();
    for (int i = 0; i < Deeds.in("/").size(); i++) {
      Ground.Place place = places[(number + i) % places.length];
      // The first and then every third with links that lie there before, by themselves at first.
      boolean planted = number % 3 == 0;
      String plan = planted && number % 6 == 0 ? "" : PLANS.get((number + i / 2) % PLANS.size());
      rounds.add(new Round(Deeds.in(place.path).get(i), place, planted, plan));
    }
    return rounds;
  }

  /** One round for each deed that does more than look, by all means at once. */
  static List<Round> traced() {
    List<Round> rounds = new ArrayList<>();
    Ground.Place[] places = Ground.Place.values();
    for (int i = 0; i < Deeds.in("/").size(); i++) {
      Ground.Place place = places[i % places.length];
      Deed deed = Deeds.in(place.path).get(i);
      if (deed.operation().changes()) {
        rounds.add(new Round(deed, place, false, "react eager flip plant foresee"));
      }
    }
    return rounds;
  }

  /** As often as asked, by one plan after the other, until the adversary wins in such a way. */
  List<Win> duel(Driver driver, Deed deed, List<String> plans, Set<Harm.Kind> ways, int tries) {
    for (int number = 0; number < tries; number++) {
      List<Win> wins =
          fight(
              driver, new Round(deed, Ground.Place.HOME, false, plans.get(number % plans.size())));
      if (wins.stream().anyMatch(win -> ways.contains(win.harm().kind()))) {
        return wins;
      }
    }
    return List.of();
  }

  /** What the operation answers when nobody is in its way. */
  String undisturbed(Driver driver, Deed deed, Ground.Place place) {
    ground.restore(place, false);
    victims.restore(Ground.namesakes());
    return driver.perform(deed);
  }

  /** What the adversary won. */
  List<Win> fight(Driver driver, Round round) {
    ground.restore(round.place(), round.planted());
    victims.restore(Ground.namesakes());
    adversary.attack(round.plan());
    String answer = driver.perform(round.deed());
    if (round.deed().script().equals("start-job")) {
      pause(200);
    }
    adversary.calm();
    List<Harm> harm = new ArrayList<>(victims.harm());
    if (Victims.toldIn(answer)) {
      harm.add(new Harm(Harm.Kind.TOLD, "in the answer: " + answer.strip()));
    }
    ground
        .readable(List.of(Victims.SECRET, Deeds.BODY))
        .ifPresent(file -> harm.add(new Harm(Harm.Kind.TOLD, "to the adversary, in " + file)));
    // One of a kind: a whole tree that was changed is one win.
    Map<Harm.Kind, Win> wins = new EnumMap<>(Harm.Kind.class);
    harm.forEach(each -> wins.putIfAbsent(each.kind(), new Win(round, each)));
    return List.copyOf(wins.values());
  }

  // A job goes on after its answer.
  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
