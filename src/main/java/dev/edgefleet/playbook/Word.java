package dev.edgefleet.playbook;

import static dev.edgefleet.playbook.Statement.BLOCK;
import static dev.edgefleet.playbook.Statement.GATE;
import static dev.edgefleet.playbook.Statement.HANDLER;
import static dev.edgefleet.playbook.Statement.IMPORT_PLAYBOOK;
import static dev.edgefleet.playbook.Statement.IMPORT_TASKS;
import static dev.edgefleet.playbook.Statement.META;
import static dev.edgefleet.playbook.Statement.PLAY;
import static dev.edgefleet.playbook.Statement.ROLLOUT;
import static dev.edgefleet.playbook.Statement.TASK;
import static dev.edgefleet.playbook.Statement.WAVE;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every word of a playbook besides the actions: where it may stand, what it takes, what it means.
 * The parser reads by this table, the JSON Schema and the reference are made from it.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets are unmodifiable
public enum Word {
  NAME(
      Form.TEXT,
      "What progress and report call it.",
      PLAY,
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS,
      META,
      WAVE),
  HOSTS(Form.TEXTS, "Which devices: names, groups and patterns of them.", PLAY),
  IMPORT_PLAYBOOK_FILE(
      "import_playbook", Form.TEXT, "Another playbook's plays stand here.", IMPORT_PLAYBOOK),
  VARS(
      Form.VARIABLES,
      "Variables; values may hold Jinja.",
      PLAY,
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  VARS_FILES(
      Form.FILES,
      "Files of variables, relative to the playbook; they win over vars, later ones over earlier."
          + " Of a list in the list the first file that exists is read.",
      PLAY),
  GATHER_FACTS(
      Form.TRUTH,
      "Whether to gather facts first; unsaid, they are gathered when the play names one.",
      PLAY),
  SERIAL(
      Form.SERIAL,
      "Devices at a time: batch after batch, each through the whole play. The last entry of a list"
          + " is repeated.",
      PLAY),
  MAX_FAIL_PERCENTAGE(
      Form.PERCENT,
      "No device starts another task once more than this share of its batch has failed.",
      PLAY),
  ROLLOUT_WORDS(
      "rollout",
      Form.ROLLOUT,
      "In which waves the play goes through its devices, and when it ends early.",
      PLAY),
  WAVES(
      Form.WAVES,
      "The waves, one after the other; a device belongs to the first that names it.",
      ROLLOUT),
  UNREACHABLE(
      Form.TEXT,
      "What a device that cannot be reached counts as in every budget; failed by default.",
      List.of("failed", "ignored"),
      ROLLOUT),
  WEBHOOK(
      Form.SECRET_TEXT,
      "URL that is told when a gate was checked, somebody has to approve, or it ends.",
      ROLLOUT),
  GROUP(Form.TEXTS, "The wave is for those of the play's devices in this host pattern.", WAVE),
  COUNT(Form.DEVICES, "The wave is for the next so many of the play's devices.", WAVE),
  PERCENT(
      Form.SHARE,
      "The wave is for this share of all the play's devices: the next ones, at least one.",
      WAVE),
  REST(Form.TRUE, "The wave is for all devices that are left.", WAVE),
  ORDER(
      Form.TEXT,
      "In which order its devices start; inventory by default.",
      List.of("inventory", "reverse_inventory", "sorted", "reverse_sorted", "shuffle"),
      WAVE),
  CONCURRENCY(
      Form.DEVICES,
      "Most of its devices at work at one time; never more than --concurrency.",
      WAVE),
  MAX_FAILURES(
      Form.DEVICES_OR_NONE,
      "No further device begins once more than so many failed: of the wave, or of all waves.",
      ROLLOUT,
      WAVE),
  FAILED_SHARE(
      "max_fail_percentage",
      Form.PERCENT,
      "No further device begins once more than this share failed: of the wave, or of all waves.",
      ROLLOUT,
      WAVE),
  SOAK(
      Form.DURATION,
      "How long to wait, once all its devices are through, before what comes next.",
      WAVE),
  GATE_WORDS(
      "gate",
      Form.GATE,
      "What has to hold on its devices, after the soak, before what comes next begins.",
      WAVE),
  APPROVE(Form.TRUTH, "Whether an operator has to agree before what comes next begins.", WAVE),
  MODULES(
      Form.TEXTS, "Modules that have to run, exactly as iotedge lists them; may hold Jinja.", GATE),
  RUNNING_FOR(Form.DURATION, "How long each of the modules has to have run.", GATE),
  THAT(
      Form.CONDITIONS,
      "What has to hold of the device's variables; gate.modules has what iotedge list printed.",
      GATE),
  WITHIN(Form.DURATION, "How long to look again where it does not hold; 0: look once.", GATE),
  EVERY(Form.INTERVAL, "Time between two looks; 10s by default.", GATE),
  HEALTHY(
      Form.PERCENT,
      "On what share of its devices it has to hold, in percent; 100 by default.",
      GATE),
  STRATEGY(
      Form.TEXT,
      "Devices always advance independently of each other, which is what free means.",
      List.of("free"),
      PLAY),
  CONNECTION(
      Form.TEXT,
      "How devices are reached: sets ansible_connection for the play.",
      List.of("ssh", "local"),
      PLAY),
  PRE_TASKS(Form.TASKS, "Tasks before tasks; handlers they notify run before tasks begin.", PLAY),
  TASKS(Form.TASKS, "What to do, in order.", PLAY),
  POST_TASKS(Form.TASKS, "Tasks after tasks and the handlers that those notified.", PLAY),
  HANDLERS(Form.HANDLERS, "Tasks that run, once, when a task that changed notifies them.", PLAY),
  BLOCK_TASKS("block", Form.TASKS, "Tasks that belong together.", BLOCK),
  RESCUE(Form.TASKS, "Run when a task of the block fails; the device then goes on.", BLOCK),
  ALWAYS(Form.TASKS, "Run in any case, after block and rescue.", BLOCK),
  IMPORT_TASKS_FILE(
      "import_tasks",
      Form.TEXT,
      "A file of tasks that stand here; looked for beside this file and in tasks/.",
      IMPORT_TASKS),
  META_KIND(
      "meta",
      Form.TEXT,
      "Something for the run itself to do.",
      List.of("flush_handlers", "end_host", "reset_connection", "noop"),
      META),
  WHEN(
      Form.CONDITIONS,
      "Only when this expression, or all of a list, hold.",
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS,
      META),
  TAGS(
      Form.TEXTS,
      "Words that --tags and --skip-tags choose by.",
      PLAY,
      IMPORT_PLAYBOOK,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS,
      META),
  ARGS(
      Form.PARAMETERS,
      "More parameters, as for a command in one line; the action's own win.",
      TASK,
      HANDLER),
  REGISTER(Form.VARIABLE_NAME, "Variable that keeps the result.", TASK, HANDLER),
  LOOP(Form.LOOP, "Run once for each item.", TASK, HANDLER),
  LOOP_CONTROL(Form.LOOP_CONTROL, "How the loop is run and shown.", TASK, HANDLER),
  LOOP_VAR(Form.VARIABLE_NAME, "What an item is called; item by default.", Statement.LOOP_CONTROL),
  INDEX_VAR(Form.VARIABLE_NAME, "Name of the index, from 0.", Statement.LOOP_CONTROL),
  LABEL(Form.TEXT, "What to show of an item instead of all of it.", Statement.LOOP_CONTROL),
  PAUSE(Form.NUMBER_OR_TEMPLATE, "Seconds between two items.", Statement.LOOP_CONTROL),
  EXTENDED(Form.TRUTH, "Whether ansible_loop tells of the loop.", Statement.LOOP_CONTROL),
  UNTIL(
      Form.CONDITIONS,
      "Try again until this holds of the result; the last try counts.",
      TASK,
      HANDLER),
  RETRIES(Form.NUMBER_OR_TEMPLATE, "How often to try again; 3 by default.", TASK, HANDLER),
  DELAY(Form.NUMBER_OR_TEMPLATE, "Seconds between two tries; 5 by default.", TASK, HANDLER),
  NOTIFY(
      Form.TEXTS,
      "Handlers, by name or topic, to run when this changed something.",
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  LISTEN(Form.TEXTS, "Topics this handler listens to besides its name.", HANDLER),
  CHANGED_WHEN(Form.CONDITIONS, "Whether it counts as changed.", TASK, HANDLER),
  FAILED_WHEN(Form.CONDITIONS, "Whether it counts as failed.", TASK, HANDLER),
  BECOME(
      Form.TRUTH_OR_TEMPLATE,
      "Run as another user, with sudo.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  BECOME_USER(Form.TEXT, "Which user; root by default.", PLAY, BLOCK, TASK, HANDLER, IMPORT_TASKS),
  BECOME_METHOD(
      Form.TEXT,
      "sudo is the only one.",
      List.of("sudo"),
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  ENVIRONMENT(
      Form.ENVIRONMENT,
      "Environment variables of what runs on the device.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  IGNORE_ERRORS(
      Form.TRUTH_OR_TEMPLATE,
      "The device goes on after a failure.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  IGNORE_UNREACHABLE(
      Form.TRUTH_OR_TEMPLATE,
      "The device goes on after it could not be reached.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  NO_LOG(
      Form.TRUTH_OR_TEMPLATE,
      "Nothing of parameters and results is shown or recorded.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  ANY_ERRORS_FATAL(
      Form.TRUTH,
      "A failure stops every device of the batch and all later batches.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  CHECK_MODE(
      Form.TRUTH,
      "true: never change anything; false: run for real even in a check run.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  RUN_ONCE(
      Form.TRUTH,
      "The first device to come there does it, the others take over its result.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  DELEGATE_TO(
      Form.TEXT,
      "The controller does it, with the device's variables.",
      List.of("localhost", "127.0.0.1"),
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS),
  TIMEOUT(
      Form.NUMBER_OR_TEMPLATE,
      "Longest the task may take, in seconds; it fails then.",
      PLAY,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT_TASKS);

  private final String text;
  private final Form form;
  private final String meaning;
  private final List<String> choices;
  private final Set<Statement> statements;

  Word(Form form, String meaning, Statement... statements) {
    this(null, form, meaning, List.of(), statements);
  }

  Word(String text, Form form, String meaning, Statement... statements) {
    this(text, form, meaning, List.of(), statements);
  }

  Word(Form form, String meaning, List<String> choices, Statement... statements) {
    this(null, form, meaning, choices, statements);
  }

  Word(
      @Nullable String text,
      Form form,
      String meaning,
      List<String> choices,
      Statement... statements) {
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

  public Form form() {
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
  public Set<Statement> statements() {
    return statements;
  }

  /** The words of a statement, in the order of this table. */
  public static List<Word> of(Statement statement) {
    return Arrays.stream(values()).filter(word -> word.statements.contains(statement)).toList();
  }
}
