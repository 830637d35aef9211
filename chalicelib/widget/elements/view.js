import { define } from "./shared/element.js";
import { View } from "./view/element.js";

define("tribune-view", View);
