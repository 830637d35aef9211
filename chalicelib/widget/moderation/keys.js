// Keys, as in WordPress: each with what it does, and to what. Shift is told apart for letters only.

export const KEYS = [
  ["j", "next", "page"],
  ["k", "previous", "page"],
  ["a", "approve", "one"],
  ["u", "unapprove", "one"],
  ["n", "reject", "one"],
  ["s", "spam", "one"],
  ["d", "trash", "one"],
  ["z", "undo", "page"],
  ["r", "reply", "one"],
  ["o", "context", "one"],
  ["x", "select", "one"],
  ["Shift+X", "all", "chosen"],
  ["Shift+A", "approve", "chosen"],
  ["Shift+U", "unapprove", "chosen"],
  ["Shift+N", "reject", "chosen"],
  ["Shift+S", "spam", "chosen"],
  ["Shift+D", "trash", "chosen"],
  ["/", "search", "page"],
  ["?", "help", "page"],
];
