import { Count } from "./count/element.js";
import { define } from "./shared/element.js";

define("tribune-count", Count);
