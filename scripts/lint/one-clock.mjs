// A rule of the linter: time is handed in (ARCHITECTURE.md, "Clock and due work"); who asks the machine's or the database's clock is found.

const message =
  "Time is handed in as a Clock: what is asked of the machine or of the database can't be moved in a test.";

/** What PostgreSQL answers by its own clock; `now()` with nothing but space around its parentheses. */
const databaseClock =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\b(?:current_timestamp|current_date|current_time|localtimestamp|localtime)\b/i;

const isDate = (node) =>
  node?.type === "MemberExpression"
    ? node.object.name === "globalThis" && node.property.name === "Date"
    : node?.type === "Identifier" && node.name === "Date";

const isDateNow = ({ type, object, property, computed }) =>
  type === "MemberExpression" &&
  isDate(object) &&
  (computed ? property.value === "now" : property.name === "now");

/** Text that begins or follows a statement, and not a sentence in which one of these words stands. */
const looksLikeSql = (text) =>
  /\b(select|insert into|update|delete from|default|create|alter|set|where|values)\b/i.test(text);

const create = (context) => {
  const report = (node) => context.report({ node, message });
  const sql = (node, text) => {
    if (typeof text === "string" && databaseClock.test(text) && looksLikeSql(text)) report(node);
  };
  return {
    MemberExpression: (node) => isDateNow(node) && report(node),
    NewExpression: (node) => isDate(node.callee) && node.arguments.length === 0 && report(node),
    CallExpression: (node) => isDate(node.callee) && report(node),
    Literal: (node) => sql(node, node.value),
    TemplateLiteral: (node) => sql(node, node.quasis.map(({ value }) => value.raw).join(" ? ")),
  };
};

export default { meta: { name: "upheld" }, rules: { "one-clock": { create } } };
