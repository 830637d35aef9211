// `words` are comments/words.fr.js or comments/words.en.js: this is bundled once for each language.

import { Comments } from "./comments/element.js";
import { define } from "./shared/element.js";
import styles from "./styles/comments.css" with { type: "css" };

define("tribune-comments", Comments, styles);
