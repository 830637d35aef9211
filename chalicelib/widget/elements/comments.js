import { Comments } from "./comments/element.js";
import { define } from "./shared/element.js";
import styles from "./styles/comments.css" with { type: "css" };
import { View } from "./view/element.js";

define("tribune-comments", Comments, styles);
define("tribune-view", View);
