//! Scratch directories, repositories that the real `git` makes in them, and the binary, run in them out of reach of
//! everybody's environment.

#![allow(dead_code)] // Every test target that includes this module uses its own part of it.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A scratch directory.
pub struct Scratch(TempDir);

impl Scratch {
    /// An empty one.
    pub fn empty() -> Scratch {
        Scratch(tempfile::tempdir().unwrap())
    }

    /// One that is the working tree of a new repository.
    pub fn repository() -> Scratch {
        let scratch = Scratch::empty();
        scratch.git(&["init", "-q", "-b", "main"]);
        scratch
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) -> &Scratch {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    #[cfg(unix)]
    pub fn link(&self, path: &str, target: &str) -> &Scratch {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// What git prints.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_in("", arguments)
    }

    /// The same in a subdirectory.
    pub fn git_in(&self, directory: &str, arguments: &[&str]) -> String {
        self.run(directory, Command::new("git").args(arguments))
    }

    /// The same as if it were another day.
    pub fn git_at(&self, date: &str, arguments: &[&str]) -> String {
        let dates = [("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)];
        self.run("", Command::new("git").args(arguments).envs(dates))
    }

    /// What a command prints that calls git, and that must not fail.
    pub fn run(&self, directory: &str, command: &mut Command) -> String {
        let output = command
            .current_dir(self.path().join(directory))
            .envs([("GIT_CONFIG_KEY_0", "protocol.file.allow"), ("GIT_CONFIG_VALUE_0", "always")])
            // What git cleans up behind one's back would be written to while it is removed.
            .envs([("GIT_CONFIG_KEY_1", "maintenance.auto"), ("GIT_CONFIG_VALUE_1", "false")])
            .env("GIT_CONFIG_COUNT", "2")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            // Set where the tests run in a hook.
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.test")])
            .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.test")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Commits everything and returns the id.
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commits everything under a tag.
    pub fn release(&self, tag: &str) -> &Scratch {
        self.commit(tag);
        self.git(&["tag", tag]);
        self
    }

    /// The binary, in the scratch directory, which is its home, too, without what a terminal, a hook or a CI service tells
    /// it.
    #[cfg(feature = "cli")]
    pub fn binary(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
        command.args(arguments).current_dir(self.path()).stdin(std::process::Stdio::null());
        command.env("HOME", self.path()).env_remove("XDG_CONFIG_HOME");
        let told = ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"];
        let by_services = ["GIT_", "GITHUB_", "GITLAB_", "CI", "CHANGE_", "WIT_DIFF_"];
        for (name, _) in env::vars_os() {
            let Some(text) = name.to_str() else { continue };
            if told.contains(&text) || by_services.iter().any(|begin| text.starts_with(begin)) {
                command.env_remove(&name);
            }
        }
        command
    }
}
