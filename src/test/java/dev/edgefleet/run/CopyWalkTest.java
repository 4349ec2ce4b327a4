package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.EventRequestManager;
import com.sun.jdi.request.MethodEntryRequest;
import dev.edgefleet.action.file.CopyAction;
import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.journal.SqliteJournal;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many of edgefleet's classes one {@code copy} passes on its thread, between the action's start
 * and the record of its end: a debugger counts the methods that are entered.
 */
class CopyWalkTest {
  private static final String ACTION = CopyAction.class.getName();

  @TempDir Path directory;

  /** As docs/decisions has it: who makes a step longer says there why. */
  @Test
  void passesFewClassesThatHoldStateOfTheirOwn() throws Exception {
    Set<String> passed = classesOfTheSecondCopy();

    assertThat(passed).contains(ACTION, SqliteJournal.class.getName());
    assertThat(passed.stream().filter(CopyWalkTest::holdsState)).hasSizeLessThanOrEqualTo(18);
  }

  // A record, an enum, an interface and static functions are looked at where they are used; a class
  // with fields has to be known to follow what happens.
  private static boolean holdsState(String name) {
    try {
      Class<?> type = Class.forName(name, false, CopyWalkTest.class.getClassLoader());
      return !type.isRecord()
          && !type.isEnum()
          && !type.isInterface()
          && Arrays.stream(type.getDeclaredFields())
              .anyMatch(field -> !Modifier.isStatic(field.getModifiers()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  // The first one also connects and starts the worker.
  private Set<String> classesOfTheSecondCopy() throws Exception {
    Path inventory = directory.resolve("inventory.yml");
    Files.writeString(inventory, "all: {hosts: {here: {ansible_connection: local}}}\n");
    Path playbook = directory.resolve("copy.yml");
    Files.writeString(
        playbook,
        """
        - hosts: all
          gather_facts: false
          tasks:
            - copy: {content: "first", dest: %1$s/out.txt}
            - copy: {content: "second", dest: %1$s/out.txt}
        """
            .formatted(directory));
    VirtualMachine machine =
        launched(
            "run",
            playbook.toString(),
            "-i",
            inventory.toString(),
            "--runs",
            directory.resolve("runs").toString());
    Walk walk = new Walk(machine);
    machine.resume();
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        events.forEach(walk::on);
        events.resume();
      }
    } catch (VMDisconnectedException e) {
      assertThat(machine.process().waitFor()).isZero();
      assertThat(walk.copies).isEqualTo(2);
      return walk.passed;
    }
  }

  private static VirtualMachine launched(String... words) throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments
        .get("main")
        .setValue(Edgefleet.class.getName() + " " + String.join(" ", List.of(words)));
    arguments
        .get("options")
        .setValue(
            "-XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp \"%s\""
                .formatted(System.getProperty("java.class.path")));
    VirtualMachine machine = connector.launch(arguments);
    drain(machine.process().getInputStream());
    drain(machine.process().getErrorStream());
    return machine;
  }

  private static void drain(InputStream stream) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (stream) {
                stream.transferTo(OutputStream.nullOutputStream());
              } catch (java.io.IOException e) {
                // The process is gone.
              }
            });
  }

  /** From the start of the action on its thread to the journal's writing of its end. */
  private static final class Walk {
    private final EventRequestManager requests;
    private final MethodEntryRequest entries;
    private final Set<String> passed = new TreeSet<>();
    private long thread;
    private int copies;

    Walk(VirtualMachine machine) {
      requests = machine.eventRequestManager();
      entries = requests.createMethodEntryRequest();
      entries.addClassFilter("dev.edgefleet.*");
      entries.setSuspendPolicy(EventRequest.SUSPEND_NONE);
      ClassPrepareRequest loaded = requests.createClassPrepareRequest();
      loaded.addClassFilter(ACTION);
      loaded.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
      loaded.enable();
    }

    void on(Event event) {
      switch (event) {
        case ClassPrepareEvent loaded ->
            loaded.referenceType().methodsByName("apply").stream()
                .filter(method -> !method.isBridge())
                .forEach(
                    method -> {
                      BreakpointRequest start = requests.createBreakpointRequest(method.location());
                      start.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                      start.enable();
                    });
        case BreakpointEvent start -> {
          copies++;
          thread = start.thread().uniqueID();
          passed.clear();
          passed.add(ACTION);
          entries.enable();
        }
        case MethodEntryEvent entry -> entered(entry);
        default -> {}
      }
    }

    private void entered(MethodEntryEvent entry) {
      if (entry.thread().uniqueID() != thread) {
        return;
      }
      String type = entry.method().declaringType().name();
      int nested = type.indexOf('$');
      passed.add(nested < 0 ? type : type.substring(0, nested));
      if (type.equals(SqliteJournal.class.getName()) && entry.method().name().equals("append")) {
        entries.disable();
        thread = 0;
      }
    }
  }
}
