package dev.edgefleet.engine.wave;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.playbook.Play;
import java.util.AbstractList;
import java.util.List;

/**
 * A batch of a play as its tasks see it: names of devices, less those that have failed when one
 * looks.
 *
 * @param all every device of the play, of all batches
 * @param batch those at work now
 */
public record WaveDevices(Play play, List<String> all, List<String> batch, FleetState fleet) {
  static WaveDevices of(Play play, List<Device> all, List<Device> batch, FleetState fleet) {
    return new WaveDevices(play, names(all), names(batch), fleet);
  }

  public List<String> devices() {
    return new StillThere(batch, fleet);
  }

  public List<String> playDevices() {
    return new StillThere(all, fleet);
  }

  public List<String> allPlayDevices() {
    return all;
  }

  private static List<String> names(List<Device> devices) {
    return devices.stream().map(Device::name).toList();
  }

  // Looked at by few tasks, made for every one: nothing is filtered before it is asked for.
  private static final class StillThere extends AbstractList<String> {
    private final List<String> names;
    private final FleetState fleet;

    StillThere(List<String> names, FleetState fleet) {
      this.names = names;
      this.fleet = fleet;
    }

    @Override
    public String get(int index) {
      return now().get(index);
    }

    @Override
    public int size() {
      return (int) names.stream().filter(fleet::takesPart).count();
    }

    @Override
    public java.util.Iterator<String> iterator() {
      return now().iterator();
    }

    private List<String> now() {
      return names.stream().filter(fleet::takesPart).toList();
    }
  }
}
