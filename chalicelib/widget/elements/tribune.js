// All elements of ours. The list comes first, so that one request counts the view and gives it.

import "./most-read-tabs.js";
import "./comments.js";
import "./view.js";
import "./count.js";
import "./share.js";
import "./follow.js";
