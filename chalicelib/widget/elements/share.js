import { define } from "./shared/element.js";
import { Share } from "./share/element.js";
import base from "./styles/base.css" with { type: "css" };
import styles from "./styles/small.css" with { type: "css" };

define("tribune-share", Share, base, styles);
