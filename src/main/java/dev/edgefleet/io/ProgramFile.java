package dev.edgefleet.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the system can run a file of the controller as a program. The x bit says little: on a
 * mounted Windows disk every file has it. And it cannot simply be tried, since Java hands what the
 * system does not take for a program to {@code /bin/sh}, which runs it line by line.
 */
public final class ProgramFile {
  /** Of a longer first line Linux reads no more. */
  private static final int FIRST_LINE = 256;

  /** A program may be run by another one, that by a third, and so on; Linux stops after four. */
  private static final int MOST_INTERPRETERS = 4;

  private static final int ELF_HEADER = 52;
  private static final int ELF_MACHINE = 18;
  private static final int X86 = 3;
  private static final int X86_64 = 62;
  private static final int ARM = 40;
  private static final int ARM_64 = 183;

  private ProgramFile() {}

  /**
   * True for a file with the x bit that begins with {@code #!} and an interpreter, or that is a
   * binary of this system. An interpreter that is missing makes no difference: to start such a file
   * fails, and says why.
   */
  public static boolean is(Path file) {
    return is(file, MOST_INTERPRETERS);
  }

  private static boolean is(Path file, int interpreters) {
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      return false;
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(FIRST_LINE);
    } catch (IOException notReadable) {
      // A program need not be readable, and text that nobody can read is of no use.
      return true;
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return text.startsWith("#!")
        ? interpreters > 0 && isScript(text, interpreters - 1)
        : isElf(text) || isOfMacOs(text) || isOfWindows(text);
  }

  private static boolean isScript(String start, int interpreters) {
    int end = start.indexOf('\n');
    String line = start.substring(2, end < 0 ? start.length() : end);
    String words = line.replaceFirst("^[ \t]+", "");
    String interpreter = words.split("[ \t\0]", 2)[0];
    boolean cutOff = end < 0 && start.length() == FIRST_LINE && interpreter.equals(words);
    if (interpreter.isEmpty() || cutOff) {
      return false;
    }
    Path program = Path.of(interpreter.replace("\0", ""));
    // What Linux refuses to run in its place would end at the shell, too.
    return !Files.exists(program) || !Files.isExecutable(program) || is(program, interpreters);
  }

  private static boolean isElf(String start) {
    return start.startsWith("\u007fELF")
        && start.length() >= ELF_HEADER
        && runsHere(machine(start), machine(ownStart()));
  }

  private static boolean runsHere(int machine, int own) {
    return own < 0
        || machine == own
        || (machine == X86 && own == X86_64)
        || (machine == ARM && own == ARM_64);
  }

  private static int machine(String elf) {
    if (elf.length() < ELF_HEADER) {
      return -1;
    }
    int one = elf.charAt(ELF_MACHINE);
    int other = elf.charAt(ELF_MACHINE + 1);
    boolean bigEndian = elf.charAt(5) == 2;
    return bigEndian ? one << 8 | other : other << 8 | one;
  }

  private static String ownStart() {
    try (InputStream in = Files.newInputStream(Path.of("/proc/self/exe"))) {
      return new String(in.readNBytes(ELF_HEADER), StandardCharsets.ISO_8859_1);
    } catch (IOException notLinux) {
      return "";
    }
  }

  private static boolean isOfMacOs(String start) {
    return System.getProperty("os.name").startsWith("Mac")
        && (start.startsWith("\u00cf\u00fa\u00ed\u00fe")
            || start.startsWith("\u00ca\u00fe\u00ba\u00be"));
  }

  /** Windows Subsystem for Linux runs programs of Windows, where that is not turned off. */
  private static boolean isOfWindows(String start) {
    return start.startsWith("MZ")
        && start.indexOf(0) > 0
        && (Files.exists(Path.of("/proc/sys/fs/binfmt_misc/WSLInterop"))
            || Files.exists(Path.of("/proc/sys/fs/binfmt_misc/WSLInterop-late")));
  }
}
