// A table that is drawn as cards stays a table for screen readers, also where display: grid would take its meaning away.
const roles = [
  ["table", "table"],
  ["thead, tbody, tfoot", "rowgroup"],
  ["tr", "row"],
  ["td", "cell"],
  ["th[scope=col]", "columnheader"],
  ["th[scope=row]", "rowheader"],
];

export function keepTable(sheet) {
  for (const [selector, role] of roles) {
    sheet.querySelectorAll(selector).forEach((part) => part.setAttribute("role", role));
  }
}
