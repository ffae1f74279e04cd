//! A browser without a window, driven by its own debugging protocol over two pipes: there is no port to be found, and
//! no driver that has to fit to its version.

use serde_json::{Value, json};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// Whoever does not answer for so long has stopped.
const PATIENCE: Duration = Duration::from_secs(60);

/// One page in a browser of its own.
pub struct Browser {
    child: Child,
    commands: ChildStdin,
    answers: Receiver<Value>,
    session: Option<String>,
    next: u64,
    /// What happened since the page was opened.
    pub events: Vec<Value>,
    directory: TempDir,
}

impl Browser {
    /// `None`, with a note, where there is no browser; in CI that is a failure.
    pub fn start() -> Option<Browser> {
        let Some(program) = find() else {
            let note = "no chromium is found: `apt-get install chromium` brings it, or `CHROMIUM` names one";
            assert!(env::var_os("CI").is_none(), "{note}");
            eprintln!("skipped: {note}");
            return None;
        };
        let directory = tempfile::tempdir().unwrap();
        // The protocol is spoken on the descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, "sh"])
            .arg(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-extensions", "--disable-component-update"])
            .args(["--remote-debugging-pipe", "--window-size=1280,900", "--force-color-profile=srgb"])
            .arg(format!("--user-data-dir={}", directory.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let commands = child.stdin.take().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (sender, answers) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while out.read_until(0, &mut message).is_ok_and(|read| read > 0) {
                message.pop();
                let Ok(value) = serde_json::from_slice(&message) else { return };
                if sender.send(value).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let mut browser = Browser { child, commands, answers, session: None, next: 0, events: Vec::new(), directory };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let session = browser.call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Opens a page from a file, `place` behind its address, and waits until it is there.
    pub fn open(&mut self, text: &str, place: &str) {
        let file = self.directory.path().join("report.html");
        std::fs::write(&file, text).unwrap();
        // Another place in the same page would be no new page.
        self.navigate("about:blank");
        self.events.clear();
        self.navigate(&format!("file://{}{place}", file.display()));
    }

    fn navigate(&mut self, address: &str) {
        let before = self.events.len();
        self.call("Page.navigate", json!({ "url": address }));
        while !self.events.iter().skip(before).any(|event| event["method"] == "Page.loadEventFired") {
            self.listen(address);
        }
    }

    /// What an expression amounts to in the page.
    pub fn eval(&mut self, expression: &str) -> Value {
        let given = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let found = self.call("Runtime.evaluate", given);
        assert!(found["exceptionDetails"].is_null(), "{expression}: {found}");
        found["result"]["value"].clone()
    }

    pub fn text(&mut self, expression: &str) -> String {
        let found = self.eval(expression);
        found.as_str().unwrap_or_else(|| panic!("{expression} is no text: {found}")).to_owned()
    }

    pub fn number(&mut self, expression: &str) -> f64 {
        let found = self.eval(expression);
        found.as_f64().unwrap_or_else(|| panic!("{expression} is no number: {found}"))
    }

    /// Waits until what is asked for in frames to come was done.
    pub fn settle(&mut self) {
        self.eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))");
    }

    /// Presses a key: what it is called, and what it writes.
    pub fn press(&mut self, key: &str, text: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            " " => 32,
            _ => 0,
        };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for kind in [kind, "keyUp"] {
            let mut given = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" {
                given["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", given);
        }
        self.settle();
    }

    pub fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
        self.settle();
    }

    /// Points at the middle of an element, and clicks there if `clicks`.
    pub fn point(&mut self, selector: &str, clicks: bool) {
        let middle = format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'center' }}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        );
        // What comes into sight for the first time may move others.
        self.eval(&middle);
        self.settle();
        let found = self.eval(&middle);
        let mut given = json!({ "type": "mouseMoved", "x": found[0], "y": found[1] });
        self.call("Input.dispatchMouseEvent", given.clone());
        for kind in ["mousePressed", "mouseReleased"].into_iter().filter(|_| clicks) {
            given["type"] = kind.into();
            given["button"] = "left".into();
            given["clickCount"] = 1.into();
            self.call("Input.dispatchMouseEvent", given.clone());
        }
        self.settle();
    }

    /// Calls a method of the protocol.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.commands.write_all(&bytes).unwrap();
        loop {
            let Some(mut answer) = self.listen(method) else { continue };
            if answer["id"] == id {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].take();
            }
        }
    }

    /// The next answer; an event is kept.
    fn listen(&mut self, wanted: &str) -> Option<Value> {
        let message = self.answers.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no answer to {wanted}"));
        if message["id"].is_null() {
            // Whoever asks would stop the page.
            let asks = message["method"] == "Page.javascriptDialogOpening";
            self.events.push(message);
            assert!(!asks, "a dialog opened: {:?}", self.events.last());
            return None;
        }
        Some(message)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let directories: Vec<PathBuf> = env::split_paths(&path).collect();
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].iter().find_map(|name| {
        directories.iter().map(|directory| directory.join(name)).find(|file| Path::new(file).is_file())
    })
}
