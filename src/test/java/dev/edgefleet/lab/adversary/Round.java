package dev.edgefleet.lab.adversary;

/**
 * One operation, performed while the adversary is at work.
 *
 * @param planted whether the adversary's symlinks lie where the operation's files should, before it
 *     begins
 * @param plan how the adversary goes about it, in the words of its commands
 */
record Round(Deed deed, Ground.Place place, boolean planted, String plan) {
  String how() {
    return place + (planted ? ", planted links" : "") + (plan.isEmpty() ? "" : ", " + plan);
  }
}
