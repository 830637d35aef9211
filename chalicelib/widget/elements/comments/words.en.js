// Every word of the comments element in English. Lists are plural forms: one, other (Intl.PluralRules).

export const language = "en";
export const leave = "Leave a comment";
export const none = "No comments";
export const count = ["{n} comment", "{n} comments"];
export const first = "Be the first to comment.";
export const closed = "Comments are closed.";
export const links = {
  rules: "Rules of the discussion",
  privacy: "Your data",
};
export const loading = "Loading comments…";
export const retry = "Try again";
export const more = "More comments";
export const fresh = ["{n} new comment", "{n} new comments"];
export const deeper = "There are new ones further down.";
export const sort = "Sort by";
export const orders = {
  newest: "Newest",
  oldest: "Oldest",
  best: "Best",
};
export const staff = "Staff";
export const edited = "edited";
export const pinned = "Pinned";
export const removed = "This comment was removed.";
export const statuses = {
  held: "Your comment is awaiting moderation.",
  published: "Your comment is published.",
  rejected: "The moderators did not keep your comment.",
  withdrawn: "Your comment is withdrawn.",
};
export const you = "You";
export const redress = "Complaints: {to}";
export const reply = "Reply";
export const replyTo = "Reply to {name}";
export const cancel = "Cancel";
export const report = "Report";
export const reportOf = "Report {name}’s comment";
export const up = "Agree with {name}";
export const down = "Disagree with {name}";
export const votes = ["{n} vote", "{n} votes"];
export const edit = "Edit";
export const withdraw = "Withdraw";
export const left = "{n} min left";
export const save = "Save";
export const sure = "Nobody will see this comment any more.";
export const notes = "Your email address will not be published. Required fields are marked *";
export const labels = {
  comment: "Comment",
  author: "Name",
  email: "Email",
  url: "Website",
};
export const consent = "Save my name, email and website in this browser for my next comment.";
export const sending = "Sending…";
export const restored = "Your draft is back.";
export const offline = "You are offline.";
export const unreachable = "The service does not answer. Try again in a moment.";
export const kept = "Your text is kept.";
export const leaves = "Your text is kept, and goes out when you are back.";
export const remaining = ["{n} character left", "{n} characters left"];
export const over = ["{n} character too many", "{n} characters too many"];
export const errors = ["{n} field needs correcting.", "{n} fields need correcting."];
export const why = "Why?";
export const reasons = {
  spam: "Advertising",
  hate: "Hate or discrimination",
  harassment: "Harassment",
  misinformation: "False information",
  privacy: "Breach of privacy",
  off_topic: "Off topic",
  other: "Another reason",
  illegal: "Illegal content",
  child_abuse: "Child sexual abuse",
};
export const explanation = "Details";
export const good_faith = "I believe in good faith that what I report is accurate and complete.";
export const send = "Send";
export const thanks = "Thank you, your report is recorded.";
export const follow = "See what comes of it";
export const close = "Close";
