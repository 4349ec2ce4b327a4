package dev.edgefleet.engine.wave;

import dev.edgefleet.io.Hash;
import dev.edgefleet.playbook.WaveOrder;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which the devices of a wave start.
 *
 * @param run id of the run
 * @param wave name of the wave
 */
record DeviceOrder(String run, String wave) {
  List<String> of(List<String> devices, WaveOrder order) {
    return switch (order) {
      case INVENTORY -> devices;
      case REVERSE_INVENTORY -> devices.reversed();
      case SORTED -> devices.stream().sorted().toList();
      case REVERSE_SORTED -> devices.stream().sorted(Comparator.reverseOrder()).toList();
      case SHUFFLE -> devices.stream().sorted(Comparator.comparing(this::lot)).toList();
    };
  }

  // A lot that each device draws, not a generator's next number: a run that goes on in another
  // process, on another Java or with fewer devices has the same order.
  private String lot(String device) {
    return Hash.sha256Hex(run + "\n" + wave + "\n" + device);
  }
}
