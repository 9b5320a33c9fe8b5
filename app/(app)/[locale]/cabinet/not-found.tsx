export { default, generateMetadata } from "../my/not-found";
