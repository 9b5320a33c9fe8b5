import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface OwnNginx {
  pid: number;
  /** A file at this path closes the house on purpose. */
  closed: string;
  stop: () => Promise<void>;
}

interface Wish {
  /** Where the product listens. */
  upstream: number;
  /** The three ports of the trial: plain, encrypted, and the inner one without the redirect, which a load driver asks too. */
  ports: { http: number; https: number; bare: number };
}

/** Starts Debian's nginx with `deploy/nginx.conf`; only its ports, paths and certificate become those of a trial. */
export async function startNginx({ upstream, ports }: Wish): Promise<OwnNginx> {
  const folder = mkdtempSync(path.join(tmpdir(), "valvia-nginx-"));
  const certificate = path.join(folder, "valvia.crt");
  const key = path.join(folder, "valvia.key");
  const subject = ["-subj", "/CN=care.example.org", "-days", "2", "-nodes", "-newkey", "rsa:2048"];
  execFileSync("openssl", ["req", "-x509", ...subject, "-keyout", key, "-out", certificate], {
    stdio: "ignore",
  });
  const closed = path.join(folder, "closed");
  for (const name of ["cache", "body"]) mkdirSync(path.join(folder, name));
  // Workers of a root master are somebody else, who may not look into the folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const own = readFileSync(path.join(process.cwd(), "deploy", "nginx.conf"), "utf8")
    .replace(
      "pid /run/nginx.pid;",
      `${user} pid ${folder}/nginx.pid; daemon off; error_log ${folder}/error.log;`,
    )
    .replace("server 127.0.0.1:3000;", `server 127.0.0.1:${upstream};`)
    .replace("listen 80;", `listen 127.0.0.1:${ports.http};`)
    .replace("listen 443 ssl http2;", `listen 127.0.0.1:${ports.https} ssl http2;`)
    .replace("listen 127.0.0.1:8081;", `listen 127.0.0.1:${ports.bare};`)
    .replace(/ *listen \[::\].*\n/g, "")
    .replace("/etc/nginx/valvia.crt", certificate)
    .replace("/etc/nginx/valvia.key", key)
    .replaceAll("root /etc/nginx/valvia-pages;", `root ${path.join(process.cwd(), "deploy", "pages")};`)
    .replace("-f /etc/nginx/valvia-closed)", `-f ${closed})`)
    .replace("/var/log/nginx/access.log without_query", "off")
    .replaceAll("/var/cache/valvia-", `${folder}/cache/`)
    .replace(
      "sendfile on;",
      `sendfile on; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/body;`,
    );
  writeFileSync(path.join(folder, "nginx.conf"), own);
  const child = spawn("nginx", ["-c", path.join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const { pid } = child;
  if (pid === undefined) throw new Error("There is no nginx here: apt-get install nginx-light");
  await untilListening(ports.bare);
  return { pid, closed, stop };
}

async function untilListening(port: number): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("nginx does not start with deploy/nginx.conf.");
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
