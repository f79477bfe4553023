// Loaded first into what the scripts run: ends it in good order when the script that started it was killed.
import { Socket } from "node:net";

const pipe = new Socket({ fd: 3, readable: true, writable: false });
pipe.on("error", () => undefined);
pipe.on("close", () => process.kill(process.pid, "SIGTERM"));
pipe.resume();
pipe.unref();
