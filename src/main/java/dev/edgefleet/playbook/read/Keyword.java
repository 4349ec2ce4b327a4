package dev.edgefleet.playbook.read;

import static dev.edgefleet.playbook.read.StatementKind.BLOCK;
import static dev.edgefleet.playbook.read.StatementKind.GATE;
import static dev.edgefleet.playbook.read.StatementKind.HANDLER;
import static dev.edgefleet.playbook.read.StatementKind.IMPORT_PLAYBOOK;
import static dev.edgefleet.playbook.read.StatementKind.IMPORT_TASKS;
import static dev.edgefleet.playbook.read.StatementKind.META;
import static dev.edgefleet.playbook.read.StatementKind.PLAY;
import static dev.edgefleet.playbook.read.StatementKind.PROMPT;
import static dev.edgefleet.playbook.read.StatementKind.ROLLOUT;
import static dev.edgefleet.playbook.read.StatementKind.TASK;
import static dev.edgefleet.playbook.read.StatementKind.WAVE;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every word of a playbook besides the actions: where it may stand, what it takes, what it means.
 * The parser reads by this table, the JSON Schema and the reference are made from it.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets are unmodifiable
public enum Keyword {
  NAME(
      ValueType.TEXT,
      "What progress and report call it.",
      PLAY,
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS,
      META,
      WAVE),
  HOSTS(ValueType.TEXTS, "Which devices: names, groups and patterns of them.", PLAY),
  IMPORT_PLAYBOOK_FILE(
      "import_playbook", ValueType.TEXT, "Another playbook's plays stand here.", IMPORT_PLAYBOOK),
  VARS(
      ValueType.VARIABLES,
      "Variables; values may hold Jinja.",
      PLAY,
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  VARS_FILES(
      ValueType.FILES,
      "Files of variables, relative to the playbook; they win over vars, later ones over earlier."
          + " Of a list in the list the first file that exists is read.",
      PLAY),
  VARS_PROMPT(
      ValueType.PROMPTS,
      "Variables whose values are asked for before the run; they win over vars.",
      PLAY),
  PROMPT_NAME(
      "name", ValueType.VARIABLE_NAME, "The variable; -e that sets it saves the question.", PROMPT),
  PROMPT_TEXT("prompt", ValueType.TEXT, "What to ask; may hold Jinja.", PROMPT),
  PROMPT_DEFAULT(
      "default",
      ValueType.ANSWER,
      "Its value where nothing is typed, or there is no terminal to ask on.",
      PROMPT),
  PROMPT_PRIVATE(
      "private",
      ValueType.TRUTH,
      "Whether it is not shown while it is typed, and masked from then on; true by default.",
      PROMPT),
  PROMPT_CONFIRM("confirm", ValueType.TRUTH, "Whether it has to be typed twice.", PROMPT),
  PROMPT_UNSAFE(
      "unsafe", ValueType.TRUTH, "Means nothing here: an answer is never evaluated.", PROMPT),
  GATHER_FACTS(
      ValueType.TRUTH,
      "Whether to gather facts first; unsaid, they are gathered when the play names one.",
      PLAY),
  SERIAL(
      ValueType.SERIAL,
      "Devices at a time: batch after batch, each through the whole play. The last entry of a list"
          + " is repeated.",
      PLAY),
  MAX_FAIL_PERCENTAGE(
      ValueType.PERCENT,
      "No device starts another task once more than this share of its batch has failed.",
      PLAY),
  ROLLOUT_WORDS(
      "rollout",
      ValueType.ROLLOUT,
      "In which waves the play goes through its devices, and when it ends early.",
      PLAY),
  WAVES(
      ValueType.WAVES,
      "The waves, one after the other; a device belongs to the first that names it.",
      ROLLOUT),
  UNREACHABLE(
      ValueType.TEXT,
      "What a device that cannot be reached counts as in every budget; failed by default.",
      List.of("failed", "ignored"),
      ROLLOUT),
  WEBHOOK(
      ValueType.SECRET_TEXT,
      "URL that is told when a gate was checked, somebody has to approve, or it ends.",
      ROLLOUT),
  GROUP(ValueType.TEXTS, "The wave is for those of the play's devices in this host pattern.", WAVE),
  COUNT(ValueType.DEVICES, "The wave is for the next so many of the play's devices.", WAVE),
  PERCENT(
      ValueType.SHARE,
      "The wave is for this share of all the play's devices: the next ones, at least one.",
      WAVE),
  REST(ValueType.TRUE, "The wave is for all devices that are left.", WAVE),
  ORDER(
      ValueType.TEXT,
      "In which order its devices start; inventory by default.",
      List.of("inventory", "reverse_inventory", "sorted", "reverse_sorted", "shuffle"),
      WAVE),
  CONCURRENCY(
      ValueType.DEVICES,
      "Most of its devices at work at one time; never more than --concurrency.",
      WAVE),
  MAX_FAILURES(
      ValueType.DEVICES_OR_NONE,
      "No further device begins once more than so many failed: of the wave, or of all waves.",
      ROLLOUT,
      WAVE),
  FAILED_SHARE(
      "max_fail_percentage",
      ValueType.PERCENT,
      "No further device begins once more than this share failed: of the wave, or of all waves.",
      ROLLOUT,
      WAVE),
  SOAK(
      ValueType.DURATION,
      "How long to wait, once all its devices are through, before what comes next.",
      WAVE),
  GATE_WORDS(
      "gate",
      ValueType.GATE,
      "What has to hold on its devices, after the soak, before what comes next begins.",
      WAVE),
  APPROVE(ValueType.TRUTH, "Whether an operator has to agree before what comes next begins.", WAVE),
  MODULES(
      ValueType.TEXTS,
      "Modules that have to run, exactly as iotedge lists them; may hold Jinja.",
      GATE),
  RUNNING_FOR(ValueType.DURATION, "How long each of the modules has to have run.", GATE),
  THAT(
      ValueType.CONDITIONS,
      "What has to hold of the device's variables; gate.modules has what iotedge list printed.",
      GATE),
  WITHIN(ValueType.DURATION, "How long to look again where it does not hold; 0: look once.", GATE),
  EVERY(ValueType.INTERVAL, "Time between two looks; 10s by default.", GATE),
  HEALTHY(
      ValueType.PERCENT,
      "On what share of its devices it has to hold, in percent; 100 by default.",
      GATE),
  STRATEGY(
      ValueType.TEXT,
      "Devices always advance independently of each other, which is what free means.",
      List.of("free"),
      PLAY),
  CONNECTION(
      ValueType.TEXT,
      "How devices are reached: sets ansible_connection for the play.",
      List.of("ssh", "local"),
      PLAY),
  PRE_TASKS(
      ValueType.TASKS, "Tasks before tasks; handlers they notify run before tasks begin.", PLAY),
  TASKS(ValueType.TASKS, "What to do, in order.", PLAY),
  POST_TASKS(ValueType.TASKS, "Tasks after tasks and the handlers that those notified.", PLAY),
  HANDLERS(
      ValueType.HANDLERS, "Tasks that run, once, when a task that changed notifies them.", PLAY),
  BLOCK_TASKS("block", ValueType.TASKS, "Tasks that belong together.", BLOCK),
  RESCUE(ValueType.TASKS, "Run when a task of the block fails; the device then goes on.", BLOCK),
  ALWAYS(ValueType.TASKS, "Run in any case, after block and rescue.", BLOCK),
  IMPORT_TASKS_FILE(
      "import_tasks",
      ValueType.TEXT,
      "A file of tasks that stand here; looked for beside this file and in tasks/.",
      IMPORT_TASKS),
  META_KIND(
      "meta",
      ValueType.TEXT,
      "Something for the run itself to do.",
      List.of("flush_handlers", "end_host", "reset_connection", "noop"),
      META),
  WHEN(
      ValueType.CONDITIONS,
      "Only when this expression, or all of a list, hold.",
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS,
      META),
  TAGS(
      ValueType.TEXTS,
      "Words that --tags and --skip-tags choose by.",
      PLAY,
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS,
      META),
  ARGS(
      ValueType.PARAMETERS,
      "More parameters, as for a command in one line; the action's own win.",
      TASK,
      HANDLER),
  REGISTER(ValueType.VARIABLE_NAME, "Variable that keeps the result.", TASK, HANDLER),
  LOOP(ValueType.LOOP, "Run once for each item.", TASK, HANDLER),
  WITH_ITEMS(
      ValueType.LOOP_TERMS,
      "Run once for each of a list, or several, of which one level of lists in it is opened.",
      TASK,
      HANDLER),
  WITH_LIST(ValueType.LOOP_TERMS, "Run once for each of a list, as it is.", TASK, HANDLER),
  WITH_FLATTENED(
      ValueType.LOOP_TERMS,
      "Run once for each of a list, of which all lists in it are opened.",
      TASK,
      HANDLER),
  WITH_INDEXED_ITEMS(
      ValueType.LOOP_TERMS,
      "Run once for each of a list; an item is [INDEX, ITEM].",
      TASK,
      HANDLER),
  WITH_DICT(
      ValueType.LOOP_TERMS,
      "Run once for each of a mapping; an item has key and value.",
      TASK,
      HANDLER),
  WITH_NESTED(
      ValueType.LOOP_TERMS,
      "Run once for each of lists; an item has one of each, in every combination.",
      TASK,
      HANDLER),
  WITH_CARTESIAN(
      ValueType.LOOP_TERMS, "Run once for each of lists; the same as with_nested.", TASK, HANDLER),
  WITH_TOGETHER(
      ValueType.LOOP_TERMS,
      "Run once for each of lists; an item has the first of each, then the second.",
      TASK,
      HANDLER),
  WITH_SUBELEMENTS(
      ValueType.LOOP_TERMS,
      "Run once for each of a list, and the name of a list in each of its items; an item is [ITEM, PART].",
      TASK,
      HANDLER),
  WITH_SEQUENCE(
      ValueType.LOOP_TERMS,
      "Run once for each of numbers, as in start=1 end=5 format=%02d.",
      TASK,
      HANDLER),
  WITH_RANDOM_CHOICE(
      ValueType.LOOP_TERMS, "Run once for each of one item of a list.", TASK, HANDLER),
  WITH_FILEGLOB(
      ValueType.LOOP_TERMS,
      "Run once for each of files of the controller that patterns fit.",
      TASK,
      HANDLER),
  WITH_FIRST_FOUND(
      ValueType.LOOP_TERMS,
      "Run once for each of the first of several files of the controller that is there.",
      TASK,
      HANDLER),
  WITH_FILE(
      ValueType.LOOP_TERMS,
      "Run once for each of what files of the controller hold.",
      TASK,
      HANDLER),
  LOOP_CONTROL(ValueType.LOOP_CONTROL, "How the loop is run and shown.", TASK, HANDLER),
  LOOP_VAR(
      ValueType.VARIABLE_NAME,
      "What an item is called; item by default.",
      StatementKind.LOOP_CONTROL),
  INDEX_VAR(ValueType.VARIABLE_NAME, "Name of the index, from 0.", StatementKind.LOOP_CONTROL),
  LABEL(
      ValueType.TEXT, "What to show of an item instead of all of it.", StatementKind.LOOP_CONTROL),
  PAUSE(ValueType.NUMBER_OR_TEMPLATE, "Seconds between two items.", StatementKind.LOOP_CONTROL),
  EXTENDED(ValueType.TRUTH, "Whether ansible_loop tells of the loop.", StatementKind.LOOP_CONTROL),
  UNTIL(
      ValueType.CONDITIONS,
      "Try again until this holds of the result; the last try counts.",
      TASK,
      HANDLER),
  RETRIES(ValueType.NUMBER_OR_TEMPLATE, "How often to try again; 3 by default.", TASK, HANDLER),
  DELAY(ValueType.NUMBER_OR_TEMPLATE, "Seconds between two tries; 5 by default.", TASK, HANDLER),
  NOTIFY(
      ValueType.TEXTS,
      "Handlers, by name or topic, to run when this changed something.",
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  LISTEN(ValueType.TEXTS, "Topics this handler listens to besides its name.", HANDLER),
  CHANGED_WHEN(ValueType.CONDITIONS, "Whether it counts as changed.", TASK, HANDLER),
  FAILED_WHEN(ValueType.CONDITIONS, "Whether it counts as failed.", TASK, HANDLER),
  BECOME(
      ValueType.TRUTH_OR_TEMPLATE,
      "Run as another user.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  BECOME_USER(
      ValueType.TEXT, "Which user; root by default.", PLAY, BLOCK, TASK, HANDLER, IMPORT_TASKS),
  BECOME_METHOD(
      ValueType.TEXT,
      "How: sudo, su or doas; sudo by default.",
      List.of("sudo", "su", "doas"),
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  BECOME_EXE(
      ValueType.TEXT,
      "The program that does it, with its path or words.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  BECOME_FLAGS(
      ValueType.TEXT,
      "Its options; -n, -S and -p are edgefleet's own.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  ENVIRONMENT(
      ValueType.ENVIRONMENT,
      "Environment variables of what runs on the device.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  IGNORE_ERRORS(
      ValueType.TRUTH_OR_TEMPLATE,
      "The device goes on after a failure.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  IGNORE_UNREACHABLE(
      ValueType.TRUTH_OR_TEMPLATE,
      "The device goes on after it could not be reached.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  NO_LOG(
      ValueType.TRUTH_OR_TEMPLATE,
      "Nothing of parameters and results is shown or recorded.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  ANY_ERRORS_FATAL(
      ValueType.TRUTH,
      "A failure stops every device of the batch and all later batches.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  CHECK_MODE(
      ValueType.TRUTH,
      "true: never change anything; false: run for real even in a check run.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  RUN_ONCE(
      ValueType.TRUTH,
      "The first device to come there does it, the others take over its result.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  DELEGATE_TO(
      ValueType.TEXT,
      "The controller does it, with the device's variables.",
      List.of("localhost", "127.0.0.1"),
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  THROTTLE(
      ValueType.NUMBER_OR_TEMPLATE,
      "Most devices of the wave that do the task at one time; 0 for any number.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  TIMEOUT(
      ValueType.NUMBER_OR_TEMPLATE,
      "Longest the task may take, in seconds; it fails then.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS);

  private final String text;
  private final ValueType form;
  private final String meaning;
  private final List<String> choices;
  private final Set<StatementKind> statements;

  Keyword(ValueType form, String meaning, StatementKind... statements) {
    this(null, form, meaning, List.of(), statements);
  }

  Keyword(String text, ValueType form, String meaning, StatementKind... statements) {
    this(text, form, meaning, List.of(), statements);
  }

  Keyword(ValueType form, String meaning, List<String> choices, StatementKind... statements) {
    this(null, form, meaning, choices, statements);
  }

  Keyword(
      @Nullable String text,
      ValueType form,
      String meaning,
      List<String> choices,
      StatementKind... statements) {
    this.text = text == null ? name().toLowerCase(Locale.ROOT) : text;
    this.form = form;
    this.meaning = meaning;
    this.choices = choices;
    this.statements = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(statements)));
  }

  /** As written in a playbook. */
  public String text() {
    return text;
  }

  public ValueType form() {
    return form;
  }

  /** One or two sentences for people. */
  public String meaning() {
    return meaning;
  }

  /** What it may be; empty for any. */
  public List<String> choices() {
    return choices;
  }

  /** Where it may stand. */
  public Set<StatementKind> statements() {
    return statements;
  }

  /** What stands behind {@code with_}; empty for a word that is none of these loops. */
  Optional<String> loopKind() {
    return text.startsWith("with_") ? Optional.of(text.substring(5)) : Optional.empty();
  }

  /** The words of a statement, in the order of this table. */
  public static List<Keyword> of(StatementKind statement) {
    return Arrays.stream(values()).filter(word -> word.statements.contains(statement)).toList();
  }
}
