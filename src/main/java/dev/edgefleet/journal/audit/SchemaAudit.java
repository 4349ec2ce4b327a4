package dev.edgefleet.journal.audit;

import dev.edgefleet.journal.JournalTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/**
 * Whether a journal's file holds the tables and triggers that edgefleet makes, and nothing else. A
 * view in a table's place, or a column that is not computed any more, would show others what no
 * hash covers.
 *
 * @param empty whether there is nothing at all, as when who made the file died over it
 * @param readable whether both tables are what they should be
 * @param findings what is not
 */
record SchemaAudit(boolean empty, boolean readable, List<AuditFinding> findings) {
  static SchemaAudit of(Connection connection) throws SQLException {
    Map<String, String> wanted = wanted();
    Map<String, String> found = read(connection);
    if (found.isEmpty()) {
      return new SchemaAudit(true, false, List.of());
    }
    List<String> missing = new ArrayList<>();
    List<String> altered = new ArrayList<>();
    wanted.forEach(
        (what, sql) -> {
          String there = found.remove(what);
          if (there == null) {
            missing.add(what);
          } else if (!there.equals(sql)) {
            altered.add(what);
          }
        });
    List<AuditFinding> findings = new ArrayList<>();
    tell("is missing in the file", missing, findings);
    tell("is not as edgefleet makes it", altered, findings);
    tell("was put into the file", found.keySet(), findings);
    int more = entries(connection) - wanted.size() + missing.size() - found.size();
    if (more > 0) {
      findings.add(new AuditFinding(0, "a name stands in the file's schema more than once"));
    }
    boolean readable =
        List.of("table record", "table seal").stream()
            .noneMatch(table -> missing.contains(table) || altered.contains(table));
    return new SchemaAudit(false, readable, findings);
  }

  private static int entries(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return count.getInt(1);
    }
  }

  private static void tell(String what, Collection<String> names, List<AuditFinding> findings) {
    names.forEach(name -> findings.add(new AuditFinding(0, "the " + name + " " + what)));
  }

  private static Map<String, String> wanted() throws SQLException {
    try (Connection memory = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
        Statement statement = memory.createStatement()) {
      for (String part : JournalTables.SCHEMA) {
        statement.execute(part);
      }
      return read(memory);
    }
  }

  // By kind and name, SQLite's own included: with writable_schema anybody can make one of that
  // name.
  private static Map<String, String> read(Connection connection) throws SQLException {
    Map<String, String> schema = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT type, name, sql FROM sqlite_schema")) {
      while (found.next()) {
        schema.put(
            found.getString(1) + " " + found.getString(2), String.valueOf(found.getString(3)));
      }
    }
    return schema;
  }
}
