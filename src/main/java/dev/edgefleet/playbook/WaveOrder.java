package dev.edgefleet.playbook;

/** In which order the devices of a wave start. */
public enum WaveOrder {
  /** As the play has them. */
  INVENTORY,
  REVERSE_INVENTORY,
  /** By name. */
  SORTED,
  REVERSE_SORTED,
  /** By chance, but the same whenever the same run is asked. */
  SHUFFLE
}
