import { Follow } from "./follow/element.js";
import { define } from "./shared/element.js";
import base from "./styles/base.css" with { type: "css" };
import styles from "./styles/small.css" with { type: "css" };

define("tribune-follow", Follow, base, styles);
