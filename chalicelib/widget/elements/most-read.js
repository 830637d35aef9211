import { MostRead } from "./most-read/element.js";
import { define } from "./shared/element.js";
import base from "./styles/base.css" with { type: "css" };
import styles from "./styles/most-read.css" with { type: "css" };

define("tribune-most-read", MostRead, base, styles);
