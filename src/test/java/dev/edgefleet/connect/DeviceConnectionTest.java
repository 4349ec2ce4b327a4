package dev.edgefleet.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeviceConnectionTest {
  private static final Variables NONE = Variables.of(Map.of());
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private Connection open() {
    opened.incrementAndGet();
    return new Connection() {
      @Override
      public RemoteProcess start(String commandLine) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  // A link that is cut off while it connects.
  private DeviceConnection cutOffMeanwhile() {
    AtomicReference<DeviceConnection> self = new AtomicReference<>();
    DeviceConnection link =
        new DeviceConnection(
            seen -> {
              self.get().cutOff();
              return open();
            },
            AnswerBudget.ofHeap());
    self.set(link);
    return link;
  }

  @Test
  void aConnectionThatComesAfterTheCutIsClosed() {
    assertThatThrownBy(() -> cutOffMeanwhile().shell(NONE, Optional.empty()))
        .isInstanceOf(Unreachable.class);
    assertThat(closed).hasValue(1);
    assertThatThrownBy(() -> cutOffMeanwhile().reconnect(NONE, Duration.ofSeconds(5)))
        .isInstanceOf(Unreachable.class);
    assertThat(closed).hasValue(2);
  }

  @Test
  void nothingIsOpenedAfterTheCut() {
    DeviceConnection link = new DeviceConnection(seen -> open(), AnswerBudget.ofHeap());
    link.cutOff();
    assertThatThrownBy(() -> link.shell(NONE, Optional.empty())).isInstanceOf(Unreachable.class);
    assertThatThrownBy(() -> link.reconnect(NONE, Duration.ofSeconds(5)))
        .isInstanceOf(Unreachable.class);
    assertThat(opened).hasValue(0);
  }

  @Test
  void aClosedLinkOpensAgain() {
    DeviceConnection link = new DeviceConnection(seen -> open(), AnswerBudget.ofHeap());
    link.shell(NONE, Optional.empty());
    link.close();
    link.shell(NONE, Optional.empty());
    assertThat(opened).hasValue(2);
  }
}
