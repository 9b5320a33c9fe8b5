export { default } from "../../dev/fail/page";
