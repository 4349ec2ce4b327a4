# A line "CLASS: REASON" for each skipped test in Maven's reports.
/^ *<testcase / {
  name = $0
  sub(/.* classname="/, "", name)
  sub(/".*/, "", name)
  sub(/.*\./, "", name)
}
/^ *<skipped/ {
  why = $0
  # Either the test itself broke off, with an exception, or it was never begun, with a message.
  if (!sub(/.*<!\[CDATA\[[^ ]*: (Assumption failed: )?/, "", why)) {
    sub(/.* message="/, "", why)
    sub(/".*/, "", why)
  }
  sub(/^Assumption failed: /, "", why)
  gsub(/&quot;/, "\"", why)
  gsub(/&apos;/, "'", why)
  gsub(/&lt;/, "<", why)
  gsub(/&gt;/, ">", why)
  gsub(/&amp;/, "\\&", why)
  print name ": " why
}
